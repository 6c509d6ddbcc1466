"""What commands begin with, a plan and facts, and end with, an answer on the screen or in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dsl.faults import Fact, Fault
from engine.compile import Compiled

from .. import files
from ..paper.forms import Answer, Form
from ..store import compiled, named
from .reader import Reader
from .reports import refuse


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan that is ready to pay, its id and its commit, and people who are read one after another."""

    plan: str
    revision: str | None
    compiled: Compiled
    people: files.People


def ready(argument: str, reader: Reader) -> Compiled | int:
    """The plan that was named, ready to pay, or how the command ends, its faults having been said."""
    plan, source = compiled(named(argument))
    return plan if isinstance(plan, Compiled) else refuse(plan, source, reader, argument)


def opened(argument: str, facts: Path, reader: Reader) -> Opened | int:
    """The plan and the people, or how the command ends, what stands in its way having been said."""
    plan = named(argument)
    ready, source = compiled(plan)
    if not isinstance(ready, Compiled) or isinstance(plan, Fault):
        return refuse(ready if isinstance(ready, tuple) else (), source, reader, argument)
    people = files.read_people(facts, ready)
    if isinstance(people, files.Unread):
        return refuse(people.faults, people.source or facts, reader)
    return Opened(plan.id, plan.revision.id if plan.revision else None, ready, people)


def deliver(made: str | bytes | Fault, out: Path, reader: Reader) -> int:
    """Write an answer to a file and say so; 1 where it could not be made, or not be written."""
    if isinstance(made, Fault):
        return refuse([made], None, reader)
    if fault := files.save(out, made if isinstance(made, bytes) else made.encode()):
        return refuse([fault], None, reader)
    reader.complain(reader.words("written", path=out))
    return 0


def form(out: Path, known: Sequence[Form]) -> Form | Fault:
    """The form of a file by its suffix; a fault where it is none of those that there are."""
    suffix = out.suffix.casefold()
    facts: dict[str, Fact] = {"path": str(out), "known": tuple(f".{one}" for one in known)}
    return next((one for one in known if f".{one}" == suffix), Fault("P754", facts=facts))


def tell(answer: Answer, reader: Reader) -> int:
    """Print an answer as data, or as text; 1 where there is nothing to draw it with."""
    if reader.json:
        reader.data(answer.record())
        return 0
    text = answer.text()
    if isinstance(text, Fault):
        return refuse([text], None, reader)
    reader.say(text)
    return 0
