"""The rows of a table, their values below one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import assert_never

from .. import tree
from ..words import Words
from .expression import ATOM, operand, phrase


def table(rows: Sequence[tree.TableRow], words: Words) -> list[str]:
    """The text of each row: `up to 100%: 3%`, `below 5: 10%; 20%`."""
    heads = [head(row, words) for row in rows]
    width = max(map(len, heads), default=0)
    columns = zip_longest(*(_parted(_cells(row, words)) for row in rows), fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    return [
        f"{start:{width}} {' '.join(map(str.ljust, _parted(_cells(row, words)), widths))}".rstrip()
        for start, row in zip(heads, rows, strict=True)
    ]


def _parted(cells: Sequence[str]) -> list[str]:
    """Cells with a `;` after each but the last."""
    *some, last = cells
    return [*(f"{cell};" for cell in some), last]


def head(row: tree.TableRow, words: Words) -> str:
    """What a row begins with: its bound, or the word before the bounds of columns."""
    match row:
        case tree.Columns():
            return words["columns"]
        case tree.Row(bound=bound):
            return words["above"] if bound is None else f"{_bound(bound, words)}:"
        case _:
            assert_never(row)


def _cells(row: tree.TableRow, words: Words) -> list[str]:
    match row:
        case tree.Columns(bounds=bounds):
            return [_bound(bound, words) for bound in bounds]
        case tree.Row(bound=bound, cells=cells):
            # Behind a colon nothing is read as a part of the word before it.
            before = words["above"] if bound is None else ""
            return [_cell(cell, words, before if at == 0 else "") for at, cell in enumerate(cells)]
        case _:
            assert_never(row)


def _bound(bound: tree.Bound, words: Words) -> str:
    return phrase(words, words[bound.side], bound.value)


def _cell(cell: tree.Cell, words: Words, before: str) -> str:
    """A value with its sign, if it has one, and then one single thing."""
    unit = words["per_unit"] if cell.per_unit else ""
    sign, amount = ("-", cell.value.operand) if isinstance(cell.value, tree.Negative) else ("", cell.value)
    text = sign + operand(amount, ATOM, words, before="" if sign else before, after=unit)
    return f"{text} {unit}" if unit else text
