"""Faults as they are answered: their words, and where they stand."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from .. import fault, source
from .. import place as within
from ..node import node
from ..record import ABSENT, Form
from ..words import Lang
from .messages import LONG, wording

Code = Annotated[str, Form(pattern="^P[0-9]{3}$", examples=["P100"])]
Count = Annotated[int, Form(minimum=1)]


@node
class ToldPlace:
    """A stretch of a text: lines and columns from 1, the end excluded."""

    file: str
    line: Count
    column: Count
    end_line: Count
    end_column: Count
    text: str


@node
class ToldFault:
    """Something wrong: where (a place in the plan, or a JSON pointer into the body), what, and what to do."""

    code: Code
    severity: fault.Severity
    title: str
    text: str
    advice: str
    place: ToldPlace | None = field(metadata=ABSENT)
    """Where it stands in the plan."""
    also: ToldPlace | None = field(metadata=ABSENT)
    """The second place that it is about."""
    pointer: Annotated[str, Form(pattern="^(/|$)")] | None = field(metadata=ABSENT)
    """Where it stands in the body (RFC 6901)."""
    fix: str | None = field(metadata=ABSENT)
    """What should stand there instead."""
    example: str | None = field(metadata=ABSENT)
    """A worked example that shows it, to be pasted into the plan."""
    trace: tuple[str, ...] | None = field(metadata=ABSENT)
    """How what is paid comes about, step by step, where an example says something else."""


def document(one: fault.Fault, text: source.Source | None, lang: Lang) -> ToldFault:
    """A fault in the reader's language; without a text it has no place."""
    words, places = wording(one, lang), (one.place, one.also)
    place, also = (None if text is None or at is None else place_of(text, at) for at in places)
    fix = None if place is None and one.pointer is None else one.fix
    said = words.title, words.text, words.advice
    return ToldFault(
        one.code, one.severity, *said, place, also, one.pointer, fix, one.example, one.trace or None
    )


def place_of(whole: source.Source, place: within.Place) -> ToldPlace:
    """A place of a text, in the file that it is in; of a long one, how it begins."""
    file, inside = whole.part(place)
    start, end = file.position(inside.start), file.position(inside.end)
    text = file.at(inside)
    text = text if len(text) <= LONG else f"{text[:LONG]}…"
    return ToldPlace(file.name, start.line, start.column, end.line, end.column, text)
