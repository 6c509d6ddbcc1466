"""The pictures of a simulation, and the page around them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from dsl.faults import Fault
from dsl.words import Lang

from ..pictures import Axis, Bar, Bars, Bucket, Histogram, Passage, Sheet, Tabular, page
from .tables import Amount, Grid, Said, grids, shown, words

MOST = 12  # numbers of a plan in the picture of what the budget hangs on
LABEL = 40  # letters of a bar's label


def picture(said: Said, lang: Lang) -> Sheet:
    """All the pictures, one under another."""
    title = words(lang)["title"].format(**said["plan"], currency=said["currency"])
    found = tuple(one for _, one in _pictures(said, lang))
    return Sheet(title, "; ".join(one.about for one in found), lang, found)


def html(said: Said, lang: Lang) -> str | Fault:
    """A page with the pictures and the tables."""
    drawn = dict(_pictures(said, lang))
    title = words(lang)["title"].format(**said["plan"], currency=said["currency"])
    sections = [
        Passage(grid.title, (), drawn.get(grid.name), _table(grid, lang)) for grid in grids(said, lang)
    ]
    return page(title, sections, lang)


def _table(grid: Grid, lang: Lang) -> Tabular:
    numeric = tuple(at for at, cell in enumerate(grid.rows[0]) if type(cell) is not str)
    rows = tuple(tuple(shown(cell, lang) for cell in row) for row in grid.rows)
    return Tabular(grid.heads, rows, numeric)


def _pictures(said: Said, lang: Lang) -> Iterator[tuple[str, Bars | Histogram]]:
    """Each picture, by the table that holds the same numbers."""
    w, whole = words(lang), said["whole"]
    axis = Axis(said["currency"], "money")
    if len(said["periods"]) > 1:
        yield "cost", _cost(said, lang, axis)
    bars = tuple(Bar(one["label"], (_amount(one["total"]),)) for one in whole["lines"])
    yield "lines", Bars(w["lines"], _about(w["lines"], whole["lines"], "total", lang), lang, axis, bars)
    bins = tuple(Bucket(_amount(one["from"]), _amount(one["to"]), one["rows"]) for one in whole["histogram"])
    about = "; ".join(f"{shown(Amount(one['from']), lang)}: {one['rows']}" for one in whole["histogram"])
    counted = Axis(w["head_rows"], "count", Fraction(0))
    yield "distribution", Histogram(w["distribution"], about, lang, axis, counted, bins)
    moved = [one for one in said["sensitivity"] if one["change"] is not None and _amount(one["change"])][
        :MOST
    ]
    if moved:
        steps = tuple(Bar(_clause(one), (_amount(one["change"]),)) for one in moved)
        about = "; ".join(f"{_clause(one)}: {shown(Amount(one['change']), lang)}" for one in moved)
        least = min(Fraction(0), *(step.values[0] for step in steps))
        axis = Axis(said["currency"], "money", low=least * Fraction(6, 5))  # room for the number beside a bar
        yield "sensitivity", Bars(w["sensitivity"], about, lang, axis, steps)


def _cost(said: Said, lang: Lang, axis: Axis) -> Bars:
    w = words(lang)
    series: tuple[str, ...] = ()
    if said["against"]:
        series = w["series_old"], w["series_new"]
    bars = []
    for entry in said["periods"]:
        old = (_amount(entry["against"]["total"]),) if series else ()
        bars.append(Bar(entry["period"], (*old, _amount(entry["total"]))))
    about = "; ".join(f"{one['period']}: {shown(Amount(one['total']), lang)}" for one in said["periods"])
    return Bars(w["cost"], about, lang, axis, tuple(bars), series)


def _about(title: str, entries: list[Said], name: str, lang: Lang) -> str:
    return f"{title}: " + "; ".join(f"{one['label']} {shown(Amount(one[name]), lang)}" for one in entries)


def _clause(one: Said) -> str:
    text = f"{one['name']} {one['clause']}".strip()
    text = text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
    return f"{text} → {one['new']}" if text.endswith(one["old"]) else f"{text}: {one['old']} → {one['new']}"


def _amount(text: str) -> Fraction:
    return Fraction(Decimal(text))
