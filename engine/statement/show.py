"""Numbers as a person writes them, in their language."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files

from dsl.words import KindName, Lang, words

from ..program import Numbers, Slot
from ..scales import LAST_DAY

Say = Callable[[Numbers], str]


class Fixed(str):
    """The saying of what is the same for everybody: the text itself."""

    __slots__ = ()

    def __call__(self, _: Numbers) -> str:
        return self


PLACES = 6  # decimals of a number that does not end; it is shown with ≈ and never used again
SCALE = 10**PLACES


@cache
def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of statements in a language."""
    table: dict[str, str] = tomllib.loads(
        files(__package__).joinpath("words", f"{lang}.toml").read_text("utf-8")
    )
    return table


def grouped(whole: int) -> str:
    """A whole number with a space between thousands: `3 300 000`."""
    return f"{whole:,}".replace(",", " ") if whole >= 1000 else str(whole)


@lru_cache(4096)  # one number stands in two or three sentences of a line
def scaled(number: int, mark: str) -> str:
    """A number of millionths, without trailing zeros."""
    sign = "−" if number < 0 else ""
    whole, part = divmod(abs(number), SCALE)
    if not part:
        return sign + grouped(whole)
    return f"{sign}{grouped(whole)}{mark}{part:06}".rstrip("0")


def ratio(top: int, under: int) -> tuple[int, bool]:
    """A quotient in millionths, rounded half away from zero, and whether nothing was lost."""
    whole, rest = divmod(abs(top) * SCALE, under)
    if rest:
        whole += 2 * rest >= under
    return (-whole if top < 0 else whole), not rest


def quantity(value: Fraction, kind: KindName, lang: Lang) -> tuple[str, bool]:
    """A value of a kind as text, and whether the text is exact."""
    mark = vocabulary(lang)["decimal"]
    match kind:
        case "date":
            return day(value, lang), value.denominator == 1
        case "yes_no":
            return vocabulary(lang)["yes" if value else "no"], True
        case "percent":
            number, exact = ratio(value.numerator * 100, value.denominator)
            return scaled(number, mark) + "%", exact
        case "days":
            number, exact = ratio(value.numerator, value.denominator)
            return f"{scaled(number, mark)} {words(lang).days(int(value) if exact else 2)}", exact
        case _:
            number, exact = ratio(value.numerator, value.denominator)
            return scaled(number, mark), exact


def day(value: Fraction, lang: Lang) -> str:
    """The day of an ordinal; a sum of days may lead out of the calendar."""
    if value < 1:
        return vocabulary(lang)["early"]
    return (
        vocabulary(lang)["late"]
        if value >= LAST_DAY + 1
        else datetime.date.fromordinal(int(value)).isoformat()
    )


def amount(minor: int, digits: int, lang: Lang) -> str:
    """An amount with every digit of its minor unit: `26 400.00`."""
    whole, part = divmod(abs(minor), 10**digits)
    sign = "−" if minor < 0 else ""
    if not digits:
        return sign + grouped(whole)
    return f"{sign}{grouped(whole)}{vocabulary(lang)['decimal']}{part:0{digits}}"


def shower(slot: Slot, kind: KindName, lang: Lang) -> tuple[Say, Say]:
    """Two sayings of a traced number: its text, and its text after `=` or, where it does not end, after `≈`."""
    words_ = vocabulary(lang)
    if slot.top is None and not slot.under:
        text, exact = quantity(slot.factor, kind, lang)
        sign = "= " if exact else "≈ "
        return Fixed(text), Fixed(sign + text)
    if kind in {"date", "yes_no", "days"} or slot.top is None:
        return _general(slot, kind, lang)
    mark, unit = words_["decimal"], "%" if kind == "percent" else ""
    times = slot.factor * (100 if kind == "percent" else 1)
    top, unknown = slot.top, words_["unknown"]
    if not slot.under and SCALE % times.denominator == 0:
        millionths = times.numerator * (SCALE // times.denominator)

        def whole(numbers: Numbers) -> str:
            number = numbers[top]
            return unknown if number is None else scaled(number * millionths, mark) + unit

        return whole, lambda numbers: "= " + whole(numbers)
    numerator, denominator, under = times.numerator, times.denominator, slot.under

    def measured(numbers: Numbers) -> tuple[str, bool]:
        number, below = numbers[top], denominator
        for place in under:
            below *= numbers[place] or 0
        if number is None or not below:
            return unknown, True
        found, exact = ratio(number * numerator, below)
        return scaled(found, mark) + unit, exact

    def equals(numbers: Numbers) -> str:
        text, exact = measured(numbers)
        return f"= {text}" if exact else f"≈ {text}"

    return (lambda numbers: measured(numbers)[0]), equals


def _general(slot: Slot, kind: KindName, lang: Lang) -> tuple[Say, Say]:
    unknown = vocabulary(lang)["unknown"]

    def said(numbers: Numbers) -> tuple[str, bool]:
        value = slot.read(numbers)
        return (unknown, True) if value is None else quantity(value, kind, lang)

    def equals(numbers: Numbers) -> str:
        text, whole = said(numbers)
        return f"= {text}" if whole else f"≈ {text}"

    return (lambda numbers: said(numbers)[0]), equals
