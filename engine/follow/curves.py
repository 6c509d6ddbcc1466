"""Curves with fixed numbers: which piece decides where, and what a measure comes to through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..zones import Sign, zones
from .graph import Cause, Gap, Graph, Span, Straight, Value, built, gap, inside, joined, spread, union
from .pieces import switched


@dataclass(frozen=True, slots=True)
class Rated:
    """A piece of a curve whose numbers are fixed."""

    sign: Sign | None
    bound: Fraction | None
    worth: Straight


def curve(measure: Graph, parts: Sequence[Rated], switch: Callable[[int, int], Cause | None]) -> Graph:
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
