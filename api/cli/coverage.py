"""`premia test --coverage`: which clauses, rows and branches of a plan no example reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.compiled import Compiled
from engine.coverage import Item, coverage
from engine.examples import Outcome

from .. import documents
from .reader import Reader


def document(compiled: Compiled, outcomes: Sequence[Outcome], reader: Reader) -> documents.Document:
    """What examples reach, as data: how much of how much, and each thing that none of them reaches."""
    found = coverage(compiled, outcomes)
    return {
        "reached": len(found.reached),
        "all": len(found.items),
        "percent": found.percent,
        "missing": [_missing(compiled, item, reader) for item in found.missing],
    }


def _missing(compiled: Compiled, item: Item, reader: Reader) -> documents.Document:
    text = " ".join(compiled.source.at(item.place).split())
    if item.what in {"line", "proportional"}:
        # A line is told by its name, or by its first word.
        name = next((line.name for line in compiled.kernel.lines if line.place == item.place), "")
        text = name if name in text.split() else text.split()[0]
    file, place = compiled.source.part(item.place)
    return {
        **({} if file is compiled.source else {"file": file.name}),
        "line": file.position(place.start).line,
        "what": item.what,
        "text": text,
        "said": reader.words(f"uncovered_{item.what}", text=text),
    }


def rows_of(covered: documents.Document, file: str, reader: Reader) -> Iterator[str]:
    """A coverage as it is printed: each thing that is missing with its file and line, and the percentage."""
    missing = covered["missing"]
    assert isinstance(missing, list)
    for item in missing:
        yield f"  {item.get('file', file)}:{item['line']}: {item['said']}"
    yield "  " + reader.words("covered", **covered)
