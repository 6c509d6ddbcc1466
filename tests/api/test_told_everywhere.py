"""What is doubtful, presumed, understood or left out reaches every output, through both doors."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.commands import app
from dsl.words import LANGS, Lang
from tests.support.places import TESTS
from tests.support.service import Service

TABLES = TESTS / "tables"
PLAN = TABLES / "plans" / "managers.plan"
HEAD = "сотрудник;период;выручка;звонки;конверсия;дисциплина;принят\n"
DOUBTFUL = "0042;2025-07;3300000;1100;2,1;да;2021-05-17\n"
GOOD = "0043;2025-07;3300000;1100;2,1%;да;2021-05-17\n"
TOTAL = "Итого;2025-07;6600000;2200;2,1%;да;2021-05-17\n"
FACTS = {"выручка": 3300000, "звонки": 1100, "конверсия": "2.1", "дисциплина": True, "принят": "2021-05-17"}


def run(*args: object) -> tuple[int, str, str]:
    """How a command ends, what it prints, and what it says besides."""
    result = CliRunner().invoke(app, [*map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A percentage without its sign, a good row and a total."""
    path = tmp_path / "facts.csv"
    path.write_text(HEAD + DOUBTFUL + GOOD + TOTAL, "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_a_table_of_amounts_says_it_beside_them(facts: Path, tmp_path: Path, lang: Lang) -> None:
    """It paid 1 157 000 and said nothing; the row, the terminal and the whole say it now."""
    out = tmp_path / "paid.csv"
    code, _, told = run("evaluate", PLAN, "--facts", facts, "--out", out, "--lang", lang)
    *rows, last = csv.reader(out.read_text("utf-8-sig").splitlines(), delimiter=";" if lang == "ru" else ",")
    assert code == 0
    assert last[-2].replace(",", ".") == "1274500.00"
    assert [row[0] for row in rows[1:]] == ["0042", "0043"]
    assert [row[-2].replace(",", ".") for row in rows[1:]] == ["1157000.00", "117500.00"]
    assert rows[0][-1] == {"en": "warnings", "ru": "предупреждения"}[lang]
    assert [("P512" in row[-1], "P537" in row[-1]) for row in rows[1:]] == [(True, True), (False, False)]
    assert ": 1 из 2" in told or ": 1 of 2" in told
    assert "P675" in told
    assert "P676" in told


@pytest.mark.parametrize("lang", LANGS)
def test_statements_and_data_say_it(facts: Path, lang: Lang) -> None:
    """As text, and as JSON."""
    _, shown, told = run("evaluate", PLAN, "--facts", facts, "--lang", lang)
    assert "P512" in shown
    assert ": 1 из 2" in shown or ": 1 of 2" in shown
    assert "P675" in told
    _, shown, told = run("evaluate", PLAN, "--facts", facts, "--json", "--lang", lang)
    whole = json.loads(shown)
    assert told == ""
    assert [fault["code"] for fault in whole["notices"]] == ["P675", "P676"]
    assert {fault["code"] for fault in whole["results"][0]["warnings"]} == {"P512", "P537"}


@pytest.mark.parametrize("lang", LANGS)
def test_a_simulation_says_of_how_many_it_is(facts: Path, tmp_path: Path, lang: Lang) -> None:
    """As text, as data and as a table."""
    code, shown, _ = run("simulate", PLAN, "--facts", facts, "--quick", "--lang", lang)
    assert code == 0
    assert all(code in shown for code in ("P512", "P537", "P675", "P676"))
    _, shown, _ = run("simulate", PLAN, "--facts", facts, "--quick", "--json", "--lang", lang)
    whole = json.loads(shown)
    assert [(one["code"], one["people"]) for one in whole["warnings"]] == [("P512", 1), ("P537", 1)]
    assert [fault["code"] for fault in whole["notices"]] == ["P675", "P676"]
    out = tmp_path / "cost.csv"
    run("simulate", PLAN, "--facts", facts, "--quick", "--out", out, "--lang", lang)
    assert "P512" in out.read_text("utf-8-sig")


@pytest.mark.parametrize("lang", LANGS)
def test_a_comparison_says_of_whom_it_is(facts: Path, tmp_path: Path, lang: Lang) -> None:
    """As text and as data."""
    other = tmp_path / "other.plan"
    other.write_text(PLAN.read_text("utf-8").replace("оклад 60 000", "оклад 61 000"), "utf-8")
    _, shown, _ = run("diff", PLAN, other, "--facts", facts, "--lang", lang)
    assert all(code in shown for code in ("P512", "P675", "P676"))
    _, shown, _ = run("diff", PLAN, other, "--facts", facts, "--json", "--lang", lang)
    people = json.loads(shown)["plans"][0]["people"]
    assert [(row["employee"], "P512" in row["said"][0]) for row in people["doubtful"]] == [("0042", True)]
    assert [fault["code"] for fault in people["notices"]] == ["P675", "P676"]


# ── Over HTTP ────────────────────────────────────────────────────────────────────────────────────────────


def body(*people: dict[str, Any]) -> dict[str, Any]:
    """A batch by the plan of the tables."""
    return {"source": PLAN.read_text("utf-8"), "people": [*people]}


def person(employee: str = "0042", **facts: object) -> dict[str, Any]:
    """Somebody with these facts beside the good ones."""
    return {"employee": employee, "period": "2025-07", "facts": {**FACTS, "конверсия": "2.1%", **facts}}


def test_rows_that_differ_pay_nobody_over_http(service: Service) -> None:
    """Both are shown side by side; equal ones are told to be one; a total is nobody; others are paid."""
    people = person(), person(выручка=3000000), person("0043"), person("0043"), person("Итого")
    status, answer = service.post("/evaluate/batch", body(*people))
    assert status == 200
    found = [row.get("total") or [fault["code"] for fault in row["faults"]] for row in answer["results"]]
    assert found == [["P662"], ["P662"], "117500.00", "117500.00", ["P675"]]
    assert "выручка: `3300000` ≠ `3000000`" in answer["results"][0]["faults"][0]["text"]
    assert [fault["code"] for fault in answer["notices"]] == ["P679"]
    single = {"source": PLAN.read_text("utf-8"), **person("Total")}
    assert [fault["code"] for fault in service.post("/evaluate", single)[1]["faults"]] == ["P675"]


def test_a_simulation_and_a_comparison_say_it_over_http(service: Service) -> None:
    """What is doubtful of whom, and who is left out."""
    people = [person(конверсия="2.1"), person("0043"), person("0043"), person("Итого")]
    answer = service.post("/simulate", body(*people))[1]
    assert [(one["code"], one["people"]) for one in answer["warnings"]] == [("P512", 1), ("P537", 1)]
    assert [fault["code"] for fault in answer["notices"]] == ["P675", "P679"]
    source = PLAN.read_text("utf-8")
    sides = {"old": {"source": source}, "new": {"source": source.replace("60 000", "61 000")}}
    found = service.post("/diff", {**sides, "people": people})[1]["plans"][0]["people"]
    assert [row["employee"] for row in found["doubtful"]] == ["0042"]
    assert [fault["code"] for fault in found["notices"]] == ["P675", "P679"]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("принят", "17.05.2021 0:00:00", "P536"),
        ("выручка", "3 300 000,00 ₽", "P536"),
        ("дисциплина", 1, "P536"),
        ("принят", "0001-01-01T00:00:00", "P501"),
        ("выручка", "3.300", "P670"),
    ],
)
def test_values_are_read_alike_over_http(service: Service, name: str, value: object, code: str) -> None:
    """One function reads a value, whichever way it comes."""
    status, answer = service.post(
        "/evaluate",
        {"source": PLAN.read_text("utf-8"), **{**person(), "facts": {**person()["facts"], name: value}}},
    )
    faults = answer["faults"] if status == 422 else answer["warnings"]
    assert [fault["code"] for fault in faults] == [code]
    if code == "P536":
        assert answer["total"] == "117500.00"
