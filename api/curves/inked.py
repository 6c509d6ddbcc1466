"""Curves in each form that they can be given in: data, pictures, a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dsl import record
from dsl.faults import Fact, Fault, nearest
from dsl.words import Lang
from engine.facts.values import shown

from ..pictures import png, svg
from .asked import Curves
from .document import document
from .drawn import paged, sheet

Form = Literal["json", "svg", "png", "html"]

SPELT = 10  # letters of a name that is held against the forms

# Each form with its media type; the first is given where nobody says which.
FORMS: Mapping[Form, str] = {
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
}


def inked(curves: Curves, name: str, lang: Lang) -> bytes | Fault:
    """Curves in the form of a name, as they go into a file; a fault where there is no such form or no ink."""
    made: str | bytes | Fault
    match name:
        case "json":
            made = record.text(document(curves, lang), indent=2) + "\n"
        case "svg":
            made = svg(sheet(curves, lang))
        case "png":
            made = png(sheet(curves, lang))
        case "html":
            made = paged(curves, lang)
        case _:
            facts: dict[str, Fact] = {"form": shown(name), "known": tuple(FORMS)}
            made = Fault("P778", facts=facts, fix=nearest(name[:SPELT], FORMS))
    return made.encode() if isinstance(made, str) else made
