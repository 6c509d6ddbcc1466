"""Explanations in their parts: the same sentences, and each number of them with where it leads."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from dsl.record import plain
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.statement import document
from engine.statement.answer import Explained, Statement, StatementLine
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
