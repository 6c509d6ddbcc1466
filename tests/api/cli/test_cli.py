"""The command line: what each command prints, in both languages, and how it ends."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from rich.text import Text

from api import vocabulary as asked
from api.cli.reader import language, plural, show, words
from dsl.check import check
from dsl.data import table
from dsl.faults import report
from dsl.parse import parse
from dsl.row import Row
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine import VERSION
from engine.statement.show import vocabulary
from tests.support.cli import data, premia, written
from tests.support.places import EXAMPLES, FACTS, GOLDEN, IVANOV, PLANS, ROOT

TWINS = {
    "ivanov": FACTS,
    "ivanov.ru": FACTS,
    "иванов": EXAMPLES / "ivanov" / "иванов.json",
}
LINES = ["60000.00", "26400.00", "9500.00", "12600.00", "9500.00", "1800.00"]
FILES = sorted(
    path
    for path in EXAMPLES.rglob("*.*")
    if path.suffix in {".json", ".yaml", ".csv"} and path.parent.name != "exports"  # which are of no plan
)


def changed(folder: Path, old: str, new: str) -> Path:
    """The reference plan with one thing changed."""
    text = IVANOV.read_text("utf-8")
    assert old in text
    return written(folder, "changed.plan", text.replace(old, new))


def same(path: Path, text: str, *, rewrite: bool) -> None:
    """Hold a text against the one in a file."""
    if rewrite:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


# ── evaluate ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("twin", TWINS)
def test_the_reference_case(twin: str, lang: Lang) -> None:
    whole = data("evaluate", IVANOV.with_name(f"{twin}.plan"), "--facts", TWINS[twin], lang=lang)
    (document,) = whole["results"]
    assert (whole["paid"], whole["unpaid"]) == (1, 0)
    assert whole["totals"] == [{"currency": "RUB", "total": "119800.00"}]
    assert document["total"] == "119800.00"
    assert [line["amount"] for line in document["lines"]] == LINES
    assert document["plan"]["id"] == twin


def test_one_plan_in_two_languages_has_one_digest() -> None:
    english, russian = (
        data("evaluate", IVANOV.with_name(name), "--facts", FACTS)["results"][0]
        for name in ("ivanov.plan", "ivanov.ru.plan")
    )
    assert english["plan"]["digest"] == russian["plan"]["digest"]
    assert english["facts_digest"] == russian["facts_digest"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_statement(lang: Lang, golden: bool) -> None:
    plan = IVANOV if lang == "en" else IVANOV.with_name("ivanov.ru.plan")
    result = premia("evaluate", plan, "--facts", FACTS, "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    same(GOLDEN / f"statement.{lang}.txt", result.stdout, rewrite=golden)
    assert all(len(row) <= 80 for row in result.stdout.splitlines())
    words = vocabulary(lang)
    assert result.stdout.startswith(f"{words['statement']}\n")
    assert result.stdout.count(words["gross"]) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_everybody_in_the_examples_is_paid(file: Path) -> None:
    plan = file.with_suffix(".plan")
    for one in data("evaluate", plan, "--facts", file)["results"]:
        assert one["lines"]
        assert one["plan"]["id"] == plan.stem


def test_several_people_and_one_who_cannot_be_paid(tmp_path: Path) -> None:
    head, *rows = (EXAMPLES / "ivanov" / "ivanov.csv").read_text("utf-8").splitlines()
    file = written(tmp_path, "people.csv", "\n".join([head, rows[0], rows[1].rsplit(",", 1)[0], rows[2]]))
    whole = data("evaluate", IVANOV, "--facts", file, code=1)
    answers = whole["results"]
    assert (whole["paid"], whole["unpaid"]) == (2, 1)
    assert whole["totals"] == [{"currency": "RUB", "total": "203800.00"}]
    assert [answer.get("total") for answer in answers] == ["119800.00", None, "84000.00"]
    assert answers[1]["faults"][0]["code"] == "P667"
    text = premia("evaluate", IVANOV, "--facts", file)
    assert text.exit_code == 1
    assert text.stdout.count("Statement of pay") == 2
    assert text.stdout.endswith("2 people, total 203 800.00 RUB\n")
    assert "people.csv:3" in text.stderr
    assert "1 of 3" in text.stderr


@pytest.mark.parametrize(("lang", "counted"), [("en", "1 person (2 rows)"), ("ru", "1 человек (2 строки)")])
def test_a_footer_counts_people(tmp_path: Path, lang: Lang, counted: str) -> None:
    """One person in two months is one person, whichever way it is written down."""
    head, row, *_ = (EXAMPLES / "ivanov" / "ivanov.csv").read_text("utf-8").splitlines()
    file = written(tmp_path, "year.csv", "\n".join([head, row, row.replace("2025-07", "2025-08")]))
    text = premia("evaluate", IVANOV, "--facts", file, "--lang", lang)
    assert f"\n{counted}, " in text.stdout
    table = premia("evaluate", IVANOV, "--facts", file, "--lang", lang, "--out", tmp_path / "paid.csv")
    assert f": {counted}, " in table.stderr
    premia("receipt", IVANOV, "--facts", file, "--out", tmp_path / "r.json")
    assert f": {counted}, " in premia("verify", tmp_path / "r.json", "--lang", lang).stdout


def test_a_fault_of_a_fact_is_shown_where_it_stands(tmp_path: Path) -> None:
    text = (EXAMPLES / "ivanov" / "ivanov.csv").read_text("utf-8").replace(",2.1%,", ",two,")
    table = written(tmp_path, "people.csv", text)
    assert f"--> {table}:2, conversion" in premia("evaluate", IVANOV, "--facts", table).stderr
    document = written(tmp_path, "ivanov.json", FACTS.read_text("utf-8").replace("2.1%", "two"))
    result = premia("evaluate", IVANOV, "--facts", document)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"--> {document}#/facts/conversion" in result.stderr
    (answer,) = data("evaluate", IVANOV, "--facts", document, code=1)["results"]
    assert (answer["employee"], answer["period"]) == ("Ivanov", "2025-07")
    assert [fault["pointer"] for fault in answer["faults"]] == ["/facts/conversion"]


def test_what_was_presumed_and_warned_of_is_said(tmp_path: Path) -> None:
    plan = changed(tmp_path, "percent\n\nsalary", "percent default 30%\n\nsalary")
    facts = FACTS.read_text("utf-8").replace('"950",', '"950"').replace('"margin_rate": "30%"', "")
    file = written(tmp_path, "facts.json", facts.replace("2.1%", "2.1"))
    result = premia("evaluate", plan, "--facts", file)
    assert result.exit_code == 0, result.output
    assert "\nPresumed\n    Margin rate: 30% presumed" in result.stdout
    assert "\nWarnings\n    P512: " in result.stdout


def test_a_plan_that_cannot_pay(tmp_path: Path) -> None:
    plan = changed(tmp_path, "weight 40%", "wieght 40%")
    result = premia("evaluate", plan, "--facts", FACTS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{plan}:15:" in result.stderr
    assert data("evaluate", plan, "--facts", FACTS, code=1)["faults"][0]["place"]["line"] == 15


@pytest.mark.parametrize(("lang", "mark", "delimiter"), [("en", ".", ","), ("ru", ",", ";")])
def test_a_table_for_payroll(tmp_path: Path, lang: Lang, mark: str, delimiter: str) -> None:
    out = tmp_path / "paid.csv"
    file = EXAMPLES / "ivanov" / "иванов.csv"
    assert (
        premia("evaluate", file.with_suffix(".plan"), "--facts", file, "--out", out, lang=lang).exit_code == 0
    )
    with out.open(encoding="utf-8-sig", newline="") as table:
        head, first, *rest, last = csv.reader(table, delimiter=delimiter)
    assert head[2:-2] == ["оклад", "выручка", "средний_чек", "конверсия", "звонки", "процент"]
    assert first[2:-1] == [amount.replace(".", mark) for amount in [*LINES, "119800.00"]]
    assert len(rest) == 3
    columns = [*zip(first, *rest, strict=True)][2:-1]
    sums = [sum(Decimal(amount.replace(",", ".")) for amount in column) for column in columns]
    assert last == [
        {"en": "Total", "ru": "Всего"}[lang],
        "",
        *(str(one).replace(".", mark) for one in sums),
        "",
    ]


def test_every_amount_of_a_table_stands_under_its_name(tmp_path: Path) -> None:
    """Also where people of one sort have other lines than those of another."""
    out, grades = tmp_path / "paid.csv", EXAMPLES / "grades" / "grades.csv"
    assert premia("evaluate", grades.with_suffix(".plan"), "--facts", grades, "--out", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as table:
        rows = {row["employee"]: row for row in csv.DictReader(table)}
    for answer in data("evaluate", grades.with_suffix(".plan"), "--facts", grades)["results"]:
        row = rows[answer["employee"]]
        paid = {line["name"]: line["amount"] for line in answer["lines"]}
        assert row["total"] == answer["total"]
        assert {name: row[name] for name in [*row][2:-2]} == {
            name: paid.get(name, "0.00") for name in [*row][2:-2]
        }
    assert rows["0203"]["margin"] == "59400.00"
    assert rows["0203"]["calls"] == "0.00"


def test_a_table_says_how_many_are_not_in_it(tmp_path: Path) -> None:
    text = (EXAMPLES / "ivanov" / "ivanov.csv").read_text("utf-8").replace(",2.1%,", ",two,")
    out = tmp_path / "paid.csv"
    result = premia("evaluate", IVANOV, "--facts", written(tmp_path, "people.csv", text), "--out", out)
    assert result.exit_code == 1
    assert "1 of 5 could not be paid" in result.stderr
    assert len(out.read_text("utf-8").splitlines()) == 6


# What stands in data for people, beside what machines read; and what is quoted from a plan.
SPOKEN = {"attainment", "bound", "label", "text", "value"}
SPELT = re.compile("[-+\u2212\u2248 ]*[0-9][0-9 \u00a0]*(?:[.,][0-9]+)?%?")
PLAINLY = re.compile("-?[0-9]+(?:[.][0-9]+)?(?:/[0-9]+)?")


def numbers(value: Any, name: str = "") -> Iterator[str]:
    """The numbers in data, but those for people."""
    match value:
        case dict():
            for inner, one in value.items():
                yield from numbers(one, inner)
        case list():
            for one in value:
                yield from numbers(one, name)
        case str() if name not in SPOKEN and SPELT.fullmatch(value):
            yield value


@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "--detail", "--facts"),
        ("test", "--edges", "--coverage"),
        ("diff", "--facts"),
        ("simulate", "--quick", "--facts"),
    ],
    ids=lambda command: command[0],
)
def test_numbers_for_machines_have_one_notation(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Whatever the reader's language, `-9054.35`."""
    plan = IVANOV.with_name("ivanov.ru.plan")
    text = plan.read_text("utf-8").replace("всего 119 800", "всего 119 801")
    worse = written(tmp_path, "b.plan", text.replace("50 000", "40 000"))
    name, *options = command
    facts = [FACTS] if "--facts" in options else []
    plans = [plan, worse] if name == "diff" else [worse]
    answer = json.loads(premia(name, *plans, *options, *facts, "--json", lang="ru").stdout)
    found = [*numbers(answer)]
    assert found
    assert [one for one in found if not PLAINLY.fullmatch(one)] == []


