"""What each record makes of a line of pay: parts that add up, and what is told of those that do not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given

from dsl.record import plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, Raw, SentTables
from engine.statement import document
from engine.statement.answer import Statement, StatementLine
from engine.statement.credit import Credit
from engine.statement.records import MOST, apportioned
from engine.statement.text import rows
from tests.support.calculator import check, compare
from tests.support.chances import CHANCE, examples

HEAD = """plan "P"
version 1
currency RUB

table deals "Deals"
  deal     id
  manager  employee
  paid_on  date, counts
  amount   money can be negative
  paid     yes/no default yes
  rate     percent default 5%

"""
Deals = Sequence[Raw]


def paid(plan: str, deals: Deals) -> Result:
    """What somebody is paid for some deals, by lines of a plan."""
    compiled = read_plan(Source("p.plan", HEAD + plan))
    assert isinstance(compiled, Compiled), compiled
    given = [{"deal": f"D{number}", "manager": "17", **deal} for number, deal in enumerate(deals, 1)]
    company = Company([Person("17", "2025-07", {})], SentTables({"deals": given}))
    result = next(pay_all(lambda _: compiled, company))
    assert isinstance(result, Result), result
    return result


def stated(plan: str, deals: Deals, lang: Lang = "en") -> Statement:
    """The whole statement about that."""
    return document(paid(plan, deals), lang, None, detail=True)


def line(plan: str, deals: Deals) -> StatementLine:
    """Its first line."""
    return stated(plan, deals).lines[0]


def deal(amount: str, day: int = 1, **others: object) -> Mapping[str, object]:
    return {"amount": amount, "paid_on": f"2025-07-{day:02}", **others}


def parts(found: StatementLine) -> list[tuple[str | None, str]]:
    """The records of a line by their ids, each with its part."""
    return [(one.id, str(one.amount)) for table in found.records or () for one in table.all or ()]


def test_bands_are_filled_record_by_record_and_one_that_crosses_a_bound_is_split() -> None:
    plan = """commission on amount of deals in order of paid_on, each band at its own rate
  up to 1 000 000: 3%
  above            5%
"""
    deals = [deal("200000", 20), deal("600000", 3), deal("700000", 10)]
    found = line(plan, deals)
    assert parts(found) == [("D1", "10000.00"), ("D2", "18000.00"), ("D3", "27000.00")]
    (table,) = found.records or ()
    first, *others = table.most
    assert (first.id, first.day) == ("D3", "2025-07-10")
    assert [(band.rate, band.part, band.amount) for band in first.bands or ()] == [
        ("0.03", "400000", "12000.00"),
        ("0.05", "300000", "15000.00"),
    ]
    assert all(one.bands is None for one in others)
    assert "D3  2025-07-10  27 000.00 = 400 000 × 3% + 300 000 × 5%" in "\n".join(
        rows(stated(plan, deals), "en")
    )


def test_what_rounding_leaves_goes_to_the_largest_remainder_and_then_by_id() -> None:
    deals = [deal("0.10")] * 3
    assert parts(line("pay a = 50% * sum of amount of deals", deals)) == [
        ("D1", "0.05"),
        ("D2", "0.05"),
        ("D3", "0.05"),
    ]
    thirds = line("pay a = 33% * sum of amount of deals", [deal("0.01")] * 3)
    assert (str(thirds.amount), parts(thirds)) == ("0.01", [("D1", "0.01"), ("D2", "0.00"), ("D3", "0.00")])
    less = Credit({(0, at): -1 for at in range(3)}, 300)
    assert apportioned(less, -1, 2) == {(0, 0): 0, (0, 1): 0, (0, 2): -1}


def test_a_limit_of_all_leaves_each_its_proportion() -> None:
    plan = "pay a = for each of deals: rate * amount cap 7 000 on pay in all"
    assert parts(line(plan, [deal("200000"), deal("100000")])) == [("D1", "4666.67"), ("D2", "2333.33")]


@pytest.mark.parametrize(
    "plan", ["pay a = 500 + 2% * sum of amount of deals", "pay a = greatest of amount of deals"]
)
def test_a_line_that_rests_on_something_else_is_not_divided(plan: str) -> None:
    found = line(plan, [deal("1000")])
    assert found.records is None
    assert found.drawn


def test_each_part_of_a_condition_says_how_many_it_leaves_out() -> None:
    plan = "pay a = 1% * sum of amount of deals where paid and amount at least 100"
    deals = [deal("50"), deal("50", paid=False), deal("100"), deal("50"), deal("100", paid_on="2025-08-01")]
    found = line(plan, [*deals, {"amount": "100", "paid": True}])
    (drawn,) = found.drawn or ()
    assert (drawn.seen, drawn.outside, drawn.undated, drawn.value) == (4, 1, 1, "100")
    assert [(one.condition, one.count) for one in drawn.left_out] == [("paid", 1), ("amount at least 100", 2)]
    assert [(one.id, one.day, one.value) for one in drawn.records or ()] == [("D3", "2025-07-01", "100")]
    assert found.explanation[0] == (
        "1 of 4 in Deals count (besides 1 outside the period and 1 without a day), 1 left out by `paid`, "
        "2 left out by `amount at least 100`; `amount` together: 100"
    )


def test_an_average_says_sum_count_and_quotient_once() -> None:
    found = line(
        "pay a = 1% * average of amount of deals where paid",
        [deal("100"), deal("200"), deal("7", paid=False)],
    )
    assert found.explanation[0] == "3 in Deals, 1 left out by `paid`; `amount` on average: 300 / 2 = 150"
    assert found.explanation[1:] == ("`1% * average of amount of deals where paid`: 1% × 150 = 1.50 RUB",)
    assert parts(found) == [("D1", "0.50"), ("D2", "1.00")]


def test_what_is_said_twice_is_told_once() -> None:
    plan = "pay a = (sum of amount of deals) / 2 + sum of amount of deals\n"
    found = line(plan, [deal("100")])
    assert len(found.explanation) == len(found.drawn or ()) + 1 == 2
    assert parts(found) == [("D1", "150.00")]


def test_what_is_not_drawn_has_no_records() -> None:
    found = stated("revenue = sum of amount of deals\npay a = 1% * revenue", [])
    assert found.lines[0].records is None


def test_ten_records_are_told_and_the_others_together() -> None:
    plan, deals = "pay a = 1% * sum of amount of deals", [deal(str(100 * number)) for number in range(1, 14)]
    (table,) = line(plan, deals).records or ()
    assert [one.id for one in table.most] == [f"D{number}" for number in range(13, 3, -1)]
    assert table.others is not None
    assert (table.others.count, str(table.others.amount)) == (3, "6.00")
    usual = document(paid(plan, deals), "en", None)
    (short,) = usual.lines[0].records or ()
    assert (short.all, short.most, short.others) == (None, table.most, table.others)
    assert "all" not in plain(usual)["lines"][0]["records"][0]
    assert "      3 others               6.00" in [*rows(usual, "en")]


def test_nobody_is_told_what_a_colleague_has() -> None:
    plan = """plan "P"
