"""Lines that wait for facts of others: they alone stay open, and say for whom and for what."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from dsl.words import Lang
from engine.evaluate import Paid, Result
from engine.facts import Person
from engine.money import Money
from engine.statement import amounts as told_amounts
from engine.statement import document
from engine.statement.answer import OpenPay, WaitedFact
from engine.statement.text import rows
from tests.support.chances import CHANCE, examples
from tests.support.teams import amounts, codes, plan, together

HEAD = 'plan "Team"\nversion 1\ncurrency RUB\nfact revenue money\nfact calls count\ngroup team "Team"\n'
LINES = """\
pay own = 1% of revenue
pay sales = revenue of team / 1000
pay talks "For talks" = 1 * (calls of team)
"""


def member(name: str, revenue: object, calls: object = None, team: str = "n") -> Person:
    """Somebody of a team, who may lack their calls."""
    facts = {"team": team, "revenue": str(revenue)}
    return Person(
        name, "2025-07", facts if calls is None else facts | {"calls": str(calls)}, pointer=f"/{name}"
    )


def paid(lines: str, *people: Person) -> Result:
    """What the first of some people is paid by a plan of some lines."""
    found = next(iter(together(plan(HEAD + lines), [*people]).values()))
    assert isinstance(found, Result), found
    return found


def waiting(found: Paid) -> dict[str, set[str]]:
    """The lines of somebody that stay open, each with those whom it waits for."""
    assert isinstance(found, Result), found
    return {one.line.name: {who for wait in one.waits for who in wait.who} for one in found.facts.open}


def test_only_what_hangs_on_a_missing_fact_stays_open() -> None:
    people = [member("a", 1_000, 10), member("b", 2_000), member("c", 3_000), member("d", 1, 4, "s")]
    found = together(plan(HEAD + LINES), people)
    assert amounts(found["a"]) == {"own": 10_00, "sales": 6_00}
    assert waiting(found["a"]) == {"talks": {"b", "c"}}
    assert codes(found["b"]) == ["P501"]
    assert waiting(found["d"]) == {}
    assert amounts(found["d"]) == {"own": 1, "sales": 0, "talks": 4_00}


def test_a_cap_holds_what_is_paid_and_a_floor_and_a_rounding_wait() -> None:
    a, b = member("a", 1_000_000, 1), member("b", 0)
    assert amounts(paid(LINES + "total cap 5 000", a, b)) == {
        "own": 10_000_00,
        "sales": 1_000_00,
        "total_cap": -6_000_00,
    }
    for clause, name in (("floor 50 000", "total_floor"), ("rounded to 1 000", "total_rounding")):
        found = paid(f"{LINES}total {clause}", a, b)
        assert amounts(found) == {"own": 10_000_00, "sales": 1_000_00}
        assert waiting(found) == {"talks": {"b"}, name: {"b"}}


def test_who_is_capped_by_what_waits_waits_with_it() -> None:
    lines = "salary 7\nbonus 100\nrevenue weight 100% target 10\nvariable pay cap (1 * (calls of team))\n"
    found = paid(lines, member("a", 10, 1), member("b", 10))
    assert amounts(found) == {"salary": 7_00}
    assert waiting(found) == {"revenue": {"b"}, "variable_cap": {"b"}}


def test_a_sum_that_is_shared_waits_whole() -> None:
    lines = "pay shared = share of 100 by calls within team\npay equal = share of 100 by 1 within team\n"
    people = [member("a", 1, 1), member("b", 1, 2), member("c", 1)]
    found = together(plan(HEAD + lines), people)
    for name in "ab":
        assert waiting(found[name]) == {"shared": {"c"}}
        assert list(amounts(found[name])) == ["equal"]


def test_all_of_somebody_may_wait() -> None:
    found = paid(
        "fact rate percent default 5%\npay x = 100 * (calls of team) * rate\n",
        member("a", 1, 1),
        member("b", 1),
    )
    assert (found.amounts, found.total, found.facts.presumed) == ((), 0, ())
    assert document(found, "en", None).total == Money(0, 2)


def test_who_cannot_be_told_from_records_waits_for_nobody_else() -> None:
    """A figure of a member that has no value is what is waited for."""
    lines = "rate = revenue / calls\npay mean = average of rate of team\npay own = 1% of revenue\n"
    found = paid(lines, member("a", 100, 1), member("b", 1, 0))
    assert waiting(found) == {"mean": {"b"}}
    assert amounts(found) == {"own": 1_00}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["open", "    `team` waits for b: `calls`", "This is not all: lines that stay open: 1."]),
        ("ru", ["не рассчитано", "    `team` ждёт: b, `calls`", "Это не всё: строк, которые ждут: 1."]),
    ],
)
def test_an_open_line_is_told(lang: Lang, said: list[str]) -> None:
    found = paid(LINES, member("a", 1_000, 10), member("b", 2_000))
    told = document(found, lang, None)
    open_ = (OpenPay("talks", "For talks", "pay", (WaitedFact("team", "b", "calls"),)),)
    assert told.open == open_ == told_amounts(found, lang, None).open
    assert [(one.code, one.severity, one.pointer) for one in told.warnings] == [("P582", "warning", "/b")]
    text = [*rows(told, lang)]
    (row,) = [row for row in text if row.startswith("For talks")]
    assert row.endswith(said[0])
    assert {*said[1:]} <= {*text}
    assert document(paid(LINES, member("a", 1_000, 10)), lang, None).open is None


@examples(60)
@given(CHANCE)
def test_what_is_paid_stays_when_the_rest_comes(chance: Random) -> None:
    """No line that was paid changes but a cap, and all together never becomes less."""
    clauses = chance.sample(["cap 40 000", "floor 30 000", "rounded to 100 down"], chance.randrange(4))
    compiled = plan(HEAD + LINES + (f"total {' '.join(sorted(clauses))}\n" if clauses else ""))
    people = [member(str(at), chance.randrange(3_000_000), chance.randrange(9_000)) for at in range(4)]
    late = {one.employee for one in people if chance.random() < 0.5}
    some = [member(one.employee, one.facts["revenue"]) if one.employee in late else one for one in people]
    chance.shuffle(some)
    before, after = together(compiled, some), together(compiled, people)
    for one in people:
        first, then = before[one.employee], after[one.employee]
        assert isinstance(first, Result) == (one.employee not in late)
        if isinstance(first, Result) and isinstance(then, Result):
            assert {name for names in waiting(first).values() for name in names} == late
            lines = amounts(then)
            kept = {name: minor for name, minor in amounts(first).items() if name != "total_cap"}
            assert kept == {name: lines[name] for name in kept}
            assert lines.keys() == amounts(first).keys() | waiting(first).keys()
            assert first.total <= then.total + 100_00 * ("rounded to 100 down" in clauses)


def test_a_line_that_pays_nothing_waits_for_what_is_attained() -> None:
    """A gate that somebody's sort shuts leaves nothing to pay, and an attainment to tell."""
    compiled = plan(
        'plan "Team"\nversion 1\ncurrency RUB\nfact revenue money\nfact grade one of (junior; senior)\n'
        "group team\nbonus 100\nteam_revenue = revenue of team\nteam_revenue weight 100% target 5\n"
        "variable pay only if grade is senior\npay own = 1% of revenue\n"
    )
    whole = {"team": "n", "grade": "junior", "revenue": "500"}
    people = [Person("a", "2025-07", whole), Person("b", "2025-07", {"team": "n", "grade": "junior"})]
    assert amounts(together(compiled, people)["a"]) == {"own": 0}


def test_what_names_several_lines_waits_for_each_of_them_and_holds_up_none() -> None:
    lines = (
        f"{LINES}variable pay cap 12\nresult all = total\nresult known = own\nsalary 5\nreduction fine = 1\n"
    )
    found = paid(lines, member("a", 1_000, 10), member("b", 2_000))
    assert amounts(found) == {"salary": 5_00, "own": 10_00, "sales": 3_00, "variable_cap": -1_00}
    assert waiting(found) == {"talks": {"b"}, "fine": {"b"}, "all": {"b"}}
