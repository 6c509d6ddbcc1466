"""Cells of ODS that its reader takes for empty ones: errors, and formulas of which no value is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from .bounds import UNSTORED

NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TABLE, OFFICE, TEXT = (f"{{{NAMES.format(name)}}}" for name in ("table", "office", "text"))
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
MARKS = (b'calcext:value-type="error"', b"table:formula=")  # in a text without these there are none


def odd(content: IO[bytes], sheet: str) -> Iterator[tuple[int, int, str]]:
    """Of each such cell of a sheet its row and column, from 0, and what to read in its place."""
    row, here = 0, False
    for event, element in ElementTree.iterparse(content, ("start", "end")):  # in a bounded process
        if element.tag == f"{TABLE}table" and event == "start":
            row, here = 0, element.get(f"{TABLE}name") == sheet
        elif element.tag == f"{TABLE}table-row" and event == "end":
            times = int(element.get(f"{TABLE}number-rows-repeated", "1"))
            if here:
                for column, text in _cells(element):
                    yield from ((row + at, column, text) for at in range(times))
            row += times
            element.clear()


def _cells(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        formula, text = cell.get(f"{TABLE}formula"), "".join(cell.findtext(f"{TEXT}p", ""))
        said = None
        if cell.get(f"{CALC}value-type") == "error":
            said = text if text.startswith("#") else f"#{text}"
        elif formula is not None and cell.get(f"{OFFICE}value-type") is None:
            said = UNSTORED + formula.partition(":")[2]
        if said is not None:
            yield from ((column + at, said) for at in range(times))
        column += times
