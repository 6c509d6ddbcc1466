"""Numbers as a person writes them, in their language."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from dsl.words import KindName, Lang, words

from ..program import Numbers, Slot
from ..scales import LAST_DAY, places

Say = Callable[[Numbers], str]

PLACES = 6  # decimals of a number that does not end; it is shown with ≈ and never reckoned with


@cache
def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of statements in a language."""
    room = files(__package__).joinpath("words", f"{lang}.toml")
    table: dict[str, str] = tomllib.loads(room.read_text("utf-8"))
    return table


# ── A number as text ─────────────────────────────────────────────────────────────────────────────────────


def grouped(whole: int) -> str:
    """A whole number with a space between thousands: `3 300 000`."""
    return f"{whole:,}".replace(",", " ") if whole >= 1000 else str(whole)


def decimal(number: int, count: int, mark: str) -> str:
    """`number` / 10 ** `count`, without zeros at its end."""
    sign = "−" if number < 0 else ""
    whole, part = divmod(abs(number), 10**count)
    return f"{sign}{grouped(whole)}{mark}{part:0{count}}".rstrip("0") if part else sign + grouped(whole)


def nearest(top: int, under: int, count: int = PLACES) -> tuple[int, bool]:
    """A quotient in units of the last of some decimals, half away from zero, and whether nothing was lost."""
    whole, rest = divmod(abs(top) * 10**count, under)
    if 2 * rest >= under:
        whole += 1
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
            number, exact = nearest(value.numerator * 100, value.denominator)
            return decimal(number, PLACES, mark) + "%", exact
        case "days":
            number, exact = nearest(value.numerator, value.denominator)
            return f"{decimal(number, PLACES, mark)} {counted(value, lang)}", exact
        case _:
            number, exact = nearest(value.numerator, value.denominator)
            return decimal(number, PLACES, mark), exact


def precise(value: Fraction, kind: KindName, lang: Lang) -> str:
    """A value of a kind as text to be reckoned with: all of its decimals, or a quotient if it has no end."""
    mark, unit, times = vocabulary(lang)["decimal"], "", 1
    if kind in {"date", "yes_no"}:
        text, whole = quantity(value, kind, lang)
        return text if whole else f"({text} + {precise(value % 1, 'days', lang)})"
    if kind == "percent":
        unit, times = "%", 100
    elif kind == "days":
        unit = f" {counted(value, lang)}"
    count = places(value * times)
    if count is not None:
        return decimal(int(value * times * 10**count), count, mark) + unit
    quotient = f"({decimal(value.numerator, 0, mark)} / {grouped(value.denominator)})"
    return quotient if kind == "percent" else quotient + unit


def counted(value: Fraction, lang: Lang) -> str:
    """The word for so many days; a part of a day takes the word of a few."""
    return words(lang).days(abs(int(value)) if value.denominator == 1 else 2)


def day(value: Fraction, lang: Lang) -> str:
    """The day of an ordinal; a sum of days may lead out of the calendar."""
    if value < 1:
        return vocabulary(lang)["early"]
    if value >= LAST_DAY + 1:
        return vocabulary(lang)["late"]
    return datetime.date.fromordinal(int(value)).isoformat()


def amount(minor: int, digits: int, lang: Lang) -> str:
    """An amount with every digit of its minor unit: `26 400.00`."""
    whole, part = divmod(abs(minor), 10**digits)
    sign = "−" if minor < 0 else ""
    if not digits:
        return sign + grouped(whole)
    return f"{sign}{grouped(whole)}{vocabulary(lang)['decimal']}{part:0{digits}}"


# ── A number of a trace ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Saying:
    """The ways to say a number of a trace.

    `plain` is for reading, at most six decimals; `exact` for reckoning with; `equals` follows a formula:
    after `=`, or after `≈` where six decimals are not all of it. `sure` where they always are.
    """

    plain: Say
    exact: Say
    equals: Say
    sure: bool = True


def fixed(text: str, precise: str, *, sure: bool) -> Saying:
    """The sayings of a number that is the same for everybody."""
    equals = f"= {text}" if sure else f"≈ {text}"
    return Saying(lambda _: text, lambda _: precise, lambda _: equals, sure)


def saying(slot: Slot, kind: KindName, lang: Lang, otherwise: Say | None = None) -> Saying:
    """The sayings of a traced number; `otherwise` says it for reckoning if its decimals have no end."""
    if slot.top is None and not slot.under:
        text, sure = quantity(slot.factor, kind, lang)
        return fixed(text, precise(slot.factor, kind, lang), sure=sure)
    if kind in {"date", "yes_no", "days"} or slot.top is None:
        return _general(slot, kind, lang, otherwise)
    times = slot.factor * (100 if kind == "percent" else 1)
    count = places(times)
    if slot.under or count is None or count > PLACES:
        return _measured(slot, times, kind, lang, otherwise)
    return _whole(slot.top, times, count, kind, lang)


def _whole(top: int, times: Fraction, count: int, kind: KindName, lang: Lang) -> Saying:
    """A number that always ends within some decimals."""
    vocabulary_ = vocabulary(lang)
    mark, unknown, unit = vocabulary_["decimal"], vocabulary_["unknown"], "%" if kind == "percent" else ""
    factor = int(times * 10**count)

    if not count:

        def whole(numbers: Numbers) -> str:
            number = numbers[top]
            if number is None:
                return unknown
            number *= factor
            return f"{number:,}{unit}".replace(",", " ").replace("-", "−")

    else:
        scale = 10**count

        def whole(numbers: Numbers) -> str:
            number = numbers[top]
            if number is None:
                return unknown
            number *= factor
            if number % scale:
                return decimal(number, count, mark) + unit
            return f"{number // scale:,}{unit}".replace(",", " ").replace("-", "−")

    return Saying(whole, whole, lambda numbers: "= " + whole(numbers))


def _measured(slot: Slot, times: Fraction, kind: KindName, lang: Lang, otherwise: Say | None) -> Saying:
    """A number that may have no end."""
    vocabulary_ = vocabulary(lang)
    mark, unknown, unit = vocabulary_["decimal"], vocabulary_["unknown"], "%" if kind == "percent" else ""
    numerator, denominator, top, under = times.numerator, times.denominator, slot.top or 0, slot.under

    def measured(numbers: Numbers) -> tuple[str, bool]:
        number, below = numbers[top], denominator
        for place in under:
            below *= numbers[place] or 0
        if number is None or not below:
            return unknown, True
        found, ends = nearest(number * numerator, below)
        return decimal(found, PLACES, mark) + unit, ends

    return _three(measured, slot, kind, lang, otherwise)


def _general(slot: Slot, kind: KindName, lang: Lang, otherwise: Say | None) -> Saying:
    unknown = vocabulary(lang)["unknown"]

    def measured(numbers: Numbers) -> tuple[str, bool]:
        value = slot.read(numbers)
        return (unknown, True) if value is None else quantity(value, kind, lang)

    return _three(measured, slot, kind, lang, otherwise)


def _three(
    measured: Callable[[Numbers], tuple[str, bool]],
    slot: Slot,
    kind: KindName,
    lang: Lang,
    otherwise: Say | None,
) -> Saying:
    def exact(numbers: Numbers) -> str:
        text, ends = measured(numbers)
        if ends:
            return text
        if otherwise is not None:
            return otherwise(numbers)
        value = slot.read(numbers)
        return text if value is None else precise(value, kind, lang)

    def equals(numbers: Numbers) -> str:
        text, ends = measured(numbers)
        return f"= {text}" if ends else f"≈ {text}"

    return Saying(lambda numbers: measured(numbers)[0], exact, equals, sure=False)
