"""What a plan would cost: every number is counted anew from what each person is paid."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dsl.record import plain
from dsl.words import LANGS, Lang
from engine.compile import Compiled
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.simulate import document, paper, simulation
from engine.simulate.parameters import parameters
from engine.simulate.simulate import BINS, histogram, quantile
from tests.support.chances import CHANCE, examples
from tests.support.cli import data, premia, written
from tests.support.ivanov import HISTORY, OTHER, TEXT
from tests.support.places import FACTS, IVANOV
from tests.support.plans import draft
from tests.support.sales import plan
from tests.support.service import PERSON, Json, served
from tests.support.trials import compiled as compiled_
from tests.support.trials import someone

SERVICE = served()
PAGE = """plan "p"
version 1
currency RUB
fact sales money
fact visits count
salary 1 000
bonus 10 000
sales weight 60% cutoff 80% cap 120% on attainment target 1 000
visits weight 40% accel 1.5 on all above 100% target 10
"""


def crowd(count: int) -> list[Person]:
    """People who stand at every bound, in two periods."""
    return [
        Person(str(n), f"2025-0{7 + n % 2}", {"sales": str(700 + 10 * n), "visits": str(n)})
        for n in range(count)
    ]


def paid(compiled: Compiled, people: list[Person]) -> list[Result]:
    """Everybody's result."""
    found = [pay(compiled, person) for person in people]
    results = [one for one in found if isinstance(one, Result)]
    assert len(results) == len(found)
    return results


def simulated(compiled: Compiled, people: list[Person], against: Compiled | None = None) -> Any:
    """The document of a simulation."""
    done = simulation(compiled, against, sensitive=True)
    assert len([*done.add(people)]) == len(people)
    return plain(document(done, "en", (), ()))


# ── Counted ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cost_is_what_everybody_is_paid() -> None:
    people, compiled = crowd(60), plan(PAGE)
    said, results = simulated(compiled, people), paid(compiled, people)
    assert Decimal(said["whole"]["total"]) == Decimal(sum(one.total for one in results)) / 100
    assert [period["period"] for period in said["periods"]] == ["2025-07", "2025-08"]
    for name in ("people", "total"):
        assert sum(Decimal(period[name]) for period in said["periods"]) == Decimal(said["whole"][name])
    for part in (said["whole"], *said["periods"]):
        assert sum(Decimal(line["total"]) for line in part["lines"]) == Decimal(part["total"])
        assert sum(one["rows"] for one in part["histogram"]) == part["rows"]
    totals = sorted(one.total for one in results)
    for one in said["whole"]["quantiles"]:
        amount = int(Decimal(one["amount"]) * 100)
        assert amount in totals
        assert 100 * sum(total <= amount for total in totals) >= one["percent"] * len(totals)
        assert 100 * sum(total < amount for total in totals) < max(1, one["percent"]) * len(totals)


def test_one_person_in_twelve_months_is_one_person() -> None:
    """And stands in twelve rows; who gains or loses by a plan does so in all."""
    facts = {"sales": "1000", "visits": "0"}
    year = [Person("1", f"2025-{month:02}", facts) for month in range(1, 13)]
    year.append(Person("2", "2025-01", {"sales": "1100", "visits": "20"}))
    said = simulated(plan(PAGE), year, plan(PAGE.replace("salary 1 000", "salary 900")))
    whole = said["whole"]
    assert (whole["people"], whole["rows"]) == (2, 13)
    assert [(one["people"], one["rows"]) for one in said["periods"]] == [(2, 2)] + [(1, 1)] * 11
    assert [(one["name"], one["people"]) for one in whole["lines"]] == [
        ("salary", 2),
        ("sales", 2),
        ("visits", 1),
    ]
    assert [one["rows"] for one in whole["kpis"]] == [13, 13]
    assert {name: whole["against"][name] for name in ("gain", "lose", "same", "unpaid")} == {
        "gain": 2,
        "lose": 0,
        "same": 0,
        "unpaid": 0,
    }


def test_who_stands_where_with_a_kpi() -> None:
    said = simulated(plan(PAGE), crowd(60))
    sales, visits = said["whole"]["kpis"]
    figures = [700 + 10 * n for n in range(60)]
    assert sales == {
        "name": "sales",
        "label": "sales",
        "rows": 60,
        "below_cutoff": sum(one < 800 for one in figures),
        "at_target": sum(one >= 1000 for one in figures),
        "capped": sum(one > 1200 for one in figures),
    }
    assert (visits["below_cutoff"], visits["at_target"], visits["capped"]) == (0, 50, 0)


def test_a_cap_on_pay_counts_as_one() -> None:
    text = PAGE.replace("cap 120% on attainment", "cap 120% on pay")
    assert simulated(plan(text), crowd(60))["whole"]["kpis"][0]["capped"] == 9


