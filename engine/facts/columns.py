"""The cells of a table of records, column by column: integers, and texts as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType

from dsl.faults import Fact, Fault

from ..compile import Compiled
from ..kernel import ColumnInput, Input, RecordsTable
from ..scales import places, scale
from .decimals import Decimal, JsonNumber
from .times import local
from .understood import no_day
from .values import chosen, escaped, shown, value

Cell = int | str | None
Raw = Mapping[str, object]  # a record as it comes: values by the names of columns

TEXT = 200  # characters of a text in a cell
SHORT = 16  # characters of a number that is read in no time
KEPT = 4096  # cells of a column that are read once for all records
FEW = frozenset({"choice", "date", "yes_no"})  # kinds of which many cells are alike


class TableColumns:
    """The columns of a table that come with its records, and how a plan reads their cells.

    `known` are cells that were read before, of columns of which many are alike.
    """

    def __init__(self, compiled: Compiled, table: RecordsTable, pointer: str) -> None:
        self.compiled, self.table = compiled, table
        self.pointer = f"{pointer}/{escaped(table.name)}"
        self.own = [cells for cells in table.columns if cells.brought]
        self.names = {cells.name for cells in self.own}
        self.scales = [scale(compiled.kernel, cells, 0) for cells in table.columns]
        self.entries = [
            Input(one.name, "actual", one.kind, one.choices, one.signed, one.default, unit=one.unit)
            for one in self.own
        ]
        self.known: dict[tuple[int, type], dict[object, Cell]] = {}


class ColumnCells:
    """The cells of some records, and what is wrong with them.

    `numbers` are those of the records in the table; `wrong` are the faults of each by its place among these
    here; `said` is what is to be said once for each column, by the first record of which it is.
    """

    def __init__(self, columns: TableColumns, raw: Sequence[Raw], numbers: Sequence[int]) -> None:
        self.columns, self.raw, self.numbers = columns, raw, numbers
        self.scales = [*columns.scales]
        self.wrong: dict[int, list[Fault]] = {}
        self.said: dict[tuple[str, int], tuple[int, Fault]] = {}

    def rows(self) -> list[list[Cell]]:
        """All cells; read anew where one needs more decimal places."""
        before = None
        read: list[list[Cell]] = []
        while before != self.scales:
            before = [*self.scales]
            self.wrong.clear()
            self.said.clear()
            read = [self._column(at, cells) for at, cells in enumerate(self.columns.own)]
        return [*map(list, zip(*read, strict=True))]

    def _column(self, index: int, cells: ColumnInput) -> list[Cell]:
        """The cells of a column."""
        raw = [row.get(cells.name) for row in self.raw]
        if cells.kind in {"text", "money", "count", "number"}:
            return self._plain(index, cells, raw)
        preset = self._preset(index)
        texts = {*map(type, raw)} - {bool, NoneType}
        # A number of JSON and a text may be written alike and be read differently.
        if len(texts) > 1 or not texts <= {str, JsonNumber}:
            return [self._told(index, preset, one, at) for at, one in enumerate(raw)]
        alike = cells.kind in FEW
        known = self.columns.known.setdefault((index, next(iter(texts), str)), {}) if alike else {}
        if len(known) > KEPT:
            known.clear()
        for one in {*raw} - known.keys():
            found, faults = self._read(index, preset, one, "")
            if not faults:
                known[one] = found
        return [
            known[one] if one in known else self._told(index, preset, one, at) for at, one in enumerate(raw)
        ]

    def _plain(self, index: int, cells: ColumnInput, raw: Sequence[object]) -> list[Cell]:
        """The cells of a column of which few are alike; in the form that is asked for they take no time."""
        preset, most = self._preset(index), self.scales[index]
        if cells.kind == "money":
            most = min(most, self.columns.compiled.kernel.digits)
        found: list[Cell] = []
        for at, one in enumerate(raw):
            if isinstance(one, str):
                if cells.kind == "text":
                    if len(one) <= TEXT and (text := one.strip()):
                        found.append(text)
                        continue
                elif len(one) < SHORT and one.isascii():
                    whole, point, part = one.partition(".")
                    if whole.isdigit() and (part.isdigit() or not point) and len(part) <= most:
                        found.append(int(whole + part.ljust(self.scales[index], "0")))
                        continue
            found.append(self._told(index, preset, one, at))
        return found

    def _preset(self, index: int) -> int | None:
        """What an empty cell of a column is."""
        default = self.columns.own[index].default
        if default is None:
            return None
        needed = places(default) or 0
        return self._held(index, Decimal(int(default * 10**needed), needed))

    def _told(self, index: int, preset: int | None, raw: object, at: int) -> Cell:
        """A cell of a record, and what is to be said of it."""
        where = self.where(at)
        found, faults = self._read(index, preset, raw, where)
        for fault in faults:
            spot = f"{where}/{escaped(self.columns.own[index].name)}"
            placed = Fault(fault.code, fault.severity, pointer=spot, facts=fault.facts, fix=fault.fix)
            if fault.severity == "error":
                self.wrong.setdefault(at, []).append(placed)
            else:
                self.said.setdefault((fault.code, index), (self.numbers[at], placed))
        return found

    def where(self, at: int) -> str:
        """The place of a record in the document that it came in."""
        return f"{self.columns.pointer}/{self.numbers[at]}"

    def _read(self, index: int, preset: int | None, raw: object, where: str) -> tuple[Cell, Sequence[Fault]]:
        """What a cell is, and what is to be said of it."""
        table, name = self.columns.table, self.columns.own[index].name
        if isinstance(raw, str) and not raw.strip():
            raw = None
        if not isinstance(raw, str | bool):
            if raw is None and (preset is not None or index == table.counts):
                return preset, ()
            facts = {"name": name, "table": table.name, "value": shown(raw)}
            return None, [Fault("P543" if raw is None else "P551", facts=facts)]
        faults: list[Fault] = []
        return self._cell(index, raw, where, faults), faults

    def _cell(self, index: int, raw: str | bool, where: str, faults: list[Fault]) -> Cell:
        """One cell."""
        entry = self.columns.entries[index]
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
            raw, wrong = local(raw.strip(), self.columns.own[index].zone)
            if wrong:
                table = self.columns.table.name
                told: dict[str, Fact] = {"name": entry.name, "table": table, "value": shown(raw)}
                faults.append(Fault(wrong, pointer=where, facts=told))
                return None
        number = value(self.columns.compiled, entry, raw, where, faults)
        return None if number is None else self._held(index, number)

    def _held(self, index: int, number: Decimal) -> int:
        """A number in the places of its column, which get more where it needs them."""
        if number.places > self.scales[index]:
            cells = self.columns.own[index]
            self.scales[index] = scale(self.columns.compiled.kernel, cells, number.places)
        more: int = 10 ** (self.scales[index] - number.places)
        return number.digits * more
