"""A row of a table in whatever words: its bounds, which of them are its own, and where its value begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from ...data import table
from ...place import Place
from ...words import Lang, currencies, words
from .digits import grouped

LINES = 60  # rows of a table that are looked at
THOUSANDS = 3  # digits of a group
BOUND = re.compile(
    r"\s*(?P<money>[$€£₽]?)(?P<digits>\d+(?:[ \xa0]\d{3})*(?:[.,]\d+)*)(?!\d)(?:\s?(?P<sign>%))?"
)
WORD = re.compile(r"[ \xa0]?(?P<word>[^\W\d_]+|[€$£₽])\.?")
# What parts the bounds of a row from its value.
APART = re.compile(r"(?:\s*(?::|->|→|=)|\s+[-–—](?=\s))\s*(?=[^\s#])|\s+(?=[\d$€£₽])")
# Sorts of words around a bound, and whether a row that has them has the bound.
SIDED = frozenset({"low", "high", "more", "less"})
INSIDE = {"including": 1, "without": -1}


@dataclass(frozen=True, slots=True)
class RangeBound:
    """A bound as it is typed, and whether the row has it: 1 where it does, -1 where it does not, else 0."""

    money: str
    digits: str
    many: int
    unit: str
    inside: int

    @property
    def size(self) -> Fraction:
        """The number that it is."""
        return Fraction("".join(self.digits.split()).replace(",", ".")) * self.many

    @property
    def text(self) -> str:
        """The bound as a plan has it."""
        whole = grouped(str(self.size)) if self.many > 1 and self.size.denominator == 1 else self.digits
        return f"{self.money}{whole}{self.unit}"

    @property
    def step(self) -> Fraction:
        """One of its last decimal place."""
        return Fraction(1, 10 ** len("".join(re.split("[.,]", self.digits)[1:])))


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A row of a table as it is typed: its bounds, where they end and where its value begins."""

    at: Place
    low: RangeBound | None
    high: RangeBound | None
    bounded: int
    value: int


@dataclass(slots=True)
class Scan:
    """A line of the text, read from its beginning as far as it is like a row of a table."""

    text: str
    lang: Lang
    at: int = 0

    def word(self, *parts: str) -> tuple[str, int] | None:
        """The longest of the words of some sorts here: which sort it is, and whether a bound is in it."""
        for said, sort, inside in _words(self.lang):
            if sort in parts and (found := said.match(self.text, self.at)) is not None:
                self.at = found.end()
                return sort, inside
        return None

    def led(self, *parts: str) -> tuple[str, int] | None:
        """The same behind a word that says nothing: `for up to 5`, which `at least 5` does not begin with."""
        return self.word(*parts) or (self.word(*parts) if self.word("around") is not None else None)

    def bound(self) -> RangeBound | None:
        """The bound that stands here; what is counted is passed over, days and a currency belong to it."""
        found = BOUND.match(self.text, self.at)
        digits = None if found is None else _plain(found["digits"], words(self.lang).decimal)
        if found is None or digits is None:
            return None
        self.at = found.end()
        many = self._multiple()
        unit = found["sign"] or self.unit()
        return RangeBound(found["money"] or "", digits, many, unit, 0)

    def _multiple(self) -> int:
        """What a word in place of zeros multiplies by: `100 тыс.`, `5k`."""
        known: Mapping[str, int] = table("grammars", "synonyms.toml")["multiples"][self.lang]
        found = WORD.match(self.text, self.at)
        many = known.get(found["word"].casefold(), 1) if found else 1
        self.at = found.end() if found and many > 1 else self.at
        return many

    def unit(self) -> str:
        """A word for what is counted, which a plan leaves out; days and a currency, which it does not."""
        before = self.at
        if self.word("high", "more", "less", "inclusive", "after") is not None:
            self.at = before
            return ""
        found, vocabulary = WORD.match(self.text, self.at), words(self.lang)
        word = found["word"].casefold() if found else ""
        joins = {one.split()[0] for several in vocabulary.spellings.values() for one in several}
        if found is None or word in joins - {*vocabulary.spellings["days"]}:
            return ""
        self.at = found.end()
        kept = word in {*vocabulary.spellings["days"], *vocabulary.signs} or word.upper() in currencies()
        signed = f"{word}." in vocabulary.signs
        return f" {found['word']}{'.' if signed else ''}" if kept or signed else ""


