"""A comparison as Markdown for a pull request, and as a page of HTML that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dsl.faults import Fault
from dsl.words import Lang

from ..pictures import Passage, Tabular, page
from .plans import Whole
from .sections import sections
from .vocabulary import table


def html(whole: Whole, lang: Lang) -> str | Fault:
    """The page; a fault where there is nothing to draw its pictures with."""
    return page(_title(whole, lang), _sections(whole, lang, drawn=True), lang)


def markdown(whole: Whole, lang: Lang) -> str:
    """The text of a comment in GitHub, GitLab or elsewhere."""
    rows: list[str] = []
    for section in _sections(whole, lang, drawn=False):
        rows.extend(_rows(section))
    return "\n".join(rows).strip() + "\n"


def _title(whole: Whole, lang: Lang) -> str:
    return table(lang)["title"].format(name=", ".join(plan.id for plan in whole.answer.plans))


def _sections(whole: Whole, lang: Lang, *, drawn: bool) -> list[Passage]:
    found = [Passage("", (fault.text,)) for fault in whole.answer.faults]
    for plan, curves in zip(whole.answer.plans, whole.curves, strict=True):
        found += sections(plan, curves, lang, drawn=drawn)
    return found or [Passage("", (table(lang)["no_plans"],))]


def _rows(section: Passage) -> Iterator[str]:
    if section.heading:
        yield f"### {_escaped(section.heading)}"
        yield ""
    for paragraph in section.text:
        yield _escaped(paragraph)
        yield ""
    if section.table is not None and section.table.rows:
        yield from _table(section.table)
        yield ""


def _table(rows: Tabular) -> Iterator[str]:
    yield _row(rows.heads)
    yield _row(["---:" if at in rows.numeric else "---" for at in range(len(rows.heads))], plain=True)
    yield from (_row(cells) for cells in rows.rows)


def _row(cells: Any, *, plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else _escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is, but for words in back quotes."""
    parts = " ".join(text.split()).split("`")
    for at in range(0, len(parts), 2):
        for mark in "\\*_<>|[]#~":
            parts[at] = parts[at].replace(mark, f"\\{mark}")
    return "`".join(part.replace("|", "\\|") if at % 2 else part for at, part in enumerate(parts))
