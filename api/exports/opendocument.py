"""Cells of ODS that its reader takes for empty ones: errors, and formulas of which no value is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from .bounds import UNSTORED

NAMES = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}{}"
TABLE, NAME, ROW, ROWS, COLUMNS, FORMULA = (
    NAMES.format("table", name)
    for name in ("table", "name", "table-row", "number-rows-repeated", "number-columns-repeated", "formula")
)
TYPE, SHOWN = NAMES.format("office", "value-type"), NAMES.format("text", "p")
OWN_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
MARKS = (b'calcext:value-type="error"', b"table:formula=")  # in a text without these there are none


def odd(content: IO[bytes], sheet: str) -> Iterator[tuple[int, int, str]]:
    """Of each such cell of a sheet its row and column, from 0, and what to read in its place."""
    row, here = 0, False
    for event, element in ElementTree.iterparse(content, ("start", "end")):  # in a bounded process
        if element.tag == TABLE and event == "start":
            row, here = 0, element.get(NAME) == sheet
        elif element.tag == ROW and event == "end":
            times = int(element.get(ROWS, "1"))
            if here:
                for column, text in _cells(element):
                    yield from ((row + at, column, text) for at in range(times))
            row += times
            element.clear()


def _cells(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        times = int(cell.get(COLUMNS, "1"))
        formula, text = cell.get(FORMULA), "".join(cell.findtext(SHOWN, ""))
        said = None
        if cell.get(OWN_TYPE) == "error":
            said = text if text.startswith("#") else f"#{text}"
        elif formula is not None and cell.get(TYPE) is None:
            said = UNSTORED + formula.partition(":")[2]
        if said is not None:
            yield from ((column + at, said) for at in range(times))
        column += times
