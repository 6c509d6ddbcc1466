"""The guide for authors: its contents, what its plans pay on a calculator, and what it says of mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pytest

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from engine.analyse import analyse
from engine.compile import Compiled, compile_plan, read_plan
from engine.examples import run
from tests.support import calculator
from tests.support.documents import Document, documents, read
from tests.support.pages import slug
from tests.support.places import ROOT

GUIDES = [document for document in documents() if document.path.name.startswith("guide.")]
PAGES = [read(path) for path in sorted((ROOT / "tests" / "spec").glob("*.md"))]
ALLOW = re.compile(r"^(?:allow|допустить) .*\n", re.MULTILINE)
RECKONED = {"| example | on a calculator | pays |", "| пример | на калькуляторе | начислено |"}
MISTAKEN = {
    "| in the plan | somebody wrote | and is told |",
    "| в схеме | кто-то написал | и получил ответ |",
}
Row = tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its plan, whether it shows somebody paid, what its examples pay, what people write amiss."""

    lang: Lang
    title: str
    plan: str
    paid: bool
    reckoned: tuple[Row, ...]
    mistaken: tuple[Row, ...]


def chapters() -> Iterator[Chapter]:
    """The chapters that have such tables."""
    for document in GUIDES:
        parts = re.split(r"^## ", document.text, flags=re.MULTILINE)[1:]
        for title, _, text in (part.partition("\n") for part in parts):
            tables = dict(tables_of(text))
            if tables:
                plan = re.findall(r"^```premia file=.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[-1]
                reckoned, mistaken = (
                    next((rows for head, rows in tables.items() if head in heads), ())
                    for heads in (RECKONED, MISTAKEN)
                )
                yield Chapter(document.lang, title, plan, "$ premia evaluate" in text, reckoned, mistaken)


def tables_of(text: str) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The tables of a chapter that are held against its plan: their heads and their rows."""
    for head, *rows in (found.splitlines() for found in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)):
        if head in RECKONED | MISTAKEN:
            yield head, tuple(tuple(row.strip("| ").split(" | ")) for row in rows[1:])


CHAPTERS = pytest.mark.parametrize("chapter", [*chapters()], ids=lambda chapter: chapter.title)


@pytest.mark.parametrize("document", GUIDES, ids=lambda document: document.name)
def test_the_contents_list_every_chapter(document: Document) -> None:
    """In the order in which they come."""
    head, _, _ = document.prose.partition("\n## ")
    titles = re.findall(r"^## (.*)$", document.prose, re.MULTILINE)
    assert re.findall(r"^- \[(.*)\]\(#(.*)\)$", head, re.MULTILINE) == [
        (title, slug(title)) for title in titles
    ]


@CHAPTERS
def test_a_chapter_has_a_plan_without_faults_or_advice(chapter: Chapter) -> None:
    """It is all there is to type, and what it pays is reckoned there, by hand or in a statement."""
    assert chapter.reckoned or chapter.paid
    assert chapter.mistaken
    assert not found_in(chapter.plan)
    assert all(outcome.passed for outcome in run(compiled(chapter.plan)))


@pytest.mark.parametrize("document", [*GUIDES, *PAGES], ids=lambda document: document.name)
def test_each_answer_is_to_an_advice_that_is_given(document: Document) -> None:
    """Without a line `allow` of a guide or a page, the plan would be told what that line answers."""
    for block in document.blocks:
        answers = [*ALLOW.finditer(block.text)] if block.sort == "premia" else []
        for answer in answers:
            text = block.text[: answer.start()] + block.text[answer.end() :]
            assert len(told(text)) > len(told(block.text)), answer[0]


def told(text: str) -> list[str]:
    """The codes of the advice about a plan, or about one whose head is left out."""
    heads = ("", 'plan "A"\nversion 1\ncurrency RUB\n', 'схема "А"\nверсия 1\nвалюта RUB\n')
    made = (read_plan(Source("plan", f"{head}{text}")) for head in heads)
    plan = next(one for one in made if isinstance(one, Compiled))
    return [fault.code for fault in analyse(plan).faults]


@CHAPTERS
def test_what_an_example_pays_can_be_reckoned(chapter: Chapter) -> None:
    """The formula gives the amount, and the example of that title has a line that pays it."""
    paid = payments(chapter.plan)
    for title, formula, amount in chapter.reckoned:
        assert formula == amount or calculator.check(f"{formula} = {amount}", chapter.lang) == 1, formula
        assert calculator.number(amount, chapter.lang) in paid[title], (title, amount)


@CHAPTERS
def test_a_mistake_is_reported_as_the_guide_says(chapter: Chapter) -> None:
    """In the place of what stands in the plan."""
    plan = re.sub(r"(?<=\S) {2,}", " ", chapter.plan)
    for right, wrong, said in chapter.mistaken:
        assert right.strip("`") in plan, right
        codes = [fault.code for fault in found_in(plan.replace(right.strip("`"), wrong.strip("`"), 1))]
        assert said.partition(":")[0] in codes, (wrong, codes)


def compiled(plan: str) -> Compiled:
    """A plan that is ready to pay."""
    ready = compile_plan(check(parse(Source("guide.plan", plan))))
    assert isinstance(ready, Compiled)
    return ready


def found_in(plan: str) -> tuple[Fault, ...]:
    """The faults of a plan, and the advice about it."""
    checked = check(parse(Source("guide.plan", plan)))
    ready = compile_plan(checked)
    return (*checked.faults, *analyse(ready).faults) if isinstance(ready, Compiled) else ready


def payments(plan: str) -> Mapping[str, set[Fraction]]:
    """What the examples of a plan pay, line by line and in sum."""
    return {outcome.title: {Fraction(item.got) for item in outcome.items} for outcome in run(compiled(plan))}