def test_against_another_plan() -> None:
    people, new, old = (
        crowd(40),
        plan(PAGE),
        plan(PAGE.replace("salary 1 000", "salary 2 000").replace("1.5", "2")),
    )
    other = simulated(new, people, old)["whole"]["against"]
    deltas = [a.total - b.total for a, b in zip(paid(new, people), paid(old, people), strict=True)]
    assert Decimal(other["change"]) == Decimal(sum(deltas)) / 100
    assert (other["gain"], other["lose"], other["same"]) == (0, 40, 0)
    assert simulated(new, people, new)["whole"]["against"]["same"] == 40


# Percentages of the page as machines read them.
MACHINES = {"60%": "0.6", "40%": "0.4", "80%": "0.8", "120%": "1.2"}


@pytest.mark.parametrize("number", range(8))
def test_sensitivity_is_the_plan_paid_anew(number: int) -> None:
    """Each number of the plan, changed by hand in the text."""
    people, compiled = crowd(30), plan(PAGE)
    hand = [
        ("salary 1 000", "salary 1 010"),
        ("bonus 10 000", "bonus 10 100"),
        ("weight 60%", "weight 61%"),
        ("cutoff 80%", "cutoff 81%"),
        ("cap 120%", "cap 121%"),
        ("target 1 000", "target 1 010"),
        ("weight 40%", "weight 41%"),
        ("accel 1.5", "accel 1.515"),
    ]
    old, new = hand[number]
    clause = old if "accel" not in old else "accel 1.5 on all above 100%"
    said = simulated(compiled, people)["sensitivity"]
    typed = old.split(" ", 1)[1].replace(" ", "")
    found = next(one for one in said if clause in one["clause"] and one["old"] == MACHINES.get(typed, typed))
    if "weight" in new:  # such a plan does not check, as its weights make 101 %
        assert Decimal(found["change"]) == _weighed(people, int(new[-3:-1]), line=1 if number == 2 else 2)
        return
    changed = paid(plan(PAGE.replace(old, new)), people)
    delta = sum(one.total for one in changed) - sum(one.total for one in paid(compiled, people))
    assert Decimal(found["change"]) == Decimal(delta) / 100


def _weighed(people: list[Person], new: int, line: int) -> Decimal:
    """What a point more of a weight makes: the line paid for a share of 10 000 so much larger."""
    old = [one.amounts[line] for one in paid(plan(PAGE), people)]
    # A bonus a hundred times as large pays every share to a hundredth of a kopeck.
    exact = [one.amounts[line] for one in paid(plan(PAGE.replace("bonus 10 000", "bonus 1 000 000")), people)]
    after = [(2 * amount * new + (new - 1) * 100) // (2 * (new - 1) * 100) for amount in exact]
    return Decimal(sum(after) - sum(old)) / 100


def test_what_says_when_and_how_is_no_parameter() -> None:
    said = [one.clause for one in parameters(plan(TEXT))]
    assert "salary 60 000" in said
    assert not any("example" in one or "2025" in one for one in said)
    assert all(one.plan is not None for one in parameters(plan(TEXT)))


@pytest.mark.parametrize(
    ("lang", "moved", "mark"),
    [("en", "1 234.5 → 1 246.845", "."), ("ru", "1 234,5 → 1 246,845", ",")],
)
def test_numbers_of_a_plan_are_told_as_the_reader_writes_them(lang: Lang, moved: str, mark: str) -> None:
    """And to machines in their one notation, whatever the language of the plan."""
    compiled = plan(PAGE.replace("salary 1 000", "salary 1 234.5") + "commission 50 bps of sales\n")
    done = simulation(compiled, None, sensitive=True)
    assert all(done.add(crowd(3)))
    said = document(done, lang, (), ())
    cells = {str(cell) for _, table in paper(said, lang).tables for row in table.rows for cell in row}
    assert moved in cells
    assert {cell[-4] for cell in cells if re.fullmatch("[0-9]+.[0-9]{2}%", cell)} == {mark}
    found = {(one.kind, one.old, one.new) for one in said.sensitivity}
    assert ("number", "1234.5", "1246.845") in found
    assert {("percent", "0.6", "0.61"), ("percent", "0.005", "0.00505")} <= found
    assert all(Decimal(one.share or 0) <= 1 for one in said.whole.lines)


@given(CHANCE)
@examples(4)
def test_no_random_plan_is_too_much(chance: Random) -> None:
    """Every change of a random plan is paid, or said not to be a plan."""
    drawn = draft(chance)
    compiled = compiled_(drawn)
    assume(compiled is not None)
    assert compiled is not None
    people = [one[0] for one in (someone(chance, drawn, compiled) for _ in range(3)) if one is not None]
    assume(people)
    said = simulated(compiled, people, compiled)
    assert said["whole"]["against"]["unpaid"] == 0
    assert Decimal(said["whole"]["against"]["change"]) == 0
    for one in said["sensitivity"]:
        assert one["old"] != one["new"] or one["change"] is None
        assert one["gain"] + one["lose"] + one["unpaid"] <= len(people)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=60), st.sampled_from([1, 100, 1000]))
