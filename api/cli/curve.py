"""`premia curve`: what a line of pay comes to over what it is paid for, in the terminal or as a file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dsl.faults import Fault
from engine.analyse import Payout
from engine.compile import Compiled
from engine.facts.values import shown
from engine.statement.text import wrapped

from .. import files
from ..curves import Curves, curves, document, drawn, inked, told
from ..curves.telling import CurveTeller, vocabulary
from ..pictures import text
from ..store import compiled, named
from .deliver import deliver
from .reader import Reader
from .reports import of_person, refuse

WIDTH = 80  # columns of what does not go to a terminal


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn: of which line, for which people, with whose facts; nothing is a wish as well."""

    kpi: str | None
    sort: tuple[str, ...]
    facts: Path | None
    employee: str | None


def curve(argument: str, wish: Wish, out: Path | None, reader: Reader) -> int:
    """Draw the curves of a plan; 1 where anything stands in the way."""
    ready, source = compiled(named(argument))
    if not isinstance(ready, Compiled):
        return refuse(ready, source, reader, argument)
    entry = None if wish.facts is None else _person(wish.facts, ready, wish.employee, reader)
    if isinstance(entry, int):
        return entry
    asked = curves(ready, wish.kpi, wish.sort, entry.person if entry else None)
    if isinstance(asked, tuple) and entry is not None and all(fault.pointer for fault in asked):
        return _refuse(asked, entry, wish.facts, ready, reader)
    if isinstance(asked, tuple):
        return refuse(asked, ready.source, reader, argument)
    if out is not None:
        return _write(asked, out, reader)
    if reader.json:
        reader.data(document(asked, reader.lang))
        return 0
    return _print(asked, reader)


def _person(path: Path, ready: Compiled, employee: str | None, reader: Reader) -> files.Entry | int:
    """Where the person of a facts file stands whom the curve is of, or how the command ends."""
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
    return first if first.person is not None else _refuse(first.faults, first, path, ready, reader)


def _refuse(
    faults: tuple[Fault, ...], entry: files.Entry, path: Path | None, ready: Compiled, reader: Reader
) -> int:
    """Say what is wrong with somebody's facts, and where in their file."""
    if reader.json:
        return refuse(faults, ready.source, reader)
    reader.complain(of_person(faults, entry, ready.source, str(path), reader))
    return 1


def _write(asked: Curves, out: Path, reader: Reader) -> int:
    return deliver(inked(asked, out.suffix.casefold().removeprefix("."), reader.lang), out, reader)


def _print(asked: Curves, reader: Reader) -> int:
    width = shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH
    words = vocabulary(reader.lang)
    parts = []
    for chart, group in zip(drawn(asked, reader.lang), asked.grouped, strict=True):
        picture = text(chart, width)
        if isinstance(picture, Fault):
            return refuse([picture], None, reader)
        said = [row for payout in group for row in _said(asked, payout, reader)]
        parts.append("\n".join([picture, *said]))
    standing = words["other_facts" if asked.employee is None else "own_facts"]
    reader.say("\n\n\n".join([*parts, standing.format(employee=asked.employee)]))
    return 0


def _said(asked: Curves, payout: Payout, reader: Reader) -> Iterator[str]:
    """The exact numbers of a curve, under its picture."""
    said = told(asked.compiled, payout, reader.lang, asked.employee)
    whose = CurveTeller(asked.compiled, payout, reader.lang).whose
    yield ""
    if whose:
        yield f"  {whose}"
    yield from _table(said.rows)
    yield from (row for sentence in said.sentences for row in wrapped(sentence, "  "))
    yield from _table(said.bounds)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
