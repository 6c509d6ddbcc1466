"""Records as texts, as they were understood: what a digest is of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from dsl.record import canonical

from ..kernel import ColumnInput, RecordsTable
from ..scales import held
from .columns import Cell
from .records import Rows


def _texts(table: RecordsTable, row: Sequence[Cell], scales: Sequence[int]) -> Iterator[str | bool | None]:
    for column, cell, scale in zip(table.columns, row, scales, strict=True):
        yield cell if not isinstance(cell, int) else _text(column, cell, scale)


def _text(column: ColumnInput, cell: int, scale: int) -> str | bool:
    match column.kind:
        case "choice":
            return column.choices[cell]
        case "yes_no":
            return bool(cell)
        case "date":
            return date.fromordinal(cell).isoformat()
        case "percent":
            return f"{held(cell * 100, scale)}%"
        case _:
            return held(cell, scale)


class _Same:
    """The records of a table by which object they are: members of a group have the same ones."""

    __slots__ = ("rows", "scales", "table")

    def __init__(self, table: RecordsTable, rows: Rows, scales: Sequence[int]) -> None:
        self.table, self.rows, self.scales = table, rows, scales

    def __hash__(self) -> int:
        return id(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same) or self.rows is not other.rows:
            return False
        return (self.table, self.scales) == (other.table, other.scales)


def digest(table: RecordsTable, rows: Rows, scales: Sequence[int]) -> str:
    """SHA-256, in hexadecimal, of the records of a table.

    Each is an object of the texts of its cells, by the names of columns, with those of the records that it
    belongs to; an empty cell is left out.
    """
    return _digest(_Same(table, rows, scales))


@lru_cache(maxsize=32)
def _digest(same: _Same) -> str:
    table, scales = same.table, same.scales
    told = [
        {
            column.name: text
            for column, text in zip(table.columns, _texts(table, row, scales), strict=True)
            if text is not None
        }
        for row in same.rows
    ]
    return hashlib.sha256(canonical(told)).hexdigest()
