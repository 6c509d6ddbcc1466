"""What one month leaves to the next: months that come together are reckoned one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables
from tests.support.chances import CHANCE, examples

HEAD = 'plan "A"\nversion 1\ncurrency RUB\n'
DRAW = """balance debt owed by the employee
commission 2% of revenue
draw advance within commission = 30 000 against debt
"""


def plan_of(text: str) -> Compiled:
    plan = read_plan(Source("a.plan", HEAD + text))
    assert isinstance(plan, Compiled), plan
    return plan


def months(
    text: str, *several: Mapping[str, str], tables: SentTables | None = None
) -> list[Result | tuple[Fault, ...]]:
    """Somebody by a plan, for months of 2025 or for those that they name."""
    plan = plan_of(text)
    people = []
    for at, given_ in enumerate(several, 1):
        facts = {name: value for name, value in given_.items() if name != "period"}
        people.append(Person("7", given_.get("period", f"2025-{at:02}"), facts, tables=tables))
    return [*pay_all(lambda _: plan, Company(people))]


def paid(found: Sequence[Result | tuple[Fault, ...]]) -> list[tuple[Any, Any]]:
    """The total of each month, and what its balances close with."""
    totals: list[tuple[Any, Any]] = []
    for one in found:
        assert isinstance(one, Result), one
        totals.append((Fraction(one.total, 10**one.kernel.digits), one.closings))
    return totals


def codes(one: Result | tuple[Fault, ...]) -> list[str]:
    assert not isinstance(one, Result)
    return [fault.code for fault in one]


def test_a_draw_over_three_months() -> None:
    found = months(DRAW, {"revenue": "1000000", "debt": "0"}, {"revenue": "2500000"}, {"revenue": "1250000"})
    assert paid(found) == [
        (30_000, {"debt": "10000"}),
        (40_000, {"debt": "0"}),
        (30_000, {"debt": "5000"}),
    ]


@examples(30)
@given(CHANCE)
def test_what_is_advanced_and_not_taken_back_is_owed(chance: Random) -> None:
    """Over any history, and nobody has less than the draw while they owe."""
    sold = [chance.randint(0, 4_000_000) for _ in range(12)]
    found = months(DRAW, {"revenue": str(sold[0]), "debt": "0"}, *({"revenue": str(one)} for one in sold[1:]))
    advanced = Fraction(0)
    for (total, balances), result in zip(paid(found), found, strict=True):
        assert isinstance(result, Result)
        advanced += Fraction(result.amounts[1], 100)
        assert Fraction(balances["debt"]) == advanced >= 0
        assert total >= 30_000
        assert total == 30_000 or not advanced or total == Fraction(sum(result.amounts), 100)


TRUED = """balance sold = revenue so far this year
balance paid_out = pay for commission so far this year
commission (3.17% if sold < 1 000 000 otherwise 5%) * sold - opening of paid_out
"""
TOPPED = """balance sold = revenue so far this year
commission on revenue on top of opening of sold, each band at its own rate
  up to 1 000 000: 3%
  up to 3 000 000: 5%
  above 7%
"""
WHOLE = """commission (3.17% if revenue < 1 000 000 otherwise 5%) * revenue
"""
BANDS = """commission on revenue, each band at its own rate
  up to 1 000 000: 3%
  up to 3 000 000: 5%
  above 7%
