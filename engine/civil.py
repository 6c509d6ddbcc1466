"""Whole months between two days of the calendar, in integers alone: a day is its ordinal.

A month is full on the day of the same number; where a month has no such day, on its last (as article 192 of
Russia's Civil Code has it). So 2023-03-01 to 2024-02-29 is eleven months and no year, and 2024-02-29 to
2025-02-28 is one.
"""

from __future__ import annotations

from typing import Protocol, Self, TypeVar

MARCH = 305  # days from 0000-03-01, from which years are counted here, to the day before 0001-01-01
CENTURIES, YEARS, MONTHS = 146_097, 1_461, 153  # days of four centuries, of four years, of five months


class Integer(Protocol):
    """What is added, multiplied and divided as integers are; it may be a program that does so."""

    def __add__(self, other: Self | int, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __rmul__(self, other: int, /) -> Self: ...
    def __floordiv__(self, other: int, /) -> Self: ...


Whole = TypeVar("Whole", bound=Integer)


def civil(day: Whole) -> tuple[Whole, Whole]:
    """The number of a day's month, counted on and on, and that of the day within it."""
    left = day + MARCH
    century = (4 * left + 3) // CENTURIES
    left = left - CENTURIES * century // 4
    year = (4 * left + 3) // YEARS
    left = left - YEARS * year // 4
    month = (5 * left + 2) // MONTHS
    return 1200 * century + 12 * year + month, left - (MONTHS * month + 2) // 5


def months(since: int, until: int) -> int:
    """The full months from one day to another; none where that comes before."""
    (start, first), (end, last), (after, _) = civil(since), civil(until), civil(until + 1)
    return max(0, end - start - (last < first and after == end))
