"""Numbers for machines have one notation at every door: `-12345.6`, a percentage as a part of one, `1/3`."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from api.web.app import ROUTES
from dsl.words import LANGS, Lang
from tests.support.cli import premia, written
from tests.support.service import Service

# Negative, fractional and large, with and without an end.
PLAN = """plan "Numbers"
version 2025-07
in effect from 2025-07-01
currency RUB

fact revenue  money can be negative
fact returns  money
fact rate     percent
fact ktu      number can be negative
fact calls    count
fact hired    date
fact own      money default 1 250 000.5

salary 60 000
bonus 50 000.50 cap 45 000.25
revenue weight 60% cutoff 80% accel 1.25 on all above 100% target 3 000 000
calls weight 40% target 1 500 or personal
commission on revenue, each band at its own rate
  up to 1 000 000: 3.3%
  up to 3 000 000: 5.05%
  above 7%
pay loss "Loss" = rate * (returns - 3 * 1 234 567.89) + own / 3 000
reduction fine "Fine" = 1 234.56 * ktu
result score "Score" number = ktu / 3 - 10 000
result part "Part" percent = revenue / 7 000 000
result since "Hired" date = hired
"""
CHANGED = PLAN.replace("1.25 on", "1.3 on").replace("1 234.56", "-7 654.32").replace("3.3%", "3.35%")
LOW = {"revenue": "-12345678.9", "returns": "0", "rate": "2.5%", "ktu": "-1.75", "calls": 1001}
HIGH = {"revenue": "9012345678.91", "returns": "1234567890.12", "rate": "0.33333", "ktu": "10000.001"}
A = {"employee": "1", "period": "2025-07", "facts": {**LOW, "hired": "2020-01-31"}}
B = {
    "employee": "1",
    "period": "2025-08",
    "facts": {**HIGH, "calls": 12345, "hired": "2021-01-31", "own": "7000000.01"},
    "targets": {"calls": 1250},
}

LIKE = re.compile(r"(?:≈ ?)?[-−+]?[0-9][0-9 \u00a0\u202f]*(?:[.,][0-9]+)?(?:/[0-9]+)? ?(?:%|[A-Z]{3})?")
MACHINE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+|/[1-9][0-9]*)?")
# What people read has beside it what machines read.
BESIDE = {
    "attainment": ("attainment_exact",),
    "value": ("exact",),
    "old": ("old_exact",),
    "new": ("new_exact",),
    "bound": ("bound_exact",),
    "text": ("exact", "value", "constant"),
}
# What is quoted as a plan, a person or a file has it, and what a page of paper has.
QUOTED = {"clause", "place", "fix", "period", "version", "blocks"}
GIVEN = {"facts", "targets"}  # of a person, as they were sent
WRITTEN = {"default", "least", "most"}  # as facts are written: a percentage may have its sign


def odd(document: Any, where: str = "") -> Iterator[str]:
    """Each number of a document that machines would have to read as people do."""
    if isinstance(document, float):
        yield f"{where}: {document}"
    elif isinstance(document, list):
        for one in document:
            yield from odd(one, where)
    elif isinstance(document, Mapping):
        for key, value in document.items():
            if not isinstance(value, str):
                if key not in QUOTED and not (key in GIVEN and isinstance(value, Mapping)):
                    yield from odd(value, f"{where}.{key}")
            elif LIKE.fullmatch(value) and not MACHINE.fullmatch(value.rstrip("%" if key in WRITTEN else "")):
                if key in QUOTED:
                    continue
                exact = [document[one] for one in BESIDE.get(key, ()) if one in document]
                if not exact or not all(MACHINE.fullmatch(str(one)) for one in exact):
                    yield f"{where}.{key}: {value}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("plans")
    written(folder, "numbers.plan", PLAN)
    return Service(folder)


def answers(service: Service, lang: Lang) -> Iterator[tuple[str, Any]]:
    """What each route that tells numbers answers."""
    plan, told = {"plan": "numbers"}, {"lang": lang}
    one = {**plan, **told}
    people = [A, {**B, "employee": "2"}]
    receipts = [service.post("/receipt", {**one, **person})[1] for person in (A, B)]
    both = dict(zip(("old", "new"), receipts, strict=True))
    change = {"old": plan, "new": {"source": CHANGED}, "people": people}
    bodies: dict[str, dict[str, Any]] = {
        "/evaluate": {**one, **B, "detail": True},
        "/evaluate/batch": {**one, "people": people},
        "/receipt": {**one, **A},
        "/receipt/batch": {**one, "people": [A, {**A, "employee": "2", "facts": B["facts"]}]},
        "/verify": receipts[0],
        "/bridge": {**told, **both},
        "/simulate": {**one, "people": people, "against": {"source": CHANGED}},
        "/diff": {**told, **change},
        "/check": one,
        "/format": one,
        "/translate": {**one, "to": "ru"},
    }
    for path, body in bodies.items():
        yield path, service.post(path, body)
    for name in ("", "/versions", "/inputs", "/curve", "/regulation"):
        yield (
            f"/plans/{{id}}{name}",
            service.get(f"/plans/numbers{name}", accept_language=lang, accept="application/json"),
        )
    for line in ("revenue", "calls", "commission", "loss", "score", "part"):
        yield (
            f"/plans/{{id}}/curve {line}",
            service.get(f"/plans/numbers/curve?kpi={line}", accept_language=lang),
        )


SILENT = {"/plans", "/faults/{code}", "/healthz", "/readyz"}  # routes that tell no numbers of pay


@pytest.mark.parametrize("lang", LANGS)
def test_every_route_has_it(service: Service, lang: Lang) -> None:
    found = dict(answers(service, lang))
    assert {route.path for route in ROUTES} == {path.partition(" ")[0] for path in found} | SILENT
    for path, (status, document) in found.items():
        assert status == 200, (path, document)
        assert [*odd(document)] == [], path


HEAD = "employee,period,revenue,returns,rate,ktu,calls,hired,own\n"
ROWS = (
    "1,2025-07,-12345678.9,0,2.5%,-1.75,1001,2020-01-31,\n"
    "2,2025-08,9012345678.91,1234567890.12,33.333%,10000.001,12345,2021-01-31,7000000.01\n"
)
FILES = {
    "evaluate": ("old.plan", "--facts", "people.csv"),
    "simulate": ("old.plan", "--facts", "people.csv", "--against", "new.plan"),
}
COMMANDS = {
    **FILES,
    "check": ("old.plan", "--exposure"),
    "test": ("old.plan", "--edges"),
    "inputs": ("old.plan",),
    "curve": ("old.plan", "--facts", "one.csv"),
    "regulation": ("old.plan",),
    "diff": ("old.plan", "new.plan", "--facts", "people.csv"),
    "bridge": ("july.receipt", "august.receipt"),
    "verify": ("july.receipt",),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans, people, and receipts of one of them for two months."""
    folder = tmp_path_factory.mktemp("work")
    low, high = ROWS.splitlines(keepends=True)
    for name, text in (
        ("old.plan", PLAN),
        ("new.plan", CHANGED),
        ("people.csv", HEAD + ROWS),
        ("one.csv", HEAD + low),
        ("august.csv", HEAD + f"1{high[1:]}"),
    ):
        written(folder, name, text)
    for name, facts in (("july", "one"), ("august", "august")):
        out = folder / f"{name}.receipt"
        made = premia("receipt", folder / "old.plan", "--facts", folder / f"{facts}.csv", "--out", out)
        assert made.exit_code == 0, made.output
    return folder


