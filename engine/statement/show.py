"""Numbers as a person writes them, in their language."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TypeVar

from dsl.check.scope import Scope
from dsl.data import phrases
from dsl.words import KindName, Lang, words

from ..integers.executable import Numbers, Slot
from ..kernel import Input, PayLine
from ..scales import LAST_DAY

T = TypeVar("T")
Say = Callable[[Numbers], str]
Test = Callable[[Numbers], object]  # whether something holds


class Fixed(str):
    """The saying of what is the same for everybody: the text itself."""

    __slots__ = ()

    def __call__(self, _: Numbers) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Saying:
    """How to say a traced number, and whether it was cut; None where it never is."""

    plain: Say
    cut: Test | None = None


SETTLED = {"cap": "line_cap", "floor": "line_floor", "rounding": "line_rounding"}
GROUPS = frozenset({"bonus", "variable", "total"})  # lines that clauses hold for together, but sections
UNNAMED = frozenset({"salary", "commission"})  # lines that a plan may give no name
PLACES = 6  # decimals of a number that does not end; it is shown with ≈ and never used again
SCALE = 10**PLACES
MOST = 60  # decimals that two numbers are told apart by


def vocabulary(lang: Lang) -> Mapping[str, str]:
    """The words of statements in a language."""
    return phrases(__package__, lang)


def titled(scope: Scope, name: str, lang: Lang) -> str:
    """What a reader calls a fact, a figure or a line of pay: its label, else its name, else its keyword."""
    label = scope.label(name)
    return vocabulary(lang)[name] if label == name and name in UNNAMED else label


def entitled(scope: Scope, line: PayLine, lang: Lang) -> str:
    """What a reader calls a line of pay, also one that a clause of several makes."""
    if not line.of:
        return titled(scope, line.name, lang)
    words = vocabulary(lang)
    group = words[line.of] if line.of in GROUPS else scope.label(line.of)
    return words[SETTLED[line.kind]].format(label=group)


# ── A number as text ─────────────────────────────────────────────────────────────────────────────────────


def grouped(whole: int) -> str:
    """A whole number with a space between thousands: `3 300 000`."""
    if whole >= 1_000_000:
        return f"{whole:,}".replace(",", " ")
    text = str(whole)
    return f"{text[:-3]} {text[-3:]}" if whole >= 1000 else text


def scaled(number: int, mark: str, places: int = PLACES) -> str:
    """`number` / 10 ** `places`, without trailing zeros."""
    if number < 0:
        return "−" + scaled(-number, mark, places)
    one = 10**places
    text, part = grouped(number // one), number % one
    return f"{text}{mark}{str(one + part)[1:].rstrip('0')}" if part else text


def ratio(top: int, under: int, scale: int = SCALE) -> tuple[int, bool]:
    """A quotient in so many parts of one, rounded half away from zero, and whether nothing was lost."""
    whole, rest = divmod(abs(top) * scale, under)
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
            return days(scaled(number, mark), lang), exact
        case _:
            number, exact = ratio(value.numerator, value.denominator)
            text = scaled(number, mark)
            return (coins(text, mark) if kind == "money" else text), exact


def presumed(entry: Input, lang: Lang) -> str:
    """What is presumed where nobody gives a fact."""
    if entry.default is None:
        return ""
    if entry.choices:
        return entry.choices[int(entry.default)]
    return quantity(entry.default, entry.kind, lang)[0]


def said(value: Fraction, kind: KindName, lang: Lang) -> str:
    """A number as a person writes it; where it was cut, with ≈."""
    text, exact = quantity(value, kind, lang)
    return text if exact else f"≈ {text}"


def coins(number: str, mark: str) -> str:
    """An amount of money, never with a single decimal: `905 001.50`."""
    return f"{number}0" if number[-2:-1] == mark else number


def days(number: str, lang: Lang) -> str:
    """So many days; a part of a day takes the word of a few."""
    count = number.lstrip("−").replace(" ", "")
    return f"{number} {words(lang).days(int(count) if count.isdigit() else 2)}"


def day(value: Fraction, lang: Lang) -> str:
    """The day of an ordinal; a sum of days may lead out of the calendar."""
    if value < 1:
        return vocabulary(lang)["early"]
    return (
        vocabulary(lang)["late"]
        if value >= LAST_DAY + 1
        else datetime.date.fromordinal(int(value)).isoformat()
    )


# ── A number of a trace ──────────────────────────────────────────────────────────────────────────────────


def shower(slot: Slot, kind: KindName, lang: Lang, rivals: Sequence[Slot] = ()) -> Saying:
    """The sayings of a traced number; it is told apart from those that it is compared with."""
    if slot.top is None and not slot.under:
        text, exact = quantity(slot.factor, kind, lang)
        return Saying(Fixed(text), None if exact else lambda _: True)
    if kind == "date":
        return _dated(slot, lang)
    mark, unit = vocabulary(lang)["decimal"], "%" if kind == "percent" else ""
    times = slot.factor * (100 if kind == "percent" else 1)
    if slot.top is not None and not slot.under and SCALE % times.denominator == 0 and kind != "days":
        whole = kind != "money" or times.denominator == 1
        return _whole(slot.top, times, mark, unit if whole else None, lang)
    worded = {"days": partial(days, lang=lang), "money": partial(coins, mark=mark)}.get(kind)
    return _measured(slot, times, mark, worded or unit, lang, rivals)


def once(ask: Callable[[Numbers], T]) -> Callable[[Numbers], T]:
    """The same, worked out once for each person: one number stands in several sentences of a line."""
    last: tuple[Numbers | None, T | None] = (None, None)

    def remembered(numbers: Numbers) -> T:
        nonlocal last
        known, found = last  # together, for another thread may be speaking of somebody else
        if known is not numbers or found is None:
            found = ask(numbers)
            last = numbers, found
        return found

    return remembered


def _whole(top: int, times: Fraction, mark: str, unit: str | None, lang: Lang) -> Saying:
    """A number that always ends within the decimals that are shown, said in no more of them than it takes.

    Without a unit it is money that may have coins.
    """
    unknown = vocabulary(lang)["unknown"]
    places = next(places for places in range(PLACES + 1) if 10**places % times.denominator == 0)
    factor = int(times * 10**places)

    def whole(numbers: Numbers) -> str:
        number = numbers[top]
        if number is None:
            return unknown
        text = scaled(number * factor, mark, places)
        return coins(text, mark) if unit is None else text + unit

    return Saying(once(whole))


def _measured(
    slot: Slot,
    times: Fraction,
    mark: str,
    worded: Callable[[str], str] | str,
    lang: Lang,
    rivals: Sequence[Slot],
) -> Saying:
    """A number that may have no end."""
    unknown, top, under = vocabulary(lang)["unknown"], slot.top, slot.under
    numerator, denominator = times.numerator, times.denominator
    scale = times / slot.factor if slot.factor else Fraction(1)
    fixed = {
        ratio(*(rival.factor * scale).as_integer_ratio())[0]
        for rival in rivals
        if rival.top is None and not rival.under
    }
    moving = [partial(_millionths, rival, scale) for rival in rivals if rival.top is not None or rival.under]

    def measured(numbers: Numbers) -> tuple[str, bool]:
        number, below = 1 if top is None else numbers[top], denominator
        for place in under:
            below *= numbers[place] or 0
        if number is None or not below:
            return unknown, True
        found, exact = ratio(number * numerator, below)
        # Nearly nobody stands so near to a bound that the two read alike.
        if exact or (found not in fixed and all(found != other(numbers) for other in moving)):
            text = scaled(found, mark)
        else:
            exact = False
            text = _apart(slot, scale, numbers, [rival.read(numbers) for rival in rivals], mark)
        return (text + worded if isinstance(worded, str) else worded(text)), exact

    said = once(measured)
    return Saying(lambda numbers: said(numbers)[0], lambda numbers: not said(numbers)[1])


def _millionths(slot: Slot, scale: Fraction, numbers: Numbers) -> int | None:
    value = slot.read(numbers)
    return None if value is None else ratio(*(value * scale).as_integer_ratio())[0]


def _apart(
    slot: Slot, scale: Fraction, numbers: Numbers, others: Sequence[Fraction | None], mark: str
) -> str:
    """A number with as many decimals as tell it apart from some others."""
    value = slot.read(numbers) or Fraction(0)
    differing = [other * scale for other in others if other is not None and other != value]
    value *= scale
    for places in range(PLACES, MOST):
        shown, *rest = (ratio(*one.as_integer_ratio(), 10**places)[0] for one in (value, *differing))
        if shown not in rest:
            return scaled(shown, mark, places)
    return scaled(ratio(*value.as_integer_ratio(), 10**MOST)[0], mark, MOST)


def _dated(slot: Slot, lang: Lang) -> Saying:
    unknown = vocabulary(lang)["unknown"]

    def dated(numbers: Numbers) -> str:
        value = slot.read(numbers)
        return unknown if value is None else day(value, lang)

    def cut(numbers: Numbers) -> bool:
        value = slot.read(numbers)
        return value is not None and value.denominator != 1

    return Saying(dated, cut)
