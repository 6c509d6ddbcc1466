"""What is found in a facts file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled
from engine.facts import Illegible, Origins, Person, SentTables

from .spots import FileRow, Spots


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Somebody in a facts file: the person, or why they cannot be read.

    `spot` is where they stand in a table, and `cells` where some of their facts do; `tables` say it of the
    records of all people. Without a person, `employee` and `period` say who is meant, and `meant`
    as far as that can be told.
    """

    person: Person | None
    faults: tuple[Fault, ...] = ()
    employee: str | None = None
    period: str | None = None
    spot: FileRow | None = None
    meant: Illegible | None = None
    cells: Mapping[str, FileRow] = field(default_factory=dict)
    tables: Mapping[str, Spots] = field(default_factory=dict)

    @property
    def line(self) -> int | None:
        """In which row of a table they stand."""
        return None if self.spot is None else self.spot.number

    @property
    def somebody(self) -> Person | Illegible:
        """The person, or as much of them as can be told."""
        return self.person or self.meant or Illegible(self.faults, line=self.line)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a facts file, one after another, once.

    `notices` say how the file was read as a whole: what was left out, what was understood. They are whole
    when the last has been read. `tables` are those of all of them, and where their records stand.
    """

    entries: Iterator[FileEntry]
    notices: list[Fault] = field(default_factory=list)
    tables: Mapping[str, Spots] = field(default_factory=dict)

    def under(self, origins: Origins) -> People:
        """The same people with what is said of all of them, for those who say nothing of their own."""
        return People(self._under(origins), self.notices) if origins.said else self

    def _under(self, origins: Origins) -> Iterator[FileEntry]:
        for entry in self.entries:
            person = entry.person
            if person is not None:
                own = Origins() if person.origins is None else person.origins
                tables = None if person.tables is None else person.tables.under(origins)
                person = replace(person, origins=own.over(origins), tables=tables)
            yield replace(entry, person=person)

    def bringing(
        self, tables: SentTables | None, plans: Sequence[Compiled], spots: Mapping[str, Spots] | None = None
    ) -> People:
        """The same people with the tables of all of them, for those who bring none of their own."""
        if tables is None:
            return self
        spots = spots or {}
        return People(self._bringing(tables, plans, spots), self.notices, spots)

    def _bringing(
        self, tables: SentTables, plans: Sequence[Compiled], spots: Mapping[str, Spots]
    ) -> Iterator[FileEntry]:
        employees, periods = set[str](), set[str]()
        for entry in (replace(entry, tables=spots) for entry in self.entries):
            if entry.person is None:
                yield entry
                continue
            employees.add(entry.person.employee)
            periods.add(entry.person.period)
            person = entry.person if entry.person.tables else replace(entry.person, tables=tables)
            yield replace(entry, person=person)
        self.notices.extend(tables.elsewhere(plans, employees, periods))

    def __iter__(self) -> Iterator[FileEntry]:
        return self

    def __next__(self) -> FileEntry:
        return next(self.entries)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of which nothing can be used, and why; `source` is its text, if the faults have places in it."""

    faults: tuple[Fault, ...]
    source: Source | None = None
