"""How pages of HTML are made: whatever an author wrote is escaped, and what is quoted is set in type."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

QUOTED = re.compile("`([^`]+)`")
WORD = re.compile(r"[^\W\d_]{2}")
LONGEST = 32  # letters of what is kept in one row


@cache
def template(package: str) -> Template:
    """The page of a room."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # most commands make no page

    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.filters["typed"] = typed
    made.filters["sort"] = lambda block: type(block).__name__
    made.tests["whole"] = whole
    return made.from_string(files(package).joinpath("page.html").read_text("utf-8"))


def typed(text: str) -> Markup:
    """A text in which words between back quotes, which are for terminals, are set as code."""
    from markupsafe import Markup, escape  # noqa: PLC0415  # it comes with the library of pages

    return Markup(QUOTED.sub(r"<code>\1</code>", str(escape(text))))  # escaped before


def bare(text: str) -> str:
    """A text without back quotes round its words, for a picture, which has no type for them."""
    return QUOTED.sub(r"\1", text)


def whole(text: str) -> bool:
    """Whether a text is one without a word, such as a period or a number, and is not to be broken."""
    return len(text) <= LONGEST and not WORD.search(text)
