"""`premia simulate`: what a plan would cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dsl.faults import Fault

from .. import files, simulation
from .common import deliver, form, opened, ready, tell
from .progress import watched
from .reader import Reader
from .reports import of_person, sound


def simulate(  # noqa: PLR0913  # the options of the command
    argument: str,
    facts: Path,
    against: str | None,
    out: Path | None,
    reader: Reader,
    tables: Sequence[str] = (),
    maps: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    quick: bool,
) -> int:
    """Pay everybody of a history and count; 1 where anybody could not be paid."""
    suffix = None if out is None else form(out, simulation.FORMS, reader)
    found = opened(argument, facts, reader, tables, maps, sources)
    other = None if against is None else ready(against, reader)

    def told(entry: files.FileEntry, faults: tuple[Fault, ...]) -> None:
        if not reader.json:
            reader.complain(*of_person(faults, entry, found.compiled.source, str(facts), reader), "")

    people = files.People(watched(found.people, "people", reader), found.people.notices)
    plans = found.compiled, other
    said = sound(simulation.simulated(plans, people, reader.lang, sensitive=not quick, told=told), reader)
    answer = simulation.answer(said, reader.lang)
    if out is None or suffix is None:
        tell(answer, reader)
    else:
        deliver(answer.written(suffix), out, reader)
    return int(said.refused > 0)