@pytest.mark.parametrize("suffix", ["json", "txt"])
def test_the_answer_in_a_file_is_the_answer_on_the_screen(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"paid.{suffix}"
    told = ("evaluate", IVANOV, "--facts", FACTS)
    printed = premia(*told, *(["--json"] if suffix == "json" else []))
    assert premia(*told, "--out", out).exit_code == 0
    assert out.read_text("utf-8") == printed.stdout
    assert premia(*told, "--out", tmp_path).exit_code == 1


# ── check, format, translate, test ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_the_examples_are_without_a_fault_and_tidy(path: Path) -> None:
    assert premia("check", path).stdout == f"{path}: no faults\n"
    assert premia("format", "--check", path).exit_code == 0
    document = data("check", path)
    assert (document["ok"], document["faults"]) == (True, [])
    assert len(document["examples"]) >= (1 if "ivanov" in str(path) else 2)


def test_the_ids_of_the_examples_are_unique() -> None:
    assert len({path.stem for path in PLANS}) == len(PLANS) >= 8


def test_check_shows_everything(tmp_path: Path) -> None:
    broken = changed(tmp_path, "accel 1.2 on all above 100%  target 150 000", "accel 1,2 above 100%  target")
    result = premia("check", broken, IVANOV, tmp_path / "no.plan", lang="ru")
    assert result.exit_code == 1
    for said in (f"{broken}:16:", "P104", "P115", f"{IVANOV}: ошибок нет", "P650", "всего: 3 ошибки"):
        assert said in result.stdout
    answers = data("check", broken, IVANOV, code=1)["results"]
    assert [(answer["file"], answer["ok"]) for answer in answers] == [
        (str(broken), False),
        (str(IVANOV), True),
    ]


def test_check_runs_the_examples(tmp_path: Path) -> None:
    path = changed(tmp_path, "total 119 800", "total 119 800.01")
    result = premia("check", path)
    assert result.exit_code == 1
    assert "expects `total` 119 800.01, and 119 800.00 is paid" in result.stdout
    assert result.stdout.endswith("in all: 1 example failed\n")


def test_a_warning_whose_repair_brings_the_example_out_is_the_error(tmp_path: Path) -> None:
    """One mistake is told once, where it is."""
    head = 'plan "A"\nversion 1\ncurrency RUB\nbonus 100\n'
    text = head + 'x weight 100% cutoff {} target 10\nexample "E"\n  given x 10\n  pays total {}\n'
    answer = data("check", written(tmp_path, "a.plan", text.format("800%", 100)), code=1)
    assert [(fault["code"], fault["severity"]) for fault in answer["faults"]] == [("P483", "error")]
    assert not answer["ok"]
    assert "P483" not in [fault["code"] for fault in answer["advice"]]
    assert data("check", written(tmp_path, "a.plan", text.format("80%", 100)))["ok"]
    answer = data("check", written(tmp_path, "a.plan", text.format("800%", 90)), code=1)
    assert [fault["code"] for fault in answer["faults"]] == ["P450"]
    assert "P483" in [fault["code"] for fault in answer["advice"]]


def test_each_of_two_mistakes_is_told(tmp_path: Path) -> None:
    """An example in thousands beside one whose total is mistyped."""
    head = 'plan "A"\nversion 1\ncurrency RUB\nfact x money\nbonus 40 000\nx weight 100% target 3 000 000\n'
    first = 'example "E"\n  given x 3 300\n  pays x 44 000\n'
    other = 'example "F"\n  given x 3 000 000\n  pays x 40 001\n'
    answer = data("check", written(tmp_path, "a.plan", head + first), code=1)
    assert [(fault["code"], fault["severity"]) for fault in answer["faults"]] == [("P451", "error")]
    answer = data("check", written(tmp_path, "a.plan", head + first + other), code=1)
    assert [fault["code"] for fault in answer["faults"]] == ["P451", "P450"]


def test_a_warning_that_explains_one_example_leaves_the_others(tmp_path: Path) -> None:
    head = 'plan "A"\nversion 1\ncurrency RUB\nbonus 100\nx weight 100% cutoff 800% target 10\n'
    text = head + 'example "E"\n  given x 10\n  pays total 100\nexample "F"\n  given x 10\n  pays total 9\n'
    answer = data("check", written(tmp_path, "a.plan", text), code=1)
    assert [(fault["code"], fault["place"]["line"]) for fault in answer["faults"]] == [
        ("P483", 5),
        ("P450", 11),
    ]


def test_a_folder_without_plans_is_a_fault(tmp_path: Path) -> None:
    for command in ("check", "format", "test"):
        result = premia(command, tmp_path)
        assert result.exit_code == 1
        assert "P680" in result.output


def test_format_in_place_on_paper_and_not_at_all(tmp_path: Path) -> None:
    tidy = IVANOV.read_text("utf-8")
    path = changed(tmp_path, "cutoff 80%  accel 1.2 on all above 100%", "accel 1.2 above 100% cutoff 80%")
    untidy = path.read_text("utf-8")
    path.chmod(0o640)
    assert premia("format", path, "--check").stdout == f"{path}: would be formatted\n"
    assert premia("format", path, "--stdout").stdout == tidy
    assert path.read_text("utf-8") == untidy
    assert data("format", path, "--check", code=1)["results"][0]["changed"] is True
    assert premia("format", path).stdout == f"{path}: formatted\n"
    assert path.read_text("utf-8") == tidy
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert premia("format", path, "--check").exit_code == 0


def test_format_keeps_the_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.plan"
    path.write_bytes(IVANOV.read_bytes().replace(b"\n", b"\r\n").replace(b"  weight", b" weight"))
    assert premia("format", path).exit_code == 0
    assert path.read_bytes() == IVANOV.read_bytes().replace(b"\n", b"\r\n")


def test_format_leaves_a_broken_plan_alone(tmp_path: Path) -> None:
    path = changed(tmp_path, "weight 40%", "weight")
    text = path.read_text("utf-8")
    result = premia("format", path, IVANOV)
    assert result.exit_code == 1
    assert "P115" in result.stderr
    assert path.read_text("utf-8") == text


def test_what_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed(tmp_path, "  weight", " weight")
    was = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = premia("format", path)
    assert result.exit_code == 1
    assert "P681" in result.stderr
    assert path.read_bytes() == was


def test_translate_there_and_back(tmp_path: Path) -> None:
    russian = premia("translate", IVANOV, "--to", "ru").stdout
    assert russian.startswith('схема "Sales manager"\n')
    back = premia("translate", written(tmp_path, "a.plan", russian), "--to", "en").stdout
    assert back == IVANOV.read_text("utf-8")
    assert data("translate", IVANOV, "--to", "ru") == {"lang": "ru", "text": russian}
    taken = changed(tmp_path, "revenue", "план_")
    assert premia("translate", taken, "--to", "ru").exit_code == 0
    assert premia("translate", changed(tmp_path, "avg_deal", "оклад"), "--to", "ru").exit_code == 1


def test_the_examples_come_out(tmp_path: Path) -> None:
    result = premia("test", EXAMPLES)
    assert result.exit_code == 0, result.output
    answer = data("test", EXAMPLES)
    assert answer["failed"] == answer["broken"] == 0
    assert result.stdout.endswith(f"\n{answer['passed']} examples passed\n")
    path = changed(tmp_path, "pays  revenue 26 400; avg_deal 9 500", "pays  revenue 26 399.995")
    failed = premia("test", path, lang="ru")
    assert failed.exit_code == 1
    assert "  ✗ Ivanov, July, строка 24\n      ошибка P450: пример не сошёлся\n" in failed.stdout
    assert "ожидается `revenue` 26 399,995, а начислено 26 400,00" in failed.stdout
    assert "110% × 1,2" in failed.stdout
    (item, *rest) = data("test", path, code=1)["results"][0]["examples"][0]["items"]
    assert (item["expected"], item["got"], item["passed"]) == ("26399.995", "26400.00", False)
    assert all(other["passed"] for other in rest)


def test_no_example_at_all_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "a.plan", IVANOV.read_text("utf-8").split("example")[0])
    assert premia("test", path).exit_code == 1
    assert data("test", path, code=1)["faults"][0]["code"] == "P682"


