"""Explanations in their parts: the same sentences, and each number of them with where it leads."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from dsl.record import entries, plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.money import Money, rounded
from engine.paper import Section, Table
from engine.statement import document
from engine.statement.answer import Statement, StatementLine
from engine.statement.besides import money
from engine.statement.paper import ledger
from engine.statement.reasons import Explained
from engine.statement.text import rows
from tests.support.chances import CHANCE, examples
from tests.support.places import PLANS
from tests.support.service import REQUEST, served
from tests.support.trials import results

SERVICE = served()
PLAN = """plan "P"
version 1
currency RUB

fact sales "Sales"

salary 1 000
commission 10% of sales
  cap 500
"""


def stated(plan: str, facts: dict[str, str], lang: Lang = "en", *, detail: bool = True) -> Statement:
    """The statement of somebody by a plan."""
    compiled = read_plan(Source("p.plan", plan))
    assert isinstance(compiled, Compiled)
    result = pay(compiled, Person("1", "2025-07", facts))
    assert isinstance(result, Result)
    return document(result, lang, None, detail=detail)


def commission(facts: dict[str, str], lang: Lang = "en") -> StatementLine:
    """The commission of the plan above."""
    return stated(PLAN, facts, lang).lines[1]


def test_each_number_leads_to_its_fact_or_clause() -> None:
    line = commission({"sales": "8000"})
    earned, capped = line.detail or ()
    assert (earned.key, capped.key) == ("reckoned", "capped")
    share, sales, product = earned.parts
    assert (share.exact, share.kind, share.fact) == ("0.1", "percent", None)
    assert share.clause is not None
    assert (share.clause.file, share.clause.line, share.clause.text) == ("p.plan", 8, "10%")
    assert (sales.name, sales.text, sales.exact, sales.fact) == ("formula", "8 000", "8000", "sales")
    assert (product.name, product.exact) == ("equals", "800")
    value, limit, paid = capped.parts
    assert (value.name, value.exact, value.clause) == ("value", "800", product.clause)
    assert limit.clause is not None
    assert (limit.name, limit.exact, limit.clause.line, limit.clause.text) == ("limit", "500", 9, "500")
    assert (paid.name, paid.exact, paid.kind, paid.line) == ("paid", "500.00", "money", "commission")


def test_a_sentence_has_one_key_in_every_language() -> None:
    found = [commission({"sales": "8000"}, lang).detail or () for lang in LANGS]
    assert [[one.key for one in several] for several in found] == [["reckoned", "capped"]] * len(LANGS)
    assert [[part.exact for part in one.parts] for one in found[0]] == [
        [part.exact for part in one.parts] for one in found[1]
    ]


def test_the_usual_answer_does_not_grow() -> None:
    said = stated(PLAN, {"sales": "8000"}, detail=False)
    assert all("detail" not in line for line in plain(said)["lines"])
    assert [line.explanation for line in said.lines] == [
        line.explanation for line in stated(PLAN, {"sales": "8000"}).lines
    ]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", LANGS)
def test_the_sentences_are_the_usual_ones(path: Path, lang: Lang) -> None:
    compiled = read_plan(Source(path.name, path.read_text("utf-8")))
    if isinstance(compiled, Compiled):
        for outcome in run(compiled):
            if isinstance(outcome.result, Result):
                whole(outcome.result, lang)


@examples(50)
@given(CHANCE)
def test_the_sentences_of_any_plan_are_the_usual_ones(chance: Random) -> None:
    for result in results(chance, 2):
        for lang in LANGS:
            whole(result, lang)


def whole(result: Result, lang: Lang) -> None:
    """Texts as usual, a key for each, and every part where it says that it is."""
    for line in document(result, lang, None, detail=True).lines:
        assert line.detail is not None
        assert tuple(one.text for one in line.detail) == line.explanation
        for one in line.detail:
            assert one.key, one.text
            placed(one)


def placed(one: Explained) -> None:
    """Each part is where it begins."""
    for part in one.parts:
        assert part.name
        assert one.text[part.start :].startswith(part.text)


def test_the_service_gives_it_where_it_is_asked_for() -> None:
    usual = SERVICE.post("/evaluate", REQUEST)[1]
    asked = SERVICE.post("/evaluate", {**REQUEST, "detail": True})[1]
    assert "detail" not in usual["lines"][1]
    detail = asked["lines"][1].pop("detail")
    assert [one["text"] for one in detail] == usual["lines"][1]["explanation"]
    assert {"fact": "revenue"}.items() <= detail[0]["parts"][0].items()
    status, refused = SERVICE.post("/evaluate", {**REQUEST, "detail": "yes"})
    assert (status, refused["faults"][0]["pointer"]) == (422, "/detail")
    status, refused = SERVICE.post("/receipt", {**REQUEST, "detail": True})
    assert (status, refused["faults"][0]["code"]) == (422, "P612")


HEAD = 'plan "P"\nversion 1\ncurrency RUB\n'
SALES = """salary 60 000
bonus 40 000 cap 45 000
a weight 100% target 100
rate = steps by deals
  below 5: 1%
  from 5: 2%
