"""What is wrong in a line that does not parse, and the repair that makes it parse.

A repair is never guessed: each candidate is put into the line and read again, and only one that brings the
reader further is offered.
"""

from __future__ import annotations

from ..faults import Fault
from .grammar import Grammar
from .lines import Row, place
from .read import reach


def mistake(row: Row, rules: Grammar) -> Fault:
    """The fault of a row that does not parse."""
    index, _ = reach(row.tokens, rules)
    token = row.tokens[min(index, len(row.tokens) - 1)]
    return Fault("P100", place=place(token), facts={"word": str(token)})