version 1
currency RUB

fact revenue money
group team "Team"

place = rank of revenue of team
pay a = 1% * revenue of team
pay b = 100 if place = 1 otherwise 0
"""
    compiled = read_plan(Source("p.plan", plan))
    assert isinstance(compiled, Compiled), compiled
    people = [Person(name, "2025-07", {"revenue": "1000", "team": "North"}) for name in ("17", "18")]
    for result in pay_all(lambda _: compiled, Company(people)):
        assert isinstance(result, Result), result
        for found in document(result, "en", None, detail=True).lines:
            assert found.records is None
            (drawn,) = found.drawn or ()
            assert (drawn.seen, drawn.records) == (2, None)


# ── Whatever is paid for records, their parts make it up ─────────────────────────────────────────────────

LINES = (
    "commission on amount of deals in order of paid_on, each band at its own rate\n"
    "  up to 1 000: 3%\n  up to 2 500: 4.5%\n  above 7%\n",
    "commission on amount of each of deals, each band at its own rate\n  up to 500: 0%\n  above 1.7%\n",
    "commission on amount of deals in order of paid_on, the whole at the rate reached\n"
    "  up to 1 000: 3%\n  above 5%\n",
    "pay a = for each of deals where paid: rate * amount cap 33 on pay each cap 77 on pay in all\n",
    "pay a = for each of deals: rate * amount rounded to 0.1 in all\n",
    "pay a = 1.3% * (sum of amount of deals where paid) + 7 * count of deals where amount at least 100\n",
    "pay a = 2% * average of amount of deals where paid or amount at least 500\n",
    "whole = sum of amount of deals where paid\npay a = 3% * whole if whole > 900 otherwise 1% * whole\n",
)


@pytest.mark.parametrize("plan", LINES)
@examples(12)
@given(CHANCE)
def test_parts_make_up_the_line(plan: str, chance: Random) -> None:
    deals = [
        deal(
            f"{chance.choice((1, 1, 1, -1)) * chance.randrange(0, 120_000) / 100:.2f}",
            chance.randrange(1, 32),
            paid=chance.random() < 0.7,
            rate=f"{chance.randrange(1, 900) / 100}%",
        )
        for _ in range(chance.randrange(1, 16))
    ]
    deals.append(deal("10.00"))
    named = [{**one, "deal": f"D{number}"} for number, one in enumerate(deals, 1)]
    result = paid(plan, named)
    mixed = paid(plan, chance.sample(named, len(named)))
    for lang in LANGS:
        # In whatever order the rows come, every part and every word is the same.
        assert document(mixed, lang, None, detail=True) == document(result, lang, None, detail=True)
        for found in document(result, lang, None, detail=True).lines:
            for sentence in found.explanation:
                check(sentence, lang)
                compare(sentence, lang)
            tables = found.records or ()
            if any(value != "0" for value in (one.exact for table in tables for one in table.all or ())):
                told = sum(one.amount.minor for table in tables for one in table.all or ())
                assert told == found.amount.minor
            for table in tables:
                rest = table.others.amount.minor if table.others else 0
                everything = sum(one.amount.minor for one in table.all or ())
                assert sum(one.amount.minor for one in table.most) + rest == everything
                assert len(table.most) <= MOST
