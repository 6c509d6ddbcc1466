"""Where two functions in straight pieces differ, and along which lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..analyse.graph import ZERO, Gap, Graph, Span, Straight, Value, crossings, spread, union


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a variable on which two functions differ, from `low` to `high`; None where it has no end.

    `includes_low` and `includes_high` tell whether its ends belong to it. `old` and `new` are the straight
    lines that the functions follow there, a gap where one follows none.
    """

    low: Fraction | None
    includes_low: bool
    high: Fraction | None
    includes_high: bool
    old: Span
    new: Span

    @property
    def change(self) -> Straight | None:
        """The new function less the old one; None where one of them follows no line."""
        if isinstance(self.old, Straight) and isinstance(self.new, Straight):
            return Straight(self.new.slope - self.old.slope, self.new.constant - self.old.constant)
        return None


def stretches(old: Graph, new: Graph, floor: Fraction | None) -> tuple[Stretch, ...]:
    """Every stretch, from the least, on which two functions of the same variable differ."""
    points = union((old, new), [] if floor is None else [floor])
    points = tuple(sorted({*points, *crossings(points, spread(old, points)[1], spread(new, points)[1])}))
    found: list[Stretch] = []
    for cell in _cells(old, new, points):
        if floor is not None and (cell.low is None or cell.low < floor):
            continue
        joined = _joined(found[-1], cell) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(cell)
    return tuple(stretch for stretch in found if not _alike(stretch))


def _cells(old: Graph, new: Graph, points: Sequence[Fraction]) -> Iterator[Stretch]:
    """The open stretches between the points, and the points themselves, in their order."""
    (at, over), (with_at, with_over) = spread(old, points), spread(new, points)
    ends: list[Fraction | None] = [None, *points, None]
    for index, (one, other) in enumerate(zip(over, with_over, strict=True)):
        yield Stretch(ends[index], False, ends[index + 1], False, one, other)
        if index < len(points):
            x = points[index]
            yield Stretch(x, True, x, True, _level(at[index]), _level(with_at[index]))


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
    """Whether both functions go along the lines of another stretch in a cell beside it."""
    return _goes(cell, cell.old, along.old) and _goes(cell, cell.new, along.new)


def _goes(cell: Stretch, span: Span, line: Span) -> bool:
    if isinstance(span, Straight) and isinstance(line, Straight) and cell.low == cell.high:
        return cell.low is not None and line.at(cell.low) == span.constant
    return span == line


def _alike(stretch: Stretch) -> bool:
    """Whether the functions are the same there, as far as that is known."""
    return isinstance(stretch.old, Straight) and stretch.old == stretch.new
