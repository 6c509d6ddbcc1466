"""Who belongs to what, as tables beside the people: files of a command, and lists of a request."""

from __future__ import annotations

from pathlib import Path

from tests.support.cli import premia, written
from tests.support.service import Service

PLAN = """\
plan "Department"
version 1
currency RUB

table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money

group department "Department"
group team "Team" within department

revenue = sum of amount of deals

pay team_bonus "Team" = 1% of (revenue of team)
pay department_bonus "Department" = 2% of (revenue of department)
"""
TABLES = {
    "team": [
        {"employee": "1", "team": "A", "to": "2025-07-15"},
        {"employee": "1", "team": "B", "from": "2025-07-16"},
        {"employee": "2", "team": "A"},
    ],
    "department": [{"team": "A", "department": "Sales"}, {"team": "B", "department": "Sales"}],
    "deals": [
        {"deal": "1", "seller": "1", "paid_on": "2025-07-15", "amount": "1500000"},
        {"deal": "2", "seller": "1", "paid_on": "2025-07-20", "amount": "100"},
        {"deal": "3", "seller": "2", "paid_on": "2025-07-01", "amount": "7500000"},
    ],
}


def table(rows: list[dict[str, str]]) -> str:
    """Rows as a file."""
    names = [*dict.fromkeys(name for row in rows for name in row)]
    cells = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(",".join(row) + "\n" for row in cells)


def test_a_command_takes_them_as_files(tmp_path: Path) -> None:
    """An empty one has the columns that are read."""
    plan = written(tmp_path, "department.plan", PLAN)
    people = written(tmp_path, "people.csv", "employee,period\n2,2025-07\n1,2025-07\n")
    files = [(name, written(tmp_path, f"{name}.csv", table(rows))) for name, rows in TABLES.items()]
    sent = [part for name, path in files for part in ("--table", f"{name}={path}")]
    said = premia("evaluate", plan, "--facts", people, *sent).stdout
    assert "90 000.00" in said  # of team A, with what somebody paid by both did in it
    assert "total 450 004.00 RUB" in said
    assert premia("inputs", plan, "--table", "team").stdout.strip() == "employee,team,from,to"
    assert premia("inputs", plan, "--table", "department").stdout.strip() == "team,department,from,to"


def test_a_request_takes_them_beside_the_people(service: Service) -> None:
    """A line that asks for the team of somebody who was in two stays open."""
    people = [{"employee": one, "period": "2025-07", "facts": {}} for one in "12"]
    status, found = service.post("/evaluate/batch", {"source": PLAN, "people": people, "tables": TABLES})
    assert status == 200
    one, two = found["results"]
    assert {line["name"]: line["amount"] for line in two["lines"]} == {
        "team_bonus": "90000.00",
        "department_bonus": "180002.00",
    }
    assert [line["name"] for line in one["open"]] == ["team_bonus"]
    assert [fault["code"] for fault in one["warnings"]] == ["P589"]
    assert one["total"] == "180002.00"
