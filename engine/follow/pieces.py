"""Graphs of what takes one of several: comparisons, conditions, choices, extremes and curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from dsl.place import Place

from ..specialise import HOLDS
from .graph import (
    ONE,
    ZERO,
    Cause,
    Causes,
    Gap,
    Graph,
    Side,
    Span,
    Straight,
    Value,
    built,
    crossings,
    flat,
    gap,
    inside,
    spread,
    union,
)

Sign = Literal["=", "<>", "<", "<=", ">", ">="]
NO, YES = Straight(ZERO, ZERO), Straight(ZERO, ONE)


def compare(sign: Sign, one: Graph, other: Graph) -> Graph:
    """Where a comparison holds: 1 or 0."""
    points = union((one, other))
    meet = crossings(points, spread(one, points)[1], spread(other, points)[1])
    points = union((one, other), meet) if meet else points
    (at, over), (with_at, with_over) = spread(one, points), spread(other, points)
    holds = HOLDS[sign]
    spans: list[Span] = []
    for index, (left, right) in enumerate(zip(over, with_over, strict=True)):
        if isinstance(left, Straight) and isinstance(right, Straight):
            x = inside(points, index)
            spans.append(YES if holds(left.at(x), right.at(x)) else NO)
        else:
            spans.append(gap(left, right))
    values: list[Value] = [
        Fraction(holds(left, right))
        if isinstance(left, Fraction) and isinstance(right, Fraction)
        else gap(left, right)
        for left, right in zip(at, with_at, strict=True)
    ]
    return built(points, values, spans, {})


def logic(word: Literal["and", "or"], left: Graph, right: Graph) -> Graph:
    """`and`, `or`: the right operand counts only where the left one does not decide."""
    denied = denial(left)
    return choose(left, right, left, None) if word == "and" else choose(denied, right, left, None)


def denial(one: Graph) -> Graph:
    """1 for 0, 0 for anything else."""
    return compare("=", one, flat(ZERO))


def choose(condition: Graph, chosen: Graph, otherwise: Graph, cause: Cause | None) -> Graph:
    """One of two, by a condition; `cause` is what makes it change where the condition does."""
    decided = condition.constant
    if decided is not None:
        return flat(decided) if isinstance(decided, Gap) else chosen if decided else otherwise
    points = union((condition, chosen, otherwise))
    tests, over = spread(condition, points)
    parts = [spread(otherwise, points), spread(chosen, points)]
    picks = [_truth(test) for test in tests]
    spans = [_truth(span) for span in over]
    return built(
        points,
        [pick if isinstance(pick, Gap) else parts[pick][0][index] for index, pick in enumerate(picks)],
        [pick if isinstance(pick, Gap) else parts[pick][1][index] for index, pick in enumerate(spans)],
        switched(points, picks, spans, (otherwise.causes, chosen.causes), lambda *_: cause),
    )


def _truth(value: Value | Span) -> int | Gap:
    if isinstance(value, Gap):
        return value
    return int((value.constant if isinstance(value, Straight) else value) != 0)


def extreme(word: Literal["min", "max"], one: Graph, other: Graph, place: Place) -> Graph:
    """The less or the greater of two."""
    least = word == "min"
    points = union((one, other))
    meet = crossings(points, spread(one, points)[1], spread(other, points)[1])
    points = union((one, other), meet) if meet else points
    (at, over), (with_at, with_over) = spread(one, points), spread(other, points)
    picks: list[int | Gap] = []
    for left, right in zip(at, with_at, strict=True):
        known = isinstance(left, Fraction) and isinstance(right, Fraction)
        picks.append(int((right < left) == least and left != right) if known else gap(left, right))  # type: ignore[operator]  # both are fractions
    spans: list[int | Gap] = []
    for index, (first, second) in enumerate(zip(over, with_over, strict=True)):
        if isinstance(first, Straight) and isinstance(second, Straight):
            x = inside(points, index)
            low, high = first.at(x), second.at(x)
            spans.append(int((high < low) == least and low != high))
        else:
            spans.append(gap(first, second))
    sides = ((at, over), (with_at, with_over))
    cause = Cause(place, "limit", True)
    return built(
        points,
        [pick if isinstance(pick, Gap) else sides[pick][0][index] for index, pick in enumerate(picks)],
        [pick if isinstance(pick, Gap) else sides[pick][1][index] for index, pick in enumerate(spans)],
        switched(points, picks, spans, (one.causes, other.causes), lambda *_: cause),
    )


def switched(
    points: Sequence[Fraction],
    picks: Sequence[int | Gap],
    spans: Sequence[int | Gap],
    causes: Sequence[Causes],
    switch: Callable[[int, int], Cause | None],
) -> Causes:
    """The causes of what is picked, and of the change wherever another is picked."""
    found: dict[tuple[Fraction, Side], tuple[Cause, ...]] = {}
    for index, x in enumerate(points):
        sides: tuple[tuple[Side, int | Gap, int | Gap], ...] = (
            ("before", spans[index], picks[index]),
            ("after", picks[index], spans[index + 1]),
        )
        for side, one, other in sides:
            if isinstance(one, Gap) or isinstance(other, Gap):
                continue
            some = [cause for pick in {one, other} for cause in causes[pick].get((x, side), ())]
            if one != other and (cause := switch(one, other)) is not None:
                some.append(cause)
            if some:
                found[x, side] = tuple(dict.fromkeys(some))
    return found
