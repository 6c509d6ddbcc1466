"""Functions in straight pieces, one or several of the same variable, as stretches that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .graph import ZERO, Gap, Graph, Span, Straight, Value, spread, union


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a variable, or one point of it, from `low` to `high`; None where it has no end.

    `includes_low` and `includes_high` tell whether its ends belong to it. `spans` are the straight lines that
    the functions follow there, each in its turn, a gap where one follows none.
    """

    low: Fraction | None
    includes_low: bool
    high: Fraction | None
    includes_high: bool
    spans: tuple[Span, ...]

    @property
    def line(self) -> Straight | None:
        """The line of the first, or only, function; None where it follows none."""
        return straight(self.spans[0])

    @property
    def change(self) -> Straight | None:
        """The last function less the first one; None where one of them follows no line."""
        old, new = straight(self.spans[0]), straight(self.spans[-1])
        return old and new and Straight(new.slope - old.slope, new.constant - old.constant)


def straight(span: Span) -> Straight | None:
    """A straight line, if there is one."""
    return span if isinstance(span, Straight) else None


def stretches(
    graphs: Sequence[Graph], low: Fraction | None, high: Fraction | None = None
) -> tuple[Stretch, ...]:
    """Every stretch from the least number of a variable to the greatest, each number in one of them."""
    points = union(graphs, [end for end in (low, high) if end is not None])
    found: list[Stretch] = []
    for cell in _cells(graphs, points):
        if low is not None and (cell.low is None or cell.low < low):
            continue
        if high is not None and (cell.high is None or cell.high > high):
            continue
        joined = _joined(found[-1], cell) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(cell)
    return tuple(found)


def _cells(graphs: Sequence[Graph], points: Sequence[Fraction]) -> Iterator[Stretch]:
    """The open stretches between points, and the points themselves, in their order."""
    over = [spread(graph, points) for graph in graphs]
    ends: list[Fraction | None] = [None, *points, None]
    for index in range(len(points) + 1):
        spans = tuple(spans[index] for _, spans in over)
        yield Stretch(ends[index], False, ends[index + 1], False, spans)
        if index < len(points):
            levels = tuple(_level(at[index]) for at, _ in over)
            yield Stretch(points[index], True, points[index], True, levels)


def _level(value: Value) -> Span:
    return value if isinstance(value, Gap) else Straight(ZERO, value)


def _joined(before: Stretch, after: Stretch) -> Stretch | None:
    """Two stretches beside each other as one, where the same lines go on through both."""
    if before.low == before.high and after.low != after.high:
        if _through(before, after):
            return replace(after, low=before.low, includes_low=True)
    elif _through(after, before):
        return replace(before, high=after.high, includes_high=after.includes_high)
    return None


def _through(cell: Stretch, along: Stretch) -> bool:
    """Whether all functions go along the lines of another stretch in a cell beside it."""
    return all(_goes(cell, span, line) for span, line in zip(cell.spans, along.spans, strict=True))


def _goes(cell: Stretch, span: Span, line: Span) -> bool:
    if isinstance(span, Straight) and isinstance(line, Straight) and cell.low == cell.high:
        return cell.low is not None and line.at(cell.low) == span.constant
    return span == line
