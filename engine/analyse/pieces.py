"""Graphs of what takes one of several: comparisons, conditions, choices, extremes and curves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dsl.source import Place

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
    inside,
    joined,
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
            spans.append(_gap(left, right))
    values: list[Value] = [
        Fraction(holds(left, right))
        if isinstance(left, Fraction) and isinstance(right, Fraction)
        else _gap(left, right)
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
        _switched(points, picks, spans, (otherwise.causes, chosen.causes), lambda *_: cause),
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
        picks.append(int((right < left) == least and left != right) if known else _gap(left, right))  # type: ignore[operator]  # both are fractions
    spans: list[int | Gap] = []
    for index, (first, second) in enumerate(zip(over, with_over, strict=True)):
        if isinstance(first, Straight) and isinstance(second, Straight):
            x = inside(points, index)
            low, high = first.at(x), second.at(x)
            spans.append(int((high < low) == least and low != high))
        else:
            spans.append(_gap(first, second))
    sides = ((at, over), (with_at, with_over))
    cause = Cause(place, "limit", True)
    return built(
        points,
        [pick if isinstance(pick, Gap) else sides[pick][0][index] for index, pick in enumerate(picks)],
        [pick if isinstance(pick, Gap) else sides[pick][1][index] for index, pick in enumerate(spans)],
        _switched(points, picks, spans, (one.causes, other.causes), lambda *_: cause),
    )


def _switched(
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


def _gap(*several: Value | Span) -> Gap:
    return Gap.NOTHING if Gap.NOTHING in several else Gap.BENT


# ── Curves ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a curve whose numbers are fixed."""

    sign: Sign | None
    bound: Fraction | None
    worth: Straight


@dataclass(frozen=True, slots=True)
class Zones:
    """Which piece decides where: before, at and after each of the bounds, from the least."""

    bounds: tuple[Fraction, ...]
    picks: tuple[int, ...]

    def at(self, value: Fraction) -> int:
        """The piece that decides for a value."""
        index = bisect_left(self.bounds, value)
        exact = index < len(self.bounds) and self.bounds[index] == value
        return self.picks[2 * index + exact]


def zones(tests: Sequence[tuple[Sign | None, Fraction | None]]) -> Zones:
    """The zones of pieces that are asked in their order; the last of them takes all that is left."""
    bounds = sorted({bound for _, bound in tests if bound is not None})
    rank = {bound: 2 * index + 1 for index, bound in enumerate(bounds)}
    left = list(range(2 * len(bounds) + 1))
    picks = [len(tests) - 1] * len(left)
    for piece, (sign, bound) in enumerate(tests):
        mark = None if bound is None else rank[bound]
        taken = [zone for zone in left if mark is None or _holds(sign, zone, mark)]
        for zone in taken:
            picks[zone] = piece
        if taken:
            gone = {*taken}
            left = [zone for zone in left if zone not in gone]
    return Zones(tuple(bounds), tuple(picks))


def _holds(sign: Sign | None, zone: int, mark: int) -> bool:
    match sign:
        case "=":
            return zone == mark
        case "<":
            return zone < mark
        case "<=":
            return zone <= mark
        case ">":
            return zone > mark
        case ">=":
            return zone >= mark
        case _:
            return True


def curve(measure: Graph, parts: Sequence[Part], switch: Callable[[int, int], Cause | None]) -> Graph:
    """A measure through pieces with fixed numbers; `switch` is the cause of a change from one to another."""
    areas = zones([(part.sign, part.bound) for part in parts])
    edges = [
        bound
        for index, bound in enumerate(areas.bounds)
        if len({*areas.picks[2 * index : 2 * index + 3]}) > 1
    ]
    points = union((measure,), [*_reached(measure, edges)])
    at, over = spread(measure, points)
    picks = [areas.at(value) if isinstance(value, Fraction) else value for value in at]
    spans: list[int | Gap] = []
    for index, span in enumerate(over):
        spans.append(areas.at(span.at(inside(points, index))) if isinstance(span, Straight) else span)
    values: list[Value] = []
    for value, pick in zip(at, picks, strict=True):
        known = isinstance(value, Fraction) and isinstance(pick, int)
        values.append(parts[pick].worth.at(value) if known else value)  # type: ignore[index, arg-type]  # both are known
    stretches: list[Span] = []
    for span, pick in zip(over, spans, strict=True):
        if isinstance(span, Straight) and isinstance(pick, int):
            worth = parts[pick].worth
            stretches.append(Straight(worth.slope * span.slope, worth.slope * span.constant + worth.constant))
        else:
            stretches.append(_gap(span))
    moved = _switched(points, picks, spans, [{}] * len(parts), switch)
    return built(points, values, stretches, joined(measure.causes, moved))


def _reached(measure: Graph, bounds: Sequence[Fraction]) -> Iterator[Fraction]:
    """Where a measure passes through bounds, inside its stretches."""
    ends: list[Fraction | None] = [None, *measure.points, None]
    for span, (low, high) in zip(measure.spans, pairwise(ends), strict=True):
        if not isinstance(span, Straight) or not span.slope:
            continue
        for bound in bounds:
            x = (bound - span.constant) / span.slope
            if (low is None or x > low) and (high is None or x < high):
                yield x
