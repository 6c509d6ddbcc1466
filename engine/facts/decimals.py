"""Numbers and days in the form that facts are asked for in: exact, and with one reading."""

from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple, Self

from ..scales import DIGITS

SPACE = "[ \\u00a0\\u2009\\u202f]"
FORM = re.compile(
    f"(-?)([0-9]+|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+)"  # 3300000 or 3 300 000
    f"(?:\\.([0-9]+))?(?:[eE]([+-]?[0-9]{{1,4}}))?(?:{SPACE}?(%))?"
)
SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
MOST = tuple(10 ** (DIGITS + places) for places in range(DIGITS + 1))  # what so many places leave no room for
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class JsonNumber(str):
    """A number of JSON as it was written, its point a decimal mark; a text of JSON is a plain `str`."""

    __slots__ = ()


class ReadNumber(str):
    """A number in the form that facts are asked for in, which was `typed` in another way."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, text: str, typed: str = "") -> Self:
        made = super().__new__(cls, text)
        made.typed = typed
        return made


class Decimal(NamedTuple):
    """`digits` / 10 ** `places`, and whether it was written with a percent sign."""

    digits: int
    places: int
    percent: bool = False


def decimal(text: str) -> Decimal | Literal["long"] | None:
    """A number with no digit lost; None where a text is none, `long` where it is too long."""
    if text.isascii() and len(text) <= DIGITS:
        # Nearly all are bare digits round a point, which it takes no pattern to see.
        whole, point, part = text.partition(".")
        if whole.isdigit() and (part.isdigit() or not point):
            part = part.rstrip("0")
            return Decimal(int(whole + part), len(part))
    found = FORM.fullmatch(text)
    if found is None:
        return None
    sign, whole, part, exponent, percent = found.groups("")
    whole, part = (whole if whole.isdigit() else whole.translate(SPACES)), part.rstrip("0")
    shift = 0
    if exponent or percent or len(text) > DIGITS:
        whole, shift = whole.lstrip("0"), (int(exponent) if exponent else 0) - (2 if percent else 0)
        if len(whole) + len(part) > 2 * DIGITS or abs(shift) > DIGITS + 2:
            return "long"
    digits, places = int(whole + part or "0"), len(part) - shift
    if shift:
        while places > 0 and digits % 10 == 0:
            digits, places = digits // 10, places - 1
        if places < 0:
            digits, places = digits * 10 ** abs(places), 0
    if places > DIGITS or digits >= MOST[places]:
        return "long"
    return Decimal(-digits if sign else digits, places, bool(percent))


def day(text: str) -> int | None:
    """The ordinal of a day written as `2025-07-01`, None where it is none."""
    try:
        return datetime.date.fromisoformat(text).toordinal() if DAY.fullmatch(text) else None
    except ValueError:
        return None
