"""What is found in a facts file."""

from __future__ import annotations

from dataclasses import dataclass

from dsl.faults import Fault
from dsl.source import Source
from engine.facts import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in a facts file: the person, or why they cannot be read.

    `line` is where they stand in a table. Without a person, `employee` and `period` say who is meant.
    """

    person: Person | None
    faults: tuple[Fault, ...] = ()
    employee: str | None = None
    period: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of which nothing can be used, and why; `source` is its text, if the faults have places in it."""

    faults: tuple[Fault, ...]
    source: Source | None = None
