"""Where facts came from is said at every door, and a receipt keeps it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from api.exports import Import, mapping, read_export
from dsl.faults import Fault
from tests.support.cli import data, premia, written
from tests.support.service import Service

PLAN = """\
plan "Sellers"
version 1
currency RUB
facts taken from crm

fact revenue "Revenue" money taken from accounting
fact ktu "KTU" number default 1 typed in
table deals "Deals"
  deal     id
  manager  employee
  amount   money

commission 1% of (revenue * ktu)
pay won = 1% of (sum of amount of deals)
"""
DEALS = [{"deal": "1", "manager": "A", "amount": 100}, {"deal": "2", "manager": "B", "amount": 500}]
CRM, ACCOUNTING = (
    {"source": "crm", "as_of": "2025-08-01"},
    {"source": "Accounting", "as_of": "2025-08-02T09:30"},
)


def person(name: str = "A", **more: Any) -> dict[str, Any]:
    return {"employee": name, "period": "2025-07", "facts": {"revenue": "1000"}, **more}


def one(**more: Any) -> dict[str, Any]:
    return {"source": PLAN, **person(), "tables": {"deals": DEALS[:1]}, **more}


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(fault["code"], fault["pointer"]) for fault in answer["faults"]]


def test_one_person_says_where_facts_and_tables_came_from(service: Service) -> None:
    status, answer = service.post("/evaluate", one(origin=CRM, origins={"revenue": ACCOUNTING}))
    assert status == 200
    told = [(said["name"], said["source"], said.get("as_of")) for said in answer["sources"]]
    assert told == [("revenue", "Accounting", "2025-08-02 09:30"), ("deals", "crm", "2025-08-01")]
    status, problem = service.post("/evaluate", one())
    assert (status, codes(problem)) == (422, [("P560", "/facts/revenue"), ("P562", "/tables/deals")])


def test_who_says_that_something_is_typed_in_says_no_source(service: Service) -> None:
    for word in ("typed in", "вручную", "Typed In", ""):
        body = one(origin=CRM, origins={"revenue": ACCOUNTING, "ktu": {"source": word}})
        body["facts"]["ktu"] = "1.5"
        status, answer = service.post("/evaluate", body)
        assert (status, answer["total"]) == (200, "16.00")


def test_what_is_said_of_a_company_is_said_of_each(service: Service) -> None:
    people = [person("A"), person("B", origins={"revenue": {"source": "typed in"}}), person("C", origin=CRM)]
    body = {"source": PLAN, "people": people, "tables": {"deals": DEALS}}
    status, answer = service.post(
        "/evaluate/batch", {**body, "origin": CRM, "origins": {"revenue": ACCOUNTING}}
    )
    assert status == 200
    first, second, third = answer["results"]
    assert first["total"] == "11.00"
    assert codes(second) == [("P560", "/people/1/facts/revenue")]
    assert codes(third) == [("P561", "/people/2/facts/revenue")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"origin": "crm"}, ("P610", "/origin")),
        ({"origin": {"source": 7.5}}, ("P610", "/origin/source")),
        ({"origin": {"source": ["crm"]}}, ("P610", "/origin/source")),
        ({"origin": {"system": "crm"}}, ("P612", "/origin/system")),
        ({"origin": {"as_of": "some day"}}, ("P564", "/origin/as_of")),
        ({"origin": {"as_of": "2025-02-30"}}, ("P564", "/origin/as_of")),
        ({"origin": {"as_of": "2025-02-28 24:10"}}, ("P564", "/origin/as_of")),
        ({"origin": {"source": "x" * 300}}, ("P566", "/origin/source")),
        ({"origins": []}, ("P610", "/origins")),
        ({"origins": {"revenue": "crm"}}, ("P610", "/origins/revenue")),
    ],
)
def test_what_says_no_origin(service: Service, said: dict[str, Any], expected: tuple[str, str]) -> None:
    status, problem = service.post("/evaluate", one(**said))
    assert status == 422
    assert expected in codes(problem)


def test_a_receipt_keeps_where_facts_came_from_and_refuses_another(service: Service) -> None:
    status, receipt = service.post("/receipt", one(origin=CRM, origins={"revenue": ACCOUNTING}))
    assert status == 200
    assert service.post("/verify", receipt)[1]["same"] is True
    for where, key, value in (
        (("people", 0, "origins", "deals"), "source", "erp"),
        (("people", 0, "origins", "revenue"), "as_of", "2025-08-03"),
        (("answers", 0, "sources", 1), "digest", "0" * 64),
    ):
        other = copy.deepcopy(receipt)
        within: Any = other
        for step in where:
            within = within[step]
        within[key] = value
        status, problem = service.post("/verify", other)
        assert status == 422
        assert problem["faults"][0]["code"] == "P743"


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────

HEADING = "employee;period;revenue;ktu;source;as of;source: revenue;as of: Revenue"


def folder(tmp_path: Path, rows: str) -> tuple[Path, Path, str]:
    deals = written(tmp_path, "deals.csv", "deal;manager;amount\n1;A;100\n")
    people = written(tmp_path, "people.csv", f"{HEADING}\n{rows}")
    return written(tmp_path, "sellers.plan", PLAN), people, f"deals={deals}"


def test_columns_of_a_table_say_where_its_facts_came_from(tmp_path: Path) -> None:
    rows = "A;2025-07;1000;;crm;01.08.2025;accounting;2025-08-02\nB;2025-07;1000;1,5;;;;\n"
    plan, people, deals = folder(tmp_path, rows)
    answer = data(
        "evaluate", plan, "--facts", people, "--table", deals, "--source", "deals=crm@2025-08-01", code=1
    )
    first, second = answer["results"]
    assert [(said["name"], said["source"], said.get("as_of")) for said in first["sources"]] == [
        ("revenue", "accounting", "2025-08-02"),
        ("deals", "crm", "2025-08-01"),
    ]
    assert [fault["code"] for fault in second["faults"]] == ["P560"]


def test_a_fact_that_is_called_source_is_a_fact(tmp_path: Path) -> None:
    text = 'plan "A"\nversion 1\ncurrency RUB\nfact source money\ncommission 1% of source\n'
    plan = written(tmp_path, "a.plan", text)
    people = written(tmp_path, "people.csv", "employee;period;source\nA;2025-07;1000\n")
    assert data("evaluate", plan, "--facts", people)["totals"] == [{"currency": "RUB", "total": "10.00"}]


def test_a_command_says_where_all_came_from(tmp_path: Path) -> None:
    plan, people, deals = folder(tmp_path, "A;2025-07;1000;;;;;\n")
    said = ["--source", "crm@2025-08-01", "--source", "revenue=accounting"]
    answer = data("evaluate", plan, "--facts", people, "--table", deals, *said)
    assert [one["source"] for one in answer["results"][0]["sources"]] == ["accounting", "crm"]
    refused = premia("evaluate", plan, "--facts", people, "--table", deals, "--source", "crm@soon")
    assert refused.exit_code != 0
    assert "P564" in refused.stderr


# ── Exports ──────────────────────────────────────────────────────────────────────────────────────────────


def export(tmp_path: Path, name: str, text: str, said: str) -> Import | tuple[Fault, ...]:
    written(tmp_path, "premia.toml", said)
    found = mapping("own", tmp_path)
    if isinstance(found, Fault):
        return (found,)
    return read_export([written(tmp_path, name, text)], found)


ROWS = """\
Report of 03.08.2025 10:00;
deal;manager;amount;System;Read
1;A;5;crm;2025-08-01
2;B;6;crm;2025-08-02
"""
COLUMNS = '[map.own.columns]\ndeal = "deal"\nmanager = "manager"\namount = "amount"\n'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", (None, None)),
        ('source = "crm"', ("crm", None)),
        ('source = "crm"\nas_of = "2025-08-01"', ("crm", "2025-08-01")),
        ('source = { column = "System" }\nas_of = { column = "Read" }', ("crm", "2025-08-01")),
        (
            'source = { column = "System", values = { "crm" = "sales" } }\nas_of = { column = "Read" }',
            ("sales", "2025-08-01"),
        ),
        ('source = "crm"\nas_of = { cell = "A1" }', ("crm", "2025-08-03")),
        ('as_of = { file = "name" }', (None, "2025-08-09")),
    ],
)
def test_a_mapping_says_where_an_export_came_from(
    tmp_path: Path, said: str, expected: tuple[str | None, str | None]
) -> None:
    found = export(tmp_path, "deals-2025-08-09.csv", ROWS, f'[map.own]\ntable = "deals"\n{said}\n{COLUMNS}')
    assert isinstance(found, Import)
    assert (found.origin.source, found.origin.as_of) == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('source = { column = "Manager" }', "P379"),
        ('source = { column = "Nowhere" }', "P813"),
        ('source = { cell = "first" }', "P812"),
        ('source = { file = "name" }', "P812"),
        ('source = { column = "System", cell = "A1" }', "P812"),
        ("source = 7", "P812"),
        ('source = { values = { A = "crm" } }', "P812"),
        ('as_of = { column = "Read", values = { A = "crm" } }', "P812"),
        ('as_of = { cell = "B9" }\nsource = { cell = "C3" }', ""),
        ('as_of = { cell = "A2" }', "P564"),
        ('as_of = "soon"', "P564"),
    ],
)
def test_a_mapping_that_says_it_wrong(tmp_path: Path, said: str, code: str) -> None:
    found = export(tmp_path, "deals.csv", ROWS, f'[map.own]\ntable = "deals"\n{said}\n{COLUMNS}')
    assert ([fault.code for fault in found] if isinstance(found, tuple) else []) == [code] * bool(code)


def test_people_of_an_export_say_it_each_and_facts_under_one_another_one_by_one(tmp_path: Path) -> None:
    text = "Who;When;Revenue;From\nA;2025-07;1000;accounting\nB;2025-07;1000;\n"
    said = '[map.own]\nsource = { column = "From" }\nas_of = "2025-08-01"\n[map.own.columns]\n'
    wide = export(
        tmp_path, "wide.csv", text, said + 'employee = "Who"\nperiod = "When"\nrevenue = "Revenue"\n'
    )
    assert isinstance(wide, Import)
    assert [one["origin"] for one in wide.facts] == [
        {"source": "accounting", "as_of": "2025-08-01"},
        {"as_of": "2025-08-01"},
    ]
    text = "Who;When;What;Value;From\nA;2025-07;revenue;1000;accounting\nA;2025-07;ktu;1;\n"
    rest = 'employee = "Who"\nperiod = "When"\n[map.own.indicators]\nname = "What"\nvalue = "Value"\n'
    tall = export(tmp_path, "tall.csv", text, said.replace('as_of = "2025-08-01"\n', "") + rest)
    assert isinstance(tall, Import)
    assert [one["origins"] for one in tall.facts] == [{"revenue": {"source": "accounting"}}]


def test_an_export_that_says_its_source_is_paid_by_and_one_that_does_not_is_refused(tmp_path: Path) -> None:
    said = f'[map.own]\ntable = "deals"\nsource = "crm"\nas_of = "2025-08-01"\n{COLUMNS}'
    written(tmp_path, "premia.toml", said)
    plan, people, _ = folder(tmp_path, "A;2025-07;1000;;;;accounting;\n")
    deals = written(tmp_path, "all.csv", "deal;manager;amount\n1;A;100\n")
    command = ["evaluate", plan, "--facts", people]
    paid = data(*command, "--map", f"own={deals}")
    assert [one["source"] for one in paid["results"][0]["sources"]] == ["accounting", "crm"]
    refused = data(*command, "--table", f"deals={deals}", code=1)
    assert [fault["code"] for fault in refused["results"][0]["faults"]] == ["P562"]


def test_a_receipt_of_a_file_verifies(tmp_path: Path) -> None:
    plan, people, deals = folder(tmp_path, "A;2025-07;1000;;;;accounting;2025-08-02\n")
    out = tmp_path / "receipt.json"
    made = premia("receipt", plan, "--facts", people, "--table", deals, "--source", "deals=crm", "--out", out)
    assert made.exit_code == 0, made.output
    (given,) = json.loads(out.read_text("utf-8"))["people"]
    assert given["origins"] == {
        "deals": {"source": "crm"},
        "revenue": {"source": "accounting", "as_of": "2025-08-02"},
    }
    assert premia("verify", out).exit_code == 0
