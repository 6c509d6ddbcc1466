"""Numbers and days as facts are written, and what people mean who write them in another way."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from dsl.marks import composed

from .scales import DIGITS

SPACE = "[ \\u00a0\\u2009\\u202f]"
FORM = re.compile(
    f"(-?)([0-9]+|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+)"  # 3300000 or 3 300 000
    f"(?:\\.([0-9]+))?(?:[eE]([+-]?[0-9]{{1,4}}))?(?:{SPACE}?(%))?"
)
SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
MOST = tuple(10 ** (DIGITS + places) for places in range(DIGITS + 1))  # what so many places leave no room for
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

QUOTED = 60  # characters of the longest text in which something else is looked for
SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u066b": ".", "\u066c": ","})
GAPS = re.compile(r"[\s'’_]+")
ENGLISH = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?%?")  # 1,234,567.89
GERMAN = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:\.[0-9]{3}|,[0-9]+)%?")  # 1.234.567,89
DAYS = (
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
)


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


def plain_number(text: str, units: Iterable[str], *, counted: bool) -> str | None:
    """A number that somebody wrote in another way (`2,1%`, `１２`, `5 000 ₽`), as facts are written.

    None where there is no telling: `1,234` may be a thousand or one and a bit, but of what is `counted`.
    `units` are the words that may stand beside the number.
    """
    if len(text) > QUOTED:
        return None
    plain = GAPS.sub("", composed(text, "NFKC").translate(SIGNS)).casefold()
    for unit in units:
        plain = plain.removesuffix(unit.casefold()).removeprefix(unit.casefold())
    plain = plain.removeprefix("+")
    if ENGLISH.fullmatch(plain):
        if counted or plain.count(",") > 1 or "." in plain:
            plain = plain.replace(",", "")
        elif not plain.endswith("%"):
            return None
    elif GERMAN.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    plain = re.sub(r"^(-?)\.", r"\g<1>0.", plain)
    plain = re.sub(r"\.(%?)$", r"\1", plain)
    return plain if isinstance(decimal(plain), Decimal) else None


def plain_day(text: str) -> str | None:
    """A day that somebody wrote in another way (`01.07.2025`), as facts are written."""
    for form in DAYS if len(text) <= QUOTED else ():
        if found := form.fullmatch(composed(text, "NFKC").strip()):
            written = f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"
            return None if day(written) is None else written
    return None
