"""What the records of one deal make together, told to everybody who shares it where it is not right."""

import random

import pytest

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay, pay_all
from engine.facts import Person, SentTables

PLAN = """\
plan "Shared deals"
version 1
currency RUB

table deals "Deals"
  deal     id
  amount   money
  sellers  count
  paid_on  date

table splits "Shares"
  record   id
  deal     record of deals
  seller   employee
  share    percent, together 100% by deal
  amount   of deal
  sellers  of deal
  paid_on  of deal, counts

commission sold "Sold" = for each of splits: 5% * amount * share
pay thirds "In equal parts" = for each of splits: 5% * amount / sellers
"""
WHEN = "2025-07"
Row = dict[str, object]


def plan(text: str = PLAN) -> Compiled:
    found = read_plan(Source("shared.plan", text))
    assert isinstance(found, Compiled), [fault.code for fault in found]
    return found


def deal(name: str, day: str = "2025-07-10") -> Row:
    return {"deal": name, "amount": "100000", "sellers": "3", "paid_on": day}


def split(deal: str, seller: str, share: str, **more: object) -> Row:
    return {"record": f"{deal}/{seller}", "deal": deal, "seller": seller, "share": share, **more}


def paid(splits: list[Row], deals: list[Row], compiled: Compiled, names: str = "ABC") -> list[object]:
    """What each is paid line by line, or the faults."""
    tables = SentTables({"deals": deals, "splits": splits})
    people = [Person(name, WHEN, {}) for name in names]
    return [
        one.amounts if isinstance(one, Result) else [(fault.code, fault.facts["sum"]) for fault in one]
        for one in pay_all(lambda _: compiled, Company(people, tables))
    ]


WHOLE = [split("1", "A", "50%"), split("1", "B", "30%"), split("1", "C", "20%")]


def test_each_is_paid_their_part_and_thirds_need_not_sum() -> None:
    expected = [(250000, 166667), (150000, 166667), (100000, 166667)]
    assert paid(WHOLE, [deal("1")], plan()) == expected


def test_records_count_when_what_they_are_of_counts() -> None:
    assert paid(WHOLE, [deal("1", "2025-06-30")], plan()) == [(0, 0)] * 3


def test_everybody_who_shares_is_told_and_nobody_else() -> None:
    rows = [split("1", "A", "50%"), split("1", "B", "30%"), split("2", "C", "100%")]
    told = [("P567", "80%")]
    assert paid(rows, [deal("1"), deal("2")], plan()) == [told, told, (500000, 166667)]


def test_who_shares_it_is_named() -> None:
    tables = SentTables({"deals": [deal("1")], "splits": WHOLE[:2]})
    (found,) = pay_all(lambda _: plan(), Company([Person("B", WHEN, {})], tables))
    assert isinstance(found, tuple)
    assert (found[0].pointer, found[0].facts["people"]) == ("/tables/splits/1/share", "A`, `B")


@pytest.mark.parametrize(
    ("said", "share", "right"),
    [
        ("together at least 100% by deal", "99.99%", False),
        ("together at least 100% by deal", "100%", True),
        ("together at least 100% by deal", "250%", True),
        ("together at most 100% by deal", "100.01%", False),
        ("together at most 100% by deal", "1%", True),
        ("together 100% by deal", "100.00%", True),
        ("together 100% by deal", "100.001%", False),
    ],
)
def test_the_whole_may_be_the_least_or_the_most(said: str, share: str, right: bool) -> None:
    compiled = plan(PLAN.replace("together 100% by deal", said))
    (found,) = paid([split("1", "A", share)], [deal("1")], compiled, "A")
    assert isinstance(found, tuple) == right


def test_equal_records_of_one_id_are_one_share() -> None:
    assert paid([*WHOLE, WHOLE[0]], [deal("1")], plan()) == paid(WHOLE, [deal("1")], plan())


def test_no_order_of_rows_changes_anything() -> None:
    rows = [*WHOLE, split("2", "A", "60%"), split("2", "B", "30%"), split("3", "C", "100%")]
    deals = [deal("1"), deal("2"), deal("3")]
    expected = paid(rows, deals, plan())
    for seed in range(5):
        mixed = random.Random(seed).sample(rows, len(rows))
        assert paid(mixed, deals[::-1], plan()) == expected


@pytest.mark.parametrize(("share", "codes"), [("60%", []), ("100%", []), ("101%", ["P567"])])
def test_of_one_person_alone_only_too_much_is_seen(share: str, codes: list[str]) -> None:
    tables = SentTables({"deals": [deal("1")], "splits": [split("1", "A", share)]}, alone="A")
    found = pay(plan(), Person("A", WHEN, {}, tables=tables))
    assert [fault.code for fault in _faults(found)] == codes


def test_shares_may_be_of_numbers_and_by_words() -> None:
    text = (
        PLAN.replace("  share    percent, together 100% by deal", "  share    count, together 2 by region")
        .replace("  paid_on  of", "  region   one of (north; south)\n  paid_on  of")
        .replace("amount * share", "amount")
    )
    rows = [split("1", "A", "1", region="north"), split("1", "B", "1", region="north")]
    rows.append(split("1", "C", "1", region="south"))
    found = paid(rows, [deal("1")], plan(text + 'pay counted "Counted" = for each of splits: 1 * share\n'))
    assert found[2] == [("P567", "1")]
    assert [isinstance(one, tuple) for one in found] == [True, True, False]


def test_a_deal_that_nobody_shares_is_named_to_each_and_holds_up_nobody() -> None:
    """Of the periods that are paid, unless parts may make less, or one person's records came."""
    deals = [deal("1"), deal("10"), deal("9"), deal("8", "2025-06-30")]

    def left(text: str = PLAN, splits: list[Row] = WHOLE, alone: str | None = None) -> list[tuple[str, str]]:
        compiled, tables = plan(text), SentTables({"deals": deals, "splits": splits}, alone=alone)
        people = [Person("A", WHEN, {}, tables=tables)]
        (found,) = pay_all(lambda _: compiled, Company(people, tables))
        assert isinstance(found, Result) or alone
        own = [one for one in _said(found) if one.code == "P528"]
        of_all = [one for one in tables.elsewhere([compiled], {"A"}, [WHEN]) if one.code == "P528"]
        if alone is None:
            assert [one.facts for one in own] == [one.facts for one in of_all]
            assert {one.severity for one in own} <= {"warning"}
            assert {one.severity for one in of_all} <= {"error"}
        return [(str(one.facts["ids"]), str(one.facts["rows"])) for one in own]

    assert left() == [("9`, `10", "2")]
    assert left(PLAN.replace("together 100%", "together at least 100%")) == [("9`, `10", "2")]
    assert left(PLAN.replace("together 100%", "together at most 100%")) == []
    assert left(splits=[]) == [("1`, `9`, `10", "3")]
    assert left(splits=[split("1", "A", "100%")], alone="A") == []


def _said(found: Result | tuple[Fault, ...]) -> tuple[Fault, ...]:
    return (*found.warnings,) if isinstance(found, Result) else found


def _faults(found: Result | tuple[Fault, ...]) -> tuple[Fault, ...]:
    return () if isinstance(found, Result) else found