def _plain(digits: str, decimal: str) -> str | None:
    """Digits as a plan writes them; None for a number that can be read in two ways."""
    other = "," if decimal == "." else "."
    whole, *thousands = digits.split(other)
    if any(len(part) != THOUSANDS for part in thousands):
        return None
    return grouped("".join([*whole.split(), *thousands])) if thousands else digits


def _stripe(text: str, start: int, lang: Lang) -> RangeRow | None:
    """The row of a table that a line of the text is, in whatever words."""
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end]
    for bounded in (_bounded, _left):
        scan = Scan(line, lang)
        found = bounded(scan)
        ended = scan.at
        scan.word("after")
        if found is not None and (apart := APART.match(line, scan.at)) is not None:
            begun, stop = len(line) - len(line.lstrip()), len(line.partition("#")[0].rstrip())
            at = Place(start + begun, start + stop)
            return RangeRow(at, *found, start + ended, start + apart.end()) if apart.end() < stop else None
    return None


def _left(scan: Scan) -> tuple[None, None] | None:
    """A row of all that is left, which has no bound."""
    return None if scan.led("rest") is None else (None, None)


def _bounded(scan: Scan) -> tuple[RangeBound | None, RangeBound | None] | None:
    """The bounds of a row, of which it has one or both."""
    first, one = scan.led("low", "high"), scan.bound()
    if one is None:
        return None
    inside = first[1] if first else 0
    low: RangeBound | None
    high: RangeBound | None
    if first is not None and first[0] == "high":
        low, high = None, replace(one, inside=inside)
    elif (found := _second(scan)) is not None:
        # `100–200 thousand`, `80–100%`: what both are of is said once.
        many, unit = (found.many, found.unit) if not one.unit and one.many == 1 else (one.many, one.unit)
        low, high = replace(one, many=many, unit=unit, inside=inside), found
    elif (after := scan.word("more", "less")) is not None:
        one = replace(one, inside=after[1] or inside)
        low, high = (None, one) if after[0] == "less" else (one, None)
    elif first is not None:
        low, high = replace(one, inside=inside or 1), None
    else:
        return None
    scan.unit()
    if scan.word("inclusive") is not None:
        low, high = (low, replace(high, inside=1)) if high else (low and replace(low, inside=1), None)
    return low, high


def _second(scan: Scan) -> RangeBound | None:
    """The upper bound of a row behind its lower one; a dash may also part that from the value."""
    before = scan.at
    for joint in (False, True):
        scan.at = before
        word = scan.word("high") if not joint or scan.word("joint") is not None else None
        bound = scan.bound() if word is not None else None
        if word is not None and bound is not None and APART.match(scan.text, scan.at) is not None:
            return replace(bound, inside=word[1])
    scan.at = before
    return None


def around(text: str, start: int, lang: Lang) -> list[RangeRow]:
    """The rows of the table around a line of the text, from the first to the last."""
    found: list[RangeRow] = []
    at = start
    while at > 0 and len(found) < LINES:
        above = text.rfind("\n", 0, at - 1) + 1
        if (stripe := _stripe(text, above, lang)) is None:
            break
        found.insert(0, stripe)
        at = above
    at = start
    while at < len(text) and len(found) < LINES:
        if (stripe := _stripe(text, at, lang)) is None:
            break
        found.append(stripe)
        at = text.find("\n", at) + 1 or len(text)
    return found


@cache
def _words(lang: Lang) -> Sequence[tuple[re.Pattern[str], str, int]]:
    """The words around bounds, the longest first, each with its sort and whether the row has the bound."""
    said: Mapping[str, Mapping[str, Sequence[str]]] = table("grammars", "ranges.toml")[lang]
    several = [
        (word, sort if sort in SIDED else group, INSIDE.get(group, 0))
        for sort, groups in said.items()
        for group, words in groups.items()
        for word in words
    ]
    several.sort(key=lambda one: -len(one[0]))
    return [(_pattern(word), sort, inside) for word, sort, inside in several]


def _pattern(word: str) -> re.Pattern[str]:
    """Some words with any blanks between and around them."""
    inner = r"\s+".join(map(re.escape, word.split()))
    end = r"(?!\w)" if word[-1].isalnum() else ""
    return re.compile(rf"\s*{inner}{end}", re.IGNORECASE)
