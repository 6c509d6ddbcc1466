"""Paper as a page of HTML that needs nothing but itself: pictures stand in it, and quoted words are code."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dsl.faults import Fault
from engine.paper import QUOTED, Paper, Section

from ..pictures import svg

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

WORD = re.compile(r"[^\W\d_]{2}")
LONGEST = 32  # letters of what is kept in one row


def html(paper: Paper) -> str | Fault:
    """The page, whatever an author wrote escaped; a fault where there is nothing to draw pictures with."""
    pictures = ["" if isinstance(part, Section) else svg(part) for part in paper.parts]
    undrawn = next((one for one in pictures if isinstance(one, Fault)), None)
    return undrawn or _template().render(paper=paper, parts=zip(paper.parts, pictures, strict=True))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # most commands make no page

    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.filters["typed"] = typed
    made.filters["sort"] = lambda part: type(part).__name__
    made.tests["whole"] = whole
    return made.from_string(files(__package__).joinpath("page.html").read_text("utf-8"))


def typed(text: str) -> Markup:
    """A text in which words between back quotes, which are for terminals, are set as code."""
    from markupsafe import Markup, escape  # noqa: PLC0415  # it comes with the library of pages

    return Markup(QUOTED.sub(r"<code>\1</code>", str(escape(text))))  # escaped before


def whole(text: str) -> bool:
    """Whether a text is one without a word, such as a period or a number, and is not to be broken."""
    return len(text) <= LONGEST and not WORD.search(text)
