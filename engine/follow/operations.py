"""What operations make of graphs: arithmetic, and what takes one of several by a comparison or a curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from dsl.place import Place

from ..civil import months
from ..specialise import HOLDS
from ..zones import Sign, Zones
from .graph import (
    ONE,
    ZERO,
    ZERO_LINE,
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
    joined,
    spread,
    union,
)

NO, YES = ZERO_LINE, Straight(ZERO, ONE)


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


def between(one: Graph, other: Graph, many: int) -> Graph:
    """How many times so many full months lie between two days, where neither moves."""
    ends = one.known, other.known
    if ends[0] is None or ends[1] is None:
        return flat(Gap.BENT)
    return flat(Fraction(months(*(int(end // 1) for end in ends if end is not None)) // many))


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


# ── One of several ───────────────────────────────────────────────────────────────────────────────────────


def compare(sign: Sign | Literal["<>"], one: Graph, other: Graph) -> Graph:
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
    return choose(left if word == "and" else denial(left), right, left, None)


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
    better = compare("<" if word == "min" else ">", other, one)
    return choose(better, other, one, Cause(place, "limit", True))


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


# ── Curves with fixed numbers ────────────────────────────────────────────────────────────────────────────


def curve(
    measure: Graph, areas: Zones, worth: Sequence[Straight], switch: Callable[[int, int], Cause | None]
) -> Graph:
    """A measure through pieces with fixed numbers: which of them decides where, and what each is worth.

    `switch` is the cause of a change from one to another.
    """
    edges = [
        bound
        for index, bound in enumerate(areas.bounds)
        if len({*areas.picks[2 * index : 2 * index + 3]}) > 1
    ]
    levels = [[Straight(ZERO, edge)] * len(measure.spans) for edge in edges]
    met = [x for level in levels for x in crossings(measure.points, measure.spans, level)]
    points = union((measure,), met)
    at, over = spread(measure, points)
    picks = [areas.at(value) if isinstance(value, Fraction) else value for value in at]
    spans = [
        areas.at(span.at(inside(points, index))) if isinstance(span, Straight) else span
        for index, span in enumerate(over)
    ]
    return built(
        points,
        [
            worth[pick].at(value) if isinstance(value, Fraction) and isinstance(pick, int) else value
            for value, pick in zip(at, picks, strict=True)
        ],
        [
            worth[pick].over(span) if isinstance(span, Straight) and isinstance(pick, int) else span
            for span, pick in zip(over, spans, strict=True)
        ],
        joined(measure.causes, switched(points, picks, spans, [{}] * len(worth), switch)),
    )
