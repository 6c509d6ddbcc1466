"""Paper: what a document says, in the reader's language, before any way of writing it down.

Writers add no word and read no number. Words between back quotes are a plan's own, set as each can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from dsl.record import HIDDEN
from dsl.words import Lang

from .money import Money
from .picture import Picture

QUOTED = re.compile("`([^`]+)`")


def bare(text: str) -> str:
    """A text without the back quotes round its words, for what has no type for them."""
    return QUOTED.sub(r"\1", text)


class Figure(str):
    """A number as it is printed, with the number itself, for whoever writes it into a sheet.

    An amount, a whole number, or the text of a decimal; a percentage as a part of one.
    """

    __slots__ = ("value",)
    value: Money | str | int

    def __new__(cls, text: str, value: Money | str | int) -> Figure:
        made = str.__new__(cls, text)
        made.value = value
        return made


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph; `lead` is what it is about, and stands before the text."""

    block: Literal["paragraph"] = field(default="paragraph", init=False)
    number: str = field(default="", kw_only=True)
    lead: str = field(default="", kw_only=True)
    text: str

    @property
    def line(self) -> str:
        """All of it, for whoever sets it in one type."""
        number = f"{self.number}." if self.number else ""
        return " ".join(filter(None, (number, self.lead, self.text)))


@dataclass(frozen=True, slots=True)
class Items:
    """A list, whose order may matter."""

    block: Literal["items"] = field(default="items", init=False)
    ordered: bool = field(default=False, kw_only=True)
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; lines of a cell are apart by line breaks."""

    block: Literal["table"] = field(default="table", init=False)
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    # For whoever lays it out: which columns hold numbers, and whether the last row is a sum of those above.
    numeric: tuple[int, ...] = field(default=(), metadata=HIDDEN)
    closing: bool = field(default=False, metadata=HIDDEN)

    @property
    def filled(self) -> Table:
        """The same without the columns that are empty in every row."""
        kept = [at for at in range(len(self.heads)) if not self.rows or any(row[at] for row in self.rows)]
        heads, *rows = (tuple(row[at] for at in kept) for row in (self.heads, *self.rows))
        numeric = tuple(at for at, old in enumerate(kept) if old in self.numeric)
        return Table(heads, tuple(rows), numeric, self.closing)


@dataclass(frozen=True, slots=True)
class Listing:
    """A text as it was typed."""

    block: Literal["listing"] = field(default="listing", init=False)
    text: str


Block = Paragraph | Items | Table | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A section; an appendix has no number."""

    name: str
    number: str = field(default="", kw_only=True)
    title: str
    blocks: tuple[Block, ...]

    @property
    def appendix(self) -> bool:
        """Whether it begins on a new page: among sections that have names it is one without a number."""
        return bool(self.name and not self.number)


Part = Section | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document; `about` stands below its title, and `approval` above one that is to be signed."""

    lang: Lang
    title: str
    parts: tuple[Part, ...]
    about: tuple[str, ...] = ()
    approval: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """All but the pictures."""
        return tuple(part for part in self.parts if isinstance(part, Section))

    @property
    def tables(self) -> tuple[tuple[str, Table], ...]:
        """The tables, each with the title of its section."""
        return tuple(
            (section.title, block)
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        )