# ── explain, inputs ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["P650", "p650", "Р650", "п650"])
def test_explain(typed: str) -> None:
    result = premia("explain", typed, lang="ru")
    assert result.exit_code == 0
    assert result.stdout.startswith("P650: нет такого файла\n\n")
    assert data("explain", typed)["title"] == "no such file"


def test_explain_a_word() -> None:
    said = premia("explain", "threshold").stdout
    assert said.startswith("`cutoff` is the attainment below which a KPI pays nothing; it can be a name too.")
    assert data("explain", "порога")["words"][0]["keyword"] == "cutoff"
    for part in ("steps", "ступени"):
        assert "steps_by" in [one["keyword"] for one in data("explain", part)["words"]]


@pytest.mark.parametrize(
    ("typed", "keyword", "title"),
    [
        ("tier", "each_band", "Tiers, each at its own rate"),
        ("Прогрессивной шкалы", "each_band", "Tiers, each at its own rate"),
        ("gate", "only_if", "Paid only if"),
        ("KPI", "bonus", "A plan, line by line"),
        ("грейды", "one_of", "Grades and roles"),
        ("less is better", "less_is_better", "Less is better, or near enough"),
        ("поровну", "share_of", "A deal that several share"),
        ("штрафов", "reduction", "What is taken off"),
        ("bonus", "bonus", "A plan, line by line"),
        ("quarter", "quarter_in_period", "What a plan cannot see"),
    ],
)
def test_explain_what_people_call_it(typed: str, keyword: str | None, title: str) -> None:
    answer = data("explain", *typed.split())
    assert [one["keyword"] for one in answer["words"]][:1] == ([keyword] if keyword else [])
    assert answer["chapters"][0]["title"] == title


