"""Paper as plain text, in rows of so many columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import assert_never

from dsl.faults import Fault
from engine.paper import Block, Items, Listing, Paper, Paragraph, Part, Section, Table
from engine.picture import Chart
from engine.statement.text import wrapped

from .. import pictures

INDENT = "  "
WIDE = 10_000  # columns of what is as wide as it is
MOST = 16  # columns that a cell keeps in any case


def whole(paper: Paper, width: int) -> str | Fault:
    """All of some paper, below its title."""
    said = text(paper.parts, width)
    return said if isinstance(said, Fault) else f"{paper.title}\n\n{said}"


def text(parts: Iterable[Part], width: int) -> str | Fault:
    """Parts one under another; a fault where there is nothing to draw pictures with."""
    found = []
    for part in parts:
        # A section of nothing is the title of a picture, which says it itself; bars show what is in tables.
        if isinstance(part, Section) and part.blocks:
            found.append("\n".join(_rows(part, width)))
        elif isinstance(part, Chart):
            drawn = pictures.text(part, width)
            if isinstance(drawn, Fault):
                return drawn
            found.append(drawn)
    return "\n\n".join(found)


def _rows(section: Section, width: int) -> Iterator[str]:
    if section.title:
        yield from wrapped(section.title, "", width)
    above = ""  # a table belongs to the paragraph that it stands under
    for block in section.blocks:
        yield from _block(block, INDENT + above, width)
        above = INDENT if isinstance(block, Paragraph) else ""


def _block(block: Block, indent: str, width: int) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from wrapped(block.line, INDENT, width)
        case Items(texts):
            for item in texts:
                first, *others = item.split("\n")
                yield from wrapped(first, INDENT, width)
                for line in others:
                    yield from wrapped(line, INDENT * 3, width)
        case Table():
            yield from columns(block, indent, width)
        case Listing(text):
            yield from (INDENT + row for row in text.splitlines())
        case _:
            assert_never(block)


def columns(table: Table, indent: str = "", width: int = WIDE) -> Iterator[str]:
    """The rows of a table; the widest columns of one that is too wide are wrapped."""
    cells = [row for row in (table.heads, *table.rows) if row]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = width - len(indent) - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > MOST:
        widest = widths.index(max(widths))
        widths[widest] = max(MOST, widths[widest] - (sum(widths) - room))
    for row in cells:
        parts = [
            [cell] if len(cell) <= size else textwrap.wrap(cell, size)
            for cell, size in zip(row, widths, strict=True)
        ]
        for at in range(max(map(len, parts))):
            laid = (
                f"{part[at] if at < len(part) else '':{'>' if column in table.numeric else '<'}{size}}"
                for column, (part, size) in enumerate(zip(parts, widths, strict=True))
            )
            yield f"{indent}{'  '.join(laid)}".rstrip()
