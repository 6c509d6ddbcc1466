"""Words in the cells of a table that somebody may open with a spreadsheet."""

from __future__ import annotations

import re

# How a text begins that a spreadsheet takes for a formula and runs; in Japan also with wide signs.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def worded(text: str) -> str:
    """A text as a cell that no spreadsheet runs: after an apostrophe, where it would be a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unworded(cell: str) -> str:
    """The text of such a cell."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
