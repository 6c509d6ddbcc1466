"""`premia test --coverage`: which clauses, rows and branches of a plan no example reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from dsl.node import node
from dsl.record import ABSENT, entries
from engine.compile import Compiled
from engine.coverage import Reachable, What, coverage
from engine.examples import Tried

from .reader import Reader


@node
class Missing:
    """Something of a plan that no example reaches."""

    file: str | None = field(metadata=ABSENT)
    line: int
    what: What
    text: str
    said: str


@node
class Covered:
    """What examples reach: how much of how much, and each thing that none of them reaches."""

    reached: int
    all: int
    percent: int
    missing: tuple[Missing, ...]


def document(compiled: Compiled, outcomes: Sequence[Tried], reader: Reader) -> Covered:
    """What examples reach, in the reader's language."""
    found = coverage(compiled, outcomes)
    missing = tuple(_missing(compiled, item, reader) for item in found.missing)
    return Covered(len(found.reached), len(found.items), found.percent, missing)


def _missing(compiled: Compiled, item: Reachable, reader: Reader) -> Missing:
    text = " ".join(compiled.source.at(item.place).split())
    if item.what in {"line", "proportional"}:
        # A line is told by its name, or by its first word.
        name = next((line.name for line in compiled.kernel.lines if line.place == item.place), "")
        text = name if name in text.split() else text.split()[0]
    file, place = compiled.source.part(item.place)
    other = None if file is compiled.source else file.name
    said = reader.words(f"uncovered_{item.what}", text=text)
    return Missing(other, file.position(place.start).line, item.what, text, said)


def rows_of(covered: Covered, file: str, reader: Reader) -> Iterator[str]:
    """A coverage as it is printed: each thing that is missing with its file and line, and the percentage."""
    for item in covered.missing:
        yield f"  {item.file or file}:{item.line}: {item.said}"
    yield "  " + reader.words("covered", **entries(covered))