"""


@examples(20)
@given(CHANCE)
def test_a_year_of_months_is_the_year_at_once(chance: Random) -> None:
    """To the last minor unit with a true-up; by bands each month is rounded, and only then."""
    sold = [chance.randint(0, 50_000_000) for _ in range(12)]
    several = [{"revenue": f"{one // 100}.{one % 100:02}"} for one in sold]
    year = {"revenue": f"{sum(sold) // 100}.{sum(sold) % 100:02}", "period": "2025"}
    (whole,) = paid(months(WHOLE, year))
    assert sum(total for total, _ in paid(months(TRUED, *several))) == whole[0]
    (whole,) = paid(months(BANDS, year))
    rounded = sum(total for total, _ in paid(months(TOPPED, *several)))
    assert abs(rounded - whole[0]) <= Fraction(12, 200)


THIRDS = """balance next = opening of later + third
balance later = earned - 2 * third
earned = 5% of revenue
third = round(earned / 3 to 0.01)
pay now = third
pay before = opening of next
"""


@examples(20)
@given(CHANCE)
def test_instalments_add_up(chance: Random) -> None:
    sold = [str(20 * chance.randint(0, 10**8)) for _ in range(6)]
    several = [*({"revenue": one} for one in sold), {"revenue": "0"}, {"revenue": "0"}]
    several[0] |= {"next": "0", "later": "0"}
    found = paid(months(THIRDS, *several))
    assert sum(total for total, _ in found) == sum(Fraction(one) for one in sold) / 20
    assert found[-1][1] == {"next": "0", "later": "0"}


def test_an_opening_is_never_presumed() -> None:
    (one,) = months(DRAW, {"revenue": "1000000"})
    assert codes(one) == ["P698"]


def test_but_in_the_month_of_which_the_plan_says_so() -> None:
    text = DRAW.replace("employee\n", "employee opened in 2025-01\n")
    assert paid(months(text, {"revenue": "1000000"})) == [(30_000, {"debt": "10000"})]
    (given_,) = months(text, {"revenue": "1000000", "debt": "1"})
    assert codes(given_) == ["P699"]


@pytest.mark.parametrize(
    ("span", "last", "begun"), [("year", "2025-12", "2026-01"), ("quarter", "2025-06", "2025-07")]
)
def test_a_year_and_a_quarter_begin_with_nothing(span: str, last: str, begun: str) -> None:
    text = f"balance sold = revenue so far this {span}\ncommission 1% of opening of sold\n"
    found = months(
        text,
        {"revenue": "100", "sold": "900", "period": last},
        {"revenue": "100", "period": begun},
    )
    assert paid(found) == [(9, {"sold": "1000"}), (0, {"sold": "100"})]


def test_a_gap_is_refused_unless_an_absence_explains_it() -> None:
    several = (
        {"revenue": "1000000", "debt": "0", "period": "2025-01"},
        {"revenue": "2000000", "period": "2025-04"},
    )
    _, late = months(DRAW, *several)
    assert codes(late) == ["P758"]
    absent = [{"employee": "7", "from": "2025-02-01", "to": "2025-03-31", "reason": "leave"}]
    found = months(DRAW, *several, tables=SentTables({"absences": absent}))
    assert paid(found)[1] == (30_000, {"debt": "0"})


def test_months_come_in_their_order_and_open_as_they_closed() -> None:
    first = {"revenue": "1000000", "debt": "0", "period": "2025-02"}
    _, back = months(DRAW, first, {"revenue": "1", "period": "2025-01"})
    assert codes(back) == ["P759"]
    _, other = months(DRAW, first, {"revenue": "1", "debt": "9", "period": "2025-03"})
    assert codes(other) == ["P757"]
    _, same = months(DRAW, first, {"revenue": "2500000", "debt": "10000", "period": "2025-03"})
    assert isinstance(same, Result)


def test_what_ends_a_balance_is_said_with_what_was_left() -> None:
    text = DRAW.replace("employee\n", "employee claimed if leaving\n")
    (found,) = paid(months(text, {"revenue": "1000000", "debt": "4000", "leaving": "yes"}))
    assert found == (30_000, {"debt": "0"})
    (one,) = months(text, {"revenue": "1000000", "debt": "4000", "leaving": "yes"})
    assert isinstance(one, Result)
    steps = {one.kernel.steps[at].name: one.value(one.kernel.steps[at].value) for at in one.kernel.results}
    assert steps == {"debt_claimed": 14_000, "debt": 0}
