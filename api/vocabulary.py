"""The words of the plan language as a vocabulary: what each does, and whether it can be a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dsl.faults import nearest, phrase
from dsl.node import node
from dsl.parse.grammar import grammar
from dsl.parse.mistakes.spelling import synonyms
from dsl.words import LANGS, Lang, words


@node
class Headword:
    """A word of the language: how it is written in each, what it does, and whether it can be a name.

    The first spelling is the one that the formatter prints.
    """

    keyword: str
    english: tuple[str, ...]
    russian: tuple[str, ...]
    does: str
    name: bool

    def spelt(self, lang: Lang) -> tuple[str, ...]:
        """Its spellings in a language."""
        return self.english if lang == "en" else self.russian


def vocabulary(lang: Lang) -> Iterator[Headword]:
    """All words, told in a language; each can be a name where the plan is in that language."""
    free = grammar(lang).naming.free
    for keyword, spellings in words(lang).spellings.items():
        yield Headword(
            keyword,
            words("en").spellings[keyword],
            words("ru").spellings[keyword],
            phrase(f"does.{keyword}", lang),
            keyword.upper() in free and any(map(str.isidentifier, spellings)),
        )


def found(typed: str, lang: Lang) -> list[Headword]:
    """The words that somebody may mean who types one: itself, those it is a part of, one that says the same,
    or the nearest."""
    word = " ".join(typed.casefold().split())
    spelt, alike = _spelt(), _alike()
    within = [keywords for spelling, keywords in spelt.items() if f" {word} " in f" {spelling} "]
    parts = [keyword for keywords in within for keyword in keywords]
    near = nearest(word, [*spelt, *alike]) or ""
    known = spelt.get(word) or parts or alike.get(word) or spelt.get(near) or alike.get(near, [])
    return [one for one in vocabulary(lang) if one.keyword in known]


@cache
def _spelt() -> dict[str, list[str]]:
    """The keywords of each spelling of both languages."""
    meant: dict[str, list[str]] = {}
    for lang in LANGS:
        for keyword, spellings in words(lang).spellings.items():
            for spelling in spellings:
                meant.setdefault(spelling.casefold(), []).append(keyword)
    return meant


@cache
def _alike() -> dict[str, list[str]]:
    """The keywords that people may mean by a word of their own, in both languages."""
    meant: dict[str, list[str]] = {}
    for lang in LANGS:
        for other, keywords in synonyms(lang).items():
            meant.setdefault(other, []).extend(keywords)
    return meant
