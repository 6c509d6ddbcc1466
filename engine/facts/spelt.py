"""Records as texts, as they were understood: what a digest is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..kernel import ColumnInput, RecordsTable
from ..scales import held
from .records import Cell, Rows

Spelt = dict[str, str | bool]  # a record: the texts of its cells, by the names of columns


def spelt(table: RecordsTable, rows: Rows, scales: Sequence[int]) -> list[Spelt]:
    """The records of a table, each with the cells of those that it belongs to; an empty cell is left out."""
    return [
        {
            column.name: text
            for column, text in zip(table.columns, _texts(table, row, scales), strict=True)
            if text is not None
        }
        for row in rows
    ]


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
