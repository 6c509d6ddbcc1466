"""A curve as the pieces that a person reads: where each begins and ends, and what it pays there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.node import node
from engine.analyse import Jump, Payout, Straight, jumps
from engine.compiled import Compiled


@node
class Piece:
    """A stretch of the measure, or one point of it, and the straight line that is paid along it.

    An end that is None is not there. The line is None where nothing exact is known.
    """

    start: Fraction | None
    starts: bool  # whether it includes its start
    end: Fraction | None
    ends: bool
    line: Straight | None

    @property
    def level(self) -> Fraction | None:
        """What it pays, where that is the same all along."""
        return self.line.constant if self.line is not None and not self.line.slope else None


def pieces(payout: Payout) -> tuple[Piece, ...]:
    """The pieces of a curve from the left, each number of the measure in one of them."""
    graph = payout.graph
    points = [
        (point, value if isinstance(value, Fraction) else None)
        for point, value in zip(graph.points, graph.at, strict=True)
        if _within(payout, point)
    ]
    if payout.low is not None and (not points or points[0][0] != payout.low):
        points.insert(0, (payout.low, _value(payout, payout.low)))
    if payout.high is not None and (not points or points[-1][0] != payout.high):
        points.append((payout.high, _value(payout, payout.high)))
    found: list[Piece] = []
    begin: Fraction | None = None
    held = False  # whether the point that a stretch begins at is in no piece yet
    for point, value in points:
        if point != payout.low:
            line = _span(payout, begin, point)
            meets = line is not None and value == line.at(point)
            found.append(Piece(begin, held, point, meets, line))
            held = not meets
        else:
            held = True
        if held:
            after = None if point == payout.high else _span(payout, point, None)
            if after is None or value != after.at(point):
                alone = None if value is None else Straight(Fraction(0), value)
                found.append(Piece(point, True, point, True, alone))
                held = False
        begin = point
    if begin is None or begin != payout.high:
        found.append(Piece(begin, held, None, False, _span(payout, begin, None)))
    return tuple(found)


def _within(payout: Payout, point: Fraction) -> bool:
    above = payout.low is None or point >= payout.low
    return above and (payout.high is None or point <= payout.high)


def _value(payout: Payout, point: Fraction) -> Fraction | None:
    value = payout.graph.value(point)
    return value if isinstance(value, Fraction) else None


def _span(payout: Payout, start: Fraction | None, end: Fraction | None) -> Straight | None:
    """The line just after a point, or just before the first one."""
    graph = payout.graph
    if start is not None:
        index = sum(point <= start for point in graph.points)
    else:
        index = 0 if end is None else sum(point < end for point in graph.points)
    span = graph.spans[index]
    return span if isinstance(span, Straight) else None


def leaps(payout: Payout) -> Iterator[Jump]:
    """The jumps of a curve, from the left."""
    for jump in jumps(payout.graph, payout.low):
        last = payout.high is not None and jump.point >= payout.high
        if not last or (jump.point == payout.high and jump.side == "before"):
            yield jump


@node
class Bound:
    """Where a curve bends or jumps, and the clauses that make it do so: line and text of each."""

    at: Fraction
    clauses: tuple[tuple[int, str], ...]


def bounds(payout: Payout, compiled: Compiled) -> tuple[Bound, ...]:
    """The bounds of a curve, from the left."""
    source = compiled.source
    found: dict[Fraction, dict[tuple[int, str], None]] = {}
    for point in payout.graph.points:
        if not _within(payout, point):
            continue
        clauses = found.setdefault(point, {})
        for side in ("before", "after"):
            for cause in payout.graph.causes.get((point, side), ()):
                text = " ".join(source.at(cause.place).split())
                clauses[source.position(cause.place.start).line, text] = None
    return tuple(Bound(point, tuple(sorted(clauses))) for point, clauses in sorted(found.items()))
