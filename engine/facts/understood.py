"""Numbers, days and periods in the ways in which people, Excel and 1C write them.

What has one reading is read; what has two, or none, is told by its code. Facts in the form that is asked for
are read by `written` and never come here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from dsl.marks import composed
from dsl.period import Period, period
from dsl.words import LANGS, currencies, words

from ..money import plain
from .decimals import Decimal, day, decimal
from .usage import usage

QUOTED = 60  # characters of the longest text that is looked at
MINUS = str.maketrans("\u2212\u2013\u2014", "---")
GAP = " \u00a0\u2007\u2009\u202f'’_"  # what stands between thousands and says nothing else

# A number in what people put around it: a sign before or behind it or brackets, a unit, a percent sign.
DRESSED = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?P<before>[^\W\d_]+\.?|[^\w\s()+.,%|'-])?\s*(?P<inner>-)?\s*"
    rf"(?P<body>[0-9](?:[0-9.,{GAP}]*[0-9])?)"
    r"\s*(?P<percent>%)?\s*(?P<behind>-)?\s*\|?\s*(?P<after>[^\W\d_]+\.?|[^\w\s()+.,%|'-])?\s*(?P<shut>\))?"
)
PLAIN = re.compile(
    rf"([0-9]+|[0-9]{{1,3}}(?P<gap>[{GAP}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)(?:([.,])([0-9]+))?"
)
ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")  # 1,234,567.89
GERMAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")  # 1.234.567,89
TWOFOLD = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # 12.000: thousands, or three decimals
CLOCK = re.compile(r"-?[0-9]+:[0-9]{2}(?::[0-9]{2})?")


class Unclear(NamedTuple):
    """A number with two readings: as thousands, and with decimals."""

    whole: str
    part: str


class Stopped(NamedTuple):
    """The code that tells why a text has no reading."""

    code: str


def twofold(text: str) -> bool:
    """Whether a bare number may be thousands as well as a number with three decimals."""
    return TWOFOLD.fullmatch(text.removeprefix("-")) is not None


def number(text: str, units: Collection[str], *, money: bool, whole: bool) -> str | Unclear | Stopped | None:
    """A number as facts are written; None where it is none.

    `units` may stand beside it. Of what has no thousandths (`whole`) a point before three digits is as
    unclear as a comma is of everything; but percentages have no thousands worth a mark.
    """
    bare = text.strip().translate(MINUS).casefold()
    if len(bare) > QUOTED:
        return None
    if bare.startswith("#"):
        return Stopped("P541")
    if CLOCK.fullmatch(bare):
        return Stopped("P542")
    found = DRESSED.fullmatch(bare.removeprefix("'"))
    if found is None or (found["open"] is None) != (found["shut"] is None):
        return None
    dress = [mark for mark in found.group("open", "sign", "inner", "behind") if mark]
    beside = [unit for unit in found.group("before", "after") if unit]
    if len(dress) > 1 or len(beside) > 1:
        return None
    if beside and beside[0] not in units:
        return Stopped("P540") if money and beside[0] in _of_money() else None
    sign, percent = "-" * (dress not in ([], ["+"])), found["percent"] or ""
    body = found["body"]
    if not percent and TWOFOLD.fullmatch(body) and ("," in body or whole):
        digits, part = body.replace(",", ".").split(".")
        return Unclear(f"{sign}{digits}{part}", f"{sign}{digits}.{part}")
    digits = _digits(body)
    return None if digits is None else f"{sign}{digits}{percent}"


def _digits(body: str) -> str | None:
    """A number without its sign, with a decimal point and nothing between its thousands."""
    if found := PLAIN.fullmatch(body):
        digits = "".join(filter(str.isdigit, found[1]))
        return f"{digits}.{found[4]}" if found[4] else digits
    if ENGLISH.fullmatch(body):
        return body.replace(",", "")
    if GERMAN.fullmatch(body):
        return body.replace(".", "").replace(",", ".")
    return None


@cache
def _of_money() -> frozenset[str]:
    """Every code and sign of a currency, small letters all."""
    signs = (sign for lang in LANGS for sign in words(lang).signs)
    return frozenset(name.casefold() for name in (*currencies(), *signs))


def offered(text: str, units: Collection[str], *, money: bool) -> str | None:
    """What somebody most likely meant by a number that is not read: full-width digits, `.5`, `3,3E+06`."""
    if len(text) > QUOTED:
        return None
    bare = "".join(composed(text, "NFKC").split()).translate(MINUS)
    bare = re.sub(r"(?<![0-9])[.,](?=[0-9])", "0.", bare)
    bare = re.sub(r"(?<=[0-9])[.,](?![0-9])", "", bare)
    read = number(bare, units, money=money, whole=False)
    exact = decimal(read if isinstance(read, str) else bare.replace(",", "."))
    if not isinstance(exact, Decimal) or isinstance(read, Unclear):
        return None
    text = plain(exact.digits * (100 if exact.percent else 1), exact.places)
    return (text.rstrip("0").rstrip(".") if exact.places else text) + "%" * exact.percent


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────────────

TIME = r"(?:[Tt ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
DAYS = (
    re.compile(rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{4}}){TIME}"),
    re.compile(rf"(?P<year>[0-9]{{4}})[-./](?P<month>[0-9]{{1,2}})[-./](?P<day>[0-9]{{1,2}}){TIME}"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
)
TAIL = r"(?P<year>[0-9]{4})(?:\s*(?P<tail>[^\W\d_]+\.?))?"  # a year, and the word for it
SPELT = re.compile(rf"(?P<day>[0-9]{{1,2}})\s+(?P<word>[^\W\d_]+)\s+{TAIL}")
# 1C, and databases, write so that there is no day.
NO_DAY = re.compile(rf"(?:0001-01-01|01\.01\.0001|0000-00-00|00\.00\.0000){TIME}|\.\s*\.(?:\s*:\s*:?)?")
ZONED = re.compile(rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){TIME}\s*(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})")
SHORT = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{2})")
SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
SERIAL = re.compile(r"[2-5][0-9]{4}")  # the number that a spreadsheet keeps for a day between 1954 and 2064
SERIAL_0 = datetime.date(1899, 12, 30).toordinal()  # unless it counts from 1904


def no_day(text: str) -> bool:
    """Whether a text is how a program writes that there is no day."""
    return len(text) <= QUOTED and NO_DAY.fullmatch(text.strip()) is not None


def understood_day(text: str) -> str | None:
    """A day as facts are written, of one written in another way that has one reading; its time falls away."""
    text = text.strip()
    if len(text) > QUOTED:
        return None
    for form in DAYS:
        if found := form.fullmatch(text):
            return _day(found["year"], found["month"], found["day"])
    found = SPELT.fullmatch(text.casefold())
    if found is None or (found["tail"] and found["tail"] not in usage().year):
        return None
    return _day(found["year"], usage().months.get(found["word"], 0), found["day"])


def offered_day(text: str) -> str | None:
    """What somebody most likely meant by a day that is not read."""
    text = composed(text, "NFKC").strip()
    if len(text) > QUOTED:
        return None
    if found := ZONED.fullmatch(text):
        return _day(*found["day"].split("-"))
    if found := SHORT.fullmatch(text):
        return _day(f"20{found[3]}", found[2], found[1])
    if found := SLASHED.fullmatch(text):
        ways = {_day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])} - {None}
        return ways.pop() if len(ways) == 1 else None
    if SERIAL.fullmatch(text):
        return datetime.date.fromordinal(SERIAL_0 + int(text)).isoformat()
    return understood_day(text)


def _day(year: str, month: str | int, number: str) -> str | None:
    written = f"{year}-{int(month):02}-{int(number):02}"
    return None if day(written) is None else written


# ── Periods ──────────────────────────────────────────────────────────────────────────────────────────────

MONTH = re.compile(
    r"(?:(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})|(?P<first>[0-9]{4})[./](?P<then>[0-9]{1,2}))"
)
NAMED = re.compile(rf"(?:(?P<number>[1-4])(?:-[^\W\d_]+)?\s+)?(?P<word>[^\W\d_]+\.?)\s+{TAIL}")
BETWEEN = re.compile(
    r"([0-9.]+|[0-9]{4}-[0-9]{2}-[0-9]{2})\s*(?:\.\.|[-–—])\s*([0-9.]+|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
QUARTER = re.compile(r"q(?P<number>[1-4])\s*[-./ ]?\s*(?P<year>[0-9]{4})")
YEAR = re.compile(r"(?P<year>[0-9]{4})\s*(?P<tail>[^\W\d_]+\.?)")


@lru_cache(maxsize=256)  # most people are paid for the same few months
def understood_period(text: str) -> Period | None:
    """The period that a text names, as facts are written or in another way that has one reading.

    The first day of a month stands for it: so 1C keeps the month of a document. Any other day is no period.
    """
    bare = text.strip().casefold()
    if (known := period(text)) is not None or len(bare) > QUOTED:
        return known
    if (first := understood_day(bare)) is not None:
        return period(first[:7]) if first.endswith("-01") else None
    if found := BETWEEN.fullmatch(bare):
        days = [understood_day(one) for one in found.groups()]
        return period("..".join(days)) if all(days) else None  # type: ignore[arg-type]  # none is None
    if found := MONTH.fullmatch(bare):
        year, month = found["year"] or found["first"], found["month"] or found["then"]
        return period(f"{year}-{int(month):02}")
    if found := QUARTER.fullmatch(bare):
        return period(f"{found['year']}-Q{found['number']}")
    found = NAMED.fullmatch(bare) or YEAR.fullmatch(bare)
    if found is None or (found["tail"] and found["tail"] not in usage().year):
        return None
    if found.re is YEAR:
        return period(found["year"])
    if found["word"] in usage().quarter:
        return period(f"{found['year']}-Q{found['number']}") if found["number"] else None
    month = None if found["number"] else usage().months.get(found["word"].rstrip("."))
    return None if month is None else period(f"{found['year']}-{month:02}")
