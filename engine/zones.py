"""Which of several pieces decides where: the stretches between bounds, and the bounds themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Sign = Literal["=", "<", "<=", ">", ">="]


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
    last = len(tests) - 1
    picks = [last] * (2 * len(bounds) + 1)
    # What is left is a run of zones without some single ones, so that each zone is looked at once or twice.
    start, end, single = 0, len(picks), set[int]()
    for piece, (sign, bound) in enumerate(tests):
        low, high = _held(sign, 0 if bound is None else rank[bound], len(picks))
        for zone in range(max(low, start), min(high, end)):
            if zone not in single:
                picks[zone] = piece
        if low <= start:
            start = max(start, high)
        elif high >= end:
            end = min(end, low)
        else:
            single.update(range(low, high))
    return Zones(tuple(bounds), tuple(picks))


def _held(sign: Sign | None, mark: int, count: int) -> tuple[int, int]:
    """The run of zones, from the first to before the last, in which a test holds."""
    match sign:
        case "=":
            return mark, mark + 1
        case "<":
            return 0, mark
        case "<=":
            return 0, mark + 1
        case ">":
            return mark + 1, count
        case ">=":
            return mark, count
        case None:
            return 0, count
