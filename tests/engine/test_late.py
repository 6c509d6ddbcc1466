"""Records of earlier months that come now: counted where the plan says so, once, and always told."""

import itertools
from collections.abc import Iterable

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables

PLAN = """\
plan "Sellers"
version 1
currency RUB

table deals "Deals"{}
  deal     id
  manager  employee
  paid_on  date, counts
  amount   money

commission 2% of sum of amount of deals
"""
ARRIVAL, MONTH = " late on arrival within 45 days", " late to their month within 45 days"
Row = dict[str, object]


def plan(said: str) -> Compiled:
    found = read_plan(Source("sellers.plan", PLAN.format(said)))
    assert isinstance(found, Compiled), found
    return found


def deal(name: str, day: str, amount: str = "100") -> Row:
    return {"deal": name, "manager": "A", "paid_on": day, "amount": amount}


def paid(said: str, people: Iterable[Person], rows: list[Row]) -> list[tuple[int, list[str]]]:
    """What each is paid, and what is said of their records."""
    found = []
    compiled = plan(said)
    for one in pay_all(lambda _: compiled, Company(people, SentTables({"deals": rows}))):
        assert isinstance(one, Result)
        found.append((one.total, [fault.code for fault in one.warnings]))
    return found


def july() -> list[Person]:
    return [Person("A", "2025-07", {})]


ROWS = [
    deal("1", "2025-07-01"),
    deal("2", "2025-06-30", "1000"),
    deal("3", "2025-05-17", "10000"),  # 45 days before the period
    deal("4", "2025-05-16", "100000"),
    deal("5", "2025-08-01", "1000000"),
]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", (200, [])),
        (ARRIVAL, (22200, ["P570", "P572"])),
        (MONTH, (200, ["P571", "P572"])),
    ],
)
def test_what_becomes_of_late_records_is_what_the_table_says(
    said: str, expected: tuple[int, list[str]]
) -> None:
    assert paid(said, july(), ROWS) == [expected]


def test_nothing_is_said_where_nothing_is_late() -> None:
    for said in (ARRIVAL, MONTH):
        assert paid(said, july(), [ROWS[0], ROWS[4]]) == [(200, [])]


def test_late_records_are_named_with_their_months_and_five_at_most() -> None:
    rows = [deal(str(number), "2025-06-30") for number in range(1, 8)]
    compiled = plan(MONTH)
    (found,) = pay_all(lambda _: compiled, Company(july(), SentTables({"deals": rows})))
    assert isinstance(found, Result)
    (told,) = found.warnings
    names = "; ".join(f"{number} (2025-06)" for number in range(1, 6))
    assert (told.pointer, told.facts["rows"], told.facts["records"]) == ("/tables/deals", "7", f"{names}; …")


def test_who_is_paid_for_several_months_at_once_is_paid_for_a_record_once() -> None:
    months = {"2025-06": 2000, "2025-07": 200, "2025-08": 2000000}
    for order in itertools.permutations(months):
        people = [Person("A", month, {}) for month in order]
        assert [total for total, _ in paid(ARRIVAL, people, [*ROWS[:2], ROWS[4]])] == [
            months[month] for month in order
        ]


def test_a_month_between_that_is_not_paid_leaves_its_records_late() -> None:
    people = [Person("A", month, {}) for month in ("2025-06", "2025-08")]
    found = paid(ARRIVAL, people, ROWS[:2])
    assert found == [(2000, []), (200, ["P570"])]


def test_a_colleague_of_another_month_changes_nothing() -> None:
    people = [Person("A", "2025-07", {}), Person("B", "2025-06", {})]
    assert paid(ARRIVAL, people, ROWS)[0] == (22200, ["P570", "P572"])


def test_records_that_somebody_brings_for_each_of_two_months_count_once() -> None:
    """They are the same ones, as those of a receipt are: that of June is paid with June."""
    tables = [SentTables({"deals": ROWS[:2]}, alone="A") for _ in range(2)]
    people = [
        Person("A", month, {}, tables=own) for month, own in zip(("2025-06", "2025-07"), tables, strict=True)
    ]
    assert [total for total, _ in paid(ARRIVAL, people, [])] == [2000, 200]


def test_no_order_of_rows_changes_anything() -> None:
    expected = paid(ARRIVAL, july(), ROWS)
    for rows in itertools.permutations(ROWS):
        assert paid(ARRIVAL, july(), [*rows]) == expected
