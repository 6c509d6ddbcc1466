"""What points and commas mean in the numbers of a table, where the table as a whole tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dsl.faults import Fault
from engine.facts.understood import ENGLISH, GERMAN, MINUS

MARKED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9.,])")  # 12.000, in whatever is around it
COMMA = re.compile(r"([-\u2212]?[0-9][0-9 \u00a0\u2007\u2009\u202f]*),([0-9]+)(\s*%)?")
DECIMAL = re.compile(r"(?:0|[0-9]{4,})([.,])[0-9]{3}")  # three decimals that are no thousands
SHORT = re.compile(r"[0-9]+([.,])(?:[0-9]{1,2}|[0-9]{4,})")
OTHER = {".": ",", ",": "."}


def marked(cell: str) -> bool:
    """Whether a cell has a mark before three digits, and nothing in it tells what that means."""
    return MARKED.search(cell) is not None and "%" not in cell


@dataclass(slots=True)
class NumberMarks:
    """The marks that stand between thousands for sure, and the columns in which one is decimal for sure.

    Numbers vouch only for those that are written as they are, with the same currency or brackets around them:
    cells of several hands tell nothing about one another. `read` is what was read of them, to be said.
    """

    delimiter: str
    thousands: set[tuple[str, str]] = field(default_factory=set)
    decimals: set[tuple[str, str, str]] = field(default_factory=set)
    read: set[tuple[str, str]] = field(default_factory=set)

    def note(self, column: str, cell: str, *, whole: bool) -> None:
        """Enter what a number tells about others; `whole` is what has no thousandths."""
        dress, body = _parted(cell)
        if (mark := _between(body)) is not None:
            self.thousands.add((dress, mark))
        elif found := DECIMAL.fullmatch(body) or (None if whole else SHORT.fullmatch(body)):
            self.decimals.add((column, dress, found[1]))

    def also(self, other: NumberMarks) -> None:
        """Let numbers of another column vouch for those of all."""
        self.thousands |= other.thousands
        self.decimals |= other.decimals

    def plain(self, column: str, cell: str, *, whole: bool) -> str | Fault:
        """A number with the marks that facts are written with, as far as the table tells them."""
        if "," not in cell and "." not in cell:
            return cell
        if marked(cell):
            return self._settled(column, cell, whole=whole)
        if "," in cell and (comma := COMMA.fullmatch(cell)):
            self.read.add(("decimal", ","))
            if self.delimiter != ",":
                return f"{comma[1]}.{comma[2]}{'%' * (comma[3] is not None)}"
        elif (mark := _between(_parted(cell)[1])) is not None:
            self.read.add(("thousands", mark))
        return cell

    def _settled(self, column: str, cell: str, *, whole: bool) -> str | Fault:
        dress, body = _parted(cell)
        mark = body[-4]
        apart = (dress, mark) in self.thousands
        decimal = (dress, OTHER[mark]) in self.thousands or (column, dress, mark) in self.decimals
        if apart != decimal:
            self.read.add(("thousands" if apart else "decimal", mark))
            # A fourth digit says that three are no thousands.
            return cell.replace(body, body.replace(mark, "") if apart else f"{body.replace(mark, '.')}0")
        if not apart and not whole and (mark == ",") == (self.delimiter != ","):
            self.read.add(("decimal", mark))
            return cell.replace(mark, ".")
        digits, part = body.split(mark)
        sign = "-" if cell.translate(MINUS).startswith("-") else ""
        return Fault("P670", facts={"whole": f"{sign}{digits}{part}", "part": f"{sign}{digits}.{part}"})

    def told(self) -> Iterator[Fault]:
        """How the numbers were read, where it is not as facts are written."""
        for what, mark in sorted(self.read, reverse=True):
            yield read_as(what, f"`{mark}`")


def read_as(what: str, value: str) -> Fault:
    """A notice of how a table was read; `what` is the name of a phrase."""
    return Fault("P676", "notice", facts={"what": (f"phrase:read_{what}",), "value": value})


def _between(body: str) -> str | None:
    """The mark between the thousands of a number, where it can be nothing else."""
    if MARKED.fullmatch(body) or body.startswith("0"):
        return None
    if ENGLISH.fullmatch(body) and "," in body:
        return ","
    return "." if GERMAN.fullmatch(body) and "." in body else None


def _parted(cell: str) -> tuple[str, str]:
    """What is around a number but a minus before it, and its digits with their marks."""
    bare = cell.translate(MINUS).removeprefix("-")
    body = "".join(sign for sign in bare if sign in "0123456789.,")
    return "".join(sign for sign in bare if sign not in "0123456789.," and not sign.isspace()), body
