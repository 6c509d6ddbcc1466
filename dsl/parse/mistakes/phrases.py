"""What people say in several words, said as a plan says it: `less than 5`, `from 1 000 up to 3 000:`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from ...data import table
from ...faults.forms import inflected
from ...words import Lang, words
from ..limits import SCANNED
from ..lines import ROWS
from .case import Broken, Facts, Repair, places_back, short
from .expected import tabled
from .known import lines_of_pay
from .saying import further, said
from .slots import Slots, filled

FIRST = 2  # letters that forms of one word begin with
# What a condition comes after.
CONDITIONAL = frozenset({"IF", "ONLY_IF", "UNLESS", "SPREAD_IF", "FOR", "WHERE"})
# Rows that begin where the one above ends with its bound, and those that begin with their own bound.
# What begins with a number is read as `up to` first.
UPWARDS = frozenset({"UP_TO", "TO", "ABOVE", "NUMBER", "PERCENT"})
DOWNWARDS = frozenset({"BELOW", "FROM"})
DASHES = frozenset({"-", "–", "—"})
VALUES = frozenset({"NUMBER", "PERCENT"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and slots as they are typed, and the ways a plan may say them; a `sole` one is no guess.

    A part is one of several words, or a slot; one that may be missing has an empty word among its own.
    """

    parts: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]
    sole: bool = False

    @property
    def begins(self) -> frozenset[str]:
        """The words and slots that it may begin with."""
        first = len([*takewhile(lambda part: "" in part, self.parts)]) + 1
        return frozenset(word for part in self.parts[:first] for word in part if word)


@cache
def phrases(lang: Lang) -> Mapping[str, tuple[Phrase, ...]]:
    """The phrases of a language, by where in a line they stand."""
    return {
        where: tuple(_phrase(typed, said) for typed, said in listed.items())
        for where, listed in table("grammars", "phrases.toml")[lang].items()
    }


def _phrase(typed: str, said: str | list[str]) -> Phrase:
    ways = (said,) if isinstance(said, str) else tuple(said)
    return Phrase(tuple(tuple(part.split("|")) for part in typed.split()), ways, isinstance(said, str))


def same(typed: str, said: str, lang: Lang) -> bool:
    """Whether a plan has one way to say a phrase, and that is said."""
    plain = " ".join(re.findall(r"\w+|[^\w\s]", typed.casefold()))
    return any(
        "".join(way.format_map(found.groupdict()).split()) == "".join(said.split())
        for way, pattern in _sole(lang)
        if (found := pattern.fullmatch(plain))
    )