worth = matrix by deals and a
  columns up to 100; above 100
  up to 5: 1; 2
  above 5: 3; 4
commission on revenue, each band at its own rate
  up to 1 000 000: 3%
  up to 3 000 000: 5%
  up to 9 000 000: 6%
  above 7%
pay margin_pay = rate of margin * worth cap 500
"""
SOLD = {"a": "150", "deals": "7", "revenue": "3300000", "margin": "100000"}


def test_tables_say_what_was_reached_and_bands_what_they_made() -> None:
    said = stated(HEAD + SALES, SOLD, detail=False)
    _, _, cap, commission, pay = said.lines
    (table,) = commission.reached or ()
    assert (table.name, table.measure, table.row) == ("commission", "3300000", "up to 9 000 000: 6%")
    assert [plain(band) for band in table.bands or ()] == [
        {
            "row": "up to 1 000 000: 3%",
            "up_to": "1000000",
            "rate": "0.03",
            "part": "1000000",
            "amount": "30000.00",
            "exact": "30000",
        },
        {
            "row": "up to 3 000 000: 5%",
            "above": "1000000",
            "up_to": "3000000",
            "rate": "0.05",
            "part": "2000000",
            "amount": "100000.00",
            "exact": "100000",
        },
        {
            "row": "up to 9 000 000: 6%",
            "above": "3000000",
            "up_to": "9000000",
            "rate": "0.06",
            "part": "300000",
            "amount": "18000.00",
            "exact": "18000",
        },
    ]
    steps, matrix = pay.reached or ()
    assert (steps.name, steps.row, steps.clause.line) == ("rate", "from 5: 2%", 9)
    assert (matrix.row, matrix.column, matrix.measure, matrix.across) == ("above 5", "above 100", "7", "150")
    assert (cap.amount, cap.before_cap, pay.before_cap) == ("-15000.00", "60000", "8000")


def test_a_statement_has_bands_where_several_were_filled() -> None:
    text = "\n".join(rows(stated(HEAD + SALES, SOLD, detail=False), "en"))
    assert "    `up to 3 000 000: 5%`: 2 000 000 falls into it, which gives 100 000.00\n" in text
    text = "\n".join(rows(stated(HEAD + SALES, {**SOLD, "revenue": "900000"}, detail=False), "en"))
    assert "falls into it" not in text


THIRDS = """pay award = bands by a
  up to 1: 0.334 per unit
  up to 2: 10.333
  above 0.333 per unit
