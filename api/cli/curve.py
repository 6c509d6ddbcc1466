"""`premia curve`: what a line of pay comes to over what it is paid for, in the terminal or as a file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

import typer

from dsl.faults import Fault
from engine.compile import Compiled
from engine.facts.values import shown
from engine.statement.text import WIDTH

from .. import files
from ..curves import answer, curves, inked
from .common import deliver, read, ready, tell
from .reader import Reader
from .reports import of_person, refuse


def curve(
    argument: str,
    kpi: str | None,
    sort: Sequence[str],
    facts: Path | None,
    employee: str | None,
    out: Path | None,
    reader: Reader,
) -> None:
    """Draw the curves of a plan, or of a line, for some people or one; 1 where anything stands in the way."""
    plan = ready(argument, reader)
    entry = None if facts is None else _person(facts, plan, employee, reader)
    asked = curves(plan, kpi, sort, entry.person if entry else None)
    if isinstance(asked, tuple) and entry is not None and all(fault.pointer for fault in asked):
        _refuse(asked, entry, facts, plan, reader)
    if isinstance(asked, tuple):
        refuse(asked, plan.source, reader, argument)
    if out is not None:
        deliver(inked(asked, out.suffix.casefold().removeprefix("."), reader.lang), out, reader)
    else:
        width = shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH
        tell(answer(asked, reader.lang, width), reader)


def _person(path: Path, plan: Compiled, employee: str | None, reader: Reader) -> files.FileEntry:
    """Where the person of a facts file stands whom the curve is of."""
    chosen = (
        entry for entry in read(path, plan, reader) if employee in {None, (entry.person or entry).employee}
    )
    several = [*islice(chosen, 2)]
    if not several:
        refuse([Fault("P781", facts={"path": str(path), "employee": employee or ""})], None, reader)
    first = several[0]
    if employee is None and len(several) > 1:
        said = shown(first.person.employee if first.person else "")
        refuse([Fault("P780", facts={"path": str(path), "employee": said})], None, reader)
    return first if first.person is not None else _refuse(first.faults, first, path, plan, reader)


def _refuse(
    faults: tuple[Fault, ...], entry: files.FileEntry, path: Path | None, plan: Compiled, reader: Reader
) -> NoReturn:
    """Say what is wrong with somebody's facts, and where in their file."""
    if reader.json:
        refuse(faults, plan.source, reader)
    reader.complain(*of_person(faults, entry, plan.source, str(path), reader))
    raise typer.Exit(1)
