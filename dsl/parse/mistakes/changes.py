"""Small changes of a line, each with its cost: a word read as another, left out, or put in.

What carries meaning (a number, a sign, a text, a name of the plan) is never lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...faults.forms import inflected
from ...words import currencies
from ..language import ASIDE
from ..limits import SCANNED
from ..lines import CLAUSES, SIDES
from .case import Broken
from .near import FORM, SAID, SMALL, denials, meant, signs, small
from .phrases import CONDITIONAL
from .spelling import LONGEST, WAYS, synonyms

# What it costs to leave out a mark, to put in a word, and to leave out one that says something.
SIGN, PUT, FREE = 2, 3, 4
# A word of the language that could stand where it stands is less likely another.
RIGHT = 1

# Words that only join others: people take one for another, and put in one too many.
JOINING = frozenset({"OF", "ON", "BY", "TO", "UP_TO", "FROM", "AT", "FOR", "WITHIN", "DURING"})
# Words that are put in where they were left out, and what stands before them there.
LEFT_OUT = {"of": "PERCENT", "on": "COMMISSION", "to": "DATE", "is": "NAME"}
# Marks of a sentence, which a plan does not need, and those between a table and its field.
MARKS, FIELDS = frozenset(",.:;|"), frozenset(".:!")
SOURCES = frozenset({"TAKEN_FROM", "FACTS_FROM"})
WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Swap:
    """Other words for some tokens of a line, and how far they are from what is written."""

    start: int
    end: int
    words: str
    cost: int


@dataclass(frozen=True, slots=True)
class Around:
    """What the plan around a line knows of its words.

    `kept` are words in small letters that stand elsewhere too, in whatever form, or that the language calls
    things by; `forms` are names of the plan by those of their forms that the line has. Where facts are
    `declared`, a name that stands nowhere else is hardly one.
    """

    kept: frozenset[str]
    forms: Mapping[str, str]
    declared: bool


def changes(case: Broken, at: int, could: frozenset[str], known: Around, *, spare: bool) -> Iterator[Swap]:
    """What may be changed at a token where some terminals could stand; a `spare` word may be left out."""
    vocabulary = case.rules.words
    for keyword, before in LEFT_OUT.items():
        if keyword.upper() in could and case.kind(at - 1) == before:
            yield Swap(at, at, vocabulary[keyword], PUT)
    if at == len(case.tokens):
        return
    yield from _signs(case, at, could)
    if case.tokens[at][0].isalpha():
        yield from _joining(case, at, could)
        yield from _field(case, at, could, known)
        # What stands behind the end of a line is no part of it, even if the plan knows it.
        plain = case.tokens[at].casefold()
        kept = could != {"$END"} and (plain in known.kept or plain in vocabulary.kinds)
        kept = kept or plain in denials(vocabulary.lang)
        # What is declared is not left out, even where its line begins with other words.
        declared = case.kind(at + 1) in {"STRING", "EQ"}
        if spare and at and case.kind(at) == "NAME" and not (declared or kept):
            yield Swap(at, at + 1, "", FREE)
    if case.tokens[at][0].isalpha() or case.tokens[at] == ",":
        yield from _meant(case, at, could, known)


def _signs(case: Broken, at: int, could: frozenset[str]) -> Iterator[Swap]:
    """Marks and signs left out, or read as a word."""
    words = case.rules.words
    token, kind = case.tokens[at], case.kind(at)
    if token in MARKS and case.kind(0) in SIDES and not any(case.kind(one) == "COLON" for one in range(at)):
        # Behind the bound of a row it parts that from its value.
        yield Swap(at, at + 1, ":" if at > 1 else "", SIGN)
    elif token in MARKS and any(case.kind(one) in SOURCES for one in range(at)):
        # What facts are taken from is not left out.
        yield from [Swap(at, at + 1, words["or"], SMALL)] if "OR" in could else []
    elif token in MARKS:
        yield Swap(at, at + 1, "", SIGN)
        joined = any(case.kind(one) in CONDITIONAL | {"MATRIX_BY"} for one in range(at))
        if token in {",", ";"} and "AND" in could and joined:
            yield Swap(at, at + 1, words["and"], SMALL)
    elif kind == "DIVIDE" and "OF" in could:
        yield Swap(at, at + 1, words["of"], SMALL)
    elif kind == "TIMES" and "NUMBER" in could and case.kind(at + 1) == "NUMBER":
        yield Swap(at, at + 1, "", SIGN)
    elif (kind == "AND" and case.kind(at + 1) in CLAUSES) or (kind == "IS" and case.kind(at - 1) != "NAME"):
        yield Swap(at, at + 1, "", SMALL)


def _joining(case: Broken, at: int, could: frozenset[str]) -> Iterator[Swap]:
    """A word that only joins others left out, or taken for another one."""
    words, kind = case.rules.words, case.kind(at)
    if kind in JOINING or (kind == "NAME" and case.tokens[at].casefold() in small(words.lang)):
        yield Swap(at, at + 1, "", SMALL)
        for keyword in sorted(JOINING & could - {kind}):
            yield Swap(at, at + 1, words[keyword.lower()], SMALL + RIGHT * (kind in could))


def _field(case: Broken, at: int, could: frozenset[str], known: Around) -> Iterator[Swap]:
    """`Sales.Sum`: a field of a table, which the plan calls by one of its words."""
    named = "NAME" in could and case.kind(at) == case.kind(at + 2) == "NAME"
    if named and case.tokens[at + 1] in FIELDS and case.glued(at, at + 3):
        names = [one for one in (at, at + 2) if case.tokens[one].casefold() in known.kept]
        if len(names) == 1:
            yield Swap(at, at + 3, str(case.tokens[names[0]]), SAID)


def _meant(case: Broken, at: int, could: frozenset[str], known: Around) -> Iterator[Swap]:
    """Words read as some of the language that they are near to."""
    lang, kind = case.rules.words.lang, case.kind(at)
    first = at + (case.tokens[at] == ",")
    right = RIGHT * (kind in could & case.rules.keywords)
    for end in range(first + 1, min(at + LONGEST, case.line_end(at)) + 1):
        last = case.tokens[end - 1]
        if not last[0].isalpha() or (last.type == "NAME" and last.casefold() in known.kept):
            break
        case.work.spend(1)
        typed = " ".join(case.tokens[first:end]).casefold()
        said = (*synonyms(lang).get(typed, ()), *signs(lang).get(typed, ()))
        # What is a word of the language is another only where people say it for that.
        fixed = end == first + 1 and kind in case.rules.keywords
        whom = case.kind(end) == "NAME" and case.kind(end + 1) in {"IS", "IS_NOT", "NAME"}
        for keyword, spelling, cost in meant(typed, lang):
            if keyword.upper() not in could or (first > at and keyword not in WAYS):
                continue
            if typed == spelling or (fixed and keyword not in said):
                continue
            if keyword == "for":
                # For whom a KPI is, and when a line is paid, is told apart by what the condition is of.
                if whom:
                    yield Swap(at, end, spelling, FORM)
            elif keyword == "of" and case.kind(at - 1) == "PERCENT":
                yield Swap(at, end, spelling, FORM)
            else:
                yield Swap(at, end, spelling, cost + right)


def known(case: Broken) -> Around:
    """What the plan around a line knows of its words."""
    case.work.spend(len(case.text) // SCANNED)
    vocabulary, others = case.rules.words, _words(case.text)
    own = Counter(WORD.findall(ASIDE.sub(" ", case.raw(0, len(case.tokens)))))
    kept = {token.casefold() for token in case.tokens if token in currencies()} | {*vocabulary.laws}
    forms: dict[str, str] = {}
    for word, times in own.items():
        plain = word.casefold()
        if plain in small(vocabulary.lang) or plain in vocabulary.kinds:
            continue
        if others[word] > times:
            kept.add(plain)
            continue
        near = [
            one
            for one in others
            if one[:2].casefold() == plain[:2] and one not in own and inflected(plain, one, vocabulary.lang)
        ]
        kept.update([plain] if near else [])
        forms.update({word: near[0]} if len(near) == 1 else {})
    declared = any(one in others for one in vocabulary.spellings["fact"])
    return Around(frozenset(kept), forms, declared)


@lru_cache(maxsize=4)
def _words(text: str) -> Counter[str]:
    """How often each word stands in a text, outside of texts for people and comments."""
    return Counter(WORD.findall(ASIDE.sub(" ", text)))
