"""The house in order: every construct has its page, and the word lists of the two languages match."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from lark import Lark, Tree

from dsl import tree
from dsl.faults.nearest import LOOKALIKES
from dsl.parse import parse
from dsl.parse.build import RULES, Builder
from dsl.parse.grammar import Grammar, Unparsed, grammar, read, text
from dsl.parse.lines import rows
from dsl.parse.tables import STARTS
from dsl.source import Source
from dsl.tree.declared import DECLARED, Piece, Together, Word
from dsl.words import LANGS, KindName, Lang, currencies, words
from tests.support.pages import Page, pages
from tests.support.places import ROOT

# ── Every construct has its page ─────────────────────────────────────────────────────────────────────────


def constructs() -> set[str]:
    """The rules of the grammar that make something, and the classes of the tree that something is made of."""
    made = {rule.alias or rule.origin.name for rule in grammar("en").lark.rules}
    rules = {name for name, _ in inspect.getmembers(Builder, inspect.isfunction) if name in made}
    nodes = [one for _, one in inspect.getmembers(tree, inspect.isclass) if issubclass(one, tree.Placed)]
    made_of = (one for one in nodes if not one.__subclasses__() or one in RULES)
    return rules | {one.__name__ for one in made_of}


def test_every_construct_has_its_page() -> None:
    """The pages cover the grammar and the tree, and nothing that there is not."""
    covered = {name for page in pages() for name in page.covers}
    assert covered == constructs()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_shows_what_it_covers(page: Page) -> None:
    """A construct stands in a plan of the page that covers it."""
    assert set(page.covers) <= set(shown(page))


def test_every_clause_is_declared() -> None:
    """The union of clauses has those that are declared, and each field of them is in the pattern."""
    assert {*tree.CLAUSE_ORDER} == {*DECLARED}
    for clause in tree.CLAUSE_ORDER:
        fields_ = {entry.name for entry in fields(clause)} - {"place", "rows"}
        assert fields_ == {*names(clause.declared.pieces)}
        assert clause.declared.wants.keys() <= fields_


def names(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """The fields of some pieces of a pattern."""
    for piece in pieces:
        match piece:
            case Word():
                pass
            case Together(inner):
                yield from names(inner)
            case _:
                yield piece.name


def shown(page: Page) -> Iterator[str]:
    """The rules and the classes that the English plans of a page are made of."""
    rules = untransformed()
    for plan in page.blocks:
        if plan.sort != "premia" or plan.lang != "en":
            continue
        source = Source(page.name, plan.text)
        yield from classes(parse(source).tree)
        for row in rows(source, rules)[0]:
            found: object = read(row.tokens, rules)
            if isinstance(found, Tree):
                yield from (str(part.data) for part in found.iter_subtrees())


@cache
def untransformed() -> Grammar:
    """The English grammar, whose parser leaves the rules by their names."""
    english = grammar("en")
    lark = Lark(text(english.words), start=[*STARTS], parser="lalr", lexer="basic", postlex=Unparsed())
    return replace(english, lark=lark, columns=True)


def classes(node: object) -> Iterator[str]:
    """The names of the classes that a tree is made of."""
    match node:
        case tuple():
            for part in node:
                yield from classes(part)
        case tree.Placed() | tree.Plan():
            yield type(node).__name__
            for field in fields(node):
                yield from classes(getattr(node, field.name))
        case _:
            return


# ── The words of both languages ──────────────────────────────────────────────────────────────────────────

LANGUAGES = pytest.mark.parametrize("lang", LANGS)


def test_word_lists_are_complete() -> None:
    """What one language has a word for, the other has too."""
    one, other = (words(lang) for lang in LANGS)
    assert one.spellings.keys() == other.spellings.keys()
    # A choice is said by its values, and not by a word.
    assert one.kind_words.keys() == other.kind_words.keys() == {*get_args(KindName)} - {"choice"}
    assert one.decimal != other.decimal
    assert (one.decimal, one.mistaken) == (other.mistaken, other.decimal)


# In `round(x to 1)` and in `up to 10: …` one Russian word; the grammar reads it as `to` in both.
TWICE: dict[Lang, dict[str, str]] = {"en": {}, "ru": {"до": "to"}}


@LANGUAGES
def test_no_two_keywords_share_a_spelling(lang: Lang) -> None:
    spellings = [spelling.casefold() for several in words(lang).spellings.values() for spelling in several]
    assert [spelling for spelling, count in Counter(spellings).items() if count > 1] == [*TWICE[lang]]


@LANGUAGES
def test_every_spelling_is_read_as_its_keyword(lang: Lang) -> None:
    """By itself, in capital letters, and with other spaces between its words."""
    rules = grammar(lang)
    for keyword, several in words(lang).spellings.items():
        for spelling in several:
            for typed in (spelling, spelling.upper(), spelling.replace(" ", " \u00a0 ")):
                read_as = TWICE[lang].get(spelling, keyword)
                assert [token.type for token in rules.lex(typed)] == [read_as.upper()], typed


@LANGUAGES
def test_every_kind_is_read(lang: Lang) -> None:
    fact = words(lang)["fact"]
    for word, kind in words(lang).kinds.items():
        (line,) = parse(Source("", f"{fact} x {word}")).tree.statements
        assert isinstance(line, tree.Fact)
        assert line.kind == tree.Kind(kind, word)


def test_no_word_is_of_both_languages() -> None:
    """The words of a text tell its language, so no word of one may be, or look like, a word of the other."""
    spelled = [[*chain.from_iterable(words(lang).spellings.values())] for lang in LANGS]
    one, other = ({word.casefold().translate(LOOKALIKES) for word in spellings} for spellings in spelled)
    assert not one & other


def test_signs_of_currencies_mean_one_thing() -> None:
    """A sign that both languages know is of one currency, and every sign is of a currency that there is."""
    one, other = (words(lang).signs for lang in LANGS)
    assert {sign for sign in one.keys() & other.keys() if one[sign] != other[sign]} == set()
    assert {*one.values(), *other.values()} <= currencies().keys()


def test_only_what_is_no_payslip_is_called_one() -> None:
    """The paper is gross: a payslip is named only where it says that it is none. A draw is told in full."""
    files = [path for top in ("api", "dsl", "engine", "docs") for path in sorted((ROOT / top).rglob("*"))]
    for path in files:
        if path.suffix in {".md", ".toml"}:
            said = " ".join(path.read_text("utf-8").split())
            for called in re.finditer(r"(?i)расч[её]тн\w+ лист\w*|payslip", said):
                near = said[called.start() - 80 : called.end() + 40]
                assert re.search(r"136|no payslip", near), (path.name, near)
            assert not re.search(r"(?i)аванс\w*(?! в сч[её]т комиссии)\b", said), path.name


# ── A printed sentence leads home ────────────────────────────────────────────────────────────────────────

SAYING = {"say", "words", "phrase", "forms", "get", "vocabulary"}  # functions that are asked for a key
# Where keys are made of a prefix and a member of a closed union that has one word for each of many.
MADE = {
    "api/cli/examples.py": "what an example can reach: a sentence for each of a dozen, called as in the data",
    "api/diff/plans.py": "the slot of a clause, where the comparison has another word than the language",
    "api/diff/people.py": "everything that a plan declares, each with its own word",
    "api/vocabulary.py": "all words of the language: a sentence for each keyword, called as it is",
}


def assembled(file: Path) -> Iterator[str]:
    """The keys of words that a file puts together from pieces, so that nobody who looks for one finds it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Subscript(slice=key):
                asked = True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[key, *_]):
                asked = name in SAYING
            case _:
                continue
        parts = (
            [part for part in ast.walk(key) if isinstance(part, ast.JoinedStr | ast.BinOp)] if asked else []
        )
        for part in parts:
            among = part.values if isinstance(part, ast.JoinedStr) else [part.left, part.right]
            pieces = [one.value for one in among if isinstance(one, ast.Constant)]
            if pieces and all(re.fullmatch(r"[a-z_.]{2,}", str(piece)) for piece in pieces):
                yield ast.unparse(part)


