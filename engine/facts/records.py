"""Records of a company, read once for a plan: each cell as an integer, each record with whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from operator import itemgetter

from dsl.faults import Fact, Fault
from dsl.node import node

from ..compile import Compiled
from ..kernel import Divided
from ..waiting import MemberCell
from .columns import Cell, ColumnCells, Raw, TableColumns
from .exchange import Quotes, currency
from .parted import Parted, partings
from .values import escaped, listed, shown, spoken

Row = tuple[Cell, ...]
Rows = Sequence[Row]

DIGITS = re.compile(r"([0-9]+)")
NO_WORD = (1, 0, "")
TOLD = 5  # records that are told one by one, where the same is wrong with many


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

    A group may wait for some of its members; others are `away` all the time, and it is reckoned without them.
    """

    rows: Rows = ()
    scales: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    waits: tuple[Wait, ...] = ()
    away: tuple[str, ...] = ()


@node
class Unshared:
    """A record that nobody shares though the plan says what its parts make, and a part as it would count."""

    shares: Divided
    table: str
    id: str
    part: Row


@dataclass(slots=True)
class Tables:
    """All records of a company, read for a plan, and what is said of them as a whole.

    `everybody` are those of tables that do not say whose a record is. `counts` are how many records of the
    others are whose, and of how many nobody can tell it; `whose` has it for each row, and `leads` for rows of
    a table the rows of others that they belong to, of tables that are read as a whole; `stray` are the rows
    of which nobody can tell whose they are. `lacking` says of tables that no record of theirs has a column.
    `unshared` are, of tables whose records share others, those that none shares.
    """

    owned: dict[str, Mapping[str, OwnRecords]] = field(default_factory=dict)
    everybody: dict[str, OwnRecords] = field(default_factory=dict)
    scales: dict[str, tuple[int, ...]] = field(default_factory=dict)
    counts: dict[str, Mapping[str | None, int]] = field(default_factory=dict)
    whose: dict[str, list[str | None]] = field(default_factory=dict)
    leads: dict[str, dict[int, set[tuple[str, int]]]] = field(default_factory=dict)
    stray: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    lacking: dict[str, list[Fault]] = field(default_factory=dict)
    unshared: dict[str, list[Unshared]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of(self, employee: str) -> Mapping[str, OwnRecords]:
        """The records of a person, of each table."""
        own = {
            name: owners.get(employee, OwnRecords(scales=self.scales[name]))
            for name, owners in self.owned.items()
        }
        return self.everybody | own

    def told(self) -> list[Fault]:
        """What is said of the tables as a whole, of those too that are read one person at a time.

        Of what is wrong with the same column of many records the first are told.
        """
        apart = [owners for owners in self.owned.values() if isinstance(owners, ReadApart)]
        faults = [*self.faults, *(fault for owners in apart for fault in owners.faults())]
        many, told = Counter[tuple[str, Fact | None, Fact | None]](), list[Fault]()
        for fault in faults:
            key = fault.code, fault.facts.get("table"), fault.facts.get("name")
            many[key] += fault.severity == "error"
            if many[key] <= TOLD:
                told.append(fault)
        return told

    def nobodys(self, name: str) -> Sequence[tuple[int, Row]]:
        """The records of a table of which nobody can tell whose they are, with their numbers."""
        owners = self.owned.get(name)
        return owners.nobodys() if isinstance(owners, ReadApart) else self.stray.get(name, ())


def read_tables(
    compiled: Compiled, raw: Mapping[str, Collection[Raw]], pointer: str = "/tables", *, whole: bool = True
) -> Tables:
    """The records of each table of a plan, as far as they can be read.

    They are `whole` where the records of all people are among them, so that what these make together shows.
    Those that are parted by whose they are, as the plan asks for them, are read when they are asked for.
    """
    kernel, found = compiled.kernel, Tables()
    known, apart = compiled.brought, partings(kernel)
    for name in raw:
        if name not in known:
            facts: dict[str, Fact] = {"name": shown(name), "known": listed(sorted(known))}
            found.faults.append(Fault("P550", pointer=f"{pointer}/{escaped(name)}", facts=facts))
    readers: dict[int, _Reader] = {}
    for at, table in enumerate(kernel.tables):
        rows = () if table.group else raw.get(table.name, ())
        columns = TableColumns(compiled, table, pointer)
        if lacking := [*_lacking(columns, rows)]:
            found.lacking[table.name], rows = lacking, ()
        if isinstance(rows, Parted) and apart.get(table.name) == rows.by:
            found.owned[table.name] = ReadApart(columns, rows)
            found.scales[table.name], found.counts[table.name] = tuple(columns.scales), rows.counts
        else:
            readers[at] = _Reader(columns, [*rows], range(len(rows)))
    for reader in readers.values():
        reader.linked(readers)
    for reader in readers.values():
        reader.shared(whole=whole)
        if whole and reader.table.name in raw and reader.table.name not in found.lacking:
            found.unshared[reader.table.name] = [*reader.unshared(readers)]
        reader.handed(found)
        found.faults += reader.told()
    return found


def _lacking(columns: TableColumns, rows: Collection[Raw]) -> Iterator[Fault]:
    """A fault for each column that every record needs and none has, being called otherwise or left out."""
    apart = rows.names if isinstance(rows, Parted) else None
    for at, cells in enumerate(columns.own):
        if cells.default is not None or at == columns.table.counts or not rows:
            continue
        if not (cells.name in apart if apart is not None else any(cells.name in row for row in rows)):
            names = apart if apart is not None else dict.fromkeys(name for row in rows for name in row)
            others = sorted(shown(name) for name in names if name not in columns.names)
            facts: dict[str, Fact] = {"table": columns.table.name, "name": cells.name}
            facts["others"] = listed(others) if others else ("phrase:no_others",)
            yield Fault("P594", pointer=columns.pointer, facts=facts)


class ReadApart(Mapping[str, OwnRecords]):
    """The records of each person, read when they are asked for."""

    def __init__(self, columns: TableColumns, parted: Parted) -> None:
        self.columns, self.parted = columns, parted
        self.said: dict[tuple[str, int], tuple[int, Fault]] = {}
        self.unread: dict[str, None] = {}
        self._read = set[str | None]()

    def __getitem__(self, who: str) -> OwnRecords:
        if who not in self.parted.counts:
            raise KeyError(who)
        return self._gone_over(who).owned[self.columns.table.name][who]

    def __iter__(self) -> Iterator[str]:
        return (who for who in self.parted.counts if who is not None)

    def __len__(self) -> int:
        return len(self.parted.counts.keys() - {None})

    def faults(self) -> Iterator[Fault]:
        """What is to be said of the table as a whole; those whom nobody asked for are gone over for it."""
        for who in self.parted.counts.keys() - self._read - {None}:
            self._gone_over(who)
        if None in self.parted.counts:
            yield from self._gone_over(None).faults
        yield from _in_turn(self.said, self.unread, self.columns)

    def nobodys(self) -> Sequence[tuple[int, Row]]:
        """The records of which nobody can tell whose they are, with their numbers."""
        return (
            self._gone_over(None).stray.get(self.columns.table.name, ()) if None in self.parted.counts else ()
        )

    def _gone_over(self, who: str | None) -> Tables:
        """The records of somebody."""
        rows, found = self.parted.of(who), Tables()
        reader = _Reader(self.columns, [row for _, row in rows], [number for number, _ in rows])
        reader.handed(found)
        if who not in self._read:
            self._read.add(who)
            self.unread.update(reader.unread)
            for key, said in reader.said.items():
                self.said[key] = min(said, self.said.get(key, said), key=itemgetter(0))
        return found


def _in_turn(
    said: Mapping[tuple[str, int], tuple[int, Fault]], unread: Collection[str], columns: TableColumns
) -> Iterator[Fault]:
    """What is said once of a table: of its columns, and that there are some which the plan does not read."""
    yield from (fault for _, fault in sorted(said.values(), key=itemgetter(0)))
    if unread:
        facts: dict[str, Fact] = {
            "table": columns.table.name,
            "names": listed([shown(name) for name in unread]),
            "known": listed([cells.name for cells in columns.own]),
        }
        yield Fault("P554", "notice", pointer=columns.pointer, facts=facts)


class _Reader:
    """Records of a table on their way from texts to integers; `numbers` are theirs in it."""

    def __init__(self, columns: TableColumns, raw: Sequence[Raw], numbers: Sequence[int]) -> None:
        self.columns, self.table, self.own = columns, columns.table, columns.own
        cells = ColumnCells(columns, raw, numbers)
        self.rows, self.where, self.numbers = cells.rows(), cells.where, numbers
        self.scales, self.wrong, self.said = cells.scales, cells.wrong, cells.said
        self.leads: dict[int, set[tuple[str, int]]] = {}
        self.byid: dict[Cell, int] = {}
        self.done = False
        if self.table.id is not None:
            for at, row in enumerate(self.rows):
                self.byid.setdefault(row[self.table.id], at)
        self.rates = None if self.table.quoted is None else Quotes(self.table, self.table.quoted, self.rows)
        for at, fault in () if self.rates is None else self.rates.wrong(columns.pointer):
            self.wrong.setdefault(at, []).append(fault)
        strange = (row for row in raw if not row.keys() <= columns.names)
        self.unread = dict.fromkeys(name for row in strange for name in row if name not in columns.names)

    def linked(self, readers: Mapping[int, _Reader]) -> None:
        """The cells of the records that others belong to; these have all of theirs before."""
        links = [(at, readers[cells.leads]) for at, cells in enumerate(self.own) if cells.leads is not None]
        if self.done:
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
                    fault = Fault("P548", pointer=f"{self.where(at)}/{escaped(name)}", facts=facts)
                    self.wrong.setdefault(at, []).append(fault)
            for link, column in taken:
                row.append(None if (there := found[link]) is None else of[link].rows[there][column])
        here = len(self.own)
        self.scales[here : here + len(taken)] = [of[link].scales[column] for link, column in taken]
        self._exchanged(readers)

    def _exchanged(self, readers: Mapping[int, _Reader]) -> None:
        """The code, the rate and its day of money of other currencies; that of the plan's own is one."""
        names = [cells.name for cells in self.table.columns]
        for exchange in self.table.exchanged:
            quotes = readers[exchange.rates]
            assert quotes.rates is not None
            scale = self.scales[exchange.rate] = quotes.scales[quotes.rates.quoted.rate]
            name, of_day = names[exchange.rate].partition(":")[0], names[exchange.day]
            amount, own = names.index(name), self.columns.compiled.kernel.currency
            for at, row in enumerate(self.rows):
                code, day = currency(exchange, self.table, row), row[exchange.day]
                dated = isinstance(day, int)
                found = quotes.rates.of(code, day) if code and isinstance(day, int) else None
                if code == own or not row[amount]:  # of nothing at all too no rate is needed
                    found = 10**scale, day if isinstance(day, int) else 0, 1
                # A record of no day counts nowhere.
                elif found is None and at not in self.wrong and (dated or exchange.day != self.table.counts):
                    when = date.fromordinal(day).isoformat() if isinstance(day, int) else of_day
                    facts: dict[str, Fact] = {"name": name, "currency": str(code), "day": when}
                    facts["table"] = quotes.table.name if dated else self.table.name
                    where = f"{self.where(at)}/{escaped(name)}"
                    fault = Fault("P546" if dated else "P559", pointer=where, facts=facts)
                    self.wrong.setdefault(at, []).append(fault)
                rate, quoted, units = found or (None, None, None)
                row += [code, rate, quoted, *([] if exchange.units is None else [units])]

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

    def unshared(self, readers: Mapping[int, _Reader]) -> Iterator[Unshared]:
        """The records that no record here is of, where those of each make no less than the plan says."""
        counts = self.table.counts
        for shares in self.table.shares:
            leads = self.table.columns[shares.by].leads
            if leads is None or shares.sign == "<=":
                continue
            other, there = readers[leads], {row[shares.by] for row in self.rows}
            via = None if counts is None else self.table.columns[counts].via
            day = other.table.counts if via is None or via[0] != shares.by else via[1]
            for key, at in other.byid.items():
                if key is not None and key not in there:
                    dated = None if day is None else other.rows[at][day]
                    part = (*[None] * (counts or 0), dated)
                    yield Unshared(shares, other.table.name, shown(key), part)

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
            "said": self.columns.compiled.source.words(shares.place),
            "people": "`, `".join(shown(one) for one in first if one is not None),
        }
        for at in first.values():
            where = f"{self.where(at)}/{escaped(column.name)}"
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
            found.whose[name] = whose_ = [cell if isinstance(cell, str) else None for cell in cells]
            found.counts[name] = Counter(whose_)

    def told(self) -> Iterator[Fault]:
        """What is to be said of the table once."""
        return _in_turn(self.said, self.unread, self.columns)

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
                found.faults.append(Fault("P552", "notice", pointer=self.where(at), facts=facts))
                continue
            for one in (first, at):
                fault = Fault("P547", pointer=self.where(one), facts=facts)
                self.wrong.setdefault(one, []).append(fault)
            rows.append((at, row))
        return rows

    def _sorted(self, rows: list[Row]) -> Rows:
        """Records by their ids, numbers in them as numbers; those without ids by what stands in them."""
        key = self.table.id
        if key is None:
            return sorted(rows, key=_plain)
        ids = [str(row[key]) for row in rows]
        if all(map(str.isdecimal, ids)) and all(map(str.isascii, ids)):
            return [rows[at] for *_, at in sorted(zip(map(int, ids), ids, range(len(ids)), strict=True))]
        return sorted(rows, key=lambda row: natural(row[key]))


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
