"""Axes in exact numbers: how far one reaches, where it is ticked, and what its ticks are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dsl.node import node
from dsl.words import KindName, Lang
from engine.picture import Axis
from engine.statement.show import quantity, said

STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
SPARE = Fraction(1, 10)  # of an axis, that is left free beyond what is drawn
NEAR = Fraction(1, 14)  # of an axis: two ticks are no nearer than this
GAP = 2  # letters between the labels of two ticks
FINE = Fraction(1, 10_000)  # what a tick without an end is cut to


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
    letters: int | None = None,
    spare: bool = False,
    wanted: Iterable[Fraction] = (),
) -> Scale:
    """The scale that holds an axis and some values, with about `most` ticks; `wanted` are ticked first.

    `letters` are how many would fill the axis, where labels stand side by side; `spare` leaves room at the
    ends.
    """
    several = [value for value in (*values, axis.low, axis.high) if value is not None]
    low, high = min(several, default=Fraction(0)), max(several, default=Fraction(1))
    if low == high:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
        high = high if low < high else Fraction(1)
    room = (high - low) * SPARE if spare else Fraction(0)
    low, high = (low - room if low < 0 else low), (high + room if high > 0 else high)
    labelled = [
        (tick, _called(tick, axis.kind, lang))
        for tick in (*sorted({*wanted}), *_even(low, high, axis.kind, most))
        if low <= tick <= high
    ]
    kept = sorted(_apart(labelled, high - low, letters))
    return Scale(low, high, tuple(tick for tick, _ in kept), tuple(label for _, label in kept))


def _called(tick: Fraction, kind: KindName, lang: Lang) -> str:
    """The label of a tick; of a number without an end the first decimals are enough."""
    if quantity(tick, kind, lang)[1]:
        return said(tick, kind, lang)
    near = FINE if kind == "percent" else FINE * 100
    return f"≈ {quantity(round(tick / near) * near, kind, lang)[0]}"


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


def _apart(
    ticks: Sequence[tuple[Fraction, str]], size: Fraction, letters: int | None
) -> list[tuple[Fraction, str]]:
    """The first of some ticks and all others that stand clear of those before them."""
    kept: list[tuple[Fraction, str]] = []
    for tick, label in ticks:
        if all(abs(tick - other) >= _near(label, beside, letters) * size for other, beside in kept):
            kept.append((tick, label))
    return kept


def _near(label: str, beside: str, letters: int | None) -> Fraction:
    """The part of an axis that two ticks stand apart at the least."""
    wide = Fraction(0) if letters is None else Fraction(len(label) + len(beside) + 2 * GAP, 2 * letters)
    return max(NEAR, wide)
