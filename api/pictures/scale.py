"""Axes in exact numbers: how far one reaches, where it is ticked, and what its ticks are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dsl.node import node
from dsl.words import KindName, Lang
from engine.statement.show import quantity

from .picture import Axis

STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
SPARE = Fraction(1, 10)  # of an axis, that is left free beyond what is drawn
# A tick of the usual sort gives way to a bound that is nearer to it than this part of the axis.
NEAR = Fraction(1, 14)


@node
class Scale:
    """An axis from its least number to its greatest, with its ticks."""

    low: Fraction
    high: Fraction
    ticks: tuple[Fraction, ...]
    labels: tuple[str, ...]

    def part(self, value: Fraction) -> Fraction:
        """Where a number lies on the axis, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def scale(
    axis: Axis,
    values: Iterable[Fraction],
    lang: Lang,
    most: int,
    *,
    spare: bool = False,
    wanted: Iterable[Fraction] = (),
) -> Scale:
    """The scale that holds an axis and some values, with about `most` ticks; `wanted` are ticked first.

    `spare` leaves room at the ends of what can be read in the picture.
    """
    several = [value for value in (*values, axis.low, axis.high) if value is not None]
    low, high = min(several, default=Fraction(0)), max(several, default=Fraction(1))
    if low == high:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
        high = high if low < high else Fraction(1)
    room = (high - low) * SPARE if spare else Fraction(0)
    low, high = (low - room if low < 0 else low), (high + room if high > 0 else high)
    ticks = _thinned(low, high, _even(low, high, axis.kind, most), [*wanted])
    return Scale(low, high, ticks, tuple(said(tick, axis.kind, lang) for tick in ticks))


def said(value: Fraction, kind: KindName, lang: Lang) -> str:
    """A number as a person writes it; where it was cut, with ≈."""
    text, exact = quantity(value, kind, lang)
    return text if exact else f"≈ {text}"


def _even(low: Fraction, high: Fraction, kind: KindName, most: int) -> list[Fraction]:
    """Round numbers, evenly spaced."""
    size = (high - low) / most
    unit = Fraction(1)
    while unit > size:
        unit /= 10
    while unit * 10 <= size:
        unit *= 10
    step = next(unit * step for step in STEPS if unit * step >= size)
    if kind in {"count", "days", "date", "choice", "yes_no"}:
        step = Fraction(max(1, -(-step.numerator // step.denominator)))
    first = -(-low // step)
    return [number * step for number in range(first, high // step + 1)]


def _thinned(
    low: Fraction, high: Fraction, even: Sequence[Fraction], wanted: Sequence[Fraction]
) -> tuple[Fraction, ...]:
    """All ticks that are wanted and can be told apart, and the even ones that are not too near to them."""
    near = (high - low) * NEAR
    kept: list[Fraction] = []
    for tick in (*sorted({*wanted}), *even):
        if low <= tick <= high and all(abs(tick - other) >= near for other in kept):
            kept.append(tick)
    return tuple(sorted(kept))