def test_explain_takes_nothing_for_another_word() -> None:
    for typed, near in (("salery", "`salary`"), ("отсчека", "`отсечка`"), ("zebra", None)):
        said = premia("explain", typed)
        assert said.exit_code == 2
        assert ("near are" in said.stderr) == (near is not None)
        assert (near or "no word `zebra`") in said.stderr


@pytest.mark.parametrize("lang", LANGS)
def test_each_chapter_that_is_asked_for_is_there(lang: Lang) -> None:
    for chapter in table("api", "asked.toml")["chapter"]:
        text = (ROOT / chapter.get("page", asked.GUIDE)[lang]).read_text("utf-8")
        assert re.search(rf"^##? {re.escape(chapter[lang])}$", text, re.MULTILINE), chapter
        assert set(chapter["words"]) <= {one.keyword for one in asked.vocabulary(lang)}


def test_explain_lists_the_codes() -> None:
    listed = premia("explain").stdout.splitlines()
    assert [entry["code"] for entry in data("explain")["codes"]] == [row[:4] for row in listed]
    assert {"P650", "P680"} <= {row[:4] for row in listed}
    unknown = premia("explain", "P999")
    assert unknown.exit_code == 2
    assert "`P999`" in unknown.stderr


def test_inputs() -> None:
    text = premia("inputs", EXAMPLES / "hunter" / "hunter.plan").stdout
    for said in ("new_revenue", "money, EUR", "no: 0", "target:new_customers", "no: the plan's own"):
        assert said in text


