"""The regulation as a document: sections of numbered paragraphs, lists and tables, in the reader's language.

Both ways of writing it down (a page, a file of a word processor) show these blocks and add no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph; `lead` is what it is about, in bold before the text. Either may be empty."""

    text: str
    lead: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where its order matters."""

    texts: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; lines of a cell are apart by line breaks. The columns `amounts` hold amounts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[int, ...] = ()
    closing: bool = False  # whether the last row is a sum of those above


@dataclass(frozen=True, slots=True)
class Listing:
    """A text that is shown as it was typed, line by line."""

    text: str


Block = Paragraph | Items | Table | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its number; an appendix has none."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole regulation: its title, what stands under it, the lines of approval, and its sections."""

    lang: str
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


def plain(document: Document) -> dict[str, object]:
    """The document as data, each block by the name of its kind."""
    return {
        "format": 1,
        "lang": document.lang,
        "title": document.title,
        "subtitle": document.subtitle,
        "facts": list(document.facts),
        "approval": list(document.approval),
        "sections": [
            {
                "name": section.name,
                "number": section.number,
                "title": section.title,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in document.sections
        ],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Paragraph(text, lead, number):
            return {"block": "paragraph", "number": number, "lead": lead, "text": text}
        case Items(texts, ordered):
            return {"block": "items", "ordered": ordered, "texts": list(texts)}
        case Table(heads, rows):
            return {"block": "table", "heads": list(heads), "rows": [list(row) for row in rows]}
        case Listing(text):
            return {"block": "listing", "text": text}
