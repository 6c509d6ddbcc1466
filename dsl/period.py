"""The time that pay is for: a month, a quarter or a year."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 7  # characters of a period
FORM = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A month (`2025-07`), a quarter (`2025-Q3`) or a year (`2025`), with its first and last day."""

    text: str
    first: datetime.date
    last: datetime.date


def period(text: str) -> Period | None:
    """The period that a text names, None where it names none."""
    return _named(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=256)  # most people are paid for the same few months
def _named(text: str) -> Period | None:
    found = FORM.fullmatch(text)
    if found is None or found[1] in {"0000", "9999"}:
        return None
    year = int(found[1])
    if found[2]:
        start, months = int(found[2]), 1
    elif found[3]:
        start, months = 3 * int(found[3]) - 2, 3
    else:
        start, months = 1, 12
    after = start + months
    following = datetime.date(year + (after > 12), (after - 1) % 12 + 1, 1)
    return Period(text, datetime.date(year, start, 1), following - datetime.timedelta(days=1))
