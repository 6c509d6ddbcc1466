"""A cell of an export as facts are written: times of a zone, durations, values by other names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from .mapping import Field, Unit

CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{2})")
SECONDS: dict[Unit, Decimal] = {
    "milliseconds": Decimal("0.001"),
    "seconds": Decimal(1),
    "minutes": Decimal(60),
    "hours": Decimal(3600),
}
UNIX = re.compile(r"-?[0-9]{1,11}(?:\.[0-9]{1,9})?")
PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,9})?")
MOST = 10**9  # of a unit that a duration has
DOTTED = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4}) ([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2})?)")
DAY = 10  # characters of a day alone


def plain(cell: str, how: Field) -> str | None:
    """The cell; None where it is not what the mapping says. Empty is what is none."""
    if how.values or how.otherwise is not None:
        return how.values.get(cell, how.otherwise)
    if how.form == "unix seconds":
        return _unix(cell, how.zone)
    if how.form == "time":
        return _time(cell, how.zone)
    return cell if how.unit is None else _duration(cell, how.unit)


def span(first: str, last: str, unit: Unit) -> str | None:
    """The duration between two times that are numbers in a unit; of one that has not begun, none at all."""
    start, end = _number(first), _number(last)
    if start is None or end is None or (start and end < start):
        return None
    return _duration(f"{end - start:f}" if start else "0", unit)


def _unix(cell: str, zone: str | None) -> str | None:
    if not UNIX.fullmatch(cell) or zone is None:
        return None
    seconds = int(cell.partition(".")[0])
    if not seconds:  # how programs write that there is no time
        return ""
    try:
        return _zoned(datetime.fromtimestamp(seconds, UTC), zone)
    except (OverflowError, ValueError, OSError):
        return None


def _time(cell: str, zone: str | None) -> str | None:
    """A time with its offset, in the zone that is asked for; one without is of that zone already."""
    try:
        when = datetime.fromisoformat(_iso(cell))
    except ValueError:
        return cell  # a day as people write it, which facts understand or refuse
    if zone is None or len(cell) <= DAY or when.year == 1:  # how 1C writes that there is no day
        return cell
    try:
        return _zoned(when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)), zone)
    except (OverflowError, ValueError):
        return None


def _iso(cell: str) -> str:
    """A time as a standard has it, of one that stands behind a dotted day."""
    if (found := DOTTED.fullmatch(cell)) is None:
        return cell
    day, month, year, hour, rest = found.groups()
    return f"{year}-{month}-{day} {hour:0>2}{rest}"


def _zoned(when: datetime, zone: str) -> str:
    """A moment with the zone whose day it is of, after RFC 9557: a plan may count by the days of another."""
    return f"{when.astimezone(ZoneInfo(zone)).isoformat(timespec='seconds')}[{zone}]"


def _duration(cell: str, unit: Unit) -> str | None:
    """A duration as hours, minutes and seconds, or with a part of a second in seconds, which it says."""
    if unit in SECONDS:
        number = _number(cell)
        if number is None or number > MOST:
            return None
        seconds = number * SECONDS[unit]
        return _clock(int(seconds)) if seconds == int(seconds) else f"{seconds.normalize():f} seconds"
    found = CLOCK.fullmatch(cell)
    if found is None:
        return None
    first, second, third = (int(part or 0) for part in found.groups())
    whole = found[1] is not None
    if whole != (unit == "h:m:s") or third >= 60 or (whole and second >= 60):
        return None
    if whole:
        return _clock((first * 60 + second) * 60 + third)
    return _clock(second * 60 + third if unit == "m:s" else (second * 60 + third) * 60)


def _number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", ".")) if PLAIN.fullmatch(cell) else None


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