def test_the_default_of_an_attribute_is_its_word(tmp_path: Path) -> None:
    plan = written(
        tmp_path,
        "sorted.plan",
        'plan "Sorted"\nversion 1\ncurrency RUB\nfact grade one of (junior; senior) default senior\n'
        "salary by grade (junior: 31 000; senior: 62 000)\n",
    )
    assert "no: senior" in premia("inputs", plan).stdout


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_an_empty_table_is_a_heading_that_is_read(path: Path, lang: Lang, tmp_path: Path) -> None:
    table = premia("inputs", path, "--csv", lang=lang).stdout
    assert table.count("\n") == 1
    (answer,) = data("evaluate", path, "--facts", written(tmp_path, "a.csv", table), code=1)["results"]
    assert [fault["code"] for fault in answer["faults"]] == ["P664"]


@pytest.mark.parametrize(
    "file", [path for path in FILES if path.suffix == ".json"], ids=lambda path: path.name
)
def test_the_schema_takes_what_the_engine_takes(file: Path) -> None:
    schema = jsonschema_rs.validator_for(data("inputs", file.with_suffix(".plan")))
    document = json.loads(file.read_text("utf-8"))
    for person in document if isinstance(document, list) else [document]:
        assert schema.is_valid(person)
        for spoiled in ({**person, "mood": 1}, {**person, "period": "07.2025"}, {**person, "facts": {}}):
            assert not schema.is_valid(spoiled)


