"""Times as sources write them, as days of a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# A day with a time, its offset and the zone whose day it is, as RFC 9557 writes them:
# `2025-07-01T10:00:00+03:00[Europe/Moscow]`.
STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?"
    r"(?:(Z|[+-][0-9]{2}:?[0-9]{2})(\[[A-Za-z0-9_+/-]{1,64}\])?)?"
)
UNIX = re.compile(r"[0-9]{9,10}")  # seconds since 1970, from 1973 on; a bare day has eight digits


def local(text: str, zone: str | None) -> tuple[str, str]:
    """The day of a time in a zone, or the text that is none; and the code of what is wrong with it.

    A column of days has no zone, one of times an empty one where its times have none. Both take the day of
    the zone that a time names.
    """
    stamp = STAMP.fullmatch(text)
    if stamp is None and UNIX.fullmatch(text) is None:
        return text, ""
    if stamp is not None and stamp[2] is None:
        return (text if zone is None else text[:10]), ""
    if stamp is not None and stamp[3] and not zone:
        return stamp[1], ""
    if not zone:
        return text, "P544" if zone is None else "P545"
    try:
        if stamp is None:
            when = datetime.fromtimestamp(int(text), UTC)
        else:
            when = datetime.fromisoformat(stamp[1] + stamp[2])
        return when.astimezone(ZoneInfo(zone)).date().isoformat(), ""
    except (OverflowError, ValueError):
        return text, ""  # which is told as what is no day
