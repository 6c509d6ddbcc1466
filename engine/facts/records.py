"""OwnRecords of a company, read once for a plan: each cell as an integer, each record with whose it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from operator import itemgetter
from types import NoneType

from dsl.faults import Fact, Fault, Severity
from dsl.node import node
from dsl.period import Period
from dsl.words import LANGS, UNITS, words

from ..compile import Compiled, Variant
from ..kernel import ColumnInput, Divided, Input, RecordsTable
from ..scales import places, scale
from ..waiting import MemberCell
from .decimals import Decimal, JsonNumber
from .understood import no_day
from .values import chosen, escaped, listed, shown, spoken, value

Cell = int | str | None
Row = tuple[Cell, ...]
Rows = Sequence[Row]
Raw = Mapping[str, object]  # a record as it comes: values by the names of columns

TEXT = 200  # characters of a text in a cell
DIGITS = re.compile(r"([0-9]+)")
NO_WORD = (1, 0, "")
# A day with a time, whose zone is that of the source: `2025-07-01T10:00:00+03:00`.
STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)


@node
class Wait:
    """What a group waits for: a fact or a figure that some of its members lack, and the cell left empty.

    `pointer` is where the first of them stands. A `fault` says why, where nothing is merely missing.
    """

    group: str
    value: str
    name: str
    who: tuple[str, ...]
    pointer: str
    cell: MemberCell
    fault: Fault | None = field(default=None, compare=False)


@node
class OwnRecords:
    """The records of a person in a table, by their ids; the places their cells are held in; what is wrong.

    A group may wait for some of its members.
    """

    rows: Rows = ()
    scales: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    waits: tuple[Wait, ...] = ()


@dataclass(slots=True)
class Tables:
    """All records of a company, read for a plan, and what is said of them as a whole.

    `everybody` are those of tables that do not say whose a record is. `whose` has for each row of the others
    whose it is, and None where that cannot be told; `leads` has for rows of a table the rows of others that
    they belong to; `stray` are the rows of which nobody can tell whose they are.
    """

    owned: dict[str, dict[str, OwnRecords]] = field(default_factory=dict)
    everybody: dict[str, OwnRecords] = field(default_factory=dict)
    scales: dict[str, tuple[int, ...]] = field(default_factory=dict)
    whose: dict[str, list[str | None]] = field(default_factory=dict)
    leads: dict[str, dict[int, set[tuple[str, int]]]] = field(default_factory=dict)
    stray: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of(self, employee: str) -> Mapping[str, OwnRecords]:
        """The records of a person, of each table."""
        own = {
            name: owners.get(employee, OwnRecords(scales=self.scales[name]))
            for name, owners in self.owned.items()
        }
        return self.everybody | own


def read_tables(
    compiled: Compiled, raw: Mapping[str, Iterable[Raw]], pointer: str = "/tables", *, whole: bool = True
) -> Tables:
    """The records of each table of a plan, as far as they can be read.

    They are `whole` where the records of all people are among them, so that what these make together shows.
    """
    tables, found = compiled.kernel.tables, Tables()
    known = compiled.kernel.brought
    for name in raw:
        if name not in known:
            facts: dict[str, Fact] = {"name": shown(name), "known": listed(sorted(known))}
            found.faults.append(Fault("P550", pointer=f"{pointer}/{escaped(name)}", facts=facts))
    sent = [() if table.group else raw.get(table.name, ()) for table in tables]
    readers = [_Reader(compiled, *one, pointer) for one in zip(tables, map(list, sent), strict=True)]
    for reader in readers:
        reader.read()
    for reader in readers:
        reader.linked(readers)
    for reader in readers:
        reader.shared(whole=whole)
        reader.handed(found)
    return found


class _Reader:
    """A table on its way from texts to integers."""

    def __init__(self, compiled: Compiled, table: RecordsTable, raw: Sequence[Raw], pointer: str) -> None:
        self.compiled, self.table, self.raw = compiled, table, raw
        self.pointer = f"{pointer}/{escaped(table.name)}"
        self.own = [cells for cells in table.columns if cells.via is None]
        self.scales = [scale(compiled.kernel, cells, 0) for cells in table.columns]
        self.rows: list[list[Cell]] = []
        self.wrong: dict[int, list[Fault]] = {}
        self.said: dict[tuple[str, int], tuple[int, Fault]] = {}  # once for each column, by the first record
        self.leads: dict[int, set[tuple[str, int]]] = {}
        self.byid: dict[Cell, int] = {}
        self.done = False

    def read(self) -> None:
        """All cells but those of other tables; anew where one needs more decimal places."""
        before = None
        while before != self.scales:
            before = [*self.scales]
            self.wrong.clear()
            self.said.clear()
            columns = [self._column(at, cells) for at, cells in enumerate(self.own)]
            self.rows = [*map(list, zip(*columns, strict=True))]
        if self.table.id is not None:
            for at, row in enumerate(self.rows):
                self.byid.setdefault(row[self.table.id], at)

    def _column(self, index: int, cells: ColumnInput) -> list[Cell]:
        """The cells of a column; what is alike is read once, unless there is something to be said of it."""
        raw = [row.get(cells.name) for row in self.raw]
        entry = Input(cells.name, "actual", cells.kind, cells.choices, cells.signed, cells.default)
        preset = None if cells.default is None else self._held(index, _decimal(cells))
        known: dict[object, Cell] = {}
        texts = {*map(type, raw)} - {bool, NoneType}
        # A number of JSON and a text may be written alike and be read differently.
        if len(texts) > 1 or not texts <= {str, JsonNumber}:
            return [self._told(index, entry, preset, one, at) for at, one in enumerate(raw)]
        alike = dict.fromkeys(raw)
        for one in alike:
            found, faults = self._read(index, entry, preset, one, "")
            if not faults:
                known[one] = found
        if len(known) == len(alike):
            return [known[one] for one in raw]
        return [
            known[one] if one in known else self._told(index, entry, preset, one, at)
            for at, one in enumerate(raw)
        ]

    def _told(self, index: int, entry: Input, preset: int | None, raw: object, at: int) -> Cell:
        """A cell of a record, and what is to be said of it."""
        where = f"{self.pointer}/{at}"
        found, faults = self._read(index, entry, preset, raw, where)
        for fault in faults:
            placed = _placed(fault, where, self.own[index])
            if fault.severity == "error":
                self.wrong.setdefault(at, []).append(placed)
            else:
                self.said.setdefault((fault.code, index), (at, placed))
        return found

    def _read(
        self, index: int, entry: Input, preset: int | None, raw: object, where: str
    ) -> tuple[Cell, Sequence[Fault]]:
        """What a cell is, and what is to be said of it."""
        if isinstance(raw, str) and not raw.strip():
            raw = None
        if not isinstance(raw, str | bool):
            if raw is None and (preset is not None or index == self.table.counts):
                return preset, ()
            facts = {"name": entry.name, "table": self.table.name, "value": shown(raw)}
            return None, [Fault("P543" if raw is None else "P551", facts=facts)]
        faults: list[Fault] = []
        return self._cell(index, entry, raw, where, faults), faults

    def _cell(self, index: int, entry: Input, raw: str | bool, where: str, faults: list[Fault]) -> Cell:
        """One cell."""
        if entry.kind == "text":
            text = str(raw).strip()
            if isinstance(raw, bool) or len(text) > TEXT:
                faults.append(Fault("P551", pointer=where, facts={"name": entry.name, "value": shown(raw)}))
            return text
        if entry.kind == "choice":
            picked = chosen(entry, raw.strip() if isinstance(raw, str) else raw, where)
            if isinstance(picked, Fault):
                faults.append(picked)
                return None
            return picked
        if entry.kind == "date" and isinstance(raw, str):
            if no_day(raw):
                return None
            if stamped := STAMP.fullmatch(raw.strip()):
                raw = stamped[1]
        if entry.kind == "duration":
            number = self._lasting(index, entry, raw, where, faults)
        else:
            number = value(self.compiled, entry, raw, where, faults)
        return None if number is None else self._held(index, number)

    def _lasting(
        self, index: int, entry: Input, raw: str | bool, where: str, faults: list[Fault]
    ) -> Decimal | None:
        """The seconds of a duration: as its text says, or of a bare number by the unit of its column."""
        seconds = lasting(raw) if isinstance(raw, str) else None
        if seconds is not None and (entry.signed or seconds.digits >= 0):
            return seconds
        facts: dict[str, Fact] = {"name": entry.name, "table": self.table.name, "value": shown(raw)}
        if isinstance(raw, str) and ":" in raw:
            faults.append(Fault("P568", pointer=where, facts=facts))
            return None
        number, unit = value(self.compiled, entry, raw, where, faults), self.own[index].unit
        if number is None or not number.digits:  # nothing at all lasts nothing in any unit
            return number
        if unit is None:
            faults.append(Fault("P569", pointer=where, facts=facts))
            return None
        return Decimal(number.digits * unit, number.places)

    def _held(self, index: int, number: Decimal) -> int:
        """A number in the places of its column, which get more where it needs them."""
        if number.places > self.scales[index]:
            self.scales[index] = scale(self.compiled.kernel, self.own[index], number.places)
        more: int = 10 ** (self.scales[index] - number.places)
        return number.digits * more

    def linked(self, readers: Sequence[_Reader]) -> None:
        """The cells of the records that others belong to; these have all of theirs before."""
        links = [(at, readers[cells.leads]) for at, cells in enumerate(self.own) if cells.leads is not None]
        if self.done or not links:
            return
        self.done = True
        for _, other in links:
            other.linked(readers)
        of = dict(links)
        taken = [cells.via for cells in self.table.columns if cells.via is not None]
        for at, row in enumerate(self.rows):
            wrong = at in self.wrong
            found = {link: other.byid.get(row[link]) for link, other in links}
            for link, other in links:
                if (there := found[link]) is not None:
                    self.leads.setdefault(at, set()).add((other.table.name, there))
                    if there in other.wrong:
                        self.wrong.setdefault(at, []).extend(other.wrong[there])
                elif not wrong:
                    name = self.own[link].name
                    facts = {"name": name, "value": shown(row[link]), "table": other.table.name}
                    fault = Fault("P548", pointer=f"{self.pointer}/{at}/{escaped(name)}", facts=facts)
                    self.wrong.setdefault(at, []).append(fault)
            for link, column in taken:
                row.append(None if (there := found[link]) is None else of[link].rows[there][column])
        self.scales[len(self.own) :] = [of[link].scales[column] for link, column in taken]

    def shared(self, *, whole: bool) -> None:
        """Faults for cells that do not make together what the plan says, told to each whose records they are.

        Where only some of the records came, they can be seen to make too much, and not too little.
        """
        for shares in self.table.shares:
            together: dict[Cell, list[int]] = {}
            # Of equal records with one id only one is there.
            for at, row in {self._key(at): (at, row) for at, row in enumerate(self.rows)}.values():
                if row[shares.by] is not None and row[shares.column] is not None:
                    together.setdefault(row[shares.by], []).append(at)
            for key, several in together.items():
                made = sum(cell for at in several if isinstance(cell := self.rows[at][shares.column], int))
                sum_ = Fraction(made, 10 ** self.scales[shares.column])
                over = sum_ > shares.whole and shares.sign != ">="
                if over or (whole and sum_ < shares.whole and shares.sign != "<="):
                    self._unshared(shares, key, several, sum_)

    def _key(self, at: int) -> Cell:
        """The id of a record; of one without, its number."""
        key = None if self.table.id is None else self.rows[at][self.table.id]
        return at if key is None else key

    def _unshared(self, shares: Divided, key: Cell, several: Sequence[int], made: Fraction) -> None:
        """The fault of records that do not make together what they should, once for each whose they are."""
        owner, column, by = self.table.owner, self.table.columns[shares.column], self.table.columns[shares.by]
        first: dict[Cell, int] = {}
        for at in several:
            first.setdefault(None if owner is None else self.rows[at][owner], at)
        facts: dict[str, Fact] = {
            "table": self.table.name,
            "name": column.name,
            "by": by.name,
            "id": shown(by.choices[key] if by.choices and isinstance(key, int) else str(key)),
            "sum": spoken(made, column.kind),
            "said": self.compiled.source.words(shares.place),
            "people": "`, `".join(shown(one) for one in first if one is not None),
        }
        for at in first.values():
            where = f"{self.pointer}/{at}/{escaped(column.name)}"
            self.wrong.setdefault(at, []).append(Fault("P567", pointer=where, facts=facts))

    def handed(self, found: Tables) -> None:
        """Each record to whose it is."""
        name, owner = self.table.name, self.table.owner
        found.scales[name] = scales = tuple(self.scales)
        found.leads[name] = self.leads
        groups: dict[str, list[Row]] = {}
        wrong: dict[str, list[Fault]] = {}
        for at, row in self._distinct(found):
            whose = "" if owner is None else row[owner]
            if whose is None:
                found.faults.extend(self.wrong.get(at, ()))
                found.stray.setdefault(name, []).append((at, tuple(row)))
            elif at in self.wrong:
                wrong.setdefault(str(whose), []).extend(self.wrong[at])
            else:
                groups.setdefault(str(whose), []).append(tuple(row))
        records = {
            whose: OwnRecords(self._sorted(groups.get(whose, [])), scales, tuple(wrong.get(whose, ())))
            for whose in groups.keys() | wrong.keys()
        }
        if owner is None:
            found.everybody[name] = records.get("", OwnRecords(scales=scales))
        else:
            found.owned[name] = records
            cells = (row[owner] for row in self.rows)
            found.whose[name] = [cell if isinstance(cell, str) else None for cell in cells]
        found.faults.extend(fault for _, fault in sorted(self.said.values(), key=itemgetter(0)))
        found.faults.extend(self._unread())

    def _unread(self) -> Iterator[Fault]:
        """That there are columns which the plan does not read, once for all of them."""
        known, unread = {cells.name for cells in self.own}, dict[str, None]()
        for row in self.raw:
            if not row.keys() <= known:
                unread.update((name, None) for name in row if name not in known)
        if unread:
            facts: dict[str, Fact] = {
                "table": self.table.name,
                "names": listed([shown(name) for name in unread]),
                "known": listed([cells.name for cells in self.own]),
            }
            yield Fault("P554", "notice", pointer=self.pointer, facts=facts)

    def _distinct(self, found: Tables) -> Iterable[tuple[int, list[Cell]]]:
        """The records, of those with one id and the same cells one; with other cells both are wrong."""
        if self.table.id is None:
            return list(enumerate(self.rows))
        kept: dict[Cell, int] = {}
        rows: list[tuple[int, list[Cell]]] = []
        for at, row in enumerate(self.rows):
            key = row[self.table.id]
            first = kept.setdefault(key, at) if key is not None else at
            if first == at:
                rows.append((at, row))
                continue
            facts = {"id": shown(key), "table": self.table.name}
            if self.rows[first] == row:
                found.faults.append(Fault("P552", "notice", pointer=f"{self.pointer}/{at}", facts=facts))
                continue
            for one in (first, at):
                fault = Fault("P547", pointer=f"{self.pointer}/{one}", facts=facts)
                self.wrong.setdefault(one, []).append(fault)
            rows.append((at, row))
        return rows

    def _sorted(self, rows: list[Row]) -> Rows:
        """Records by their ids, numbers in them as numbers; those without ids by what stands in them."""
        key = self.table.id
        return sorted(rows, key=(lambda row: natural(row[key])) if key is not None else _plain)


def natural(cell: Cell) -> tuple[tuple[int, int, str], ...]:
    """What an id is sorted by: the numbers in it as numbers."""
    # Every second part is the digits; a `²` is none, whatever Python calls it.
    text = str(cell)
    if text.isdecimal() and text.isascii():
        return NO_WORD, (0, int(text), text), NO_WORD
    parts = enumerate(DIGITS.split(text))
    return tuple((0, int(part), part) if at % 2 else (1, 0, part) for at, part in parts)


def _plain(row: Row) -> tuple[tuple[bool, str, int], ...]:
    return tuple(
        (cell is not None, cell if isinstance(cell, str) else "", cell if isinstance(cell, int) else 0)
        for cell in row
    )


def _decimal(cells: ColumnInput) -> Decimal:
    assert cells.default is not None
    needed = places(cells.default) or 0
    return Decimal(int(cells.default * 10**needed), needed)


def _placed(fault: Fault, where: str, cells: ColumnInput) -> Fault:
    """A fault of a cell at its place."""
    return Fault(
        fault.code, fault.severity, pointer=f"{where}/{escaped(cells.name)}", facts=fault.facts, fix=fault.fix
    )


CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])")
SPOKEN = re.compile(r"(-?[0-9]{1,12}(?:[.,][0-9]{1,9})?)[ \u00a0]?([^\W\d_]{1,9})\.?")


def lasting(text: str) -> Decimal | None:
    """A duration that says its unit, in seconds: `00:01:35`, `95 seconds`, `1,5 мин`."""
    if found := CLOCK.fullmatch(text.strip()):
        hours, minutes, seconds = map(int, found.groups())
        return Decimal((hours * 60 + minutes) * 60 + seconds, 0)
    found = SPOKEN.fullmatch(text.strip())
    unit = None if found is None else _units().get(found[2].casefold())
    if found is None or unit is None:
        return None
    whole, _, part = found[1].replace(",", ".").partition(".")
    return Decimal(int(whole + part) * unit, len(part))


@cache
def _units() -> Mapping[str, int]:
    """The words for units of durations, of both languages, since a system writes its own whoever reads."""
    return {word: UNITS[unit] for lang in LANGS for word, unit in words(lang).units.items()}


@dataclass(slots=True)
class CountingRecords:
    """The records of a person that count in a period, of each table; their places; and what is wrong.

    `beside` are, of each table, how many count in another period, how many have no day, and how many are
    late: among those that count, or left to their months, as the plan says.
    """

    rows: list[Rows] = field(default_factory=list)
    scales: list[tuple[int, ...]] = field(default_factory=list)
    beside: list[tuple[int, int, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)


def drawn(
    variant: Variant,
    records: Mapping[str, OwnRecords],
    when: Period | None,
    days: Sequence[tuple[int, int]] | None = None,
    others: Collection[Period] = (),
    pointer: str = "/tables",
) -> CountingRecords:
    """What counts of the records of a person, on some days alone where these are said.

    For the `others` of these periods they are paid as well in the same call.
    """
    found = CountingRecords()
    for table, usual in zip(variant.kernel.tables, variant.usual.tables, strict=True):
        own = records.get(table.name, OwnRecords(scales=usual))
        found.faults.extend(fault for fault in own.faults if fault not in found.faults)
        found.waits.extend(own.waits)
        dated = _Dated(own.rows)
        if table.counts is not None and when is not None:
            dated = _within(own.rows, table, when, others)
            found.faults.extend(_belated(table, dated, f"{pointer}/{escaped(table.name)}"))
            if days is not None:
                dated.counting = [row for row in dated.counting if _among(row[table.counts], days)]
        found.rows.append(dated.counting)
        found.scales.append(own.scales or usual)
        kept = len(dated.counting) + (len(dated.late) if table.late == "to_their_month" else 0)
        found.beside.append((len(own.rows) - kept - dated.undated, dated.undated, len(dated.late)))
    return found


def _among(day: Cell, days: Iterable[tuple[int, int]]) -> bool:
    return isinstance(day, int) and any(first <= day <= last for first, last in days)


@dataclass(slots=True)
class _Dated:
    """Records by their days: those that count, those that are late, and those that are too late."""

    counting: Rows
    late: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    undated: int = 0


def _within(rows: Rows, table: RecordsTable, when: Period, others: Collection[Period]) -> _Dated:
    """The records of a period, and those of earlier ones that come now; those of `others` count there."""
    first, last = date.toordinal(when.first), date.toordinal(when.last)
    counting: list[Row] = []
    found = _Dated(counting)
    for row in rows:
        day = row[table.counts or 0]
        if not isinstance(day, int):
            found.undated += 1
        elif first <= day <= last:
            counting.append(row)
        elif day < first and table.late is not None and not _paid(day, others):
            if first - day > table.horizon:
                found.lost.append(row)
                continue
            found.late.append(row)
            if table.late == "on_arrival":
                counting.append(row)
    return found


def fall(table: RecordsTable, rows: Rows, when: Period, *, unknown: bool = False) -> bool:
    """Whether any of some records counts in a period; an `unknown` day may be in it, where that is asked."""
    if table.counts is None:
        return bool(rows)
    dated = _within(rows, table, when, ())
    return bool(dated.counting) or (unknown and dated.undated > 0)


def _paid(day: int, others: Collection[Period]) -> bool:
    """Whether a day lies in a period that is paid as well."""
    return any(one.first.toordinal() <= day <= one.last.toordinal() for one in others)


TOLD = 5  # late records that are named


def _belated(table: RecordsTable, dated: _Dated, pointer: str) -> Iterator[Fault]:
    """That there are late records, and what became of them."""
    ways: Sequence[tuple[str, Severity, list[Row]]] = (
        ("P570" if table.late == "on_arrival" else "P571", "notice", dated.late),
        ("P572", "warning", dated.lost),
    )
    for code, severity, several in ways:
        if several:
            named = [_called(table, row) for row in several[:TOLD]]
            facts: dict[str, Fact] = {
                "table": table.name,
                "rows": str(len(several)),
                "records": "; ".join(named) + ("; …" if len(several) > TOLD else ""),
                "horizon": str(table.horizon),
            }
            yield Fault(code, severity, pointer=pointer, facts=facts)


def _called(table: RecordsTable, row: Row) -> str:
    """A late record by its id, where it has one, and its month."""
    day = row[table.counts or 0]
    assert isinstance(day, int)
    month = f"{date.fromordinal(day):%Y-%m}"
    return month if table.id is None else f"{shown(row[table.id])} ({month})"
