"""Tables of records as they came, of one person or of a company, read once for each plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.period import Period
from dsl.record import Form

from ..compile import Compiled
from ..kernel import Divided, RecordsTable
from .calendar import Calendar, read_calendar
from .columns import Raw
from .counting import fall
from .days import Absences, read_absences, text
from .origins import Origins
from .records import OwnRecords, ReadApart, Tables, Unshared, natural, read_tables
from .understood import understood_period
from .values import escaped, listed, shown

TOLD = 5  # people who are named where many are meant


@node
class TableRead:
    """A table of a company: how many records are of those who are paid, and whose the others are."""

    name: str
    rows: Annotated[int, Form(minimum=0)]
    theirs: Annotated[int, Form(minimum=0)]
    """Records of those who are paid, or of everybody."""
    others: Annotated[int, Form(minimum=0)]
    """Records of people who are not paid here."""
    unclear: Annotated[int, Form(minimum=0)]
    """Records of which nobody can tell whose they are; they pay nobody."""


class SentTables:
    """The tables that came for a company, or for one person alone, by the names that the plans have for them.

    `pointer` is where they stand in the document that they came in; `origins` say where they came from, or
    nobody asks.
    """

    def __init__(
        self,
        raw: Mapping[str, Collection[Raw]],
        *,
        alone: str | None = None,
        pointer: str = "/tables",
        origins: Origins | None = None,
    ) -> None:
        self.raw, self.alone, self.pointer, self.origins = raw, alone, pointer, origins
        self._read: dict[
            int, tuple[Compiled, Tables]
        ] = {}  # with the plan, so that its identity stays its own
        self._nobodys: dict[tuple[int, str, Period | None], int] = {}  # how many, of a plan and a period
        self._unshared: dict[tuple[int, str, frozenset[Period]], tuple[Fault, ...]] = {}
        self._absences: dict[str, Absences] = {}
        self._calendar: dict[str, Calendar] = {}

    def under(self, origins: Origins) -> SentTables:
        """The same tables with what is said for all people together, where they say nothing of their own."""
        own = Origins() if self.origins is None else self.origins
        return SentTables(self.raw, alone=self.alone, pointer=self.pointer, origins=own.over(origins))

    def read(self, compiled: Compiled) -> Tables:
        """The tables as a plan reads them."""
        if id(compiled) not in self._read:
            self._read[id(compiled)] = (
                compiled,
                read_tables(compiled, self.raw, self.pointer, whole=self.alone is None),
            )
        return self._read[id(compiled)][1]

    def absences(self, compiled: Compiled) -> Absences:
        """Who is absent, in the words of a plan's language."""
        lang = compiled.checked.lang
        if lang not in self._absences:
            self._absences[lang] = read_absences(compiled, self.raw, self.pointer)
        return self._absences[lang]

    def calendar(self, compiled: Compiled) -> Calendar:
        """Which days are worked, in the words of a plan's language."""
        lang = compiled.checked.lang
        if lang not in self._calendar:
            self._calendar[lang] = read_calendar(compiled, self.raw, self.pointer)
        return self._calendar[lang]

    def of(self, compiled: Compiled, employee: str) -> Mapping[str, OwnRecords]:
        """The records of a person, of each table that came."""
        return {name: own for name, own in self.read(compiled).of(employee).items() if name in self.raw}

    def asked(self, compiled: Compiled, others: Iterable[Compiled]) -> SentTables:
        """The tables without those that only other plans read."""
        theirs = {name for other in others for name in other.kernel.brought} - compiled.kernel.brought
        if theirs.isdisjoint(self.raw):
            return self
        raw = {name: rows for name, rows in self.raw.items() if name not in theirs}
        return SentTables(raw, alone=self.alone, pointer=self.pointer, origins=self.origins)

    def about(self, compiled: Compiled) -> Iterator[Fault]:
        """What is to be said of tables that are of one person alone."""
        if self.alone is not None:
            read = self.read(compiled)
            yield from read.faults
            for table in compiled.kernel.tables:
                yield from self._strange(table, read, self.alone)

    def _strange(self, table: RecordsTable, read: Tables, alone: str) -> Iterator[Fault]:
        """The fault of records of somebody else that no own one belongs to; the first of each is told."""
        told: set[str] = set()
        theirs = _theirs(read, alone)
        for at, whose in enumerate(read.whose.get(table.name, ())):
            if whose is None or whose in {alone, *told} or (table.name, at) in theirs or len(told) == TOLD:
                continue
            told.add(whose)
            facts: dict[str, Fact] = {"table": table.name, "other": shown(whose)}
            facts["employee"] = shown(alone)
            yield Fault("P555", pointer=f"{self.pointer}/{escaped(table.name)}/{at}", facts=facts)

    def only(self, compiled: Compiled, employee: str) -> SentTables:
        """The records of one person, and those of anybody that they belong to, as far as they are read."""
        if self.alone is not None:
            return self
        theirs = _theirs(self.read(compiled), employee)
        raw: dict[str, Collection[Raw]] = {}
        owned = self.read(compiled).owned
        for table in compiled.kernel.tables:
            names = [cells.name for cells in table.columns if cells.brought]
            rows = self.raw.get(table.name)
            if rows is not None and table.name in self.read(compiled).everybody:
                raw[table.name] = [_some(row, names) for row in rows]
            elif isinstance(apart := owned.get(table.name), ReadApart):
                raw[table.name] = [_some(row, names) for _, row in apart.parted.of(employee)]
            elif rows is not None:
                several = enumerate(rows)
                raw[table.name] = [_some(row, names) for at, row in several if (table.name, at) in theirs]
        raw |= {name: self.raw[name] for name in sorted(compiled.kernel.belonging & self.raw.keys())}
        words = compiled.checked.scope.words
        for name in (compiled.brought - compiled.kernel.brought) & self.raw.keys():
            who = words.role_words["employee"]
            own = name == words.calendar
            raw[name] = [row for row in self.raw[name] if own or text(row, who) == employee]
        return SentTables(raw, alone=employee, origins=self.origins)

    def lacking(self, compiled: Compiled, tables: Sequence[RecordsTable]) -> Iterator[Fault]:
        """A fault for each column that some tables of a plan need, and that no record of theirs has."""
        found = self.read(compiled).lacking
        yield from (fault for table in tables for fault in found.get(table.name, ()))

    def nobodys(
        self, compiled: Compiled, tables: Sequence[RecordsTable], when: Period | None = None
    ) -> Iterator[Fault]:
        """That there are records which may be anybody's: of any period, or of one, to whom it is paid."""
        for table in tables:
            key = id(compiled), table.name, when
            if key not in self._nobodys:
                several = self.read(compiled).nobodys(table.name)
                rows = [row for _, row in several if when is None or fall(table, [row], when, unknown=True)]
                self._nobodys[key] = len(rows)
            if self._nobodys[key]:
                facts: dict[str, Fact] = {"table": table.name, "rows": str(self._nobodys[key])}
                where = f"{self.pointer}/{escaped(table.name)}"
                yield Fault("P595", "error" if when is None else "warning", pointer=where, facts=facts)

    def unshared(
        self, compiled: Compiled, tables: Sequence[RecordsTable], periods: frozenset[Period]
    ) -> Iterator[Fault]:
        """That nobody shares some records of these periods, though the plan says what their parts make."""
        for table in tables:
            key = id(compiled), table.name, periods
            if key not in self._unshared:
                self._unshared[key] = (*self._left(compiled, table, periods),)
            yield from self._unshared[key]

    def _left(self, compiled: Compiled, table: RecordsTable, periods: frozenset[Period]) -> Iterator[Fault]:
        several: dict[Divided, list[Unshared]] = {}
        for one in self.read(compiled).unshared.get(table.name, ()):
            if any(fall(table, [one.part], when, unknown=True) for when in periods):
                several.setdefault(one.shares, []).append(one)
        for shares, left in several.items():
            facts: dict[str, Fact] = {
                "table": table.name,
                "name": table.columns[shares.column].name,
                "other": left[0].table,
                "ids": "`, `".join(sorted((one.id for one in left), key=natural)[:TOLD]),
                "rows": str(len(left)),
                "said": compiled.source.words(shares.place),
            }
            yield Fault("P528", "warning", pointer=f"{self.pointer}/{escaped(table.name)}", facts=facts)

    def elsewhere(
        self, plans: Iterable[Compiled], employees: Collection[str], periods: Collection[str]
    ) -> Iterator[Fault]:
        """What is to be said of tables of a company as a whole, of which these people are paid by some plans.

        They are paid for these periods. That a table is unknown to one of the plans is none of it.
        """
        said = dict[tuple[str, str | None], Fault]()
        when = frozenset(one for text in {*periods} if (one := understood_period(text)) is not None)
        for compiled in plans:
            tables = compiled.kernel.tables
            whole = [*self.nobodys(compiled, tables), *self._others(compiled, employees)]
            whole += [replace(one, severity="error") for one in self.unshared(compiled, tables, when)]
            for fault in (*self.read(compiled).told(), *whole):
                if fault.code != "P550":
                    said.setdefault((fault.code, fault.pointer), fault)
        yield from said.values()

    def _others(self, compiled: Compiled, employees: Collection[str]) -> Iterator[Fault]:
        """That there are records of people who are not paid."""
        read = self.read(compiled)
        for table in compiled.kernel.tables:
            counts = read.counts.get(table.name, {})
            others = Counter({one: many for one, many in counts.items() if one not in {None, *employees}})
            if others:
                facts: dict[str, Fact] = {
                    "table": table.name,
                    "rows": str(others.total()),
                    "people": str(len(others)),
                    "names": listed([shown(one) for one, _ in others.most_common(TOLD)]),
                }
                yield Fault("P556", "notice", pointer=f"{self.pointer}/{escaped(table.name)}", facts=facts)

    def counted(self, plans: Iterable[Compiled], employees: Collection[str]) -> tuple[TableRead, ...]:
        """How each table was read, by the first of some plans that knows it."""
        found: dict[str, TableRead] = {}
        for compiled in plans:
            read = self.read(compiled)
            for name in (table.name for table in compiled.kernel.tables if table.name in self.raw):
                rows, counts = len(self.raw[name]), read.counts.get(name)
                theirs = rows if counts is None else sum(counts.get(one, 0) for one in {*employees})
                unclear = 0 if counts is None else counts.get(None, 0)
                known = TableRead(name, rows, theirs, rows - theirs - unclear, unclear)
                found.setdefault(name, known)
        return tuple(found.values())


