"""Money of other currencies: by which rate it is turned, and what is told where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person, SentTables

PLAN = """plan "Export"
version 1
currency RUB
table bank "Rates"{before}
  code    one of (USD; KZT)
  on_day  date
  units   count default 1
  rate    number
table deals "Deals"
  deal     id
  seller   employee
  paid_in  one of (RUB; USD; KZT)
  shipped  date
  paid_on  date, counts
  amount   money in paid_in at the rate of bank on the date of shipped can be negative
table returns "Returns"
  back     id
  deal     record of deals
  amount   of deal
  came     date, counts
table repeated "Returned again"
  back     record of returns
  amount   of back
  came     date, counts
commission sold "Sold" = sum of amount of deals
commission back "Back" = sum of amount of returns
commission again "Again" = sum of amount of repeated
"""
BEFORE = " of exchange rates, on the last day before within 3 days"


def plan(before: str = BEFORE) -> Compiled:
    found = read_plan(Source("export.plan", PLAN.format(before=before)))
    assert isinstance(found, Compiled), [fault.code for fault in found]
    return found


def rate(day: str, worth: object = "80", code: str = "USD", **more: object) -> dict[str, object]:
    return {"code": code, "on_day": day, "rate": worth, **more}


def deal(shipped: str, amount: object = "100", paid_in: str = "USD") -> dict[str, object]:
    row: dict[str, object] = {"deal": "D1", "seller": "A", "paid_in": paid_in, "amount": amount}
    return {**row, "shipped": shipped, "paid_on": "2025-07-20"}


def paid(bank: list[object], deals: list[object], before: str = BEFORE) -> list[str] | dict[str, Fraction]:
    """What is paid, or the codes of what is wrong."""
    back = [{"back": "R1", "deal": "D1", "came": "2025-07-21"}] if deals else []
    again = [{"back": "R1", "came": "2025-07-22"}] if deals else []
    tables = {"bank": bank, "deals": deals, "returns": back, "repeated": again}
    found = pay(plan(before), Person("A", "2025-07", {}, tables=SentTables(tables)))  # type: ignore[arg-type]
    if not isinstance(found, Result):
        return sorted({fault.code for fault in found if fault.severity == "error"})
    lines = zip(found.kernel.lines, found.amounts, strict=True)
    return {line.name: Fraction(amount, 100) for line, amount in lines}


@pytest.mark.parametrize(
    ("bank", "made"),
    [
        ([rate("2025-07-10", "80.1234")], Fraction("8012.34")),
        ([rate("2025-07-09"), rate("2025-07-11", "90")], 8000),
        ([rate("2025-07-07")], 8000),
        ([rate("2025-07-10"), rate("2025-07-10")], 8000),
        ([rate("2025-07-10", "1601.5", units="7")], Fraction("22878.57")),
    ],
)
def test_the_rate_of_the_day_or_of_the_last_before_it_holds_through_all_links(
    bank: list[object], made: Fraction
) -> None:
    assert paid(bank, [deal("2025-07-10")]) == dict.fromkeys(("sold", "back", "again"), made)


@pytest.mark.parametrize(
    ("bank", "deals", "code"),
    [
        ([], [deal("2025-07-10")], "P546"),
        ([rate("2025-07-06")], [deal("2025-07-10")], "P546"),
        ([rate("2025-07-11")], [deal("2025-07-10")], "P546"),
        ([rate("2025-07-10", code="KZT")], [deal("2025-07-10")], "P546"),
        ([rate("2025-07-10"), rate("2025-07-10", "81")], [deal("2025-07-10")], "P557"),
        ([rate("2025-07-10"), rate("2025-07-10", units="10")], [deal("2025-07-10")], "P557"),
        ([rate("2025-07-10", "0")], [deal("2025-07-10")], "P558"),
        ([rate("2025-07-10", units="0")], [deal("2025-07-10")], "P558"),
        ([rate("2025-07-10", "-80")], [deal("2025-07-10")], "P508"),
        ([rate("2025-07-10")], [deal("2025-07-10", "100 EUR")], "P503"),
        ([rate("2025-07-10")], [deal("2025-07-10", paid_in="EUR")], "P524"),
    ],
)
def test_no_rate_is_made_up(bank: list[object], deals: list[object], code: str) -> None:
    found = paid(bank, deals)
    assert isinstance(found, list)
    assert code in found


def test_each_day_has_its_own_rate_where_the_plan_takes_no_other() -> None:
    assert paid([rate("2025-07-09")], [deal("2025-07-10")], " of exchange rates") == ["P546"]


def test_money_of_the_plan_and_nothing_at_all_need_no_rate() -> None:
    own, nothing = deal("2025-07-10", "-50.5", "RUB"), {**deal("2025-07-10", "0"), "deal": "D2"}
    found = paid([], [own, nothing])
    assert isinstance(found, dict)
    assert found["sold"] == Fraction("-50.5")
