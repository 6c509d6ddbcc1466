"""The regulation as a document: sections of numbered paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from dsl.words import Lang

from ..paper import Block, Paper, Paragraph, Section


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

    @property
    def paper(self) -> Paper:
        """The same, to be written down."""
        return Paper(self.lang, self.title, self.sections, (self.subtitle, *self.facts), self.approval)


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