@cache
def _sole(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What has one way to be said, with the pattern of what people write instead."""
    return tuple(
        (phrase.said[0], re.compile(" ".join(map(_part, phrase.parts))))
        for several in phrases(lang).values()
        for phrase in several
        if phrase.sole
    )


def _part(words: tuple[str, ...]) -> str:
    """The pattern of one word of a phrase, or of a slot."""
    slot = words[0].startswith("{")
    return f"(?P<{words[0][1:-1]}>.+)" if slot else f"(?:{'|'.join(map(re.escape, words))})"


def spoken(case: Broken) -> Iterator[Repair]:
    """Each phrase that stands around the mistake, said as a plan says it."""
    lang = case.rules.words.lang
    case.work.spend(len(case.text) // SCANNED)
    for start in dict.fromkeys([0, *reversed([*places_back(case)])]):
        for where in _wheres(case, start):
            for phrase in beginning(lang, where, _first(case.tokens[start])[:FIRST]):
                if case.work.done:
                    return
                for end, slots in _matched(case, phrase.parts, start, (), {}):
                    yield from _said(case, where, phrase, start, end, slots)


def _first(typed: str) -> str:
    """The first word of a token, which may hold several."""
    return typed.casefold().partition(" ")[0]


@lru_cache(maxsize=4096)
def beginning(lang: Lang, where: str, letters: str) -> tuple[Phrase, ...]:
    """The phrases of a section that may begin with a word of such first letters."""
    return tuple(
        phrase
        for phrase in phrases(lang).get(where, ())
        if any(word.startswith("{") or word[:FIRST] == letters for word in phrase.begins)
    )


@cache
def kind_said(word: str, lang: Lang) -> str | None:
    """The kind that people call by another word."""
    found = (phrase for phrase in phrases(lang)["fact"] if len(phrase.parts) == 1)
    kinds = {said: one.said[0] for one in found for said in one.parts[0]}
    meant = kinds.get(word.casefold())
    return meant if meant in words(lang).kinds else None


def _wheres(case: Broken, start: int) -> Iterator[str]:
    """The sections of phrases that may stand at a token."""
    if start == 0:
        yield "row"
        yield "line"
        yield "any"
        return
    if any(case.kind(at) in CONDITIONAL for at in range(start)):
        yield "condition"
    if case.rules.columns:
        yield "column"
    if start > 1 or case.kind(0) != "FACT":
        yield case.kind(0).lower()
    yield "any"


def _said(case: Broken, where: str, phrase: Phrase, start: int, end: int, slots: Slots) -> Iterator[Repair]:
    """The ways in which a plan says a phrase that ends before a token."""
    if "{line}" in phrase.said[0]:
        # Where several lines pay, nobody can tell which of them is meant.
        lines = lines_of_pay(case.text, case.rules.words.lang)
        if lines:
            ways = [phrase.said[0].format_map({**slots, "line": line}) for line in lines]
            yield said(case, start, end, ways, offered=len(ways) == 1)
        return
    if "{next}" in phrase.said[0]:
        # So much more than the row above ends with.
        before = number(case.above[1]) if len(case.above) > 1 else None
        size = number(slots["a"])
        if before is None or size is None:
            return
        slots = {**slots, "next": _spaced(before + size)}
    ways, offered = [way.format_map(slots) for way in phrase.said], True
    if where == "row":
        optional = ":" in phrase.parts[-1]
        parted = "COLON" in {case.kind(end), case.kind(end - 1)} or _dashed(case, end)
        if not parted and not (optional and tabled(case)):
            return
        above = case.above[0].type if case.above else ""
        if above == "AT" and "b" in slots:
            whole = len(case.tokens)
            if not _pointed(case):
                # No other row is the point that this one goes on to.
                last = f"{case.rules.words['at']} {slots['b']}"
                yield Repair("P109", start, end, last, {"instead": last})
                return
            # Between the points of a line all is computed, so that a row for it says nothing.
            point = (f"{case.rules.words['at']} {_middle(slots)}{short(case.raw(end, whole))}",)
            word = short(case.raw(0, whole))
            yield Repair("P189", 0, whole, "", {"word": word, "instead": point}, offered=False)
            return
        if "at " in ways[0] or "при " in ways[0]:
            if above == "AT" or _pointed(case):
                yield Repair("P109", start, end, ways[0], {"instead": ways[0]})
            return
        if above in DOWNWARDS:
            ways.sort(key=lambda way: case.rules.words["from"] not in way)
        elif above in UPWARDS:
            ways.sort(key=lambda way: case.rules.words["from"] in way)
        offered = above in ROWS or len(ways) == 1 or slots.get("a", "1").strip("0% ") == ""
    for way in ways:
        if way and (where == "row" or phrase.sole):
            beyond = further(case, start, end)
            yield Repair("P109", start, end, way, {"instead": way}, beyond=beyond, offered=offered)
        elif way:
            yield said(case, start, end, [way], offered=offered)
        else:
            yield Repair("P134", start, end, "", {"word": (short(case.raw(start, end)),)})


def directed(case: Broken) -> Iterator[Repair]:
    """The direction of a KPI in a line of pay, in other words: `10 * calls the fewer the better`."""
    start, vocabulary = case.index, case.rules.words
    if start == len(case.tokens) or "ONLY_IF" not in case.expected or "LESS_IS_BETTER" in case.expected:
        return
    for phrase in beginning(vocabulary.lang, "name", _first(case.tokens[start])[:FIRST]):
        if phrase.said[0] in vocabulary.spellings["less_is_better"]:
            for end, _ in _matched(case, phrase.parts, start, (), {}):
                facts: Facts = {"line": short(case.tokens[0]), "instead": ("phrase:gate",)}
                yield Repair("P152", start, end, "", facts, offered=False)


def _middle(slots: Slots) -> str:
    """Half way between two bounds; the lower one where they are no plain numbers."""
    low, high = (number(slots[one]) for one in ("a", "b"))
    if low is None or high is None or (low + high) % 2:
        return slots["a"]
    return _spaced((low + high) // 2)


def number(typed: str) -> int | None:
    """A whole number as it is typed, without the blanks in it."""
    plain = "".join(typed.split())
    return int(plain) if plain.isdecimal() else None


def _spaced(size: int) -> str:
    return f"{size:,}".replace(",", " ")


def _dashed(case: Broken, at: int) -> bool:
    """Whether a dash stands for the colon of a row, with its only value behind."""
    dash = at < len(case.tokens) and case.tokens[at] in DASHES
    return dash and tabled(case) and case.kind(at + 1) in VALUES and at + 2 == len(case.tokens)


def _pointed(case: Broken) -> bool:
    """Whether the row below begins with a point of a line."""
    rest = case.text[case.place(0, len(case.tokens)).end :].lstrip()
    return rest.casefold().startswith(case.rules.words["at"] + " ")


def matched(case: Broken, phrase: Phrase, start: int) -> tuple[int, Slots] | None:
    """Where a phrase that begins at a token ends first, and what stands in its slots."""
    return next(_matched(case, phrase.parts, start, (), {}), None)


def _matched(
    case: Broken, parts: tuple[tuple[str, ...], ...], at: int, waiting: tuple[str, ...], slots: Slots
) -> Iterator[tuple[int, Slots]]:
    """Where a phrase may end that goes on at a token, and what stands in its slots.

    `waiting` are the words of the token before it that the phrase has not come to.
    """
    if not parts:
        if not waiting:
            yield at, slots
        return
    part, rest = parts[0], parts[1:]
    if part[0].startswith("{"):
        for end, found in () if waiting else filled(case, part[0][1:-1], at, slots):
            yield from _matched(case, rest, end, (), {**slots, **found})
        return
    taken, spoken_ = at, waiting
    if not spoken_ and at < len(case.tokens):
        taken, spoken_ = at + 1, tuple(case.tokens[at].casefold().split()) or ("",)
    if spoken_ and _is(spoken_[0], part, case.rules.words.lang):
        yield from _matched(case, rest, taken, spoken_[1:], slots)
    if "" in part:
        yield from _matched(case, rest, at, waiting, slots)


def _is(word: str, part: tuple[str, ...], lang: Lang) -> bool:
    """Whether a word is one of some words, or a form of one."""
    return word in part or (
        word[:1].isalpha() and any(one[:1].isalpha() and inflected(word, one, lang) for one in part)
    )
