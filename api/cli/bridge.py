"""`premia bridge`: why somebody's pay changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from dsl import record
from dsl.faults import Fault
from engine.bridge import words
from engine.bridge.answer import BridgePerson
from engine.statement.text import WIDTH, wrapped

from .. import bridges, pictures, receipts
from .deliver import deliver
from .reader import Reader
from .reports import drawn, refuse

Made = str | bytes | Fault


def bridge(old: Path, new: Path, employee: str | None, out: Path | None, reader: Reader) -> int:
    """Say what each change makes for everybody in two receipts; 1 where it cannot be told."""
    before, after = receipts.opened(old), receipts.opened(new)
    for path, verdict in ((old, before), (new, after)):
        if not verdict.same:
            return refuse(verdict.faults, verdict.source or path, reader)
    found = bridges.bridges(before, after, employee)
    if isinstance(found, tuple):
        return refuse(found, None, reader)
    said = bridges.document(found, reader.lang)
    if out is not None:
        return _kept(said, out, reader)
    if reader.json:
        reader.data(said)
        return 0
    if found.faults:
        reader.complain(drawn(found.faults, None, reader))
    reader.say(text(said, reader))
    return 0


def text(said: bridges.Bridges, reader: Reader) -> str:
    """Everybody's bridge in words."""
    return "\n\n".join("\n".join(_rows(person, reader)) for person in said.people)


def _rows(person: BridgePerson, reader: Reader) -> Iterator[str]:
    yield from wrapped(f"{person.employee}: {person.summary}", "", WIDTH)
    for change in person.changes:
        yield from wrapped(change.sentence, "  ", WIDTH)
    if not person.changes:
        yield f"  {words(reader.lang)['nothing']}"


def _kept(said: bridges.Bridges, out: Path, reader: Reader) -> int:
    forms: dict[str, Callable[[], Made]] = {
        ".html": lambda: bridges.html(said, reader.lang),
        ".svg": lambda: _drawn(said, pictures.svg, reader),
        ".png": lambda: _drawn(said, pictures.png, reader),
        ".json": lambda: record.text(said, indent=2) + "\n",
        ".txt": lambda: text(said, reader) + "\n",
    }
    form = forms.get(out.suffix.casefold())
    if form is None:
        return refuse([Fault("P754", facts={"path": str(out), "known": tuple(forms)})], None, reader)
    return deliver(form(), out, reader)


def _drawn(said: bridges.Bridges, draw: Callable[[pictures.Picture], Made], reader: Reader) -> Made:
    found = bridges.picture(said, reader.lang)
    return found if isinstance(found, Fault) else draw(found)
