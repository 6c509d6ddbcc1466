"""The parse tables that are kept are those of the grammar and its words, and read what the grammar reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dsl.parse.build import Builder
from dsl.parse.grammar import Unparsed, grammar, read, text
from dsl.parse.lines import rows
from dsl.parse.tables import TABLES, kept, made, origin
from dsl.source import Source
from dsl.words import LANGS, Lang, words
from tests.support.places import PLANS
from tests.support.work import apart


@pytest.mark.parametrize("lang", LANGS)
def test_tables_are_current(lang: Lang) -> None:
    assert kept(lang)["of"] == origin(text(words(lang))), "make tables"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_tables_come_out_alike(seed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of sets in the process that works them out."""
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    anew = apart("dsl.parse.renew:written", "ru", seconds=120, megabytes=2000)
    assert anew == TABLES.joinpath("ru.json").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_tables_read_what_the_grammar_reads(lang: Lang) -> None:
    vocabulary, loaded = words(lang), grammar(lang)
    anew = made(text(vocabulary), transformer=Builder(vocabulary), postlex=Unparsed())
    worked_out = replace(loaded, lark=anew)
    for path in PLANS:
        source = Source(path.name, path.read_text("utf-8"))
        found, again = rows(source, loaded), rows(source, worked_out)
        assert found == again
        assert [read(row.tokens, loaded) for row in found[0]] == [
            read(row.tokens, worked_out) for row in found[0]
        ]


def test_tables_of_another_grammar_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary = words("en")
    monkeypatch.setattr(
        "dsl.parse.grammar.text", lambda _: text(vocabulary).replace("title: PLAN", "title: PLAN PLAN")
    )
    changed = grammar.__wrapped__("en")
    twice = rows(Source("", 'plan plan "Sales"'), changed)[0][0]
    assert read(twice.tokens, changed) is not None
    assert read(twice.tokens, grammar("en")) is None
