"""The tables of paper as a spreadsheet (XLSX), a sheet for each."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

from dsl.faults import Fault
from engine.money import Money
from engine.paper import Figure, Paper

OFFICE = "office"  # the extra that brings the libraries of spreadsheets and of word processors
DIGITS = 15  # of a number in a spreadsheet; what has more stays a text there
WIDEST = 60  # letters of a column


def xlsx(paper: Paper) -> bytes | Fault:
    """The file, an amount in it a number with the very digits that it has; a fault of a missing library."""
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
                if isinstance(value, Money) and abs(value.minor) < 10**DIGITS:
                    # The text of a number is written as it is; made a float, it might lose its last digit.
                    cell.data_type = "n"
                    cell.number_format = "# ##0.00" if value.digits else "# ##0"
                elif isinstance(value, str):
                    cell.data_type = "s"  # whatever an author's words begin with, they are no formula
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
