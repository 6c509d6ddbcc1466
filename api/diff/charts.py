"""Both curves of a line of pay in one picture."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import Lang
from engine.compare import Contrast
from engine.follow.stretches import stretches
from engine.picture import Axis, Chart, Rule

from ..stretched import line
from .answer import ChangedPay
from .vocabulary import Words

BEYOND = Fraction(5, 4)  # how far beyond the last bound a picture goes
LEAST = Fraction(3, 2)  # of attainment


def chart(found: Contrast, lang: Lang, told: ChangedPay, words: Words) -> Chart | None:
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
    named = zip((words["before"], words["after"]), graphs, strict=True)
    currency = found.new.compiled.kernel.currency
    return Chart(
        words["picture"].format(line=told.label),
        words["about"].format(line=label),
        lang,
        Axis(found.name, found.unit, low, high),
        Axis(currency, "money"),
        tuple(line(name, stretches((graph,), low), low, high) for name, graph in named),
        tuple(Rule("x", point) for point in sorted({*points}) if low < point < high),
    )
