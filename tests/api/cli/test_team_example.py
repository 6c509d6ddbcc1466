"""A department and its head, paid by one command from the exports that lie beside the plan."""

from __future__ import annotations

import pytest

from tests.support.cli import data
from tests.support.places import EXAMPLES

TEAM = EXAMPLES / "team"
PAID = {
    "300": {"salary": "150000.00", "total_sold": "60000.00", "conversion": "40000.00", "thrift": "20000.00"},
    "301": {"salary": "60000.00", "sold": "52800.00", "together": "10000.00", "thrift": "0.00"},
    "302": {"salary": "60000.00", "sold": "36000.00", "together": "10000.00", "thrift": "0.00"},
    "303": {"salary": "60000.00", "sold": "40000.00", "together": "10000.00", "thrift": "0.00"},
}


@pytest.mark.parametrize("plan", ["team.plan", "team.ru.plan"])
def test_a_department_and_its_head_are_paid_from_exports(plan: str) -> None:
    """9 000 000 met exactly, 4 meetings of 10 calls of half a minute, 600 000 for 24 new customers."""
    maps = [f"--map={name}={TEAM / 'exports' / name}.csv" for name in ("deals", "calls", "meetings")]
    answers = data("evaluate", TEAM / plan, "--facts", TEAM / "exports" / "people.csv", *maps)
    paid = {
        one["employee"]: {line["name"] or line["kind"]: line["amount"] for line in one["lines"]}
        for one in answers["results"]
    }
    assert paid == PAID
    assert [result["value"] for result in answers["results"][0]["results"]] == ["25000.00"]
