"""`premia simulate`: what a plan would cost."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dsl.faults import Fault

from .. import files, simulation
from .common import deliver, form, opened, ready, tell
from .reader import Reader
from .reports import of_person, sound


def simulate(
    argument: str,
    facts: Path,
    against: str | None,
    out: Path | None,
    reader: Reader,
    tables: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    quick: bool,
) -> int:
    """Pay everybody of a history and count; 1 where anybody could not be paid."""
    suffix = None if out is None else form(out, simulation.FORMS, reader)
    found = opened(argument, facts, reader, tables, sources=sources)
    other = None if against is None else ready(against, reader)

    def told(entry: files.FileEntry, faults: tuple[Fault, ...]) -> None:
        if not reader.json:
            reader.complain(*of_person(faults, entry, found.compiled.source, str(facts), reader), "")

    people = files.People(_watched(found.people, reader), found.people.notices)
    plans = found.compiled, other
    said = sound(simulation.simulated(plans, people, reader.lang, sensitive=not quick, told=told), reader)
    answer = simulation.answer(said, reader.lang)
    if out is None or suffix is None:
        tell(answer, reader)
    else:
        deliver(answer.written(suffix), out, reader)
    return int(said.refused > 0)


def _watched(people: Iterator[files.FileEntry], reader: Reader) -> Iterator[files.FileEntry]:
    """The people, counted on the terminal while they are paid."""
    if not sys.stderr.isatty():
        yield from people
        return
    from rich.console import Console  # noqa: PLC0415  # slow to import, and a file has no use for it
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for number, entry in enumerate(people, 1):
            progress.update(task, description=reader.count("people", number))
            yield entry
