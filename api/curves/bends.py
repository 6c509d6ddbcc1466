"""Where a curve bends and jumps, from the left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.node import node
from engine.analyse import Payout
from engine.compile import Compiled
from engine.follow.moves import Jump, jumps


def leaps(payout: Payout) -> Iterator[Jump]:
    """The jumps of a curve, from the left."""
    for jump in jumps(payout.graph, payout.low):
        last = payout.high is not None and jump.point >= payout.high
        if not last or (jump.point == payout.high and jump.side == "before"):
            yield jump


@node
class Bend:
    """A bound at which a curve bends or jumps, and the clauses that make it do so: line and text of each."""

    at: Fraction
    clauses: tuple[tuple[int, str], ...]


def bends(payout: Payout, compiled: Compiled) -> tuple[Bend, ...]:
    """The bends and jumps of a curve, from the left."""
    source = compiled.source
    found: dict[Fraction, dict[tuple[int, str], None]] = {}
    for point in payout.graph.points:
        below = payout.low is not None and point < payout.low
        if below or (payout.high is not None and point > payout.high):
            continue
        clauses = found.setdefault(point, {})
        for side in ("before", "after"):
            for cause in payout.graph.causes.get((point, side), ()):
                text = " ".join(source.at(cause.place).split())
                clauses[source.position(cause.place.start).line, text] = None
    return tuple(Bend(point, tuple(sorted(clauses))) for point, clauses in sorted(found.items()))
