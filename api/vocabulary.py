"""The words of the plan language as a vocabulary: what each does, and whether it can be a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dsl.data import table
from dsl.faults import phrase
from dsl.faults.forms import inflected
from dsl.faults.nearest import edits
from dsl.node import node
from dsl.parse.grammar import grammar
from dsl.parse.mistakes.spelling import synonyms
from dsl.words import LANGS, Lang, words

# Where a chapter is that says no other page.
GUIDE = {"en": "docs/guide.en.md", "ru": "docs/guide.ru.md"}
# Slips of the pen in what is asked for, and so many that are near to it are named.
SLIPS, NEAR = 2, 3


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


@node
class Chapter:
    """A chapter of the guide, or another page: what it is called, and the file that it stands in."""

    title: str
    file: str


@node
class Meant:
    """What somebody may mean by some words: words of the language, and the chapters that show them."""

    words: tuple[Headword, ...]
    chapters: tuple[Chapter, ...]


def meant(typed: str, lang: Lang) -> Meant | None:
    """What somebody means by some words: a word of the language, what people call it, or a part of it."""
    asked = " ".join(typed.casefold().split())
    spelt, chapters = _spelt(), table("api", "asked.toml")["chapter"]
    called = [one for one in chapters if any(_same(asked, other) for other in one["asked"])]
    parts = [
        word for spelling, keywords in spelt.items() if f" {asked} " in f" {spelling} " for word in keywords
    ]
    known = (
        spelt.get(asked)
        or [*(word for one in called for word in one["words"]), *parts]
        or _alike().get(asked)
        or [word for spelling, keywords in spelt.items() if _same(asked, spelling) for word in keywords]
    )
    if not called:
        titled = [
            one
            for one in chapters
            if any(f" {asked} " in f" {said.casefold()} " for said in (*map(one.get, LANGS), *one["asked"]))
        ]
        shown = [one for one in chapters if not {*known[:1]}.isdisjoint(one["words"])]
        called = (shown or titled) if asked in spelt else (titled or shown)
    if not known and not called:
        return None
    headwords = {one.keyword: one for one in vocabulary(lang)}
    return Meant(
        tuple(headwords[word] for word in dict.fromkeys(known)),
        tuple(Chapter(one[lang], one.get("page", GUIDE)[lang]) for one in called),
    )


def near(typed: str) -> tuple[str, ...]:
    """What can be asked for and is spelt nearly as some words are, the nearest first."""
    asked = " ".join(typed.casefold().split())
    most = min(len(asked) // 4, SLIPS)
    others = {
        *_spelt(),
        *(other.casefold() for one in table("api", "asked.toml")["chapter"] for other in one["asked"]),
    }
    far = {other: edits(asked, other, most) for other in sorted(others)}
    return tuple(sorted((other for other in far if far[other] <= most), key=lambda other: far[other]))[:NEAR]


def _same(one: str, other: str) -> bool:
    """Whether two phrases are the same words in other forms, in either language."""
    return any(inflected(one, other, lang) for lang in LANGS)


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
