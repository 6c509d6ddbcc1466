"""The regulation as a document: sections of numbered paragraphs, lists and tables, in the reader's language.

Both ways of writing it down (a page, a file of a word processor) show these blocks and add no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from dsl.record import HIDDEN
from dsl.words import Lang


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph; `lead` is what it is about, and stands before the text."""

    block: Literal["paragraph"] = field(default="paragraph", init=False)
    number: str = field(default="", kw_only=True)
    lead: str = field(default="", kw_only=True)
    text: str


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
    # For whoever lays it out: which columns hold amounts, and whether the last row is a sum of those above.
    amounts: tuple[int, ...] = field(default=(), metadata=HIDDEN)
    closing: bool = field(default=False, metadata=HIDDEN)


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


@dataclass(frozen=True, slots=True)
class Regulation:
    """The whole document; `format` changes when its form does."""

    format: Literal[1] = field(default=1, init=False)
    lang: Lang
    title: str
    subtitle: str
    facts: tuple[str, ...]
    approval: tuple[str, ...]
    sections: tuple[Section, ...]


def numbered(sections: Iterable[Section], appendices: frozenset[str]) -> Iterator[Section]:
    """Sections with their numbers, and each paragraph with its own: `5.2`."""
    count = 0
    for section in sections:
        if section.name in appendices:
            yield section
            continue
        count += 1
        yield replace(section, number=str(count), blocks=tuple(_counted(section.blocks, count)))


def _counted(blocks: Iterable[Block], section: int) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            count += 1
            yield replace(block, number=f"{section}.{count}")
        else:
            yield block