def _theirs(read: Tables, employee: str) -> set[tuple[str, int]]:
    """The rows that are somebody's, by table and number, and those that these belong to."""
    whose = ((name, at, one) for name, several in read.whose.items() for at, one in enumerate(several))
    waiting = [(name, at) for name, at, one in whose if one == employee]
    found: set[tuple[str, int]] = set()
    while waiting:
        name, at = row = waiting.pop()
        if row not in found:
            found.add(row)
            waiting.extend(read.leads[name].get(at, ()))
    return found


def _some(row: Raw, names: Sequence[str]) -> Raw:
    """A row without what is not read of it."""
    return {name: row[name] for name in names if name in row}


def absent(tables: Sequence[RecordsTable], sent: Collection[str], pointer: str) -> Iterator[Fault]:
    """A fault for each table that a plan reads and nobody sent."""
    for table in tables:
        if table.name not in sent and not table.group:
            facts: dict[str, Fact] = {
                "table": table.name,
                "columns": listed([cells.name for cells in table.columns if cells.brought]),
            }
            yield Fault("P553", pointer=pointer, facts=facts)


def alone(compiled: Compiled, members: Collection[str], pointer: str) -> Iterator[Fault]:
    """A fault for each group that a plan reckons with where nobody says who belongs to it."""
    for table in compiled.kernel.tables:
        if table.group and table.name not in members:
            yield Fault("P580", pointer=pointer, facts={"group": table.name})
