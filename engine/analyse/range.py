"""Ranges of numbers, with or without ends, and what operations make of them: never too narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..follow import ONE, ZERO
from ..specialise import HOLDS

End = Fraction | None  # None: there is none


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None where there is no end."""

    low: End
    high: End


EVERYTHING = Range(None, None)
TRUTH = Range(ZERO, ONE)


def point(value: Fraction) -> Range:
    """The range of a number that is known."""
    return Range(value, value)


def either(several: Iterable[Range]) -> Range:
    """The range of what lies in one of several ranges."""
    lows, highs = zip(*((one.low, one.high) for one in several), strict=True)
    return Range(
        None if None in lows else min(lows),
        None if None in highs else max(highs),
    )


def plus(one: Range, other: Range) -> Range:
    """The range of the sum of two numbers."""
    return Range(
        None if one.low is None or other.low is None else one.low + other.low,
        None if one.high is None or other.high is None else one.high + other.high,
    )


def minus(one: Range) -> Range:
    """With the sign turned."""
    return Range(None if one.high is None else -one.high, None if one.low is None else -one.low)


def product(one: Range, other: Range) -> Range:
    """The range of the product of two numbers, unbounded where a factor of unknown sign is."""
    if point(ZERO) in (one, other):
        return point(ZERO)
    if one.low is not None and one.low >= 0 and other.low is not None and other.low >= 0:
        high = None if one.high is None or other.high is None else one.high * other.high
        return Range(one.low * other.low, high)
    if None in (one.low, one.high, other.low, other.high):
        return _unbounded(one, other)
    ends = [left * right for left in (one.low, one.high) for right in (other.low, other.high)]  # type: ignore[operator]  # all are numbers
    return Range(min(ends), max(ends))


def _unbounded(one: Range, other: Range) -> Range:
    """A product of which a factor has no end, and one can be below 0: the sign alone is known."""
    for left, right in ((one, other), (other, one)):
        if left.high is not None and left.high <= 0 and right.low is not None and right.low >= 0:
            return minus(product(minus(left), right))
    return EVERYTHING


def divided(one: Range, other: Range) -> Range:
    if other.low is None or other.low < 0:
        return EVERYTHING
    above: End = None if other.low == 0 else ONE / other.low
    below: End = ZERO if other.high is None or other.high == 0 else ONE / other.high
    return product(one, Range(below, above))


def within(low: Range, high: Range) -> bool:
    """Whether nothing of the one is above anything of the other."""
    return low.high is not None and high.low is not None and low.high <= high.low


def compared(sign: str, one: Range, other: Range) -> bool | None:
    """Whether a comparison holds, where the ranges decide it."""
    never_above, never_below = within(one, other), within(other, one)
    apart = (never_above and one.high != other.low) or (never_below and one.low != other.high)
    ways = ((-ONE, never_below), (ZERO, apart), (ONE, never_above))
    found = {HOLDS[sign](way, ZERO) for way, excluded in ways if not excluded}
    return found.pop() if len(found) == 1 else None


def logic(word: str, one: Range, other: Range) -> Range:
    decides = point(ZERO if word == "and" else ONE)
    if decides in (one, other):
        return decides
    return TRUTH if TRUTH in (one, other) else point(ONE - (decides.low or ZERO))


def extreme(word: str, several: Sequence[Range]) -> Range:
    if word == "max":
        return minus(extreme("min", [minus(one) for one in several]))
    highs = [one.high for one in several if one.high is not None]
    lows = [one.low for one in several]
    return Range(None if None in lows else min(lows), min(highs, default=None))  # type: ignore[type-var]  # none is None
