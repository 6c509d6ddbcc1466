"""What lines of all sorts are made of: places, comments, names, words for people, and values as written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field, fields
from fractions import Fraction

from ..node import node
from ..place import NOWHERE, Place
from ..words import KindName


@node
class Notes:
    """The comments of one line (with their `#`), and whether blank space stands above it.

    Among those above, an empty one is blank space between a comment and what it stands above.
    """

    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    beside: str | None = None
    apart: bool = False


@node
class Placed:
    """Anything that stands somewhere in the text."""

    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


def entries(node: Placed) -> Iterator[tuple[str, Placed | tuple[object, ...]]]:
    """The fields of a node in which others can stand, by their names."""
    for entry in fields(node):
        part = getattr(node, entry.name)
        if entry.init and isinstance(part, Placed | tuple):
            yield entry.name, part


def within(part: object) -> Iterator[Placed]:
    """A node, or some, with all that stands in them, in the order of the text.

    They may nest deeper than Python nests calls.
    """
    waiting = [part]
    while waiting:
        match waiting.pop():
            case tuple() as several:
                waiting.extend(reversed(several))
            case Placed() as node:
                yield node
                waiting.extend(reversed([inner for _, inner in entries(node)]))


OPENING = ":opening"  # behind the name of a balance, what it opens with; a dot is before that of a column


@node
class Name(Placed):
    """A name that the author gave: of a fact, a KPI, a figure, a line of pay.

    Among those whom somebody leads, `of` is what that one is called whose value is meant: `rate of head`.
    What a balance opens with has a name that no fact and no column can have.
    """

    text: str
    of: str = field(default="", compare=False, kw_only=True)

    @property
    def balance(self) -> str | None:
        """The balance of which this is what it opens with."""
        return self.text.removesuffix(OPENING) if self.text.endswith(OPENING) else None


@node
class Kind(Placed):
    """The word for a kind after a name: `money`; the kind is None where the language has no such word."""

    kind: KindName | None
    text: str = field(compare=False)


@node
class Text(Placed):
    """Words for people, in quotation marks."""

    text: str


PAIRS = {'"': '"', "«": "»", "“": "”", "„": "“"}


def quoted(text: str) -> str:
    """Words in the first pair of quotation marks that can hold them."""
    for opening, closing in PAIRS.items():
        if opening not in text and closing not in text:
            return opening + text + closing
    return '"' + text.replace('"', "") + '"'


@node
class Line(Placed):
    """One line of a plan (over one or more lines of text) with its comments."""

    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


# ── Values: numbers and their units, days, yes and no ────────────────────────────────────────────────────


@node
class Numeral(Placed):
    """A value in digits, and how many of them its author wrote after the decimal mark: 2 in `15.30`.

    It equals another of the same value, whatever zeros either ends in.
    """

    value: Fraction
    places: int = field(default=0, compare=False, kw_only=True)

    @property
    def unit(self) -> Fraction:
        """One of the last digit that is written."""
        unit = Fraction(1, 10**self.places)
        while (self.value / unit).denominator != 1:
            unit /= 10
        return unit


@node
class Number(Numeral):
    """A number without a unit: `1.2`, `3 000 000`."""


@node
class Percent(Numeral):
    """A percentage: `40%` has the value 2/5; its digits are those before the sign."""

    @property
    def unit(self) -> Fraction:
        """One of the last digit that is written, as a share of 1."""
        return Number(self.value * 100, places=self.places).unit / 100


@node
class Amount(Numeral):
    """An amount of money: `500 RUB`; its currency as typed, or the code of a sign that the language knows."""

    currency: str


@node
class Days(Numeral):
    """A number of days: `30 days`."""


@node
class Duration(Numeral):
    """A length of time: `30 seconds`, `1.5 hours`; its value is in seconds, its unit as it was written."""

    word: str = field(default="seconds", compare=False, kw_only=True)


@node
class Date(Placed):
    """A day: `2025-07-01`; the value is None where the calendar has no such day."""

    text: str

    @property
    def value(self) -> datetime.date | None:
        """The day, if there is one."""
        try:
            return datetime.date.fromisoformat(self.text)
        except ValueError:
            return None


@node
class YesNo(Placed):
    """`yes` or `no`."""

    value: bool


Value = Number | Percent | Amount | Days | Duration | Date | YesNo