def test_a_histogram_holds_everybody_once(totals: list[int], unit: int) -> None:
    bins = [*histogram(totals, unit)]
    assert len(bins) <= BINS
    for low, high, rows in bins:
        assert rows == sum(low <= total < high for total in totals)
        assert low % unit == 0
    assert sum(rows for _, _, rows in bins) == len(totals)
    assert quantile(sorted(totals), 0) == min(totals)
    assert quantile(sorted(totals), 100) == max(totals)


# ── At the doors ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_writes_every_form(tmp_path: Path, lang: Lang) -> None:
    facts = written(tmp_path, "history.json", json.dumps(HISTORY))
    old = written(tmp_path, "old.plan", OTHER)
    asked = ("simulate", IVANOV, "--facts", facts, "--against", old)
    said = data(*asked, lang=lang)
    text = premia(*asked, lang=lang)
    assert text.exit_code == 0
    assert "2025-08" in text.stdout
    for suffix in ("txt", "json", "csv", "xlsx", "html", "svg", "png"):
        done = premia(*asked, "--out", tmp_path / f"cost.{suffix}", lang=lang)
        assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "cost.json").read_text("utf-8")) == said
    ET.parse(tmp_path / "cost.svg")
    rows = [
        *csv.reader(
            StringIO((tmp_path / "cost.csv").read_text("utf-8-sig")), delimiter=";" if lang == "ru" else ","
        )
    ]
    total = said["whole"]["total"]
    assert any(row[3] == (total.replace(".", ",") if lang == "ru" else total) for row in rows[1:])
    with zipfile.ZipFile(tmp_path / "cost.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert f"<v>{total}</v>" in sheet  # a number, digit by digit


def test_quick_leaves_out_what_takes_long(tmp_path: Path) -> None:
    facts = written(tmp_path, "history.json", json.dumps(HISTORY))
    assert data("simulate", IVANOV, "--facts", facts, "--quick")["sensitivity"] == []


def test_one_bad_row_never_stops_the_others(tmp_path: Path) -> None:
    facts = written(
        tmp_path, "history.json", json.dumps([*HISTORY, {**PERSON, "facts": {}}, {"period": "2025-07"}])
    )
    said = data("simulate", IVANOV, "--facts", facts, "--quick", code=1)
    assert (said["refused"], said["whole"]["people"]) == (2, 12)
    assert [one["employee"] for one in said["unpaid"]] == ["0042", None]
    shown = premia("simulate", IVANOV, "--facts", facts, "--quick")
    assert (shown.exit_code, "P501" in shown.output) == (1, True)


def test_nobody_costs_nothing_that_can_be_said(tmp_path: Path) -> None:
    facts = written(tmp_path, "history.json", json.dumps([{**PERSON, "facts": {}}]))
    assert "P761" in premia("simulate", IVANOV, "--facts", facts).output
    assert "P754" in premia("simulate", IVANOV, "--facts", FACTS, "--out", "cost.doc").output


def test_the_service_says_the_same(tmp_path: Path) -> None:
    facts = written(tmp_path, "history.json", json.dumps(HISTORY))
    old = written(tmp_path, "old.plan", OTHER)
    status, said = SERVICE.post(
        "/simulate", {"plan": "ivanov", "people": HISTORY, "against": {"source": OTHER}, "lang": "ru"}
    )
    assert status == 200
    assert said == data("simulate", IVANOV, "--facts", facts, "--against", old, lang="ru")


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"people": []}, "P620", "/people"),
        ({"people": [PERSON] * 2001}, "P762", "/people"),
        ({"people": [{}]}, "P761", "/people"),
        ({"against": {"plan": "ivanof"}}, "P617", "/against/plan"),
        ({"against": {}}, "P616", "/against"),
        ({"against": 5}, "P610", "/against"),
        ({"against": {"source": "plan"}}, None, None),
        ({"sensitivity": "no"}, "P610", "/sensitivity"),
    ],
)
def test_what_a_request_must_not_be(change: Json, code: str | None, pointer: str | None) -> None:
    status, problem = SERVICE.post("/simulate", {"plan": "ivanov", "people": [PERSON], **change})
    assert status in {404, 422}
    if code is not None:
        assert (problem["faults"][0]["code"], problem["faults"][0].get("pointer")) == (code, pointer)
