"""Examples that are paid from exports: each person of the files, by the plan in either language."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables
from tests.support.places import EXAMPLES

Rows = list[dict[str, object]]

# What each person is paid line by line, in minor units.
PAID = {
    "telephony": {
        "0042": {"salary": 5000000, "good_calls": 1800000, "held": 2000000},
        "0043": {"salary": 5000000, "good_calls": 2400000, "held": 0},
    },
    "farmers": {
        "0051": {
            "salary": 8000000, "retention": 1800000, "repeats": 600000, "avg_repeat": 600000,
            "sold_again": 2250000, "renewed": 1000000, "taken_back": -200000,
        },
        "0052": {
            "salary": 8000000, "retention": 0, "repeats": 0, "avg_repeat": 0,
            "sold_again": 450000, "renewed": 0, "taken_back": -450000,
        },
    },
    "stages": {
        "0071": {
            "salary": 12000000, "qualified_leads": 0, "reviews": 2000000, "pilots": 2500000,
            "contracts": 11000000, "paid_in": 2400000,
        },
        "0072": {
            "salary": 12000000, "qualified_leads": 150000, "reviews": 0, "pilots": 0,
            "contracts": 0, "paid_in": 0,
        },
    },
    "payments": {
        "0061": {"paid": 2983607, "returned": -20000},
        "0062": {"paid": 1166667, "returned": 0},
        "0063": {"paid": 166667, "returned": -166667},
        "0064": {"paid": 166667, "returned": 0},
        "0065": {"paid": 1000000, "returned": -200000},
        "0066": {"paid": 1000000, "returned": -40000},
    },
}  # fmt: skip


def exported(folder: Path) -> dict[str, Rows]:
    """The tables of a folder, each by the name of its file; nothing stands for an empty cell."""
    found: dict[str, Rows] = {}
    for path in sorted(folder.iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            found[path.stem] = json.loads(text)
        else:
            rows = csv.DictReader(text.splitlines(), delimiter=";")
            found[path.stem] = [{name: cell or None for name, cell in row.items()} for row in rows]
    return found


def paid(name: str, lang: Lang, tables: dict[str, Rows]) -> dict[str, dict[str, int]]:
    """What a company is paid, line by line."""
    file = EXAMPLES / name / (f"{name}.plan" if lang == "en" else f"{name}.ru.plan")
    plan = read_plan(Source(file.name, file.read_text("utf-8")))
    assert isinstance(plan, Compiled)
    people = [Person(employee, "2025-07", {}) for employee in PAID[name]]
    found: dict[str, dict[str, int]] = {}
    for one in pay_all(lambda _: plan, Company(people, SentTables(tables))):
        assert isinstance(one, Result), one
        lines = {
            line.name or line.kind: amount for line, amount in zip(one.kernel.lines, one.amounts, strict=True)
        }
        found[one.facts.employee] = lines
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAID)
def test_a_company_is_paid_from_its_exports(name: str, lang: Lang) -> None:
    assert paid(name, lang, exported(EXAMPLES / name / "exports")) == PAID[name]


@pytest.mark.parametrize("name", PAID)
def test_in_any_order_of_rows(name: str) -> None:
    tables = exported(EXAMPLES / name / "exports")
    assert paid(name, "en", {table: rows[::-1] for table, rows in reversed(tables.items())}) == PAID[name]


@pytest.mark.parametrize("name", PAID)
def test_a_plan_reads_every_table_of_its_exports(name: str) -> None:
    """And they have all that it reads, but what stands in the records that they belong to."""
    plan = read_plan(Source("plan", (EXAMPLES / name / f"{name}.plan").read_text("utf-8")))
    assert isinstance(plan, Compiled)
    tables = exported(EXAMPLES / name / "exports")
    assert [table.name for table in plan.kernel.tables] == sorted(tables)
    for table in plan.kernel.tables:
        assert {cells.name for cells in table.columns if cells.brought} <= tables[table.name][0].keys()
