"""Several recoveries within one line: each takes what those before it leave, and costs as much as another."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from engine.compile import Compiled, compile_plan, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.integers import generate
from engine.scales import widest
from engine.statement import document
from tests.support.work import counted

HEAD = 'plan "A"\nversion 1\ncurrency RUB\nlaw RF\ncommission 10% of revenue\n'


def netted(count: int) -> str:
    """A commission, and so many debts to be taken from it."""
    debts = (f"fact f{n} money\nrecovery r{n} within commission = f{n}\n" for n in range(count))
    return HEAD + "".join(debts)


def paid(debts: list[str]) -> Result:
    """A commission of 1 000, and what debts take off."""
    plan = read_plan(Source("a.plan", netted(len(debts))))
    assert isinstance(plan, Compiled)
    facts = {f"f{n}": debt for n, debt in enumerate(debts)}
    result = pay(plan, Person("1", "2025-07", {"revenue": "10000", **facts}))
    assert isinstance(result, Result)
    return result


@pytest.mark.parametrize(
    ("debts", "taken"),
    [
        (["300", "900"], [300_00, 700_00]),
        (["300", "0", "900", "50"], [300_00, 0, 700_00, 0]),
        (["300", "200", "100", "0.01", "500"], [300_00, 200_00, 100_00, 1, 399_99]),
        (["1000", "1", "1", "1"], [1000_00, 0, 0, 0]),
    ],
)
def test_each_takes_what_those_before_it_leave(debts: list[str], taken: list[int]) -> None:
    assert paid(debts).amounts == (1000_00, *(-one for one in taken))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            [
                "f3: 500",
                "100 of it is more than is paid and is carried",
                "r2, left for it: 500",
                "r2, as paid: −100",
                "what is paid is 500 + (−100), and no more can be taken off: 400.00 RUB, taken off",
            ],
        ),
        (
            "ru",
            [
                "f3: 500",
                "100 из этого больше начисленного и переносится",
                "r2, до этого оставалось: 500",
                "r2, как начислено: −100",
                "начислено 500 + (−100), больше снять нельзя: 400,00 RUB, снимается",
            ],
        ),
    ],
)
def test_a_statement_begins_with_what_was_left_for_the_one_before(lang: Lang, said: list[str]) -> None:
    answer = document(paid(["300", "200", "100", "500"]), lang, None)
    assert [*answer.lines[-1].explanation] == said


def test_twice_as_many_are_twice_the_work() -> None:
    """The kernel, its code and the calls that both take, whether anybody reads the trace or not."""
    sizes = []
    for count in (100, 200):
        checked = check(parse(Source("a.plan", netted(count))))
        with counted() as made:
            plan = compile_plan(checked)
        assert isinstance(plan, Compiled)
        code = [
            len(generate(plan.kernel, widest(plan.kernel), traced=traced).source) for traced in (False, True)
        ]
        sizes.append([plan.kernel.size, len(plan.kernel.canonical), *code, made.calls])
    for once, twice in zip(*sizes, strict=True):
        assert twice < 2.1 * once
