"""The specification runs: every page says what the product does, and says one thing in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest

from dsl import tree
from dsl.check import check
from dsl.check.kind import MEASURE, PRODUCT, QUOTIENT, Table
from dsl.parse import Parsed, parse
from dsl.parse.grammar import grammar
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang, words
from dsl.write import write
from engine import examples
from engine.compile import Compiled, compile_plan
from engine.evaluate import Result
from tests.support.answers import beside, compiled_of, faults, paid, printed, source_of
from tests.support.pages import HEADER, INDEX, ROOM, Block, Page, anchors, pages, read, slug
from tests.support.places import ROOT

PAGES = pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
LANGUAGES = pytest.mark.parametrize("lang", LANGS)


@PAGES
def test_page_says_what_the_product_says(page: Page, golden: bool) -> None:
    """Statements, reports and formatted plans on a page are those of today."""
    said = printed(page)
    if golden:
        page.path.write_text(said, "utf-8")
    assert said == read(page.path).text


# ── One plan ─────────────────────────────────────────────────────────────────────────────────────────────


@PAGES
@LANGUAGES
def test_plans_are_as_the_formatter_writes_them(page: Page, lang: Lang) -> None:
    """The formatter changes no plan but those that are shown as somebody types them."""
    for block in page.blocks:
        if block.sort != "premia" or block.lang != lang:
            continue
        parsed = parsed_of(block)
        assert parsed.lang == lang, at(page, block)
        if block.note != "typed" and not parsed.broken:
            assert write(parsed.tree) == block.text, at(page, block)


@PAGES
@LANGUAGES
def test_typed_and_formatted_are_one_plan(page: Page, lang: Lang) -> None:
    for case in page.cases(lang):
        if case.printed.sort == "premia":
            assert parsed_of(case.printed).tree == parsed_of(case.plan).tree, at(page, case.plan)


@PAGES
@LANGUAGES
def test_faults_of_plans_are_shown(page: Page, lang: Lang) -> None:
    """No page shows a plan with mistakes, or with warnings, and keeps silent about them."""
    reports = [case for case in page.cases(lang) if case.printed.sort == "faults"]
    shown = {case.plan for case in reports if case.facts is None and case.period is None}
    for plan in page.plans(lang):
        compiled = compiled_of(page.name, plan)
        found = compiled.checked.faults if isinstance(compiled, Compiled) else compiled
        assert bool(found) == (plan in shown), (at(page, plan), [fault.code for fault in found])


@PAGES
@LANGUAGES
def test_examples_of_plans_pass(page: Page, lang: Lang) -> None:
    for plan in page.plans(lang):
        compiled = compiled_of(page.name, plan)
        for outcome in examples.run(compiled) if isinstance(compiled, Compiled) else ():
            assert outcome.passed, (at(page, plan), outcome.title, outcome.items or outcome.result)


# ── In two languages ─────────────────────────────────────────────────────────────────────────────────────


@PAGES
def test_both_texts_are_one_plan(page: Page) -> None:
    """The trees of a plan in two languages are equal but for the authors' own words, and so are the digests.

    Where the authors named a thing differently, the names stand for one another throughout the plan.
    """
    for english, russian in pairs(page):
        one, other = sound(parsed_of(english)), sound(parsed_of(russian))
        twins = {*zip(named(one), named(other), strict=True)}
        back = {theirs: ours for ours, theirs in twins}
        assert len(dict(twins)) == len(back) == len(twins), at(page, english)
        assert bare(one, {}) == bare(other, back), at(page, english)
        assert digest(page, english, {}) == digest(page, russian, back), at(page, english)


@PAGES
def test_translation_is_the_other_text(page: Page) -> None:
    """Translated, a plan is the text in the other language but for the words of its author."""
    for english, russian in pairs(page):
        for plan, other in ((english, russian), (russian, english)):
            if not parsed_of(plan).broken:
                said = translate(parsed_of(plan), other.lang).text
                assert said is not None, at(page, plan)
                theirs = write(parsed_of(other).tree)
                assert words_of(said, other.lang) == words_of(theirs, other.lang), at(page, plan)


@PAGES
def test_both_parts_show_one_thing(page: Page) -> None:
    """The same cases stand in both parts of a page, pay the same, and have the same faults."""
    english, russian = page.cases("en"), page.cases("ru")
    shape = [[(case.printed.sort, case.printed.note) for case in cases] for cases in (english, russian)]
    assert shape[0] == shape[1]
    for one, other in zip(english, russian, strict=True):
        codes = [sorted(fault.code for fault in faults(page, case)) for case in (one, other)]
        assert codes[0] == codes[1], at(page, one.printed)
        if one.printed.sort == "statement":
            results = [paid(page, case) for case in (one, other)]
            amounts = [result.amounts if isinstance(result, Result) else result for result in results]
            assert amounts[0] == amounts[1], at(page, one.printed)
            assert all(isinstance(result, Result) for result in results), at(page, one.printed)


# ── The pages as a book ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.md")), ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Any) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        page = path.parent / name if name else path
        assert page.exists(), target
        assert not anchor or anchor in anchors(page.read_text("utf-8")), target


def test_index_names_every_page_in_both_languages() -> None:
    """The index leads to every page, and shows the header that plans without one are read with.

    The documents list them all by their subjects.
    """
    english, russian = re.split(r"^# ", INDEX.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert HEADER["en"] in english
    assert HEADER["ru"] in russian
    subjects = (ROOT / "docs/README.md").read_text("utf-8")
    for page in pages():
        assert f"](../tests/spec/{page.path.name})" in subjects, page.name
        assert f"]({page.path.name})" in english, page.name
        assert f"]({page.path.name}#{slug(page.titles[-1])})" in russian, page.name


@LANGUAGES
@pytest.mark.parametrize(("sign", "table"), [("÷", QUOTIENT), ("×", PRODUCT)])
def test_the_page_of_kinds_lists_what_two_of_them_make(lang: Lang, sign: str, table: Table) -> None:
    """Every product and every quotient there is, and no other."""
    kinds, mark = words(lang).kind_words, {"en": " or ", "ru": " или "}[lang]
    measured = [kind for kind in kinds if kind in MEASURE]
    rows = [
        f"| {sign} | {' | '.join(kinds[kind] for kind in measured)} |",
        f"|{'---|' * (len(measured) + 1)}",
    ]
    for left in measured:
        made = [[kinds[one] for one in measured if (left, right, one) in table] for right in measured]
        rows.append(f"| **{kinds[left]}** | {' | '.join(mark.join(several) or '–' for several in made)} |")
    assert "\n".join(rows) in (ROOM / "kind.md").read_text("utf-8")
    assert {kind for triple in table for kind in triple} <= {*measured}


@LANGUAGES
def test_the_page_of_advice_lists_every_word_that_answers_it(lang: Lang) -> None:
    text = (ROOM / "allow.md").read_text("utf-8")
    assert not [word for word in words(lang).advice if f"| `{word}` |" not in text]


# ── What is compared ─────────────────────────────────────────────────────────────────────────────────────


def at(page: Page, block: Block) -> str:
    """Where a block stands."""
    return f"{page.path.name}:{block.first + 1}"


def pairs(page: Page) -> Iterator[tuple[Block, Block]]:
    """The plans of a page, each in both languages."""
    return zip(page.plans("en"), page.plans("ru"), strict=True)


@cache
def parsed_of(block: Block) -> Parsed:
    """A plan as it stands on the page, without a header of ours."""
    return parse(Source("", block.text, beside(block)))


def named(node: object) -> list[str]:
    """The author's names in a tree, in their order."""
    match node:
        case tree.Name(text):
            return [text]
        case tuple():
            return [name for part in node for name in named(part)]
        case tree.Placed() | tree.Plan():
            return [name for field in fields(node) if field.init for name in named(getattr(node, field.name))]
        case _:
            return []


