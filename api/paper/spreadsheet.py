"""The tables of paper for a spreadsheet: as a file of its own (XLSX), or as values apart by a mark (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import TextIO

from dsl.data import phrases
from dsl.faults import Fault
from dsl.words import Lang
from engine.money import Money
from engine.paper import Figure, Paper

from ..files import worded

OFFICE = "office"  # the extra that brings the libraries of spreadsheets and of word processors
DIGITS = 15  # of a number in a spreadsheet; what has more stays a text there
WIDEST = 60  # letters of a column
MARK = "\ufeff"  # without it Excel takes letters beyond ASCII for those of an older encoding


def xlsx(paper: Paper) -> bytes | Fault:
    """A sheet for each table, an amount in it a number with its very digits; a fault of a missing library."""
    if find_spec("openpyxl") is None:
        return Fault("P760", facts={"library": "openpyxl", "extra": OFFICE})
    from openpyxl import Workbook  # noqa: PLC0415  # an extra, and slow to import
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, table in paper.tables:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for at, head in enumerate(table.heads, 1):
            cell = sheet.cell(1, at, head)
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = min(WIDEST, max(14, len(head) + 2))
        for number, row in enumerate(table.rows, 2):
            for at, said in enumerate(row, 1):
                value = said.value if isinstance(said, Figure) else said
                cell = sheet.cell(number, at, value)
                if isinstance(said, Figure) and sum(map(str.isdigit, str(value))) <= DIGITS:
                    # The text of a number is written as it is; made a float, it might lose its last digit.
                    cell.data_type = "n"
                    cell.number_format = _format(said)
                elif isinstance(value, str):
                    cell.data_type = "s"  # whatever an author's words begin with, they are no formula
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _format(figure: Figure) -> str:
    """How a sheet shows a number."""
    if isinstance(figure.value, Money):
        return "# ##0.00" if figure.value.digits else "# ##0"
    return "0.00%" if figure.endswith("%") else "General"


# ── Apart by a mark, as a spreadsheet in the reader's country opens it ─────────────────────────────────────


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
        case Figure(value=str() as number):
            return made.number(number)
        case Figure(value=value):
            return value
        case _:
            return worded(cell)
