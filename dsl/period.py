"""The time that pay is for: a month, a quarter, a year, half of either, a week, or any other days."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = len("2026-08-23..2026-09-30")  # characters of a period
DAYS = 371  # of the longest: 53 weeks
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORM = re.compile(
    "(?:([0-9]{4})(?:-(?:(0[1-9]|1[0-2])(?:/([12]))?|Q([1-4])|H([12])|W(0[1-9]|[1-4][0-9]|5[0-3])))?"
    rf"|({DAY.pattern})\.\.({DAY.pattern}))"
)
MIDDLE = 15  # the last day of the first half of a month
ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its name, with its first and last day.

    Some have names of their own: `2025-07`, `2025-07/1` (half a month), `2025-Q3`, `2025-H2`, `2025`,
    `2026-W05` (a week of ISO 8601, from Monday); any other is its first and last day:
    `2026-08-23..2026-09-30`.
    """

    text: str
    first: datetime.date
    last: datetime.date


def period(text: str) -> Period | None:
    """The period that a text names, None where it names none."""
    return _named(text) if len(text) <= LONGEST else None


def meant(text: str) -> Period | None:
    """The same; of a single day, the month that it is in."""
    return period(text[: len("2025-07")] if DAY.fullmatch(text) else text)


@lru_cache(maxsize=256)  # most people are paid for the same few months
def _named(text: str) -> Period | None:
    found = FORM.fullmatch(text)
    if found is None:
        return None
    year, month, half, quarter, half_year, week, since, until = found.groups()
    if since:
        return _between(since, until)
    if year in {"0000", "9999"}:
        return None
    number = int(year)
    if week:
        return _week(text, number, int(week))
    if half:
        return _half(number, int(month), int(half))
    if month:
        return _months(text, number, int(month), 1)
    if quarter:
        return _months(text, number, 3 * int(quarter) - 2, 3)
    if half_year:
        return _months(text, number, 6 * int(half_year) - 5, 6)
    return _months(text, number, 1, 12)


def _months(text: str, year: int, start: int, months: int) -> Period:
    after = start + months
    following = datetime.date(year + (after > 12), (after - 1) % 12 + 1, 1)
    return Period(text, datetime.date(year, start, 1), following - ONE)


def _half(year: int, month: int, half: int) -> Period:
    whole = _months("", year, month, 1)
    middle = whole.first.replace(day=MIDDLE)
    first, last = (whole.first, middle) if half == 1 else (middle + ONE, whole.last)
    return Period(f"{year:04}-{month:02}/{half}", first, last)


def _week(text: str, year: int, week: int) -> Period | None:
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
    except ValueError:  # a year of 52 weeks
        return None
    return Period(text, monday, monday + 6 * ONE)


def _between(since: str, until: str) -> Period | None:
    """The period of some days, by its own name where it has one."""
    try:
        first, last = datetime.date.fromisoformat(since), datetime.date.fromisoformat(until)
    except ValueError:
        return None
    if not 0 <= (last - first).days < DAYS or last.year == datetime.MAXYEAR:
        return None
    known = next(
        (one for one in map(_named, _names(first)) if one and (one.first, one.last) == (first, last)), None
    )
    return known or Period(f"{since}..{until}", first, last)


def _names(first: datetime.date) -> tuple[str, ...]:
    """The names that a period beginning on a day could have."""
    month, year = f"{first:%Y-%m}", f"{first:%Y}"
    week = first.isocalendar()
    own = month, f"{month}/1", f"{month}/2", f"{year}-Q{(first.month + 2) // 3}"
    return *own, f"{year}-H{1 + (first.month > 6)}", year, f"{week.year:04}-W{week.week:02}"
