"""How pay moves with a measure: where it jumps, where more of it pays less, where nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .graph import ONE, ZERO, Cause, Graph, Side, Straight, Value, flat, shifted


@dataclass(frozen=True, slots=True)
class Jump:
    """A sudden change at a point: as it is reached, or just beyond it; `level` between two levels."""

    point: Fraction
    side: Side
    start: Fraction
    end: Fraction
    causes: tuple[Cause, ...]
    level: bool

    @property
    def size(self) -> Fraction:
        """By how much the pay changes; below 0 where it falls."""
        return self.end - self.start

    @property
    def stated(self) -> bool:
        """Whether the plan says in so many words what is paid on both sides."""
        return bool(self.causes) and all(cause.stated for cause in self.causes)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a graph, seen from a side: at it, or just before or just after it."""

    point: Fraction
    side: Side | None
    value: Fraction


@dataclass(frozen=True, slots=True)
class Valley:
    """Where more pays less than less did: from its edge to the lowest spot, until `end` (None: for good).

    The lowest is None where it goes down without end.
    """

    edge: Spot
    lowest: Spot | None
    end: Fraction | None
    causes: tuple[Cause, ...]


def pieces(
    graph: Graph, low: Fraction | None
) -> Iterator[tuple[Fraction | None, Value, Straight | None, Fraction | None]]:
    """From the left: where a stretch begins, the value there, the line that it follows, and where it ends."""
    for start, span, end in graph.parts():
        if low is not None and end is not None and end <= low:
            continue
        first = low if low is not None and (start is None or start < low) else start
        line = span if isinstance(span, Straight) else None
        yield first, graph.value((end or ZERO) - 1 if first is None else first), line, end


def jumps(graph: Graph, low: Fraction | None) -> Iterator[Jump]:
    """The jumps from `low` on, from the left."""
    for index, point in enumerate(graph.points):
        if low is not None and point < low:
            continue
        before, at, after = graph.spans[index], graph.at[index], graph.spans[index + 1]
        if not isinstance(at, Fraction):
            continue
        level = all(isinstance(span, Straight) and span.slope == 0 for span in (before, after))
        if isinstance(before, Straight) and before.at(point) != at and (low is None or point > low):
            yield Jump(point, "before", before.at(point), at, graph.causes.get((point, "before"), ()), level)
        if isinstance(after, Straight) and after.at(point) != at:
            yield Jump(point, "after", at, after.at(point), graph.causes.get((point, "after"), ()), level)


def downhill(graph: Graph, low: Fraction | None) -> bool:
    """Whether less of the measure is better: it never rises, or begins higher than it ever comes again."""
    lines = [(start, line, end) for start, _, line, end in pieces(graph, low) if line is not None]
    moves = [line.slope for _, line, _ in lines] + [jump.size for jump in jumps(graph, low)]
    if not any(move < 0 for move in moves):
        return False
    if not any(move > 0 for move in moves):
        return True
    levels = [spot.value for spot in spots(graph, low)]
    last = lines[-1][1].slope <= 0
    return low is not None and last and levels[0] > levels[-1] and levels[0] == max(levels)


def spots(graph: Graph, low: Fraction | None) -> Iterator[Spot]:
    """The values that bound a graph: at each of its points, and on either side of them."""
    for start, value, line, end in pieces(graph, low):
        if start is not None and isinstance(value, Fraction):
            yield Spot(start, None, value)
        if line is not None and start is not None:
            yield Spot(start, "after", line.at(start))
        if line is not None and end is not None:
            yield Spot(end, "before", line.at(end))


def mirrored(graph: Graph, low: Fraction | None) -> Graph:
    """The graph from its other end, for a measure of which less is better; below its least point it stays."""
    points = [point for point in graph.points if low is None or point > low]
    spans = list(graph.spans[len(graph.points) - len(points) :])
    at = list(graph.at[len(graph.at) - len(points) :])
    if low is not None:
        end = graph.value(low)
        points, at = [low, *points], [end, *at]
        spans = [*flat(end).spans, *spans]
    return shifted(Graph(tuple(points), tuple(at), tuple(spans), graph.causes), Straight(-ONE, ZERO))


def valleys(graph: Graph, low: Fraction | None) -> Iterator[Valley]:
    """Where more pays less, from the left; of a graph without a least point, from its first one on."""
    edge: Spot | None = None
    lowest: Spot | None = None
    falling: tuple[Cause, ...] = ()
    for spot in spots(graph, low):
        if edge is None or spot.value >= edge.value:
            if edge is not None and lowest is not None:
                yield Valley(edge, lowest, _met(graph, edge.value, lowest.point, spot.point), falling)
            edge, lowest = spot, None
        elif lowest is None or spot.value < lowest.value:
            if lowest is None:
                # The jump between two neighbouring spots, or the bend where the fall begins.
                side: Side = "before" if edge.side == "before" else "after"
                jump = graph.causes.get((edge.point, side), ())
                falling = jump or graph.causes.get((spot.point, "before"), ())
            lowest = spot
    final = graph.spans[-1]
    last = final if isinstance(final, Straight) else None
    if edge is None or last is None:
        return
    if last.slope < 0:
        start = lowest or edge
        yield Valley(edge, None, None, falling or graph.causes.get((start.point, "after"), ()))
    elif lowest is not None:
        end = (edge.value - last.constant) / last.slope if last.slope else None
        yield Valley(edge, lowest, end, falling)


def _met(graph: Graph, value: Fraction, start: Fraction, end: Fraction) -> Fraction:
    """Where a graph comes back to a value between two neighbouring spots."""
    for left, _, line, right in pieces(graph, start):
        if line is not None and line.slope > 0 and left is not None and (right is None or right >= end):
            x = (value - line.constant) / line.slope
            if start <= x <= end:
                return x
    return end
