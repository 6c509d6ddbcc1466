"""Moves, absences and the calendar beside the people: files of a command, and lists of a request."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import premia, written
from tests.support.service import Service

PLAN = """\
plan "Department"
version 1
currency RUB

fact calls "Calls" count default 0

table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money

group team "Team"

revenue = sum of amount of deals

pay goal "Goal" = 10 000 if revenue of team at least 9 000 000 otherwise 0 by working days in team
"""
RUSSIAN = """\
схема "Отдел"
версия 1
валюта RUB

факт звонки "Звонки" количество

группа отдел "Отдел"

начисление цель "Цель" = 100 * звонки от отдел
"""
TABLES = {
    "team": [
        {"employee": "1", "team": "A", "to": "2025-07-15"},
        {"employee": "1", "team": "B", "from": "2025-07-16"},
        {"employee": "2", "team": "A"},
    ],
    "absences": [{"employee": "2", "from": "2025-07-07", "to": "2025-07-11", "reason": "study"}],
    "calendar": [{"day": "2025-07-31", "working": "no"}],
    "deals": [
        {"deal": "1", "seller": "1", "paid_on": "2025-07-15", "amount": "1500000"},
        {"deal": "2", "seller": "2", "paid_on": "2025-07-01", "amount": "7500000"},
    ],
}
PEOPLE = [{"employee": one, "period": "2025-07", "facts": {}} for one in "12"]


def table(rows: list[dict[str, str]]) -> str:
    """Rows as a file."""
    names = [*dict.fromkeys(name for row in rows for name in row)]
    return "".join(
        ";".join(row) + "\n" for row in [names, *([row.get(name, "") for name in names] for row in rows)]
    )


def files(folder: Path) -> list[str]:
    """The tables as files of a command."""
    paths = [(name, written(folder, f"{name}.csv", table(rows))) for name, rows in TABLES.items()]
    return [part for name, path in paths for part in ("--table", f"{name}={path}")]


def test_a_command_takes_them_as_files(tmp_path: Path) -> None:
    """An empty one has the columns that are read; a table that no plan knows is still refused."""
    plan = written(tmp_path, "department.plan", PLAN)
    people = written(tmp_path, "people.csv", "employee,period\n1,2025-07\n2,2025-07\n")
    said = premia("evaluate", plan, "--facts", people, *files(tmp_path)).stdout
    assert "(10 000 × 11 days + 0 × 11 days) / 22 days" in said
    assert "A  2025-07-01 – 2025-07-15  11 / 22  5 000.00" in said
    assert "2025-07-07 to 2025-07-11: study" in said
    for name, columns in {"absences": "employee,from,to,reason", "calendar": "day,working"}.items():
        assert premia("inputs", plan, "--table", name).stdout.strip() == columns
    russian = written(tmp_path, "ru.plan", RUSSIAN)
    empty = premia("inputs", russian, "--table", "отсутствия").stdout
    assert empty.strip("\ufeff\n") == "сотрудник,с,по,причина"
    # Nothing goes by working days there, so no calendar is asked for.
    assert "P550" in premia("inputs", russian, "--table", "календарь").stderr


@pytest.mark.parametrize("reasons", [True, False])
def test_a_request_takes_them_beside_the_people(service: Service, reasons: bool) -> None:
    """The parts of a line, and when somebody is absent, are data."""
    asked = {"source": PLAN, "people": PEOPLE, "tables": TABLES, "reasons": reasons}
    status, found = service.post("/evaluate/batch", asked)
    assert status == 200, found
    one, two = found["results"]
    assert (one["total"], two["total"]) == ("5000.00", "10000.00")
    assert two["absences"] == [{"first": "2025-07-07", "last": "2025-07-11", "reason": "study"}]
    assert "absences" not in one
    if reasons:
        (line,) = one["lines"]
        told = [(stay["value"], stay["days"], stay["whole"], stay["amount"]) for stay in line["stays"]]
        assert told == [("A", 11, 22, "5000.00"), ("B", 11, 22, "0.00")]
        assert line["stays"][0]["on"] == [{"first": "2025-07-01", "last": "2025-07-15"}]
        assert "stays" not in two["lines"][0]
    without = {name: rows for name, rows in TABLES.items() if name != "calendar"}
    status, found = service.post("/evaluate/batch", {**asked, "tables": without})
    assert [len(one.get("open", ())) for one in found["results"]] == [1, 0]
    assert [fault["code"] for fault in found["results"][0]["warnings"]] == ["P573"]


def test_who_is_paid_alone_may_bring_absences(service: Service) -> None:
    """A plan without groups knows them too, and a receipt keeps what is theirs."""
    plan = PLAN[: PLAN.index("group team")] + "commission 1% of (sum of amount of deals)\n"
    absences = [*TABLES["absences"], {"employee": "9", "from": "2025-07-01", "reason": "leave"}]
    tables = {"deals": TABLES["deals"][1:], "absences": absences}
    status, found = service.post("/evaluate", {"source": plan, **PEOPLE[1], "tables": tables})
    assert status == 200, found
    assert found["absences"] == [{"first": "2025-07-07", "last": "2025-07-11", "reason": "study"}]
    status, found = service.post(
        "/evaluate", {"source": plan, **PEOPLE[1], "tables": {**tables, "absence": []}}
    )
    assert (status, found["faults"][0]["code"]) == (422, "P550")
