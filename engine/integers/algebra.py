"""Numbers as integers: each a constant fraction times one integer over a product of integers.

Constants are folded in ahead; nothing is divided before a line of pay is rounded, and bounds are compared by
multiplying across.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import gcd, lcm
from typing import Literal, assert_never

from ..signs import Sign
from .draft import Draft, Value
from .routine import ONE, ZERO, Choose, Compare, Const, Expression, FloorDiv, Sum, Var, bits, times

Rounding = Literal["nearest", "half_even", "up", "down"]
Comparison = Literal["=", "<>", "<", "<=", ">", ">="]


def add(w: Draft, left: Value, right: Value, sign: Literal[1, -1]) -> Value:
    """A sum or a difference."""
    if left.factor == 0:
        return Value(right.factor * sign, right.top, right.under)
    if right.factor == 0:
        return left
    if left.stated and right.stated:
        return Value(left.factor + sign * right.factor)
    factor, terms = _across(left, right, sign)
    top = w.let(Sum(terms))
    under = left.under
    if left.under != right.under:
        under = tuple((Counter(left.under) | Counter(right.under)).elements())
    return Value(factor, top, under)


def multiply(w: Draft, left: Value, right: Value) -> Value:
    """The product of two numbers, its constants folded into one factor; nothing is divided."""
    factor = left.factor * right.factor
    if factor == 0:
        return Value(factor)
    top = left.top or right.top
    if left.top and right.top:
        top = w.let(times(1, left.top, right.top))
    return Value(factor, top, left.under + right.under)


def divide(w: Draft, left: Value, right: Value, sign: Sign) -> Value:
    """A quotient; the divisor, whose sign is given, is not 0."""
    factor = left.factor / right.factor
    if factor == 0:
        return Value(factor)
    top = w.let(times(1, left.top, *right.under)) if left.top or right.under else None
    divisor = right.top
    if divisor is None:
        return Value(factor, top, left.under)
    if sign == "any":
        below = Compare("<", divisor, ZERO)
        top = w.let(Choose(below, times(-1, top), top or ONE), top.bits if top else 1)
        divisor = w.let(Choose(below, times(-1, divisor), divisor))
    return Value(factor, top, (*left.under, divisor))


def compare(left: Value, right: Value, sign: Comparison) -> Compare:
    """How two quotients compare, by multiplying across: both denominators are above 0."""
    return Compare(sign, *_across(left, right)[1])


def _across(
    left: Value, right: Value, sign: Literal[1, -1] = 1
) -> tuple[Fraction, tuple[Expression, Expression]]:
    """What two values have in common in their factors, and the rest as numerators over one denominator."""
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), sign * int(right.factor * scale)
    share = gcd(one, other) or 1
    first, second = [left.top], [right.top]
    if left.under != right.under:
        common = Counter(left.under) & Counter(right.under)
        first += (Counter(right.under) - common).elements()
        second += (Counter(left.under) - common).elements()
    return Fraction(share, scale), (times(one // share, *first), times(other // share, *second))


def whole(w: Draft, value: Value, per: Fraction, direction: Rounding, sign: Sign) -> Var:
    """A value times `per`, rounded to a whole number."""
    factor = value.factor * per
    top, bottom = times(factor.numerator, value.top), times(factor.denominator, *value.under)
    if factor == 0 or bottom == ONE:
        return w.let(top)
    if sign != "any":
        return w.let(_rounded(top, bottom, direction), bits(top) + 1)
    signed = w.let(top)
    minus = times(-1, _rounded(times(-1, signed), bottom, direction))
    rounded = Choose(Compare("<", signed, ZERO), minus, _rounded(signed, bottom, direction))
    return w.let(rounded, bits(top) + 1)


def _rounded(top: Expression, bottom: Expression, direction: Rounding) -> Expression:
    """A quotient that is not below 0, rounded."""
    twice = times(2, bottom)
    match direction:
        case "nearest":
            return FloorDiv(Sum((times(2, top), bottom)), twice)
        case "half_even":
            # At a half up where what is below it is odd, and else down.
            odd = (FloorDiv(top, bottom), times(-2, FloorDiv(top, twice)))
            return FloorDiv(Sum((times(2, top), bottom, *odd, Const(-1))), twice)
        case "up":
            return times(-1, FloorDiv(times(-1, top), bottom))
        case "down":
            return FloorDiv(top, bottom)
        case _:
            assert_never(direction)
