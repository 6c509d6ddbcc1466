"""What is said to pay the same people without a jump, by what makes it."""

from __future__ import annotations

import pytest

from dsl.faults import wording
from dsl.source import Source
from engine.analyse import analyse
from engine.compile import Compiled, read_plan

HEAD = 'plan "A"\nversion 1\ncurrency RUB\nfact s "Sales" money\n'
MATRIX = (
    "fact m percent\nrate = matrix by s and m\n  columns up to 10%; above 10%\n"
    "  up to 1 000: 1%; 2%\n  above 1 000: 3%; 4%\ncommission rate of s\n"
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("bonus 500\ns weight 100% target 900 decel 0.5 below 80%\n", "with `paid along a line`; where"),
        (
            "rate = steps by s\n  up to 1 000: 1%\n  above 2%\ncommission rate of s\n",
            "with `line by s`; where",
        ),
        (MATRIX, "let rows and columns begin with `at`; where"),
        (
            "bonus 500\ns weight 100% target 900 accel 1.2 on all above 100%\n",
            "with `accel 1.2 on excess above",
        ),
        ("commission 5% of s if s > 1 000 otherwise 10\n", None),
    ],
)
def test_a_jump_is_told_with_what_pays_without_it(lines: str, said: str | None) -> None:
    compiled = read_plan(Source("a.plan", HEAD + lines))
    assert isinstance(compiled, Compiled), compiled
    advice = [wording(one, "en").advice for one in analyse(compiled).faults if one.code == "P460"]
    assert all(said in one for one in advice) if said else True
    assert advice or said is None