def typed(folder: Path, *words: str) -> list[object]:
    """The words of a command, with the files where they are."""
    return [folder / word if (folder / word).is_file() else word for word in words]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_it_as_data(folder: Path, command: str, lang: Lang) -> None:
    said = premia(command, *typed(folder, *COMMANDS[command]), "--json", "--lang", lang)
    assert said.exit_code == (command == "diff"), said.output
    assert [*odd(json.loads(said.stdout))] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        ("evaluate", "json"),
        ("evaluate", "ndjson"),
        ("evaluate", "csv"),
        ("simulate", "json"),
        ("simulate", "csv"),
        ("simulate", "xlsx"),
    ],
)
def test_every_file_has_it(folder: Path, tmp_path: Path, command: str, lang: Lang, suffix: str) -> None:
    """A table of values apart has the reader's decimal mark, which their spreadsheet asks for."""
    out = tmp_path / f"out.{suffix}"
    said = premia(command, *typed(folder, *FILES[command]), "--out", out, "--lang", lang)
    assert said.exit_code == 0, said.output
    if suffix == "xlsx":
        rows = (
            row for sheet in load_workbook(out).worksheets for row in sheet.iter_rows(2, values_only=True)
        )
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if isinstance(cell, str) and LIKE.fullmatch(cell)] == []
        assert any(isinstance(cell, int | float) and cell < 0 for cell in cells)
    elif suffix == "csv":
        mark, delimiter = (",", ";") if lang == "ru" else (".", ",")
        _, *lines = csv.reader(out.read_text("utf-8-sig").splitlines(), delimiter=delimiter)
        # Of a simulation the last cell is the value, and those before it say of what.
        values = [cell for row in lines for cell in (row if command == "evaluate" else row[-1:])]
        numbers = [cell for cell in values if LIKE.fullmatch(cell)]
        assert [one for one in numbers if not MACHINE.fullmatch(one.replace(mark, "."))] == []
        assert any(one.startswith("-") for one in numbers)
    else:
        texts = out.read_text("utf-8").splitlines() if suffix == "ndjson" else [out.read_text("utf-8")]
        assert [one for text in texts for one in odd(json.loads(text))] == []