"""


def test_bands_add_up_to_the_printed_line_and_a_fixed_amount_has_no_rate() -> None:
    said = stated(HEAD + THIRDS, {"a": "3"}, detail=False)
    (table,) = said.lines[0].reached or ()
    bands = table.bands or ()
    assert [band.rate for band in bands] == ["0.334", None, "0.333"]
    assert [band.exact for band in bands] == ["0.334", "10.333", "0.333"]
    assert [band.amount for band in bands] == ["0.34", "10.33", "0.33"]
    assert said.total == "11.00"


GRADED = """fact grade "Grade" one of (junior; middle; senior)
fact region "Region" one of (north; south)
fact deals count
salary by grade (junior: 10; otherwise: by region (north: 20; south: 30))
pay more = 5 if region is north otherwise 0
pay extra = deals * 7
"""


def test_the_case_of_an_attribute_is_a_row_that_was_reached() -> None:
    said = stated(HEAD + GRADED, {"grade": "senior", "region": "south", "deals": "1"}, detail=False)
    told = [[(row.name, row.row, row.measure) for row in line.reached or ()] for line in said.lines]
    assert told == [[("grade", "senior", None), ("region", "south", None)], [], []]
    (salary, *_) = said.lines
    assert [row.clause.text for row in salary.reached or ()] == ["by region (north: 20; south: 30)", "30"]
    text = [*rows(said, "en")]
    assert text[5:7] == ["Grade     senior", "Region    south"]
    # A junior's region is in no choice that they are paid by.
    said = stated(HEAD + GRADED, {"grade": "junior", "region": "south", "deals": "1"}, detail=False)
    assert [row.name for row in said.lines[0].reached or ()] == ["grade"]


def test_a_ledger_has_rows_of_tables_and_what_there_was_before_a_cap() -> None:
    parts = ledger([stated(HEAD + SALES, SOLD, detail=False)], "en").parts
    paid, told = (
        block
        for part in parts
        if isinstance(part, Section)
        for block in part.blocks
        if isinstance(block, Table)
    )
    assert [row[-1] for row in paid.rows] == ["", "", "60 000", "", "8 000"]
    assert told.rows[1][2:] == (
        "Commission",
        "Commission",
        "up to 3 000 000: 5%",
        "2 000 000",
        "100 000.00",
    )
    assert told.rows[-1][2:] == ("margin_pay", "worth", "above 5; above 100", "7", "")


SORTED = {
    "all four, the bonus with its cap": (SALES, SOLD, "60000.00 45000.00 148000.00 500.00"),
    "two": ("salary 60 000\npay perk = 500 * a\n", {"a": "2"}, "60000.00 - - 1000.00"),
    "one of them nothing": ("salary 60 000\ncommission 2% of a\n", {"a": "0"}, "60000.00 - 0.00 -"),
    "one sort": ("pay perk = 500 * a\npay trip = 100 * a cap 300\n", {"a": "4"}, None),
    "a cap that takes nothing off": ("salary 60 000\ntotal cap 90 000\n", {}, None),
    "a cap of all": ("salary 60 000\ntotal cap 50 000\n", {}, "60000.00 - - -10000.00"),
}


@pytest.mark.parametrize("name", SORTED)
def test_each_answer_has_what_each_sort_of_pay_comes_to_where_there_are_several(name: str) -> None:
    plan, facts, expected = SORTED[name]
    said = stated(HEAD + plan, facts, detail=False)
    sorts = ("salary", "kpis", "commissions", "other")
    sums = plain(said.sums) if said.sums else None
    assert expected == (None if sums is None else " ".join(sums.get(sort, "-") for sort in sorts))
    text = "\n".join(rows(said, "en"))
    assert [*re.findall(r"\nOther pay +(\S.+) RUB\nTotal ", text)] == [
        money(said.sums.other, "en") for _ in [0] if said.sums and said.sums.other
    ]


@examples(20)
@given(CHANCE)
def test_bands_and_sums_add_up(chance: Random) -> None:
    for result in results(chance, 2):
        said = document(result, "en", None)
        sums = entries(said.sums).values() if said.sums else [said.total]
        assert sum(one.minor for one in sums if isinstance(one, Money)) == said.total.minor
        for line in said.lines:
            for table in line.reached or ():
                if table.bands is not None:
                    assert sum(Fraction(band.part) for band in table.bands) == Fraction(table.measure or 0)
                    amounts = [band.amount.minor for band in table.bands if band.amount is not None]
                    whole = sum(Fraction(band.exact) for band in table.bands) * 10**said.total.digits
                    assert not amounts or sum(amounts) == rounded(whole.numerator, whole.denominator)


def test_an_amount_longer_than_a_row_has_a_row_of_its_own() -> None:
    facts = dict.fromkeys("abcd", "9" * 30)
    said = stated(HEAD + "pay product = a * b * c * d\n", facts, detail=False)
    assert len(said.total) > 80
    text = [*rows(said, "en")]
    assert any(row.endswith(f"{money(said.total, 'en')} RUB") for row in text)
    assert "Total" in text
