"""Both curves of a line of pay in one picture."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from dsl.words import Lang
from engine.analyse.graph import Graph, Straight
from engine.compare import Curves

from ..pictures import Axis, Chart, Dot, Line, Mark, Stretch
from .vocabulary import Table

BEYOND = Fraction(5, 4)  # how far beyond the last bound a picture goes
LEAST = Fraction(3, 2)  # of attainment


def chart(found: Curves, lang: Lang, line: dict[str, Any], words: Table) -> Chart | None:
    """The picture of a line over what it is followed along; None where nothing moves it."""
    if found.axis == "nothing":
        return None
    graphs = (found.old.graph, found.new.graph)
    points = [
        point for graph in graphs for point in graph.points if found.floor is None or point > found.floor
    ]
    low = found.floor if found.floor is not None else min(points, default=Fraction(0)) * BEYOND
    high = max(points, default=Fraction(0)) * BEYOND
    if found.axis == "attainment":
        high = max(high, LEAST)
    elif high <= low:
        value = None if found.new.variable is None else found.new.made.values[found.new.variable]
        high = max((value or Fraction(1)) * 2, low + 1)
    label = words["name"].format(name=found.line)
    currency = found.new.compiled.kernel.currency
    return Chart(
        words["picture"].format(line=line["label"]),
        words["about"].format(line=label),
        lang,
        Axis(found.name, found.unit, low, high),
        Axis(currency, "money"),
        (_line(words["before"], graphs[0], low, high), _line(words["after"], graphs[1], low, high)),
        tuple(Mark("x", point) for point in sorted({*points}) if low < point < high),
    )


def _line(name: str, graph: Graph, low: Fraction, high: Fraction) -> Line:
    """A function between two points, as far as it is straight, with dots where it jumps."""
    return Line(name, tuple(_stretches(graph, low, high)), tuple(_dots(graph, low, high)))


def _stretches(graph: Graph, low: Fraction, high: Fraction) -> Iterator[Stretch]:
    inside = [point for point in graph.points if low < point < high]
    for start, end in pairwise([low, *inside, high]):
        middle = (start + end) / 2
        span = graph.spans[sum(point < middle for point in graph.points)]
        if isinstance(span, Straight):
            yield Stretch(start, span.at(start), end, span.at(end))


def _dots(graph: Graph, low: Fraction, high: Fraction) -> Iterator[Dot]:
    for index, point in enumerate(graph.points):
        before, after, value = graph.spans[index], graph.spans[index + 1], graph.at[index]
        if not low < point < high or not isinstance(value, Fraction):
            continue
        ends = [span.at(point) for span in (before, after) if isinstance(span, Straight)]
        if all(end == value for end in ends):
            continue
        yield Dot(point, value)
        yield from (Dot(point, end, closed=False) for end in ends if end != value)
