"""Rows of values apart by a mark (CSV), as a spreadsheet in the reader's country opens them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import TextIO

from dsl.data import phrases
from dsl.words import Lang
from engine.money import Money
from engine.paper import Figure, Paper

from ..files import worded

MARK = "\ufeff"  # without it Excel takes letters beyond ASCII for those of an older encoding


class Separated:
    """A table in the making; its heading is the first row."""

    def __init__(self, stream: TextIO, lang: Lang, heads: Iterable[str], *, file: bool = True) -> None:
        self.mark = "," if lang == "ru" else "."
        self.rows = csv.writer(stream, delimiter=";" if lang == "ru" else ",", lineterminator="\n")
        heads = [*map(worded, heads)]
        if file and not "".join(heads).isascii():
            stream.write(MARK)
        self.rows.writerow(heads)

    def add(self, cells: Iterable[str | Money | int]) -> None:
        """One more row: numbers with the reader's decimal mark, and texts that no spreadsheet runs."""
        self.rows.writerow(map(self._cell, cells))

    def _cell(self, cell: str | int) -> str | int:
        value = cell.value if isinstance(cell, Figure) else cell
        if isinstance(value, Money):
            return value.replace(".", self.mark)
        return worded(value) if isinstance(value, str) else value


def text(paper: Paper) -> str:
    """The tables of paper as one, a row for each cell: which table, which row, which column, the cell."""
    stream, words = StringIO(), phrases(__package__, paper.lang)
    heads = [words[name] for name in ("column_table", "column_row", "column_column", "column_value")]
    made = Separated(stream, paper.lang, heads, file=False)
    for title, table in paper.tables:
        for first, *others in table.rows:
            for head, cell in zip(table.heads[1:], others, strict=True):
                made.add((title, first, head, cell))
    found = stream.getvalue()
    return found if found.isascii() else MARK + found
