"""The regulation as a page of HTML that needs nothing but itself, made to be printed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from engine.regulation import Document

if TYPE_CHECKING:
    from jinja2 import Template


def html(document: Document) -> str:
    """The page; every text of the author is escaped."""
    return _template().render(document=document)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # most commands make no page

    text = files(__package__).joinpath("page.html").read_text("utf-8")
    surroundings = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    surroundings.filters["sort"] = lambda block: type(block).__name__
    return surroundings.from_string(text)
