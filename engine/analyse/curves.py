"""Curves with fixed numbers: which piece decides where, and what a measure comes to through them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .graph import Cause, Gap, Graph, Span, Straight, Value, built, gap, inside, joined, spread, union
from .pieces import Sign, switched


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
            stretches.append(gap(span))
    moved = switched(points, picks, spans, [{}] * len(parts), switch)
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
