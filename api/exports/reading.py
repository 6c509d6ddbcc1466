"""Exports read by a mapping: people with their facts, or the rows of a table, and how each file was read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path
from typing import cast

from dsl.faults import Fact, Fault
from dsl.node import node
from engine.facts import Origin, PartedBy, Raw
from engine.facts.decimals import JsonNumber
from engine.facts.usage import is_total
from engine.facts.values import shown

from ..alike import listed as places
from ..files import FilePart, People, Spool, Spots, Watching, listing
from ..files.heading import told
from ..files.marks import NumberMarks, read_as
from .bounds import CELLS, COLUMNS, UNSTORED, Unusable, bounded
from .cells import plain, span
from .gathering import Gathered, Row, gathered
from .grid import Grid, bare, grid
from .mapping import Field, Indicators, Mapping, Unit
from .origins import Provenance, of_file, of_row, of_table

# A number with what may stand beside it: where all cells of a column are, their marks tell one another.
NUMBER = re.compile(
    r"[-+(\u2212]?\s*[0-9][0-9.,' \u00a0\u2007\u2009\u202f]*\)?-?\s*"
    r"(?:%|[^\W\d_]{1,4}\.?|\|[A-Z]{3}|[^\w\s.,;])?"
)

VALUES = 20  # reasons for which rows are left out that are told apart


@node
class ReadColumn:
    """A column that was taken: what it is, and what the export calls it; a constant has no column."""

    name: str
    source: str | None = None
    value: str | None = None


@node
class FileRead:
    """How a file was read: its form, what tells its cells apart, how many rows it has and how many count."""

    file: str
    form: str
    encoding: str | None
    separator: str | None
    sheet: str | None
    rows: int
    taken: int
    columns: tuple[ReadColumn, ...]
    notices: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """What exports hold: rows of a table of the plan, or people; and how each file was read.

    `origin` is that of a table; people say their own. `spots` are where each row stands.
    """

    mapping: Mapping
    rows: Collection[Raw]
    spots: Spots
    summaries: tuple[FileRead, ...]
    gathered: list[Gathered] = field(default_factory=list)
    origin: Origin = field(default_factory=Origin)

    @property
    def facts(self) -> list[dict[str, object]]:
        """The people, as a request says them."""
        return [one.value for one in self.gathered]

    @property
    def values(self) -> list[Raw]:
        """The rows of a table, or the people, as `evaluate` takes them."""
        return [*self.facts] if self.mapping.table is None else [*self.rows]


def read_export(
    paths: Sequence[Path], asked: Mapping, by: PartedBy | None = None, watch: Watching = iter
) -> Import | tuple[Fault, ...]:
    """Several files of one export, such as pages of an answer; where anything is unclear nothing is taken.

    Rows of a table are parted `by` whose they are, where that is said; `watch` sees them go by.
    """
    rows = Spool(by)
    said: list[Provenance] = []
    summaries: list[FileRead] = []
    faults: list[Fault] = []
    spots = Spots()
    for path in paths:
        found = grid(path, asked)
        if isinstance(found, tuple):
            faults.extend(_named(found, path))
            continue
        reading = _Reading(found, asked, spots)
        try:
            taken = reading.rows(watch)
        except Unusable as signal:
            faults.extend(_named(signal.args, path))
            continue
        sheet = "" if found.sheet is None else f"#{found.sheet}"
        faults.extend(_named(reading.faults, f"{path}{sheet}"))
        for row in _texts(taken) if not faults else ():
            rows.add(tuple(row), tuple(map(reading.settled, row, row.values())))
        said.extend(reading.said)
        summaries.append(reading.summary())
    origin = of_table(said, faults) if asked.table is not None else Origin()
    if faults:
        return tuple(faults)
    if asked.table is not None:
        return Import(asked, rows.done(), spots, tuple(summaries), origin=origin)
    facts = gathered(_texts(rows), said, spots, asked)
    return facts if isinstance(facts, tuple) else Import(asked, (), spots, tuple(summaries), facts)


def _texts(rows: Iterable[Raw]) -> Iterator[Row]:
    """Rows of an export, which holds nothing but texts."""
    return cast(Iterator[Row], iter(rows))


def _named(faults: Iterable[Fault], path: Path | str) -> Iterator[Fault]:
    """Faults that say in which file."""
    return (one if one.pointer else changed(one, pointer=str(path)) for one in faults)


def people(found: Import) -> People:
    """The people of an export, each once, with where they stand."""
    return listing(found.facts, spots=[(one.spot, one.cells) for one in found.gathered])


def written(found: Import) -> bytes:
    """What was read, as `evaluate` takes it."""
    return f"{json.dumps(found.values, ensure_ascii=False, indent=1)}\n".encode()


class _Reading:
    """A file on its way to rows."""

    def __init__(self, found: Grid, asked: Mapping, spots: Spots) -> None:
        self.grid, self.asked, self.spots = found, asked, spots
        self.spots.begin(FilePart(str(found.path), found.sheet, found.form == "json"))
        self.faults: list[Fault] = []
        self.wrong: dict[tuple[str, str], list[tuple[int, str]]] = {}  # by the code of why, and the column
        self.left: dict[tuple[str, str], list[int]] = {}
        self.unread: dict[str, None] = {}
        self.indicators: dict[str, str] = {}  # facts that were taken, and what the export calls each
        self.number = self.taken = 0
        self.whole, self.said = of_file(found, asked), list[Provenance]()
        self.marks = NumberMarks(found.delimiter or ";")
        # Of each column the marks of its numbers; None of one that holds something else.
        self.noted: dict[str, NumberMarks | None] = {}
        told = (name for name, (_, how) in asked.columns.items() if how != Field(optional=how.optional))
        self.formed = {*told, *asked.constants}

    def rows(self, watch: Watching) -> Collection[Raw]:
        """The rows that are taken, before their numbers are settled."""
        named = {bare(name): name for name in self.grid.names}
        self._once()
        used = {bare(name) for name in self._used()}
        cells, rows = 0, Spool()
        for number, record in watch(self.grid.records):
            self.number += 1
            cells += len(record)
            if cells > CELLS:
                raise Unusable(Fault("P816", facts={"path": str(self.grid.path), **bounded()}))
            if not named:
                self._pass(name for name in record if bare(name) not in used)
            before, known = len(rows), {bare(name): cell for name, cell in record.items()}
            for row in self._taken(number, known, record):
                self._note(row)
                rows.add(tuple(row), tuple(row.values()))
                self.spots.add(number)
                self._say(of_row(known, self.whole, self.asked))
            self.taken += len(rows) > before
        if self.asked.across is None and named:
            self._pass(name for key, name in named.items() if name and key not in used)
        self.faults += self._unlike()
        for marks in self.noted.values():
            if marks is not None:
                self.marks.also(marks)
        return rows.done()

    def _say(self, provenance: Provenance) -> None:
        """Where a row came from; of a table each place once."""
        if self.asked.table is None or provenance not in self.said:
            self.said.append(provenance)

    def _pass(self, names: Iterable[str]) -> None:
        if len(self.unread) <= COLUMNS:
            self.unread.update((name, None) for name in names)

    def _once(self) -> None:
        """See that no column which is read stands there twice."""
        counted = Counter(map(bare, self.grid.names))
        for name in dict.fromkeys(self._used()):
            if counted[bare(name)] > 1:
                self.faults.append(Fault("P824", facts={"name": shown(name)}))

    def _used(self) -> Iterator[str]:
        yield from self.asked.sources()
        yield from (name for name, _ in self.asked.columns.values())

    def _taken(self, number: int, cells: Row, record: Row) -> Iterator[Row]:
        first = next(iter(record.values()), "")
        needed = {name: cells.get(bare(name), "") for name in self.asked.sources()}
        # A record that has all it needs may be called so, as a client's company is.
        whole = self.asked.table is not None and " " in first and all(needed.values())
        if is_total(first) and not whole:
            return self._leave("total", first, number)
        unstored = [name for name, cell in needed.items() if cell.startswith(UNSTORED)]
        for name in unstored:
            self._wrong(number, name, needed[name])
        if unstored:
            return
        for name, wanted in self.asked.only.items():
            if (cell := cells.get(bare(name), "")) not in wanted:
                return self._leave("only", f"{name}: {shown(cell)}", number)
        row = dict(self.asked.constants)
        for name, (source, how) in self.asked.columns.items():
            cell = cells.get(bare(source), "")
            if how.until is not None and how.unit is not None:
                row[name] = self._span(number, cells, source, how.until, how.unit)
            elif cell:
                row[name] = self._cell(number, source, cell, how)
        if self.asked.indicators is None:
            yield {name: cell for name, cell in row.items() if cell}
        else:
            yield from self._indicated(number, cells, record, row, self.asked.indicators)

    def _leave(self, why: str, value: str, number: int) -> None:
        known = (why, value) in self.left or len(self.left) < VALUES
        self.left.setdefault((why, value if known else "…"), []).append(number)

    def _cell(self, number: int, source: str, cell: str, how: Field) -> str:
        text = None if cell.startswith(UNSTORED) else plain(cell, how)
        if text is None:
            return self._wrong(number, source, cell)
        if text is cell and isinstance(cell, JsonNumber) and "." in cell and "e" not in cell.casefold():
            return cell.rstrip("0").rstrip(".")  # three decimals of it are no thousands
        return str(text)

    def _span(self, number: int, cells: Row, source: str, until: str, unit: Unit) -> str:
        first, last = (cells.get(bare(name), "") for name in (source, until))
        text = span(first, last, unit)
        return self._wrong(number, until, f"{first} – {last}") if text is None else text

    def _wrong(self, number: int, source: str, cell: str) -> str:
        code = "P683" if cell.startswith(UNSTORED) else "P815"
        self.wrong.setdefault((code, source), []).append((number, cell.removeprefix(UNSTORED)))
        return ""

    def _unlike(self) -> Iterator[Fault]:
        """The columns in which cells are not what the mapping says, each once."""
        for (code, source), cells in self.wrong.items():
            facts: dict[str, Fact] = {"name": shown(source), "value": shown(cells[0][1])}
            where: dict[str, Fact] = {"rows": str(len(cells)), "lines": places(line for line, _ in cells)}
            yield Fault(code, facts={**facts, **where, "map": self.asked.name})

    def _indicated(self, number: int, cells: Row, record: Row, row: Row, said: Indicators) -> Iterator[Row]:
        """The facts of a row: one, or where others stand beside one another one of each."""
        across = self.asked.across
        names = {bare(one): meant for one, meant in said.names.items()}
        label = cells.get(bare(said.name), "") if said.name is not None else ""
        if said.name is not None and said.names and bare(label) not in names:
            return self._leave("indicator", label, number)
        fact = names.get(bare(label), label)
        if said.value is not None:
            self._named(fact, label)
            if cell := cells.get(bare(said.value), ""):
                yield {**row, fact: self._cell(number, said.value, cell, Field())}
            return
        mapped = {bare(one) for one in self._used()}
        for heading, cell in record.items():
            if bare(heading) in mapped:
                continue
            if is_total(heading):
                self._leave("total", heading, number)
            elif across != "indicator":
                self._named(fact, label)
                yield {**row, str(across): heading, fact: self._cell(number, heading, cell, Field())}
            elif not names or bare(heading) in names:
                self._named(fact := names.get(bare(heading), heading), heading)
                yield {**row, fact: self._cell(number, heading, cell, Field())}
            else:
                self._pass([heading])

    def _named(self, fact: str, label: str) -> None:
        """A fact that was taken; of a file with any number of them the first are told."""
        if len(self.indicators) <= COLUMNS:
            self.indicators.setdefault(fact, label)

    def _note(self, row: Row) -> None:
        """Enter what the numbers of a row tell of what points and commas mean in their columns."""
        for name, cell in row.items():
            if name in self.formed or self.noted.get(name, self.marks) is None:
                continue
            if not NUMBER.fullmatch(cell):
                self.noted[name] = None
            elif "," in cell or "." in cell:
                marks = self.noted.setdefault(name, NumberMarks(self.marks.delimiter))
                assert marks is not None
                marks.note(name, cell, whole=False)

    def settled(self, name: str, cell: str) -> str:
        """A cell with the marks that facts are written with, as far as all numbers of the file tell them."""
        if self.noted.get(name) is None:
            return cell
        value = self.marks.plain(name, cell, whole=True)
        # What has two readings is told by whoever reads it as a fact.
        return value if isinstance(value, str) else cell

    def summary(self) -> FileRead:
        """How the file was read."""
        found, asked = self.grid, self.asked
        columns = [
            ReadColumn(name, source if how.until is None else f"{source} – {how.until}")
            for name, (source, how) in asked.columns.items()
        ]
        if asked.across in {"employee", "period"}:
            columns.append(ReadColumn(asked.across, "…"))
        columns += [ReadColumn(fact, label) for fact, label in self.indicators.items()]
        columns += [ReadColumn(name, value=value) for name, value in asked.constants.items()]
        return FileRead(
            str(found.path),
            found.form,
            found.encoding,
            {"\t": "tab"}.get(found.delimiter or "", found.delimiter),
            found.sheet,
            self.number,
            self.taken,
            tuple(columns),
            tuple(self._notices()),
        )

    def _notices(self) -> Iterator[Fault]:
        found = self.grid
        if found.encoding not in {None, "utf-8"}:
            yield read_as("encoding", str(found.encoding).upper())
        if found.delimiter is not None:
            yield read_as("separator", "tab" if found.delimiter == "\t" else f"`{found.delimiter}`")
        yield from self.marks.told()
        if found.heading and found.heading[0] > 1:
            yield read_as("above", "1" if found.heading[0] == 2 else f"1–{found.heading[0] - 1}")
        if len(found.heading) > 1:
            yield read_as("rows", f"{found.heading[0]}–{found.heading[-1]}")
        if found.others:
            facts: dict[str, Fact] = {"name": found.sheet or "", "names": told(found.others)}
            yield Fault("P822", "notice", facts=facts)
        for (why, value), lines in self.left.items():
            facts = {"why": (f"phrase:left_{why}",), "value": shown(value), "rows": str(len(lines))}
            yield Fault("P820", "notice", facts={**facts, "lines": places(lines)})
        if self.unread:
            yield Fault("P821", "notice", facts={"names": told(self.unread)})
        if not self.taken:
            yield Fault("P825", "warning")
