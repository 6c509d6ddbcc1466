"""`premia curve`: what a line of pay comes to over what it is paid for, drawn in the terminal or into a file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from dsl.faults import Fault
from engine.compiled import Compiled
from engine.facts import Person, shown

from .. import files
from ..curves import Curves, curves, document, drawn, inked, told
from ..curves.telling import Teller, vocabulary
from ..pictures import text
from ..store import compiled, named
from .reader import Reader
from .reports import of_person, refuse

WIDTH = 80  # columns of what does not go to a terminal


def curve(
    argument: str,
    reader: Reader,
    *,
    kpi: str | None,
    sort: Sequence[str],
    facts: Path | None,
    employee: str | None,
    out: Path | None,
) -> int:
    """Draw the curves of a plan; 1 where anything stands in the way."""
    ready, source = compiled(named(argument))
    if not isinstance(ready, Compiled):
        return refuse(ready, source, reader, argument)
    person: Person | None = None
    if facts is not None:
        found = _person(facts, ready, employee, reader)
        if isinstance(found, int):
            return found
        person = found
    asked = curves(ready, kpi, sort, person)
    if isinstance(asked, tuple):
        return refuse(asked, ready.source, reader, argument)
    if out is not None:
        return _write(asked, out, reader)
    if reader.json:
        reader.data(document(asked, reader.lang))
        return 0
    return _print(asked, reader)


def _person(path: Path, ready: Compiled, employee: str | None, reader: Reader) -> Person | int:
    """The person of a facts file whom the curve is of, or how the command ends."""
    people = files.read_people(path, ready)
    if isinstance(people, files.Unread):
        return refuse(people.faults, people.source or path, reader)
    first: files.Entry | None = None
    for entry in people:
        number = entry.person.employee if entry.person else entry.employee
        if employee not in {None, number}:
            continue
        if first is not None and employee is None:
            said = {"path": str(path), "employee": shown(first.person.employee if first.person else "")}
            return refuse([Fault("P780", facts=said)], None, reader)
        first = first or entry
    if first is None:
        return refuse([Fault("P781", facts={"path": str(path), "employee": employee or ""})], None, reader)
    if first.person is None:
        reader.complain(of_person(first.faults, first, ready.source, str(path), reader))
        return 1
    return first.person


def _write(asked: Curves, out: Path, reader: Reader) -> int:
    made = inked(asked, out.suffix.casefold().removeprefix("."), reader.lang)
    if isinstance(made, Fault):
        return refuse([made], None, reader)
    try:
        out.write_bytes(made)
    except OSError:
        return refuse([Fault("P681", facts={"path": str(out)})], None, reader)
    reader.complain(reader.words("written", path=out))
    return 0


def _print(asked: Curves, reader: Reader) -> int:
    width = shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH
    words = vocabulary(reader.lang)
    parts = []
    for chart, group in zip(drawn(asked, reader.lang), asked.grouped, strict=True):
        picture = text(chart, width)
        if isinstance(picture, Fault):
            return refuse([picture], None, reader)
        parts.append("\n".join([picture, *_said(asked, group, reader)]))
    standing = words["other_facts" if asked.employee is None else "own_facts"]
    reader.say("\n\n\n".join([*parts, standing.format(employee=asked.employee)]))
    return 0


def _said(asked: Curves, group: Sequence[object], reader: Reader) -> Iterator[str]:
    """The exact numbers of a picture, under it."""
    for payout in asked.payouts:
        if payout not in group:
            continue
        said = told(asked.compiled, payout, reader.lang, asked.employee)
        whose = Teller(asked.compiled, payout, reader.lang).whose
        yield ""
        if whose:
            yield f"  {whose}"
        yield from _table(said.rows)
        yield from (f"  {sentence}" for sentence in said.sentences)
        yield from _table(said.bounds)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
