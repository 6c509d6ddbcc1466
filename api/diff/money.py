"""Where two plans pay differently: stretches of an attainment or a fact, and both curves in one picture."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dsl.words import KindName, Lang
from engine.compare import Contrast
from engine.follow import Straight, Stretch, straight, stretches
from engine.picture import Axis, Chart, Rule
from engine.statement.show import said, titled

from ..stretched import amount, line, where
from .answer import Along, ChangedPay, Point, StretchOfPay

Words = Mapping[str, str]
BEYOND = Fraction(5, 4)  # how far beyond the last bound a picture goes
LEAST = Fraction(3, 2)  # of attainment
STEPS: dict[KindName, Fraction] = {"percent": Fraction(1, 100), "money": Fraction(1000)}


def stretched(found: Contrast, lang: Lang, words: Words) -> ChangedPay:
    """A line of pay, and every stretch on which the plans pay it differently."""
    newest = found.new.compiled if found.new.line is not None else found.old.compiled
    return ChangedPay(
        found.line,
        titled(newest.checked.scope, found.line, lang),
        found.kind,
        found.axis,
        found.name,
        _heading(found, words),
        tuple(dict(sort) for sort in found.sorts),
        tuple(_stretch(found, one, lang, words) for one in found.stretches),
    )


def _heading(found: Contrast, words: Words) -> str:
    line, name = (words["name"].format(name=one) for one in (found.line, found.name))
    along = {
        "attainment": words["along_attainment"],
        "fact": words["along_fact"],
        "nothing": words["along_nothing"],
    }[found.axis].format(line=line, name=name)
    sorts = "; ".join(", ".join(f"{name}: {value}" for name, value in sort) for sort in found.sorts)
    return f"{along} ({sorts})" if sorts else along


def _stretch(found: Contrast, one: Stretch, lang: Lang, words: Words) -> StretchOfPay:
    return StretchOfPay(
        _point(one.low, found.unit, lang),
        one.includes_low,
        _point(one.high, found.unit, lang),
        one.includes_high,
        where(one, found.unit, lang, words),
        _along(one.line, one, found.unit, lang, words),
        _along(straight(one.spans[-1]), one, found.unit, lang, words),
        _along(one.change, one, found.unit, lang, words, plus=True),
    )


def _point(x: Fraction | None, unit: KindName, lang: Lang) -> Point | None:
    return None if x is None else Point(str(x), said(x, unit, lang))


def _along(
    along: Straight | None, one: Stretch, unit: KindName, lang: Lang, words: Words, *, plus: bool = False
) -> Along | None:
    """A straight line over a stretch: exactly, its ends too, and as a reader writes it."""
    if along is None:
        return None
    ends = [None if x is None else along.at(x) for x in (one.low, one.high)]
    start, end = (None if x is None else amount(x, lang, plus=plus) for x in ends)
    if along.slope == 0:
        text = amount(along.constant, lang, plus=plus)
    elif start is not None and end is not None:
        text = start if start == end else f"{start} … {end}"
    else:
        step = STEPS.get(unit, Fraction(1))
        each = amount(along.slope * step, lang, plus=True)
        text = (
            words["and_each"].format(end=start or end or "", each=each, step=said(step, unit, lang)).strip()
        )
    low, high = (None if x is None else str(x) for x in ends)
    return Along(str(along.slope), str(along.constant), low, high, text)


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
    named = zip((words["before"], words["after"]), graphs, strict=True)
    return Chart(
        words["picture"].format(line=told.label),
        words["about"].format(line=words["name"].format(name=found.line)),
        lang,
        Axis(found.name, found.unit, low, high),
        Axis(found.new.compiled.kernel.currency, "money"),
        tuple(line(name, stretches((graph,), low), low, high) for name, graph in named),
        tuple(Rule("x", point) for point in sorted({*points}) if low < point < high),
    )