def sound(parsed: Parsed) -> tree.Plan:
    """The lines of a plan that hold no mistake."""
    lines = parsed.tree.statements
    broken = parsed.doubts.places
    return replace(
        parsed.tree,
        statements=tuple(line for line in lines if not any(line.place.inside(place) for place in broken)),
    )


def bare(node: Any, names: Mapping[str, str], *, labels: bool = False) -> Any:
    """A tree with other names, and without labels and other prose unless they are to stay."""
    match node:
        case tree.Name(text):
            return replace(node, text=names.get(text, text))
        case tree.Text():
            return node if labels else replace(node, text="")
        case tuple():
            return tuple(bare(part, names, labels=labels) for part in node)
        case tree.Placed() | tree.Plan():
            inside = [
                field.name for field in fields(node) if field.init and field.name not in {"place", "notes"}
            ]
            parts = {name: bare(getattr(node, name), names, labels=labels) for name in inside}
            return replace(node, **parts)
        case _:
            return node


def digest(page: Page, plan: Block, names: Mapping[str, str]) -> str | None:
    """The digest of a plan with other names; None where it has mistakes."""
    parsed = parse(source_of(page.name, plan))
    compiled = compile_plan(check(replace(parsed, tree=bare(parsed.tree, names, labels=True))))
    return compiled.kernel.digest if isinstance(compiled, Compiled) else None


def words_of(text: str, lang: Lang) -> list[tuple[str, str]]:
    """A text word by word, without comments, and without the author's own words.

    Nor with the brackets round one such word, which only one of the languages may need.
    """
    tokens = [token for token in grammar(lang).named(text) if token.type not in {"COMMENT", "NEWLINE"}]
    for at in range(len(tokens) - 3, -1, -1):
        if [token.type for token in tokens[at : at + 3]] == ["OPEN", "NAME", "CLOSE"]:
            tokens[at : at + 3] = [tokens[at + 1]]
    return [(token.type, "" if token.type in {"NAME", "STRING"} else str(token)) for token in tokens]
