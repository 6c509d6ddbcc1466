"""People a line each, from standard input or a file, answered a line each."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from typer.testing import CliRunner

from api.cli.commands import app
from tests.support.cli import data, premia, written
from tests.support.team import PLAN as TEAM
from tests.support.team import people as team

PLAN = 'plan "A"\nversion 1\ncurrency RUB\nfact revenue money\npay x = 1% of revenue\n'
PEOPLE = [
    {"employee": "a", "period": "2025-07", "facts": {"revenue": "100"}},
    {"employee": "b", "period": "2025-07", "facts": {}},
]
LINES = "".join(json.dumps(one) + "\n" for one in PEOPLE)


def test_standard_input_is_answered_a_line_each(tmp_path: Path) -> None:
    plan = written(tmp_path, "a.plan", PLAN)
    found = CliRunner().invoke(
        app, ["evaluate", str(plan), "--facts", "-", "--lang", "en"], input=LINES + "\nbad\n"
    )
    *rows, end = found.stdout.splitlines(keepends=True)
    assert found.exit_code == 1
    assert [json.loads(row)["employee"] for row in rows] == ["a", "b", None]
    assert json.loads(rows[2])["faults"][0]["code"] == "P602"
    assert json.loads(end) == {
        "paid": 1,
        "unpaid": 2,
        "totals": [{"currency": "RUB", "total": "1.00"}],
        "complete": True,
        "digest": hashlib.sha256("".join(rows).encode()).hexdigest(),
    }


def test_files_of_lines_say_what_others_say(tmp_path: Path) -> None:
    plan, lines = written(tmp_path, "a.plan", PLAN), written(tmp_path, "july.ndjson", LINES)
    out = tmp_path / "paid.jsonl"
    found = premia("evaluate", plan, "--facts", lines, "--out", out)
    assert "paid: 1 person, refused: 1" in found.stderr
    same = data("evaluate", plan, "--facts", written(tmp_path, "july.json", json.dumps(PEOPLE)), code=1)
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()][:2] == same["results"]


def test_groups_are_paid_from_lines(tmp_path: Path) -> None:
    plan = written(tmp_path, "team.plan", TEAM)
    lines = written(tmp_path, "july.ndjson", "".join(json.dumps(one) + "\n" for one in team()))
    found = data("evaluate", plan, "--facts", lines, code=1)
    assert (found["paid"], found["unpaid"], found["open"]) == (2, 1, 1)


def test_no_line_at_all(tmp_path: Path) -> None:
    plan = written(tmp_path, "a.plan", PLAN)
    found = CliRunner().invoke(app, ["evaluate", str(plan), "--facts", "-"], input="")
    assert json.loads(found.stdout)["paid"] == 0
    assert found.exit_code == 0
