"""Times of sources: on which day a record counts, in the zone that the plan says."""

from __future__ import annotations

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person, SentTables

PLAN = """plan "Deals"
version 1
currency RUB
table deals "Deals"
  seller  employee
  closed  {kind}, counts
commission made "Made" = 1 * count of deals
"""
MOSCOW, NONE, DAYS = "time in Europe/Moscow", "time without zone", "date"
LAST, NEXT = "counts", "does not"


def outcome(kind: str, closed: object) -> str:
    """Whether a record counts in July, or why it does not."""
    plan = read_plan(Source("deals.plan", PLAN.format(kind=kind)))
    assert isinstance(plan, Compiled)
    tables = SentTables({"deals": [{"seller": "A", "closed": closed}]})
    found = pay(plan, Person("A", "2025-07", {}, tables=tables))
    if isinstance(found, Result):
        return LAST if found.total else NEXT
    (code,) = {fault.code for fault in found if fault.severity == "error"}
    return code


@pytest.mark.parametrize(
    ("closed", "moscow", "none", "days"),
    [
        ("2025-07-31", LAST, LAST, LAST),
        ("2025-07-31 23:59", LAST, LAST, LAST),
        ("2025-07-31T23:59:59.999", LAST, LAST, LAST),
        ("2025-08-01T00:00:00", NEXT, NEXT, NEXT),
        ("2025-07-31T20:59:59Z", LAST, "P545", "P544"),
        ("2025-07-31T21:00:00Z", NEXT, "P545", "P544"),
        ("2025-08-01T01:00:00+0500", LAST, "P545", "P544"),
        ("2025-06-30T23:00:00+02:00", LAST, "P545", "P544"),
        ("2025-08-01T01:00:00+10:00[Asia/Vladivostok]", LAST, NEXT, NEXT),
        ("2025-07-31T23:00:00+02:00[Europe/Berlin]", NEXT, LAST, LAST),
        ("2025-07-31T23:00:00[Europe/Berlin]", "P505", "P505", "P505"),
        ("1753995599", LAST, "P545", "P544"),
        ("1753995600", NEXT, "P545", "P544"),
        ("1753995599000", "P505", "P505", "P505"),
        ("2025-02-30T10:00:00Z", "P505", "P545", "P544"),
        ("31.07.2025 23:59:59", LAST, LAST, LAST),
        ("20250731", LAST, LAST, LAST),
    ],
)
def test_a_time_counts_on_its_day_in_its_zone(closed: str, moscow: str, none: str, days: str) -> None:
    assert [outcome(kind, closed) for kind in (MOSCOW, NONE, DAYS)] == [moscow, none, days]
