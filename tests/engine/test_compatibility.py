"""The interface of a plan: what breaks for others when it changes."""

from __future__ import annotations

import pytest

from dsl.faults import draw
from dsl.source import Source
from dsl.words import LANGS
from engine.compatibility import compatible
from engine.compile import Compiled, read_plan

HEAD = 'plan "Sales"\nversion 1\ncurrency RUB\nfact calls count\nfact rate percent default 30%\n'


def compiled(text: str) -> Compiled:
    """A plan that can pay."""
    plan = read_plan(Source("plan", text))
    assert isinstance(plan, Compiled), [fault.code for fault in plan]
    return plan


def changes(old: str, new: str) -> list[str]:
    """What breaks, in English, and told in Russian too."""
    faults = compatible(compiled(old), compiled(new))
    for fault in faults:
        assert fault.severity == "warning"
        assert all("{" not in draw(fault, None, lang) for lang in LANGS)
    return [draw(fault, None, "en").splitlines()[1].rstrip(".") for fault in faults]


# Each is the plan with something exchanged, and what breaks for others by that.
PLAIN = f"{HEAD}salary 60 000\nbonus 50 000\ncalls weight 100% target 100\ncommission 10 * rate\n"
GRADES = """plan "Sales"
version 1
currency RUB
fact grade one of (junior; middle)
fact calls count
salary by grade (junior: 45 000; otherwise: 60 000)
bonus 50 000
calls weight 100% for grade is middle target 100
"""
CASES = [
    (PLAIN, "default 30%", "", ["the fact `rate`: it may be left out → it is needed"]),
    (PLAIN, "calls count", "calls count default 0", []),
    (PLAIN, "calls count", "calls money", ["the fact `calls`: a count → money"]),
    (PLAIN, "rate", "share", ["the fact `rate`: the plan reads it → it is refused"]),
    (
        PLAIN,
        " * rate",
        " * rate * deals",
        ["the fact `deals`: the plan does not know it → it is needed"],
    ),
    (PLAIN, "RUB", "EUR", ["the currency `EUR`: `RUB` → `EUR`"]),
    (PLAIN, "60 000", "70 000", []),
    (
        PLAIN,
        " target 100",
        "",
        ["the own target of `calls`: the plan does not know it → it is needed"],
    ),
    (
        PLAIN,
        "commission 10 * rate",
        "commission extra = 10 * rate",
        ["the line `commission`: it is paid → it is not paid"],
    ),
    (GRADES, "(junior; middle)", "(junior; middle; senior)", []),
    (
        GRADES.replace("(junior; middle)", "(junior; middle; senior)"),
        "; senior",
        "",
        ["the fact `grade`: `senior` → it is refused"],
    ),
    (GRADES, " for grade is middle", "", ["the fact `calls`: it may be left out → it is needed"]),
]


@pytest.mark.parametrize(("plan", "old", "new", "broken"), CASES)
def test_what_breaks(plan: str, old: str, new: str, broken: list[str]) -> None:
    """Each change by name, and nothing else."""
    changed = plan.replace(old, new)
    assert changed != plan
    assert changes(plan, changed) == broken


def test_bounds_that_move_inwards_break_and_those_that_move_outwards_do_not() -> None:
    """What was taken and is now refused; a new bound, a least, a greatest."""
    free, wide, narrow, lower, higher = (
        PLAIN.replace("calls count", f"calls count{ends}")
        for ends in ("", " from 0 up to 31", " from 1 up to 30", " from 0 up to 30", " from 1 up to 31")
    )
    assert changes(free, wide) == ["the fact `calls`: any value → `0…31`"]
    assert changes(wide, narrow) == ["the fact `calls`: `0…31` → `1…30`"]
    assert changes(wide, lower) == ["the fact `calls`: `0…31` → `0…30`"]
    assert changes(wide, higher) == ["the fact `calls`: `0…31` → `1…31`"]
    assert changes(narrow, wide) == changes(wide, free) == []
