"""The answer of a simulation as tables, from which text, CSV, XLSX and HTML are made alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dsl.data import phrases
from dsl.record import entries
from dsl.words import Lang
from engine.money import Amount
from engine.simulate.answer import Cost, Simulated
from engine.statement.text import money

Words = Mapping[str, str]
QUANTILES = {
    0: "head_q0",
    10: "head_q10",
    25: "head_q25",
    50: "head_q50",
    75: "head_q75",
    90: "head_q90",
    100: "head_q100",
}


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


def grids(said: Simulated, lang: Lang) -> tuple[Grid, ...]:
    """The tables of a simulation; those without a row are left out."""
    several = (_cost, _people, _lines, _kpis, _distribution, _sensitivity, _warnings)
    found = (one(said, words(lang)) for one in several)
    return tuple(grid for grid in found if grid.rows)


def _grid(name: str, heads: Sequence[str], rows: Iterator[tuple[Cell, ...]], w: Words) -> Grid:
    return Grid(name, w[name], tuple(w[head] for head in heads), tuple(rows))


def _spans(said: Simulated, w: Words) -> list[tuple[str, Cost]]:
    """Each period, and all of them together where there are several."""
    periods: list[tuple[str, Cost]] = [(entry.period, entry) for entry in said.periods]
    return periods if len(periods) == 1 else [*periods, (w["all"], said.whole)]


def _cost(said: Simulated, w: Words) -> Grid:
    heads = ["head_period", "head_people", "head_rows", "head_total"]
    if said.against:
        heads += ["head_old_total", "head_change", "head_gain", "head_lose", "head_same", "head_unpaid"]

    def row(period: str, entry: Cost) -> tuple[Cell, ...]:
        cells: list[Cell] = [period, entry.people, entry.rows, entry.total]
        if other := entry.against:
            cells += [other.total, other.change, other.gain, other.lose, other.same, other.unpaid]
        return tuple(cells)

    return _grid("cost", heads, (row(*span) for span in _spans(said, w)), w)


def _people(said: Simulated, w: Words) -> Grid:
    heads = ["head_period", *(QUANTILES[one.percent] for one in said.whole.quantiles)]
    rows = ((period, *(one.amount for one in entry.quantiles)) for period, entry in _spans(said, w))
    return _grid("people", heads, rows, w)


def _lines(said: Simulated, w: Words) -> Grid:
    rows = ((one.label, one.total, one.share or "–", one.people) for one in said.whole.lines)
    return _grid("lines", ("head_line", "head_total", "head_share", "head_paid"), rows, w)


def _kpis(said: Simulated, w: Words) -> Grid:
    heads = ("head_kpi", "head_rows", "head_below_cutoff", "head_at_target", "head_capped")
    kpis = said.whole.kpis
    rows = ((one.label, one.rows, one.below_cutoff, one.at_target, one.capped) for one in kpis)
    return _grid("kpis", heads, rows, w)


def _distribution(said: Simulated, w: Words) -> Grid:
    rows = ((one.start, one.to, one.rows) for one in said.whole.histogram)
    return _grid("distribution", ("head_from", "head_to", "head_rows"), rows, w)


def _sensitivity(said: Simulated, w: Words) -> Grid:
    rows = (
        (
            f"{one.name} {one.clause}".strip(),
            f"{one.old} → {one.new}",
            w["no_plan"] if one.change is None else one.change,
            one.gain,
            one.lose,
        )
        for one in said.sensitivity
    )
    heads = ("head_clause", "head_little_more", "head_change", "head_gain_rows", "head_lose_rows")
    return _grid("sensitivity", heads, rows, w)


def _warnings(said: Simulated, w: Words) -> Grid:
    """What is to be checked: of how many people, and of the facts as a whole."""
    rows: list[tuple[Cell, ...]] = [(f"{one.code}: {one.title}", one.people) for one in said.warnings]
    if said.presumed:
        rows.append((w["presumed"], said.presumed))
    rows += [(f"{one.code}: {one.text}", w["everybody"]) for one in said.notices]
    return _grid("warnings", ("head_told", "head_people"), iter(rows), w)


# ── As text ──────────────────────────────────────────────────────────────────────────────────────────────


def shown(cell: Cell, lang: Lang) -> str:
    """A cell as a person reads it."""
    return money(cell, lang) if isinstance(cell, Amount) else str(cell)


def title(said: Simulated, lang: Lang) -> str:
    """What a simulation is of."""
    return words(lang)["title"].format_map({**entries(said.plan), "currency": said.currency})


def text(said: Simulated, lang: Lang) -> str:
    """The tables one under another."""
    other = said.against
    said_of = title(said, lang)
    if other:
        said_of += words(lang)["title_against"].format_map(entries(other))
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
