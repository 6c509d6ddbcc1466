"""The regulation on bonuses as data: the blocks of its sections."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dsl.words import Lang

from .model import Model


class Paragraph(Model):
    """A numbered paragraph; `lead` is what it is about, and stands before the text."""

    block: Literal["paragraph"]
    number: str
    lead: str
    text: str


class Items(Model):
    """A list, whose order may matter."""

    block: Literal["items"]
    ordered: bool
    texts: list[str]


class Table(Model):
    """A table; lines of a cell are apart by line breaks."""

    block: Literal["table"]
    heads: list[str]
    rows: list[list[str]]


class Listing(Model):
    """A text as it was typed."""

    block: Literal["listing"]
    text: str


class Section(Model):
    """A section; an appendix has no number."""

    name: str
    number: str
    title: str
    blocks: list[Annotated[Paragraph | Items | Table | Listing, Field(discriminator="block")]]


class Regulation(Model):
    """The whole document; `format` changes when its form does."""

    format: Literal[1]
    lang: Lang
    title: str
    subtitle: str
    facts: list[str]
    approval: list[str]
    sections: list[Section]
