"""Paper as Markdown, for a comment in GitHub, GitLab or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from engine.paper import Block, Items, Listing, Paper, Paragraph, Section, Table


def text(paper: Paper) -> str:
    """Sections one under another, without pictures."""
    return "\n".join(row for section in paper.sections for row in _section(section)).strip() + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"### {_escaped(section.title)}"
        yield ""
    for block in section.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _escaped(block.line)
        case Items(texts):
            yield from (f"{'1.' if block.ordered else '-'} {_escaped(text)}" for text in texts)
        case Table(heads, rows):
            yield _row(map(_escaped, heads))
            yield _row("---:" if at in block.numeric else "---" for at in range(len(heads)))
            yield from (_row(map(_escaped, row)) for row in rows)
        case Listing(text):
            yield from (f"    {row}" for row in text.splitlines())
        case _:
            assert_never(block)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is, but for words in back quotes."""
    parts = " ".join(text.split()).split("`")
    for at in range(0, len(parts), 2):
        for mark in "\\*_<>|[]#~":
            parts[at] = parts[at].replace(mark, f"\\{mark}")
    return "`".join(part.replace("|", "\\|") if at % 2 else part for at, part in enumerate(parts))