# ── How it is spoken to ──────────────────────────────────────────────────────────────────────────────────

MISUSE: dict[str, tuple[list[str], str, str]] = {
    "no command": (["evaluat"], "no command `evaluat`", "команды `evaluat` нет"),
    "near command": (["evaluat"], "did you mean `evaluate`?", "может быть, `evaluate`?"),
    "no option": (["check", "--jsno"], "no option `--jsno`", "параметра `--jsno` нет"),
    "no argument": (["check"], "`PLAN…` is missing", "не хватает `PLAN…`"),
    "no facts": (["evaluate", "a.plan"], "`--facts` is missing", "не хватает `--facts`"),
    "no value": (
        ["evaluate", "a.plan", "--facts"],
        "`--facts` needs a value",
        "после `--facts` нужно значение",
    ),
    "a word more": (["inputs", "a.plan", "P102"], "`P102` is one word too many", "`P102` — лишнее слово"),
    "no such choice": (
        ["translate", "a.plan", "--to", "de"],
        "`--to` cannot be `de`",
        "`--to` не бывает `de`",
    ),
    "no such port": (["serve", "--port", "http"], "`--port` is a number", "`--port` — это число"),
    "nothing": ([], "premia pays by motivation schemes", "premia платит по схемам мотивации"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", MISUSE)
def test_wrong_usage_ends_with_2_in_the_readers_language(case: str, lang: Lang) -> None:
    args, *said = MISUSE[case]
    result = premia(*args, lang=lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said[LANGS.index(lang)] in result.stderr


@pytest.mark.parametrize("command", ["", *words("en")["commands"]])
def test_help_is_complete_in_both_languages(command: str) -> None:
    for lang in LANGS:
        result = premia(*command.split(), "--help", "--lang", lang)
        assert (result.exit_code, result.stderr) == (0, "")
        assert all(len(row) <= 80 for row in result.stdout.splitlines() if not row.startswith("  premia "))
    assert words("en")["commands"].keys() == words("ru")["commands"].keys()
    assert {*words("en")} == {*words("ru")}


def test_the_readers_language() -> None:
    assert language(["check", "--lang", "ru"], {}) == "ru"
    assert language(["check", "--lang=en"], {"LANG": "ru_RU.UTF-8"}) == "en"
    assert language([], {"LC_ALL": "", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "de_DE"}) == "ru"
    assert language([], {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}) == "en"
    assert language(["--", "--lang", "ru"], {}) == "en"
    assert [plural(number, "ru") for number in (1, 2, 5, 11, 12, 21, 104, 111)] == [0, 1, 2, 2, 2, 0, 1, 2]


# ── As a process ─────────────────────────────────────────────────────────────────────────────────────────


def process(*args: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    """A command as the system runs it."""
    environment = {**os.environ, "LANG": "C", "LC_ALL": "C", **more}
    command = [sys.executable, "-m", "api.cli", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)


def test_a_file_is_in_utf_8_whatever_the_locale() -> None:
    result = process(
        "evaluate", IVANOV, "--facts", FACTS, "--lang", "ru", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert result.returncode == 0
    assert result.stdout.decode("utf-8") == (
        premia("evaluate", IVANOV, "--facts", FACTS, "--lang", "ru").stdout
    )


def test_a_reader_who_has_seen_enough() -> None:
    command = f"{sys.executable} -m api.cli explain | head -1; echo ${{PIPESTATUS[0]}}"
    plain = {**os.environ, "LC_ALL": "C"}  # a shell complains of a locale that the machine lacks
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, env=plain, capture_output=True, check=False)
    assert result.stderr == b""
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("lang", LANGS)
def test_a_full_disk(lang: Lang) -> None:
    command = f"{sys.executable} -m api.cli explain P650 --lang {lang} > /dev/full"
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 1
    assert words(lang)["unwritten"].split("(")[0] in result.stderr.decode()
    assert b"Traceback" not in result.stderr


LOADED = """
import sys
sys.argv = ["premia", *sys.argv[1:]]
from api.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
HEAVY = {
    *("fastapi", "starlette", "uvicorn", "pydantic", "rich", "yaml", "anyio", "jinja2", "pygit2"),
    *("matplotlib", "numpy", "plotext", "docx", "openpyxl", "engine.analyse", "dsl.translate"),
}


@pytest.mark.parametrize(
    ("args", "unneeded"),
    [(["--help"], HEAVY | {"lark", "engine"}), (["evaluate", IVANOV, "--facts", FACTS], HEAVY)],
    ids=["help", "evaluate"],
)
def test_no_command_waits_for_what_it_does_not_need(args: list[object], unneeded: set[str]) -> None:
    command = [sys.executable, "-c", LOADED, *map(str, args)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 0
    assert not {*result.stderr.decode().split()} & unneeded


def test_a_bug_of_ours_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.cli.explain.explain", lambda *_: 1 // 0)
    result = premia("explain", lang="ru")
    assert result.exit_code == 3
    assert "ошибка самой программы" in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_interrupted_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.cli.explain.explain", interrupt)
    assert premia("explain").exit_code == 130


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("lang", LANGS)
def test_colours_add_nothing_to_the_text(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are of what a row is, in whichever language; words between back quotes stand out in any row."""
    for name in ("NO_COLOR", "TERM", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    source = Source("a.plan", 'plan "A"\nversion 1\ncurrency RUB\nsalery 5 # \x1b[2J\n')
    rows = [*report(check(parse(source)).faults[0], source, lang), Row("5 RUB", "label"), "a `b`"]
    screen = Screen()
    show(rows, screen)
    painted = Text.from_ansi(screen.getvalue())
    plain = StringIO()
    show(rows, plain)
    assert painted.plain.split() == plain.getvalue().split()
    styles = {painted.plain[span.start : span.end].strip(): str(span.style) for span in painted.spans}
    assert styles["5 RUB"] == "bold"
    assert styles["`b`"] == "color(6)"
    assert styles["^^^^^^"] == styles[rows[0]] == "bold color(1)"
    assert "\x1b[2J" not in screen.getvalue() + plain.getvalue()


# ── Advice, edges, coverage ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def unanswered(tmp_path: Path) -> Path:
    """The reference plan without its answer to advice."""
    lines = IVANOV.read_text("utf-8").splitlines(keepends=True)
    return written(tmp_path, "ivanov.plan", "".join(line for line in lines if not line.startswith("allow")))


def test_advice_is_shown_and_is_no_fault(unanswered: Path) -> None:
    result = premia("check", unanswered)
    assert result.exit_code == 0
    assert result.stdout.count("advice P460: pay that jumps") == 4
    assert "a jump of 4 000 RUB" in result.stdout
    assert 'example "revenue 3 000 000.01 RUB"' in result.stdout
    assert result.stdout.endswith("in all: 4 pieces of advice\n")
    assert "совет P460: выплата скачком" in premia("check", unanswered, lang="ru").stdout


def test_advice_as_data(unanswered: Path) -> None:
    found = data("check", unanswered)
    assert found["ok"]
    assert found["faults"] == []
    assert [(one["code"], one["severity"]) for one in found["advice"]] == [("P460", "advice")] * 4
    assert "pays  revenue 24 000; total 114 000" in found["advice"][0]["example"]
    lines = {line["name"]: line for line in found["exposure"]["lines"]}
    assert lines["salary"]["most"] == "60000.00"
    assert lines["revenue"]["most"] is None
    assert lines["revenue"]["grows_with"] == ["revenue"]
    assert found["exposure"]["total"] is None


@pytest.mark.parametrize("lang", LANGS)
def test_exposure_is_printed(lang: Lang) -> None:
    said = premia("check", IVANOV, "--exposure", lang=lang).stdout
    assert {"en": "no bound: it grows with `revenue`", "ru": "предела нет: растёт вместе с `revenue`"}[
        lang
    ] in said


def test_edges_as_data() -> None:
    (result,) = data("test", IVANOV, "--edges")["results"]
    edge = next(one for one in result["edges"] if one["lines"] == ["calls"])
    assert (edge["line"], edge["text"], edge["bound"]) == (18, "cutoff 80%", "800")
    assert [(row["value"], row["attainment"], row["pays"]) for row in edge["rows"]] == [
        ("799", "79.9%", "0.00"),
        ("800", "80%", "8000.00"),
        ("801", "80.1%", "8010.00"),
    ]


def test_edges_need_no_example(tmp_path: Path) -> None:
    text = 'plan "x"\nversion 1\ncurrency RUB\nfact a count\nbonus 100\na weight 100% cutoff 80% target 10\n'
    result = premia("test", written(tmp_path, "x.plan", text), "--edges")
    assert result.exit_code == 0
    assert "line 6: `cutoff 80%`" in result.stdout


@pytest.mark.parametrize("lang", LANGS)
def test_coverage_names_what_no_example_reaches(lang: Lang) -> None:
    said = premia("test", IVANOV, "--coverage", lang=lang).stdout
    assert f"{IVANOV}:15: " in said
    assert {"en": "examples reach 11 of 20 (55%)", "ru": "примеры проверяют 11 из 20 (55%)"}[lang] in said
    (result,) = data("test", IVANOV, "--coverage")["results"]
    assert (result["coverage"]["reached"], result["coverage"]["all"]) == (11, 20)
    assert {item["what"] for item in result["coverage"]["missing"]} == {"piece", "proportional", "nothing"}


def test_the_version_is_told() -> None:
    """Without a command."""
    result = premia("--version")
    assert (result.exit_code, result.stdout) == (0, f"premia {VERSION}\n")
