"""Records that are held on disk pay, and say, what those do that are held together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.files import Spool
from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Parted, PartedBy, Person, Raw, SentTables, partings
from engine.statement import document
from tests.support.chances import examples
from tests.support.work import weighed

WHEN = "2025-07"
PLAN = """\
plan "Deals"
version 1
currency RUB

table deals "Deals"
  deal     id
  manager  employee
  closed   date, counts
  amount   money
  rate     number default 1
  paid     yes/no

pay share = 3% * sum of (amount * rate) of deals where paid
pay large = 500 * (count of deals where paid and amount at least 100)
"""
BY = PartedBy("manager", "deal")


def plan(text: str = PLAN) -> Compiled:
    found = read_plan(Source("deals.plan", text))
    assert isinstance(found, Compiled), found
    return found


COMPILED = plan()
CELLS: dict[str, Sequence[object]] = {
    "manager": ["A", "B", " B ", "C", "X", "", None, True],
    "closed": ["2025-07-01", "01.07.2025", "2025-06-30", "", "nothing"],
    "amount": ["100", "99.50", "1 000,50", "-5", "12.000", "much", None],
    "rate": ["1", "0.5", "1.125", "", "x"],
    "paid": ["yes", "no", "1", True],
    "colour": ["red"],
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from(cells) for name, cells in CELLS.items() if name not in {"rate", "colour"}},
        optional={name: st.sampled_from(CELLS[name]) for name in ("rate", "colour")},
    ),
    max_size=20,
)


def held(rows: Iterable[Raw], most: int, by: PartedBy | None = BY) -> Any:
    spool = Spool(by, most)
    for row in rows:
        spool.add(tuple(row), tuple(row.values()))
    return spool.done()


def answers(rows: Any) -> tuple[list[object], set[str]]:
    """What everybody is paid, or why not, and what is said of the table."""
    tables = SentTables({"deals": rows})
    people = [Person(name, WHEN, {}) for name in "ABCD"]
    paid = pay_all(lambda _: COMPILED, Company(people, tables))
    told: list[object] = [document(one, "en", "deals") if isinstance(one, Result) else one for one in paid]
    assert tables.only(COMPILED, "A").raw.keys() <= {"deals"}
    return told, {str(fault) for fault in tables.elsewhere([COMPILED], {*"ABCD"}, ())}


@examples(60)
@given(ROWS, st.integers(1, 7))
def test_records_on_disk_pay_and_say_the_same(rows: list[dict[str, object]], most: int) -> None:
    several: list[Raw] = [{"deal": str(number), **row} for number, row in enumerate(rows)]
    found = held(several, most)
    assert isinstance(found, Parted) == (len(rows) >= most)
    assert [*found] == several
    assert answers(found) == answers(several)
    own = SentTables({"deals": found}).only(COMPILED, "B").raw["deals"]
    assert [*own] == [*SentTables({"deals": several}).only(COMPILED, "B").raw["deals"]]


def test_records_with_one_id_are_read_together() -> None:
    """Whose they are tells nothing of which of them are one, so they are on disk and not parted."""
    row: dict[str, object] = {"manager": "A", "closed": "2025-07-01", "amount": "100", "paid": "yes"}
    rows = [{"deal": "1", **row}, {"deal": "2", **row}, {"deal": " 1", **row, "manager": "B"}]
    found = held(rows, 1)
    assert not isinstance(found, Parted)
    assert answers(found) == answers(rows)
    assert isinstance(held(rows, 1, PartedBy("manager")), Parted)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  manager  employee\n", ""),
        ("  amount   money\n", "  amount   money\n  came      of payments\n"),
        ("table deals", 'group team "Team"\n\ntable deals'),
    ],
    ids=["of everybody", "linked", "groups"],
)
def test_what_crosses_people_is_read_together(before: str, after: str) -> None:
    """Nobody's table, records that others lead to, and plans with groups."""
    text = PLAN.replace(before, after)
    if "payments" in after:
        text = text.replace("  came      of payments\n", "").replace(
            "\npay share",
            'table payments "Payments"\n  payment id\n  deal record of deals\n  manager of deal\n\npay share',
            1,
        )
    assert partings(COMPILED.kernel) == {"deals": BY}
    assert "deals" not in partings(plan(text).kernel)


def test_memory_grows_with_people_and_not_with_records() -> None:
    """Of sixteen thousand records of four hundred people as of four thousand, but for some bytes of each."""
    peaks: list[int] = []
    for deals in (4_000, 16_000):
        rows = (
            {
                "deal": str(deal),
                "manager": str(deal % 400),
                "closed": "2025-07-01",
                "amount": str(deal),
                "paid": "yes",
            }
            for deal in range(deals)
        )
        with weighed() as work:
            tables = SentTables({"deals": held(rows, 500)})
            company = Company((Person(str(one), WHEN, {}) for one in range(400)), tables)
            assert all(isinstance(one, Result) for one in pay_all(lambda _: COMPILED, company))
        peaks.append(work.peak)
    assert peaks[1] < 1.5 * peaks[0]


def test_a_fault_of_a_record_on_disk_has_its_place() -> None:
    row: dict[str, object] = {"closed": "2025-07-01", "amount": "100", "paid": "yes"}
    rows = [{"deal": str(at), "manager": "BA"[at % 2], **row} for at in range(9)]
    rows[6]["amount"] = "much"
    (_, faults, *_), _ = answers(held(rows, 2))
    assert isinstance(faults, tuple)
    (fault,) = faults
    assert isinstance(fault, Fault)
    assert fault.pointer == "/tables/deals/6/amount"
