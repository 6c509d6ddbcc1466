"""A comparison as it is printed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from dsl.faults import Fault
from dsl.words import Lang

from ..pictures import Passage, Tabular
from ..pictures import text as picture_text
from .answer import Changed, ChangedPart, ComparedPlan
from .plans import Whole
from .sections import sections, title, unchanged
from .vocabulary import Words, table

WIDTH = 100
INDENT = "  "


def text(whole: Whole, lang: Lang, *, drawn: bool) -> str:
    """A comparison in rows of 100 columns at most; `drawn` with both curves of each line."""
    words = table(lang)
    rows: list[str] = []
    for plan, curves in zip(whole.answer.plans, whole.curves, strict=True):
        if plan.faults:
            continue  # they are reported by themselves
        if rows:
            rows.append("")
        rows.extend(_plan(plan, sections(plan, curves, lang, drawn=drawn), words))
    return "\n".join(rows) if rows or whole.answer.trouble else words["no_plans"]


def _plan(plan: ComparedPlan, found: Sequence[Passage], words: Words) -> Iterator[str]:
    if plan.sign == "=":
        yield f"{title(plan)}: {unchanged(plan, words)}"
        return
    head, *others = found
    yield head.heading
    for item in plan.changes:
        yield from _item(item, words)
    for paragraph in head.text:
        yield from _wrapped(paragraph, INDENT)
    for section in others:
        if section.heading != words["changes"]:
            yield from _section(section)


def _item(item: Changed, words: Words) -> Iterator[str]:
    label = f" “{item.label}”" if item.label and item.sign == "~" else ""
    formerly = f", {words['formerly'].format(name=item.formerly)}" if item.formerly else ""
    yield from _wrapped(f"{item.sign} {item.heading}{label}{formerly}", INDENT)
    for line in item.text:
        yield from _wrapped(line, INDENT * 3)
    for part in item.parts:
        yield from _part(part)


def _part(part: ChangedPart) -> Iterator[str]:
    indent = INDENT * 3
    if part.sign != "~":
        yield from _wrapped(f"{part.sign} {part.new or part.old}", indent)
        return
    row = f"{part.old} → {part.new}"
    if len(indent) + len(row) <= WIDTH:
        yield indent + row
    else:
        yield from _wrapped(part.old or "", indent)
        yield from _wrapped(f"→ {part.new}", indent)


def _section(section: Passage) -> Iterator[str]:
    if section.heading:
        yield ""
        yield section.heading
    for paragraph in section.text:
        yield from _wrapped(paragraph, INDENT)
    if section.table is not None:
        yield from rows_of(section.table)
    if section.picture is not None:
        drawn = picture_text(section.picture, WIDTH - len(INDENT))
        if not isinstance(drawn, Fault):
            yield from (f"{INDENT}{row}".rstrip() for row in drawn.split("\n"))


def rows_of(rows: Tabular) -> Iterator[str]:
    """A table in columns; one too wide for the screen with the widest of its columns wrapped."""
    cells = [rows.heads, *rows.rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = WIDTH - 2 * len(INDENT) - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > MOST:
        widest = widths.index(max(widths))
        widths[widest] = max(MOST, widths[widest] - (sum(widths) - room))
    for row in cells:
        parts = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, parts))):
            line = [part[at] if at < len(part) else "" for part in parts]
            laid = (
                cell.rjust(width) if index in rows.numeric else cell.ljust(width)
                for index, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            yield f"{INDENT * 2}{'  '.join(laid)}".rstrip()


MOST = 16  # columns that a cell keeps in any case


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(
        line,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
