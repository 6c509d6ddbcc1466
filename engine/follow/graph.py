"""A function of one variable in straight pieces, exactly: its bends, its jumps, what is on either side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Literal

from dsl.place import Place

from .. import kernel as k

ZERO, ONE = Fraction(0), Fraction(1)


class Gap(Enum):
    """Where nothing exact is known: there is no value (a divisor is 0), or none along a straight line."""

    NOTHING = "nothing"
    BENT = "bent"


@dataclass(frozen=True, slots=True)
class Straight:
    """A straight line: `slope` × the variable + `constant`."""

    slope: Fraction
    constant: Fraction

    def at(self, x: Fraction) -> Fraction:
        """The value at a point."""
        return self.slope * x + self.constant

    @property
    def inverse(self) -> Straight:
        """The line that leads back, of one that is not level."""
        return Straight(1 / self.slope, -self.constant / self.slope)

    def over(self, other: Straight) -> Straight:
        """The line along which the value goes where the variable goes along another."""
        return Straight(self.slope * other.slope, self.slope * other.constant + self.constant)


ZERO_LINE = Straight(ZERO, ZERO)
Value = Fraction | Gap
Span = Straight | Gap
Side = Literal["before", "after"]  # a change as a point is reached, or just beyond it


@dataclass(frozen=True, slots=True)
class Cause:
    """The part of a plan that makes a function bend or jump at a point.

    `stated` where the plan says in so many words what is paid on both sides: nothing below a cutoff, the
    values of two rows. `limit` is of a cap, a floor, the least or the greatest of several.
    """

    place: Place
    reason: k.Reason | Literal["choice", "limit"]
    stated: bool


Causes = Mapping[tuple[Fraction, Side], tuple[Cause, ...]]


@dataclass(frozen=True, slots=True)
class Graph:
    """The function: its value at each point, and on the open stretches before, between and after them."""

    points: tuple[Fraction, ...]
    at: tuple[Value, ...]
    spans: tuple[Span, ...]
    causes: Causes = field(default_factory=dict)

    def value(self, x: Fraction) -> Value:
        """The value at any point."""
        index = bisect_left(self.points, x)
        if index < len(self.points) and self.points[index] == x:
            return self.at[index]
        return _along(self.spans[index], x)

    def parts(self) -> Iterator[tuple[Fraction | None, Span, Fraction | None]]:
        """From the left: where each open stretch begins, what it follows, and where it ends."""
        return zip((None, *self.points), self.spans, (*self.points, None), strict=True)

    @property
    def constant(self) -> Value | None:
        """The value, where it is one for all of the variable; else None."""
        span = self.spans[0]
        if self.points or (isinstance(span, Straight) and span.slope):
            return None
        return span.constant if isinstance(span, Straight) else span

    @property
    def known(self) -> Fraction | None:
        """The number, where it is one for all of the variable; else None."""
        return value if isinstance(value := self.constant, Fraction) else None


def flat(value: Value) -> Graph:
    """The same for all of the variable."""
    return Graph((), (), (Straight(ZERO, value) if isinstance(value, Fraction) else value,))


IDENTITY = Graph((), (), (Straight(ONE, ZERO),))
LARGEST = 300  # points of a graph; what has more is left out of account


# ── Two or more over the same stretches ──────────────────────────────────────────────────────────────────


def union(graphs: Iterable[Graph], more: Iterable[Fraction] = ()) -> tuple[Fraction, ...]:
    """The points of several graphs."""
    several = [graph.points for graph in graphs if graph.points]
    if len(several) == 1 and not more:
        return several[0]
    return tuple(sorted({*more, *(point for points in several for point in points)}))


def spread(graph: Graph, points: Sequence[Fraction]) -> tuple[Sequence[Value], Sequence[Span]]:
    """A graph's values at points, its own among them, and on the stretches between them."""
    if len(points) == len(graph.points):
        return graph.at, graph.spans
    at: list[Value] = []
    spans: list[Span] = []
    index, own = 0, graph.points
    for x in points:
        spans.append(graph.spans[index])
        if index < len(own) and own[index] == x:
            at.append(graph.at[index])
            index += 1
        else:
            at.append(_along(graph.spans[index], x))
    spans.append(graph.spans[index])
    return at, spans


def inside(points: Sequence[Fraction], index: int) -> Fraction:
    """Some point of an open stretch."""
    if not points:
        return ZERO
    if index == 0:
        return points[0] - 1
    if index == len(points):
        return points[-1] + 1
    return (points[index - 1] + points[index]) / 2


def crossings(points: Sequence[Fraction], one: Sequence[Span], other: Sequence[Span]) -> list[Fraction]:
    """Where two graphs over the same stretches meet inside one of these."""
    found = []
    for index, (left, right) in enumerate(zip(one, other, strict=True)):
        if isinstance(left, Straight) and isinstance(right, Straight) and left.slope != right.slope:
            x = (right.constant - left.constant) / (left.slope - right.slope)
            if (index == 0 or x > points[index - 1]) and (index == len(points) or x < points[index]):
                found.append(x)
    return found


def built(points: Sequence[Fraction], at: Sequence[Value], spans: Sequence[Span], causes: Causes) -> Graph:
    """A graph without the points at which nothing happens."""
    if not points:
        return Graph((), (), tuple(spans))
    if len(points) > LARGEST:
        return flat(Gap.BENT)
    kept = [
        index
        for index, x in enumerate(points)
        if spans[index] != spans[index + 1] or _along(spans[index], x) != at[index]
    ]
    stays = {points[index] for index in kept}
    return Graph(
        tuple(points[index] for index in kept),
        tuple(at[index] for index in kept),
        (spans[0], *(spans[index + 1] for index in kept)),
        {spot: several for spot, several in causes.items() if spot[0] in stays} if causes else {},
    )


def joined(*several: Causes) -> Causes:
    """All causes of several graphs."""
    present = [causes for causes in several if causes]
    if len(present) < 2:
        return present[0] if present else {}
    found: dict[tuple[Fraction, Side], tuple[Cause, ...]] = {}
    for causes in present:
        for spot, some in causes.items():
            found[spot] = tuple(dict.fromkeys((*found.get(spot, ()), *some)))
    return found


def _along(span: Span, x: Fraction) -> Value:
    return span.at(x) if isinstance(span, Straight) else span


def shifted(graph: Graph, measure: Straight) -> Graph:
    """A graph over a variable as one over a measure that the variable moves in a straight line."""
    by = measure.inverse
    points = [measure.at(point) for point in graph.points]
    at = list(graph.at)
    spans = [span.over(by) if isinstance(span, Straight) else span for span in graph.spans]
    sides: Mapping[Side, Side] = {"before": "before", "after": "after"}
    if measure.slope < 0:
        points, at, spans = points[::-1], at[::-1], spans[::-1]
        sides = {"before": "after", "after": "before"}
    moved = {(measure.at(point), sides[side]): some for (point, side), some in graph.causes.items()}
    return Graph(tuple(points), tuple(at), tuple(spans), moved)


def gap(*several: Value | Span) -> Gap:
    """What two that are not both known make: no value, if one of them has none."""
    return Gap.NOTHING if Gap.NOTHING in several else Gap.BENT
