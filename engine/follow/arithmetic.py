"""Sums, products and quotients of graphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from .graph import (
    ZERO_LINE,
    Gap,
    Graph,
    Span,
    Straight,
    Value,
    built,
    crossings,
    gap,
    joined,
    spread,
    union,
)


def add(one: Graph, other: Graph, sign: Literal[1, -1] = 1) -> Graph:
    """A sum or a difference."""

    def spans(left: Straight, right: Straight) -> Span:
        return Straight(left.slope + sign * right.slope, left.constant + sign * right.constant)

    return _pointwise(one, other, lambda left, right: left + sign * right, spans)


def times(one: Graph, other: Graph) -> Graph:
    """A product; of two that both move it is not straight."""

    def spans(left: Straight, right: Straight) -> Span:
        if left.slope and right.slope:
            return Gap.BENT
        if right.slope:
            left, right = right, left
        return Straight(left.slope * right.constant, left.constant * right.constant)

    return _pointwise(one, other, lambda left, right: left * right, spans)


def quotient(one: Graph, other: Graph) -> Graph:
    """A quotient; by what moves it is not straight, and where that is 0 it has no value."""

    def values(left: Fraction, right: Fraction) -> Value:
        return left / right if right else Gap.NOTHING

    def spans(left: Straight, right: Straight) -> Span:
        if right.slope:
            return Gap.BENT
        if not right.constant:
            return Gap.NOTHING
        return Straight(left.slope / right.constant, left.constant / right.constant)

    zeros = crossings(other.points, other.spans, [ZERO_LINE] * len(other.spans))
    return _pointwise(one, other, values, spans, zeros)


def _pointwise(
    one: Graph,
    other: Graph,
    values: Callable[[Fraction, Fraction], Value],
    spans: Callable[[Straight, Straight], Span],
    more: Sequence[Fraction] = (),
) -> Graph:
    if not (one.points or other.points or more):
        left, right = one.spans[0], other.spans[0]
        known = isinstance(left, Straight) and isinstance(right, Straight)
        return Graph((), (), (spans(left, right) if known else gap(left, right),))  # type: ignore[arg-type]  # both known
    points = union((one, other), more)
    (at, over), (with_at, with_over) = spread(one, points), spread(other, points)
    return built(
        points,
        [
            values(left, right)
            if isinstance(left, Fraction) and isinstance(right, Fraction)
            else gap(left, right)
            for left, right in zip(at, with_at, strict=True)
        ],
        [
            spans(left, right)
            if isinstance(left, Straight) and isinstance(right, Straight)
            else gap(left, right)
            for left, right in zip(over, with_over, strict=True)
        ],
        joined(one.causes, other.causes),
    )
