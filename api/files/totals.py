"""Rows without a personnel number that are totals: nothing but sums of the rows above them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dsl.faults import Fault
from engine.facts.decimals import Decimal, decimal

from .heading import Column, TableHeading
from .lines import Row, Unreadable
from .marks import NumberMarks

SUMMED = frozenset({"money", "count"})


def numberless(rows: Iterable[Row], heading: TableHeading, marks: NumberMarks, unnamed: set[int]) -> set[int]:
    """Those of the rows without a number that are totals: of no period, or sums of what is above them.

    A row that is no sum is somebody whose number was forgotten.
    """
    when = heading.field("period")
    summed = [(at, column) for at, column in enumerate(heading.columns) if column.kind in SUMMED]
    sums = dict.fromkeys((at for at, _ in summed), Fraction(0))
    found: set[int] = set()
    try:
        for line, cells in rows:
            if len(cells) < len(heading.columns):
                continue
            amounts = {at: _amount(cells[at], column, marks) for at, column in summed if cells[at]}
            if line not in unnamed:
                for at, amount in amounts.items():
                    sums[at] += amount or 0
            elif not cells[when] or (amounts and all(sums[at] == amounts[at] for at in amounts)):
                found.add(line)
    except Unreadable:
        pass  # it is told in its turn, when the rows are read
    return found


def _amount(cell: str, column: Column, marks: NumberMarks) -> Fraction | None:
    text = marks.plain(column.heading, cell, whole=column.whole)
    number = None if isinstance(text, Fault) else decimal(text)
    return Fraction(number.digits, 10**number.places) if isinstance(number, Decimal) else None
