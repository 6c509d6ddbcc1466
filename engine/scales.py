"""How many decimal places facts are held in, so that the same code serves nearly everybody."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

from dsl.node import node

from .kernel import ColumnInput, Input, Kernel


@node
class Scales:
    """In how many decimal places each input is held, and each column of each table."""

    inputs: tuple[int, ...]
    tables: tuple[tuple[int, ...], ...] = ()


DIGITS = 30  # of a fact before its decimal mark, and after it

# Decimal places in which a fact is held, by its kind; one that needs more takes the next of the steps.
PLACES = {
    "percent": 4, "count": 0, "number": 2, "days": 1, "duration": 0, "date": 0, "yes_no": 0, "choice": 0,
    "text": 0,
}  # fmt: skip
STEPS = (6, 12, 18, 24, 32)
MOST = 10 ** STEPS[-1]

LAST_DAY = 3_652_059  # of the calendar, as an ordinal


def scale(kernel: Kernel, entry: Input | ColumnInput, places: int) -> int:
    """The places in which a fact is held that needs so many."""
    usual = kernel.digits if entry.kind == "money" else PLACES[entry.kind]
    return usual if places <= usual else next(step for step in STEPS if step >= places)


def widest(kernel: Kernel) -> Scales:
    """For each input, and for each column, the most places in which it can be held."""

    def most(entries: Sequence[Input | ColumnInput]) -> tuple[int, ...]:
        return tuple([scale(kernel, entry, _most(kernel, entry)) for entry in entries])

    return Scales(most(kernel.inputs), tuple(most(table.columns) for table in kernel.tables))


def _most(kernel: Kernel, entry: Input | ColumnInput) -> int:
    most = {"money": kernel.digits, "count": 0, "date": 0, "yes_no": 0, "choice": 0, "text": 0}.get(
        entry.kind, STEPS[-1]
    )
    return most if entry.default is None else max(most, places(entry.default) or 0)


def breadth(cells: ColumnInput, scale: int) -> int:
    """The bits of the longest integer that holds a cell of a column in so many places; a text has none."""
    most: int = {"yes_no": 1, "date": LAST_DAY, "choice": 1000, "text": 1}.get(
        cells.kind, 10 ** (DIGITS + scale)
    )
    return most.bit_length()


def longest(entry: Input, scale: int) -> int:
    """The bits of the longest integer that holds a fact in so many places."""
    most: int = {"yes_no": 1, "date": LAST_DAY, "choice": 1000}.get(entry.kind, 10 ** (DIGITS + scale))
    if entry.low is not None and entry.high is not None:
        most = max(abs(int(bound * 10**scale)) for bound in (entry.low, entry.high))
    if entry.default is not None:
        most = max(most, abs(int(entry.default * 10**scale)))
    return most.bit_length()


def places(value: Fraction) -> int | None:
    """The decimal places that a number needs; None if it has no end, or needs more than a fact can have."""
    for count in range(STEPS[-1] + 1):
        if 10**count % value.denominator == 0:
            return count
    return None


def exact(value: Fraction) -> str:
    """A number for machines, as a decimal where one ends, and else as a fraction: `0.8`, `1/3`."""
    return quotient(value.numerator, value.denominator)


def quotient(top: int, under: int) -> str:
    """The same of two integers, the second of which is above 0."""
    whole, rest = divmod(top * MOST, under)
    if not rest:
        return held(whole, STEPS[-1])
    share = gcd(top, under)
    return f"{top // share}/{under // share}"


def held(number: int, scale: int) -> str:
    """A number for machines that is held in so many places, without needless zeros."""
    if number < 0:
        return "-" + held(-number, scale)
    one = 10**scale
    whole, part = divmod(number, one)
    return f"{whole}.{str(one + part)[1:].rstrip('0')}" if part else str(whole)
