"""The pictures of a simulation, and the page around them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.faults import Fault
from dsl.words import Lang
from engine.simulate.answer import Sensitivity, Simulated
from engine.statement.text import money

from ..pictures import Axis, Bar, Bars, Bucket, Histogram, Passage, Sheet, Tabular, page
from .tables import Grid, grids, shown, title, words

MOST = 12  # numbers of a plan in the picture of what the budget hangs on
LABEL = 40  # letters of a bar's label


def picture(said: Simulated, lang: Lang) -> Sheet:
    """All the pictures, one under another."""
    found = tuple(one for _, one in _pictures(said, lang))
    return Sheet(title(said, lang), "; ".join(one.about for one in found), lang, found)


def html(said: Simulated, lang: Lang) -> str | Fault:
    """A page with the pictures and the tables."""
    drawn = dict(_pictures(said, lang))
    sections = [
        Passage(grid.title, (), drawn.get(grid.name), _table(grid, lang)) for grid in grids(said, lang)
    ]
    return page(title(said, lang), sections, lang)


def _table(grid: Grid, lang: Lang) -> Tabular:
    numeric = tuple(at for at, cell in enumerate(grid.rows[0]) if type(cell) is not str)
    rows = tuple(tuple(shown(cell, lang) for cell in row) for row in grid.rows)
    return Tabular(grid.heads, rows, numeric)


def _pictures(said: Simulated, lang: Lang) -> Iterator[tuple[str, Bars | Histogram]]:
    """Each picture, by the table that holds the same numbers."""
    w, whole = words(lang), said.whole
    axis = Axis(said.currency, "money")
    if len(said.periods) > 1:
        yield "cost", _cost(said, lang, axis)
    bars = tuple(Bar(one.label, (one.total.exact,)) for one in whole.lines)
    about = "; ".join(f"{one.label} {money(one.total, lang)}" for one in whole.lines)
    about = f"{w['lines']}: {about}"
    yield "lines", Bars(w["lines"], about, lang, axis, bars)
    bins = tuple(Bucket(one.start.exact, one.to.exact, one.rows) for one in whole.histogram)
    about = "; ".join(f"{money(one.start, lang)}: {one.rows}" for one in whole.histogram)
    counted = Axis(w["head_rows"], "count", Fraction(0))
    yield "distribution", Histogram(w["distribution"], about, lang, axis, counted, bins)
    moved = [(_clause(one), one.change) for one in said.sensitivity if one.change and one.change.minor][:MOST]
    if moved:
        steps = tuple(Bar(clause, (change.exact,)) for clause, change in moved)
        about = "; ".join(f"{clause}: {money(change, lang)}" for clause, change in moved)
        least = min(Fraction(0), *(step.values[0] for step in steps))
        axis = Axis(said.currency, "money", low=least * Fraction(6, 5))  # room for the number beside a bar
        yield "sensitivity", Bars(w["sensitivity"], about, lang, axis, steps)


def _cost(said: Simulated, lang: Lang, axis: Axis) -> Bars:
    w = words(lang)
    series: tuple[str, ...] = ()
    if said.against:
        series = w["series_old"], w["series_new"]
    bars = []
    for entry in said.periods:
        old = (entry.against.total.exact,) if entry.against else ()
        bars.append(Bar(entry.period, (*old, entry.total.exact)))
    about = "; ".join(f"{one.period}: {money(one.total, lang)}" for one in said.periods)
    return Bars(w["cost"], about, lang, axis, tuple(bars), series)


def _clause(one: Sensitivity) -> str:
    text = f"{one.name} {one.clause}".strip()
    text = text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
    return f"{text} → {one.new}" if text.endswith(one.old) else f"{text}: {one.old} → {one.new}"
