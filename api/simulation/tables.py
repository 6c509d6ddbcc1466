"""The answer of a simulation as tables, from which text, CSV, XLSX and HTML are made alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dsl.data import phrases
from dsl.words import Lang
from engine.statement.text import money

Said = Mapping[str, Any]
Words = Mapping[str, str]
WHO = ("gain", "lose", "same", "unpaid")


class Amount(str):
    """An amount of money as a decimal text, which a table of numbers takes as a number."""

    __slots__ = ()


Cell = str | int | Amount


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it is called for people and for programs, its heads, and its rows of as many cells."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def words(lang: Lang) -> Words:
    """The words of simulations in a language."""
    return phrases(__package__, lang)


def grids(said: Said, lang: Lang) -> tuple[Grid, ...]:
    """The tables of a simulation; those without a row are left out."""
    several = (_cost, _people, _lines, _kpis, _distribution, _sensitivity, _warnings)
    found = (one(said, words(lang)) for one in several)
    return tuple(grid for grid in found if grid.rows)


def _grid(name: str, heads: Sequence[str], rows: Iterator[tuple[Cell, ...]], w: Words) -> Grid:
    return Grid(name, w[name], tuple(w[f"head_{head}"] for head in heads), tuple(rows))


def _spans(said: Said, w: Words) -> list[tuple[str, Said]]:
    """Each period, and all of them together where there are several."""
    periods = [(entry["period"], entry) for entry in said["periods"]]
    return periods if len(periods) == 1 else [*periods, (w["all"], said["whole"])]


def _cost(said: Said, w: Words) -> Grid:
    heads = ["period", "people", "rows", "total"]
    if said["against"]:
        heads += ["old_total", "change", *WHO]

    def row(period: str, entry: Said) -> tuple[Cell, ...]:
        cells: list[Cell] = [period, entry["people"], entry["rows"], Amount(entry["total"])]
        if other := entry["against"]:
            cells += [Amount(other["total"]), Amount(other["change"]), *(other[who] for who in WHO)]
        return tuple(cells)

    return _grid("cost", heads, (row(*span) for span in _spans(said, w)), w)


def _people(said: Said, w: Words) -> Grid:
    heads = ["period", *(f"q{one['percent']}" for one in said["whole"]["quantiles"])]
    rows = ((period, *(Amount(one["amount"]) for one in e["quantiles"])) for period, e in _spans(said, w))
    return _grid("people", heads, rows, w)


def _lines(said: Said, w: Words) -> Grid:
    lines = said["whole"]["lines"]
    rows = ((one["label"], Amount(one["total"]), one["share"] or "–", one["people"]) for one in lines)
    return _grid("lines", ("line", "total", "share", "paid"), rows, w)


def _kpis(said: Said, w: Words) -> Grid:
    names = ("rows", "below_cutoff", "at_target", "capped")
    rows = ((one["label"], *(one[name] for name in names)) for one in said["whole"]["kpis"])
    return _grid("kpis", ("kpi", *names), rows, w)


def _distribution(said: Said, w: Words) -> Grid:
    bins = said["whole"]["histogram"]
    rows = ((Amount(one["from"]), Amount(one["to"]), one["rows"]) for one in bins)
    return _grid("distribution", ("from", "to", "rows"), rows, w)


def _sensitivity(said: Said, w: Words) -> Grid:
    rows = (
        (
            f"{one['name']} {one['clause']}".strip(),
            f"{one['old']} → {one['new']}",
            w["no_plan"] if one["change"] is None else Amount(one["change"]),
            one["gain"],
            one["lose"],
        )
        for one in said["sensitivity"]
    )
    return _grid("sensitivity", ("clause", "little_more", "change", "gain_rows", "lose_rows"), rows, w)


def _warnings(said: Said, w: Words) -> Grid:
    """What is to be checked: of how many people, and of the facts as a whole."""
    rows: list[tuple[Cell, ...]] = [
        (f"{one['code']}: {one['title']}", one["people"]) for one in said["warnings"]
    ]
    if said["presumed"]:
        rows.append((w["presumed"], said["presumed"]))
    rows += [(f"{one['code']}: {one['text']}", w["everybody"]) for one in said["notices"]]
    return _grid("warnings", ("told", "people"), iter(rows), w)


# ── As text ──────────────────────────────────────────────────────────────────────────────────────────────


def shown(cell: Cell, lang: Lang) -> str:
    """A cell as a person reads it."""
    return money(cell, lang) if isinstance(cell, Amount) else str(cell)


def text(said: Said, lang: Lang) -> str:
    """The tables one under another."""
    plan, other, w = said["plan"], said["against"], words(lang)
    said_of = w["title"].format(**plan, currency=said["currency"])
    if other:
        said_of += w["title_against"].format(**other)
    return "\n\n".join([said_of, *("\n".join(_drawn(grid, lang)) for grid in grids(said, lang))])


def _drawn(grid: Grid, lang: Lang) -> Iterator[str]:
    rows = [grid.heads, *(tuple(shown(cell, lang) for cell in row) for row in grid.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [type(cell) is not str for cell in grid.rows[0]]
    yield f"{grid.title}:"
    for row in rows:
        cells = (
            f"{cell:>{width}}" if right else f"{cell:{width}}"
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        yield "  " + "  ".join(cells).rstrip()
