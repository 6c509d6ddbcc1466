"""Examples that are paid from exports: each person of the files, by the plan in either language."""

from __future__ import annotations

import csv

import pytest

from api.exports import Import, Mapping, mapping, read_export
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay_all
from engine.facts import Person, SentTables
from tests.support.places import EXAMPLES

Rows = list[dict[str, object]]
RATES = {"usd": "bank", "kzt": "bank"}  # a file for each currency

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
    "long-cycle": {
        "0071": {
            "salary": 12000000, "qualified_leads": 0, "reviews": 2000000, "pilots": 2500000,
            "contracts": 11000000, "commission": 12100000, "autumn": 0,
        },
        "0072": {
            "salary": 12000000, "qualified_leads": 150000, "reviews": 0, "pilots": 0,
            "contracts": 0, "commission": 0, "autumn": 0,
        },
    },
    "head-of-sales": {
        "0001": {
            "salary": 18000000, "revenue": 8160000, "conversion": 3483871, "newcomers": 2700000,
            "thrift": 1350000, "on_margin": 1360000,
        },
    },
    "abroad": {
        "0081": {"salary": 9000000, "commission": 4942650, "good_calls": 10000},
        "0082": {"salary": 9000000, "commission": 588514, "good_calls": 10000},
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


def exported(name: str) -> dict[str, Rows]:
    """The tables of an example: read by its mappings, or as they are, each by the name of its file."""
    folder = EXAMPLES / name
    found: dict[str, Rows] = {}
    for path in sorted((folder / "exports").iterdir()):
        table = RATES.get(path.stem, path.stem)
        if (folder / "premia.toml").is_file() and path.stem != "people":
            asked = mapping(table, folder)
            assert isinstance(asked, Mapping), asked
            read = read_export([path], asked)
            assert isinstance(read, Import), read
            found.setdefault(table, []).extend(dict(row) for row in read.values)
        elif path.stem != "people":
            rows = csv.DictReader(path.read_text("utf-8").splitlines(), delimiter=";")
            found[table] = [{column: cell or None for column, cell in row.items()} for row in rows]
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
    assert paid(name, lang, exported(name)) == PAID[name]


@pytest.mark.parametrize("name", PAID)
def test_in_any_order_of_rows(name: str) -> None:
    tables = exported(name)
    assert paid(name, "en", {table: rows[::-1] for table, rows in reversed(tables.items())}) == PAID[name]


@pytest.mark.parametrize("name", PAID)
def test_a_plan_reads_every_table_of_its_exports(name: str) -> None:
    """And they have all that it reads, but what stands in the records that they belong to."""
    plan = read_plan(Source("plan", (EXAMPLES / name / f"{name}.plan").read_text("utf-8")))
    assert isinstance(plan, Compiled)
    tables = exported(name)
    assert [table.name for table in plan.kernel.tables] == sorted(tables)
    for table in plan.kernel.tables:
        assert {cells.name for cells in table.columns if cells.brought} <= tables[table.name][0].keys()
