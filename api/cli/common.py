"""What commands begin with, a plan and facts, and end with, an answer on the screen or in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from dsl.faults import Fact, Fault, nearest
from dsl.marks import composed
from engine.compile import Compiled
from engine.facts import Origin, Origins, PartedBy, SentTables, partings
from engine.facts.values import listed, shown

from .. import files
from ..origins import stated
from ..paper.forms import Answer, Form
from ..store import NamedPlan, compiled, named
from ..tables import unknown
from .imports import mapped
from .progress import watched
from .reader import Reader
from .reports import refuse, sound


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan that is ready to pay, its id and its commit, and people who are read one after another."""

    plan: str
    revision: str | None
    compiled: Compiled
    people: files.People


def ready(argument: str, reader: Reader) -> Compiled:
    """The plan that was named, ready to pay; the command ends with its faults where it is not."""
    return _ready(named(argument), argument, reader)


def _ready(plan: NamedPlan | Fault, argument: str, reader: Reader) -> Compiled:
    made, source = compiled(plan)
    return made if isinstance(made, Compiled) else refuse(made, source, reader, argument)


def read(facts: Path, plan: Compiled, reader: Reader) -> files.People:
    """The people of a facts file; the command ends where nothing of it can be used."""
    people = files.read_people(facts, plan)
    if isinstance(people, files.Unread):
        refuse(people.faults, people.source or facts, reader)
    return people


def opened(
    argument: str,
    facts: Path,
    reader: Reader,
    tables: Sequence[str] = (),
    maps: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    once: bool = False,
) -> Opened:
    """The plan, and the people with their records; the command ends with what stands in its way.

    Where each is paid `once`, of many records only those of one person are held at a time.
    """
    said = said_origins(sources, reader)
    plan = named(argument)
    if isinstance(plan, Fault):
        refuse([plan], None, reader)
    made = _ready(plan, argument, reader)
    by = partings(made.kernel) if once else {}
    brought = mapped(maps, argument, facts, reader, by)
    origins = Origins(said.whole, {**brought.origins, **said.named})
    sent, spots = sent_tables(tables, reader, origins, brought.tables, by)
    if stray := [*unknown(sent, [made]), *sourceless(said, made)]:
        refuse(stray, None, reader)
    people = brought.people or read(facts, made, reader)
    people = people.under(said).bringing(sent, [made], spots)
    if reader.json:  # elsewhere they were told as the files were read
        people.notices.extend(brought.notices)
    return Opened(plan.id, plan.revision.id if plan.revision else None, made, people)


def sourceless(said: Origins, plan: Compiled) -> Iterator[Fault]:
    """A fault for each source that is told of what the plan does not know."""
    known = {*(entry.name for entry in plan.kernel.inputs), *plan.brought}
    for name in said.named.keys() - known:
        near = nearest(name, known)
        facts: dict[str, Fact] = {"name": shown(name), "near": near or listed(sorted(known))}
        yield Fault("P596", facts=facts)


def said_origins(arguments: Sequence[str], reader: Reader) -> Origins:
    """Where facts and tables came from by `[NAME=]SOURCE[@AS-OF]`s; the command ends with faults."""
    whole, named, faults = Origin(), dict[str, Origin](), list[Fault]()
    for argument in arguments:
        name, given, said = argument.partition("=")
        source, _, as_of = (said if given else argument).partition("@")
        origin = stated(source, as_of, None, faults)
        if given:
            named[composed(name.strip())] = origin
        else:
            whole = origin
    if faults:
        refuse(faults, None, reader)
    return Origins(whole, named)


def sent_tables(
    arguments: Sequence[str],
    reader: Reader,
    origins: Origins,
    exported: Mapping[str, files.FileRecords] = MappingProxyType({}),
    by: Mapping[str, PartedBy] = MappingProxyType({}),
) -> tuple[SentTables | None, Mapping[str, files.Spots]]:
    """The tables of `NAME=FILE`s and of exports, of all people together, and where each record stands.

    They are parted `by` whose they are, where that is said. The command ends with faults.
    """
    found = {**exported}
    for argument in arguments:
        name, given, path = argument.partition("=")
        name = composed(name.strip())
        if not (name and given and path):
            refuse([Fault("P800", facts={"given": shown(argument)})], None, reader)
        if name in found:
            refuse([Fault("P801", facts={"name": shown(name)})], None, reader)
        rows = files.read_records(Path(path), by.get(name), partial(watched, word="rows", reader=reader))
        if isinstance(rows, files.Unread):
            refuse(rows.faults, rows.source or Path(path), reader)
        found[name] = rows
    raw = {name: one.rows for name, one in found.items()}
    spots = {name: one.spots for name, one in found.items()}
    return SentTables(raw, origins=origins) if raw else None, spots


def deliver(made: bytes | Fault, out: Path | None, reader: Reader) -> None:
    """Write an answer to a file and say so, or print it."""
    data = sound(made, reader)
    if out is None:
        sys.stdout.write(data.decode())
    else:
        sound(files.save(out, data), reader)
        reader.complain(reader.words("written", path=out))


def form(out: Path, known: Sequence[Form], reader: Reader) -> Form:
    """The form of a file by its suffix, one of those that there are."""
    suffix = out.suffix.casefold()
    unknown = Fault("P754", facts={"path": str(out), "known": tuple(f".{one}" for one in known)})
    return sound(next((one for one in known if f".{one}" == suffix), unknown), reader)


def tell(answer: Answer, reader: Reader) -> None:
    """Print an answer as data, or as text."""
    if reader.json:
        reader.data(answer.record())
    else:
        reader.say(sound(answer.text(), reader))
