"""A text as its author typed it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from .fault import Fault
from .marks import overladen
from .place import Place

# Words in quotation marks, which stay as they are; and what lies between words: blank space and comments.
GAPS = re.compile(r'("[^"\n]*"|«[^«»\n]*»|“[^“”\n]*”|„[^„“”\n]*[“”])|(?:\s++|#[^\n]*+)++')


class Position(NamedTuple):
    """A line and a column of the text as typed, both from 1, columns counted in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A plan's text in NFC, with the way back to the text as typed, and the texts that it includes.

    Names that look the same must be the same (`й` may come as one code point or as two), so the language
    reads the composed form; positions are always those of the text that its author sees.

    `beside` finds a text to include by its path from the folder of this one; None where there is nothing
    beside it. What is `included` follows the text itself: offsets go on from one text to the next.
    """

    name: str
    typed: str
    beside: Library | None = field(default=None, repr=False, compare=False)
    included: tuple[Source, ...] = ()
    text: str = field(init=False)
    origins: tuple[int, ...] | None = field(init=False, repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __reduce__(self) -> tuple[type[Source], tuple[object, ...]]:
        """As it goes to another process: without `beside`, for what it includes is read by then."""
        return Source, (self.name, self.typed, None, self.included)

    def __post_init__(self) -> None:
        text, origins = compose(self.typed)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "origins", origins)
        breaks = (at for at, character in enumerate(self.typed, 1) if character == "\n")
        object.__setattr__(self, "starts", (0, *breaks))

    @property
    def end(self) -> int:
        """The first offset that belongs neither to the text nor to what it includes."""
        return sum(len(source.text) + 1 for source in (self, *self.included))

    def part(self, place: Place) -> tuple[Source, Place]:
        """The text that a place is in, this one or an included one, and the place in it."""
        base, source = 0, self
        for following in self.included:
            beyond = base + len(source.text) + 1
            if place.start < beyond:
                break
            base, source = beyond, following
        return source, Place(place.start - base, place.end - base)

    def position(self, offset: int) -> Position:
        """The line and column of an offset, in the text as typed that the offset falls into."""
        source, inside = self.part(Place(offset, offset))
        if source is not self:
            return source.position(inside.start)
        typed = self.origins[offset] if self.origins is not None else offset
        line = bisect_right(self.starts, typed)
        return Position(line, typed - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """A line of the text as typed, without its end, lines counted from 1."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.typed)
        return self.typed[start:end].rstrip("\r")

    def at(self, place: Place) -> str:
        """The words that stand at a place, be it in an included text."""
        source, inside = self.part(place)
        return source.text[inside.start : inside.end]

    def words(self, place: Place) -> str:
        """The words that stand at a place, in one row and without comments."""
        # Only where a line was broken does a gap stand at a bracket or before a semicolon.
        gap = GAPS.sub(lambda found: found[1] or ("\n" if "\n" in found[0] else " "), self.at(place).strip())
        return re.sub(r"(?<=\()\n|\n(?=[);])", "", gap).replace("\n", " ")

    def bare(self, place: Place) -> str:
        """The words at a place, without brackets round all of them."""
        text = self.words(place)
        while text.startswith("(") and _closing(text) == len(text) - 1:
            text = text[1:-1].strip()
        return text


def _closing(text: str) -> int:
    """The place of the bracket that closes the first one; -1 where there is none."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place
    return -1


# A text to include, by its path from the folder of the plan (`../shared/rates.plan`), or why there is none.
Library = Callable[[str], Source | Fault]


def compose(typed: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC, and for each of its offsets that in the typed text (None where they are equal).

    A text with too many marks on one letter stays as it is typed; it is not read.
    """
    if overladen(typed) is not None or unicodedata.is_normalized("NFC", typed):
        return typed, None
    parts: list[str] = []
    origins: list[int] = []
    start = 0
    for end in range(1, len(typed) + 1):
        if end < len(typed) and unicodedata.combining(typed[end]):
            continue
        cluster = unicodedata.normalize("NFC", typed[start:end])
        parts.append(cluster)
        origins.extend([start] * len(cluster))
        start = end
    return "".join(parts), (*origins, len(typed))
