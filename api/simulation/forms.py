"""The forms in which a simulation is written to a file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from io import BytesIO, StringIO

from dsl import record
from dsl.faults import Fault
from dsl.words import Lang
from engine.money import Amount
from engine.simulate.answer import Simulated

from .. import pictures
from ..files import worded
from .drawn import html, picture
from .tables import Cell, grids, text, words

OFFICE = "office"  # the extra that brings the library of spreadsheets
DIGITS = 15  # of a number in a spreadsheet; what has more stays a text there
WIDEST = 60  # letters of a column


def _json(said: Simulated, _: Lang) -> str:
    return record.text(said, indent=2) + "\n"


def _csv(said: Simulated, lang: Lang) -> str:
    """One table, a number in each row: which table, which row, which column, the number."""
    russian, w = lang == "ru", words(lang)
    stream = StringIO()
    rows = csv.writer(stream, delimiter=";" if russian else ",", lineterminator="\n")
    rows.writerow([w[name] for name in ("column_table", "column_row", "column_column", "column_value")])
    for grid in grids(said, lang):
        for row in grid.rows:
            for head, cell in zip(grid.heads[1:], row[1:], strict=True):
                several = (grid.title, row[0], head, cell)
                rows.writerow([_celled(one, "," if russian else ".") for one in several])
    made = stream.getvalue()
    return made if made.isascii() else "\ufeff" + made  # as Excel knows a file in UTF-8


def _celled(cell: Cell, mark: str) -> Cell:
    """A number with a decimal mark, and a text that no spreadsheet runs."""
    if isinstance(cell, Amount):
        return cell.replace(".", mark)
    return worded(cell) if isinstance(cell, str) else cell


def _xlsx(said: Simulated, lang: Lang) -> bytes | Fault:
    """A sheet for each table; an amount is a number with the very digits that it has."""
    if find_spec("openpyxl") is None:
        return Fault("P760", facts={"library": "openpyxl", "extra": OFFICE})
    from openpyxl import Workbook  # noqa: PLC0415  # an extra, and slow to import
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids(said, lang):
        sheet = book.create_sheet(grid.title[:31])
        sheet.freeze_panes = "A2"
        for at, head in enumerate(grid.heads, 1):
            cell = sheet.cell(1, at, head)
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = min(WIDEST, max(14, len(head) + 2))
        for number, row in enumerate(grid.rows, 2):
            for at, value in enumerate(row, 1):
                cell = sheet.cell(number, at, value)
                if isinstance(value, Amount) and abs(value.minor) < 10**DIGITS:
                    # The text of a number is written as it is; made a float, it might lose its last digit.
                    cell.data_type = "n"
                    cell.number_format = "# ##0.00" if value.digits else "# ##0"
                elif isinstance(value, str):
                    cell.data_type = "s"  # whatever an author's words begin with, they are no formula
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _svg(said: Simulated, lang: Lang) -> str | Fault:
    return pictures.svg(picture(said, lang))


def _png(said: Simulated, lang: Lang) -> bytes | Fault:
    return pictures.png(picture(said, lang))


def _txt(said: Simulated, lang: Lang) -> str:
    return text(said, lang) + "\n"


FORMS: Mapping[str, Callable[[Simulated, Lang], str | bytes | Fault]] = {
    ".txt": _txt,
    ".json": _json,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".html": html,
    ".svg": _svg,
    ".png": _png,
}


def written(said: Simulated, suffix: str, lang: Lang) -> str | bytes | Fault:
    """A simulation in the form of a suffix, one of `FORMS`."""
    return FORMS[suffix](said, lang)
