"""Records of files beside the people: paid by, said how they were read, or refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dsl.words import LANGS, Lang
from tests.support.cli import data, premia, written

PLAN = """\
plan "Sellers"
version 1
currency RUB

table deals "Deals"
  deal     id
  manager  employee
  paid_on  date, counts
  amount   money

table payments "Payments"
  payment   id
  deal      record of deals
  manager   of deal
  received  date, counts
  came      money

commission 2% of sum of amount of deals
commission paid "Of payments" = 1% * sum of came of payments
"""
DEALS = [("1", "A", "2025-07-10", "1000"), ("2", "B", "2025-07-11", "200"), ("3", "X", "2025-07-11", "5")]
PAYMENTS = '[{"payment": 1, "deal": "1", "received": "2025-07-20", "came": 500}]'


def folder(tmp_path: Path) -> tuple[Path, Path, Path]:
    plan = written(tmp_path, "sellers.plan", PLAN)
    people = written(tmp_path, "people.csv", "employee;period\nA;2025-07\nB;2025-07\n")
    return plan, people, written(tmp_path, "payments.json", PAYMENTS)


def table(between: str = ";") -> str:
    rows = [("deal", "manager", "paid_on", "amount"), *DEALS]
    return "".join(between.join(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.csv", table().encode()),
        ("deals.csv", table(",").encode("utf-8-sig")),
        ("deals.txt", table("\t").encode("utf-16")),
        ("deals.csv", table().replace(";A;", ";Ж;").encode("windows-1251")),
        (
            "deals.ndjson",
            b"".join(
                b'{"deal": %d, "manager": "%s", "paid_on": "%s", "amount": %s}\n'
                % (int(deal), who.encode(), day.encode(), amount.encode())
                for deal, who, day, amount in DEALS
            ),
        ),
    ],
)
def test_records_of_every_form_pay_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    plan, people, payments = folder(tmp_path)
    if b";\xc6;" in content:
        written(tmp_path, "people.csv", "employee;period\nЖ;2025-07\nB;2025-07\n")
    path = tmp_path / name
    path.write_bytes(content)
    tables = ("--table", f"deals={path}", "--table", f"payments={payments}")
    found = data("evaluate", plan, "--facts", people, *tables)
    assert [one["total"] for one in found["results"]] == ["25.00", "4.00"]
    assert [one["code"] for one in found["notices"]] == ["P556"]


def test_a_table_that_is_not_given_is_told(tmp_path: Path) -> None:
    plan, people, payments = folder(tmp_path)
    found = data("evaluate", plan, "--facts", people, "--table", f"payments={payments}", code=1)
    assert {fault["code"] for one in found["results"] for fault in one["faults"]} >= {"P553"}


@pytest.mark.parametrize(
    ("given", "content", "code"),
    [
        ("deals.csv", "", "P800"),
        ("deals=", "", "P800"),
        ("calls=deals.csv", table(), "P550"),
        ("deals=absent.csv", "", "P650"),
        ("deals=deals.csv", "deal;deal\n1;2\n", "P802"),
        ("deals=deals.csv", table() + "4;A\n", "P667"),
        ("deals=deals.csv", table() + '4;A;"\n', "P669"),
        ("deals=deals.json", '{"deals": []}', "P803"),
        ("deals=deals.json", '[{"deal": 1}, 2]', "P803"),
        ("deals=deals.json", "[" * 100 + "]" * 100, "P605"),
        ("deals=deals.ndjson", '{"deal": 1}\n{"deal": \n', "P609"),
        ("deals=deals.xyz", "1", "P656"),
    ],
)
def test_what_is_no_table(tmp_path: Path, given: str, content: str, code: str) -> None:
    plan, people, _ = folder(tmp_path)
    name, _, file = given.partition("=")
    if content:
        written(tmp_path, file, content)
    argument = f"{name}={tmp_path / file}" if file else given
    found = data("evaluate", plan, "--facts", people, "--table", argument, code=1)
    assert found["faults"][0]["code"] == code


def test_a_table_given_twice(tmp_path: Path) -> None:
    plan, people, _ = folder(tmp_path)
    argument = f"deals={written(tmp_path, 'deals.csv', table())}"
    found = data("evaluate", plan, "--facts", people, *["--table", argument] * 2, code=1)
    assert found["faults"][0]["code"] == "P801"


def test_a_fault_of_a_record_is_shown_where_it_stands(tmp_path: Path) -> None:
    plan, people, payments = folder(tmp_path)
    deals = written(tmp_path, "deals.csv", table().replace("200", "much"))
    tables = ("--table", f"deals={deals}", "--table", f"payments={payments}")
    result = premia("evaluate", plan, "--facts", people, *tables)
    assert result.exit_code == 1
    assert f"--> {deals}:3, amount" in result.stderr
    assert "25.00" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "spot"),
    [
        ("payments.json", PAYMENTS.replace("500", '"much"'), ", record 1"),
        ("payments.ndjson", PAYMENTS.strip("[]").replace("500", '"much"') + "\n", ":1"),
        ("payments.csv", 'payment;deal;received;came\n\n"1";"1";2025-07-20;much\n', ":3"),
        ("payments.csv", 'payment;deal;received;came\n"2";"1";"2025-07-\n20";1\n1;1;2025-07-20;much\n', ":3"),
    ],
)
def test_a_record_stands_where_its_file_has_it(tmp_path: Path, name: str, content: str, spot: str) -> None:
    """In a list by its number, in a text by its line, in a table by its row as a spreadsheet counts."""
    plan, people, _ = folder(tmp_path)
    deals, payments = written(tmp_path, "deals.csv", table()), written(tmp_path, name, content)
    tables = ("--table", f"deals={deals}", "--table", f"payments={payments}")
    result = premia("evaluate", plan, "--facts", people, *tables)
    assert f"--> {payments}{spot}, came" in result.stderr


def test_every_command_that_pays_takes_records(tmp_path: Path) -> None:
    plan, people, payments = folder(tmp_path)
    deals = written(tmp_path, "deals.csv", table())
    paid = ("--facts", people, "--table", f"deals={deals}", "--table", f"payments={payments}")
    assert data("simulate", plan, *paid)["whole"]["total"] == "29.00"
    newer = written(tmp_path, "newer.plan", PLAN.replace("2%", "3%"))
    changed = data("diff", plan, newer, *paid, code=1)
    assert "41.00" in str(changed)
    receipt = tmp_path / "july.receipt.json"
    assert premia("receipt", plan, *paid, "--out", receipt).exit_code == 0
    assert "X" not in [row["manager"] for one in _people(receipt) for row in one["tables"]["deals"]]
    assert premia("verify", receipt).exit_code == 0
    later = tmp_path / "august.receipt.json"
    written(tmp_path, "people.csv", "employee;period\nA;2025-08\nB;2025-08\n")
    assert premia("receipt", plan, *paid, "--out", later).exit_code == 0
    person, _ = data("bridge", receipt, later)["people"]
    assert [(change["what"], change["amount"]) for change in person["changes"]] == [("records", "-25.00")]


def _people(receipt: Path) -> list[dict[str, dict[str, list[dict[str, str]]]]]:
    found: list[dict[str, dict[str, list[dict[str, str]]]]] = json.loads(receipt.read_text("utf-8"))["people"]
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_table_for_each_table_of_a_plan(tmp_path: Path, lang: Lang) -> None:
    plan, _, _ = folder(tmp_path)
    assert premia("inputs", plan, "--table", "payments").stdout.strip() == "payment,deal,received,came"
    listed = premia("inputs", plan, "--lang", lang).stdout
    assert "deals" in listed
    assert "paid_on" in listed
    assert premia("inputs", plan, "--table", "calls").exit_code == 1
    tables = data("inputs", plan)["properties"]["tables"]
    assert tables["required"] == ["deals", "payments"]


def test_a_payment_of_a_deal_that_did_not_come_ends_the_command_with_1(tmp_path: Path) -> None:
    """It is somebody's: whoever is paid without it is told, and the run is not whole."""
    plan, people, _ = folder(tmp_path)
    deals = written(tmp_path, "deals.csv", table())
    lost = '[{"payment": 1, "deal": "9", "received": "2025-07-20", "came": 500}]'
    payments = written(tmp_path, "lost.json", lost)
    tables = ("--table", f"deals={deals}", "--table", f"payments={payments}")
    result = premia("evaluate", plan, "--facts", people, *tables)
    assert result.exit_code == 1
    assert "P548" in result.stderr
    assert "P595" in result.stderr
    answer = data("evaluate", plan, "--facts", people, *tables, code=1)
    assert [[one["code"] for one in row["warnings"]] for row in answer["results"]] == [["P595"]] * 2


def test_what_is_wrong_with_a_table_is_told_once_however_many_are_paid(tmp_path: Path) -> None:
    plan, people, payments = folder(tmp_path)
    deals = written(tmp_path, "deals.csv", table().replace("manager", "salesman"))
    result = premia(
        "evaluate", plan, "--facts", people, "--table", f"deals={deals}", "--table", f"payments={payments}"
    )
    assert result.exit_code == 1
    assert result.stderr.count("error P594") == 1
    assert f"--> {deals}" in result.stderr


def test_a_source_of_nothing_is_refused(tmp_path: Path) -> None:
    plan, people, payments = folder(tmp_path)
    deals = written(tmp_path, "deals.csv", table())
    tables = ("--table", f"deals={deals}", "--table", f"payments={payments}")
    result = premia("evaluate", plan, "--facts", people, *tables, "--source", "dels=crm")
    assert result.exit_code == 1
    assert "P596" in result.stderr
    assert "`deals`" in result.stderr
