"""What a command begins with that pays people: the plan and the facts file that were named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dsl.faults import Fault
from engine.compile import Compiled

from .. import files
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
