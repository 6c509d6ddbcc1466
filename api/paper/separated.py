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

    def add(self, cells: Iterable[str | int]) -> None:
        """One more row, of numbers and of texts that no spreadsheet runs."""
        self.rows.writerow(cells)

    def number(self, amount: str) -> str:
        """A decimal number with the reader's mark."""
        return amount.replace(".", self.mark)


def text(paper: Paper) -> str:
    """The tables of paper as one, a row for each cell: which table, which row, which column, the cell."""
    stream, words = StringIO(), phrases(__package__, paper.lang)
    heads = [words[name] for name in ("column_table", "column_row", "column_column", "column_value")]
    made = Separated(stream, paper.lang, heads, file=False)
    for title, table in paper.tables:
        for first, *others in table.rows:
            for head, cell in zip(table.heads[1:], others, strict=True):
                made.add([_cell(one, made) for one in (title, first, head, cell)])
    found = stream.getvalue()
    return found if found.isascii() else MARK + found


def _cell(cell: str, made: Separated) -> str | int:
    match cell:
        case Figure(value=Money() as amount):
            return made.number(amount)
        case Figure(value=value):
            return value
        case _:
            return worded(cell)
