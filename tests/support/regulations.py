"""Regulations as they are read: every text of one, and its sections as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dsl.words import Lang
from engine.paper import Items, Listing, Paragraph, Table
from engine.regulation import Regulation, regulation
from tests.support.sales import compiled


def regulated(lines: str, lang: Lang = "en") -> Regulation:
    """The regulation of some lines of a plan."""
    return regulation(compiled(lines), lang)


def texts(of: Regulation) -> Iterator[str]:
    """Every text of a document, in the order in which a reader meets them."""
    yield from (*of.approval, of.title, of.subtitle, *of.facts)
    for section in of.sections:
        yield f"{section.number}. {section.title}" if section.number else section.title
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    number = f"{block.number}." if block.number else ""
                    yield " ".join(part for part in (number, block.lead, text) if part)
                case Items(listed):
                    yield from listed
                case Table(heads, rows):
                    for row in (heads, *rows):
                        yield from row
                case Listing(text):
                    yield text.rstrip("\n")


def prose(of: Regulation, name: str) -> str:
    """A section as plain text."""
    section = next(one for one in of.sections if one.name == name)
    return "\n".join(texts(replace(of, approval=(), title="", subtitle="", facts=(), sections=(section,))))
