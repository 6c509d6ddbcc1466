"""Whole months and years between two days, as a program."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from ..civil import civil
from .draft import Draft, Value
from .routine import ZERO, Choose, Compare, Const, Expression, FloorDiv, Sum, Var, times


@dataclass(frozen=True, slots=True)
class Term:
    """An integer of a program, which is reckoned with as with any other."""

    w: Draft
    value: Expression

    def __add__(self, other: Self | int) -> Self:
        return self._made(Sum((self.value, Const(other) if isinstance(other, int) else other.value)))

    def __sub__(self, other: Self) -> Self:
        return self._made(Sum((self.value, times(-1, other.value))))

    def __rmul__(self, other: int) -> Self:
        return self._made(times(other, self.value))

    def __floordiv__(self, other: int) -> Self:
        return self._made(FloorDiv(self.value, Const(other)))

    def _made(self, value: Expression) -> Self:
        return type(self)(self.w, self.w.let(value))


def elapsed(w: Draft, since: Var, until: Var, months: int) -> Value:
    """How many times so many full months lie between two days; none where the second comes before."""
    (start, first), (end, last) = civil(Term(w, since)), civil(Term(w, until))
    after, _ = civil(Term(w, until) + 1)
    short = Choose(Compare("<", last.value, first.value), Compare("=", after.value, end.value), ZERO)
    between = w.let(Sum((end.value, times(-1, start.value), times(-1, w.let(short)))))
    full = w.let(Choose(Compare("<", between, ZERO), ZERO, between))
    return Value(Fraction(1), full if months == 1 else w.let(FloorDiv(full, Const(months))))
