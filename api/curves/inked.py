"""Curves in each form that they can be given in: data, pictures, a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dsl.faults import Fact, Fault, nearest
from dsl.words import Lang
from engine.facts.values import shown
from engine.statement.text import WIDTH

from ..paper import terminal
from ..paper.forms import Answer
from .asked import CurvesAsked
from .document import document
from .paper import paper, sheet

Form = Literal["json", "svg", "png", "html"]

SPELT = 10  # letters of a name that is held against the forms

# Each form with its media type; the first is given where nobody says which.
FORMS: Mapping[Form, str] = {
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
}


def inked(curves: CurvesAsked, name: str, lang: Lang) -> bytes | Fault:
    """Curves in the form of a name, as they go into a file; a fault where there is no such form or no ink."""
    form = next((one for one in FORMS if one == name), None)
    if form is None:
        facts: dict[str, Fact] = {"form": shown(name), "known": tuple(FORMS)}
        return Fault("P778", facts=facts, fix=nearest(name[:SPELT], FORMS))
    return answer(curves, lang).written(form)


def answer(curves: CurvesAsked, lang: Lang, width: int = WIDTH) -> Answer:
    """Curves in all their forms; a text in rows of a width."""
    return Answer(
        lambda: document(curves, lang),
        lambda: terminal.text(paper(curves, lang).parts, width),
        lambda: paper(curves, lang),
        lambda: sheet(curves, lang),
    )