# Formulas, and the operations that they become: the same thing at two stages of a plan's way.
STAGES = {"Arithmetic", "Choice", "Comparison", "Denial", "Extreme", "Logic", "Elapsed", "Rounded"}
# What a plan and a sheet of paper both have, and what a body holds beside what is made of it.
SHARED = (
    STAGES | {"Figure", "Row", "Section", "Table", "Column", "Records", "RecordsTable"} | {"Bridge", "Person"}
)


def test_one_name_means_one_thing() -> None:
    """No two classes are called alike."""
    rooms = [file for room in ("dsl", "engine", "api") for file in (ROOT / room).rglob("*.py")]
    nodes = chain.from_iterable(ast.walk(ast.parse(file.read_text("utf-8"))) for file in rooms)
    names = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    assert {name for name, times in names.items() if times > 1} <= SHARED


def test_no_key_is_assembled() -> None:
    """Whoever looks for the key of a printed sentence finds the file that says it."""

    rooms = [file for room in ("dsl", "engine", "api") for file in sorted((ROOT / room).rglob("*.py"))]
    found = {str(file.relative_to(ROOT)): keys for file in rooms if (keys := [*assembled(file)])}
    assert found.keys() == MADE.keys(), found


def test_an_assembled_key_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(
        'a(w[f"on_{x}"], say(f"a.{x}"), w["on_" + x], w[x if y else f"{x}_of"], w["x"], say(x))\n'
    )
    assert len([*assembled(file)]) == 4
