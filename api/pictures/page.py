"""A page of HTML that needs nothing but itself: pictures in it as SVG, and the same numbers as tables."""

from __future__ import annotations

from collections.abc import Sequence

from dsl.faults import Fault
from dsl.node import node
from dsl.words import Lang

from ..pages import template
from .picture import Picture
from .render import svg


@node
class Tabular:
    """A table in the reader's language: its heads, and its rows of as many cells.

    `numeric` are the columns, from 0, that hold numbers.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@node
class Passage:
    """A part of a page: its heading, its paragraphs, a picture, a table; whatever there is of them."""

    heading: str = ""
    text: tuple[str, ...] = ()
    picture: Picture | None = None
    table: Tabular | None = None


def page(title: str, sections: Sequence[Passage], lang: Lang, foot: str = "") -> str | Fault:
    """A whole page; a fault where there is nothing to draw its pictures with."""
    drawn: list[tuple[Passage, str | None]] = []
    for section in sections:
        picture = None if section.picture is None else svg(section.picture)
        if isinstance(picture, Fault):
            return picture
        drawn.append((section, picture))
    return template(__package__).render(title=title, sections=drawn, lang=lang, foot=foot)
