"""The answer of a simulation as paper: a table for each thing that was counted, and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from dsl.data import phrases
from dsl.record import entries
from dsl.words import Lang
from dsl.words import words as vocabulary
from dsl.write.value import decimal

from ..money import Money
from ..paper import Figure, Paper, Part, Section, Table
from ..picture import Axis, Bar, Bars, Bucket, Histogram, Sheet
from ..statement.besides import money
from ..statement.results import decimal as shortened
from ..statement.show import quantity, said
from .answer import Cost, CostResult, Sensitivity, Simulated

Words = Mapping[str, str]
Cell = str | int | Money
Rows = Iterable[tuple[Cell, ...]]
QUANTILES = {
    0: "head_q0",
    10: "head_q10",
    25: "head_q25",
    50: "head_q50",
    75: "head_q75",
    90: "head_q90",
    100: "head_q100",
}
MOST = 12  # numbers of a plan in the picture of what the budget hangs on
LABEL = 40  # letters of a bar's label


def words(lang: Lang) -> Words:
    """The words of simulations in a language."""
    return phrases(__package__, lang)


def paper(said: Simulated, lang: Lang) -> Paper:
    """The tables of a simulation that have rows, each with the picture of the same numbers."""
    title = _title(said, lang)
    if said.against:
        title += words(lang)["title_against"].format_map(entries(said.against))
    return Paper(lang, title, tuple(_sections(said, lang)))


def picture(said: Simulated, lang: Lang) -> Sheet:
    """All the pictures, one under another."""
    found = tuple(one for _, one in _pictures(said, lang))
    return Sheet(_title(said, lang), "; ".join(one.about for one in found), lang, found)


def _title(said: Simulated, lang: Lang) -> str:
    return words(lang)["title"].format_map({**entries(said.plan), "currency": said.currency})


def _sections(said: Simulated, lang: Lang) -> Iterator[Part]:
    w, drawn = words(lang), dict(_pictures(said, lang))
    for name, heads, found in _tables(said, lang):
        rows = tuple(tuple(_cell(one, lang) for one in row) for row in found)
        if rows:
            numeric = tuple(at for at, cell in enumerate(rows[0]) if isinstance(cell, Figure))
            table = Table(tuple(w[head] for head in heads), rows, numeric)
            yield Section("", w[name], (table,))
            if name in drawn:
                yield drawn[name]


def _cell(cell: Cell, lang: Lang) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, Money):
        return Figure(money(cell, lang), cell)
    return Figure(str(cell), cell) if isinstance(cell, int) else cell


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────


def _spans(said: Simulated, w: Words) -> list[tuple[str, Cost]]:
    """Each period, and all of them together where there are several."""
    periods: list[tuple[str, Cost]] = [(entry.period, entry) for entry in said.periods]
    return periods if len(periods) == 1 else [*periods, (w["all"], said.whole)]


def _tables(said: Simulated, lang: Lang) -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Each table by its name: the words of its heads, and its rows."""
    w = words(lang)
    spans, whole = _spans(said, w), said.whole
    heads = ["head_period", "head_people", "head_rows", "head_total"]
    if said.against:
        heads += ["head_old_total", "head_change", "head_gain", "head_lose", "head_same", "head_unpaid"]
    yield "cost", heads, (_cost(*span) for span in spans)
    quantiles = [QUANTILES[one.percent] for one in whole.quantiles]
    rows: Rows = ((period, *(one.amount for one in entry.quantiles)) for period, entry in spans)
    yield "people", ["head_period", *quantiles], rows
    rows = ((one.label, one.total, _share(one.share, lang), one.people) for one in whole.lines)
    yield "lines", ("head_line", "head_total", "head_share", "head_paid"), rows
    rows = ((one.label, one.rows, one.below_cutoff, one.at_target, one.capped) for one in whole.kpis)
    yield "kpis", ("head_kpi", "head_rows", "head_below_cutoff", "head_at_target", "head_capped"), rows
    rows = ((one.label, one.rows, *_spread(one, lang)) for one in whole.results or ())
    yield "results", ("head_result", "head_rows", "head_least", "head_average", "head_greatest"), rows
    rows = ((one.start, one.to, one.rows) for one in whole.histogram)
    yield "distribution", ("head_from", "head_to", "head_rows"), rows
    heads = ["head_clause", "head_little_more", "head_change", "head_gain_rows", "head_lose_rows"]
    yield "sensitivity", heads, (_moved(one, w, lang) for one in said.sensitivity)
    # What is to be checked: of how many people, and of the facts as a whole.
    told: list[tuple[Cell, ...]] = [(f"{one.code}: {one.title}", one.people) for one in said.warnings]
    if said.presumed:
        told.append((w["presumed"], said.presumed))
    told += [(f"{one.code}: {one.text}", w["everybody"]) for one in said.notices]
    yield "warnings", ("head_told", "head_people"), told


def _cost(period: str, entry: Cost) -> tuple[Cell, ...]:
    cells: tuple[Cell, ...] = period, entry.people, entry.rows, entry.total
    if other := entry.against:
        cells += other.total, other.change, other.gain, other.lose, other.same, other.unpaid
    return cells


def _spread(one: CostResult, lang: Lang) -> tuple[str, ...]:
    several = (Fraction(text) for text in (one.least, one.average, one.greatest))
    return tuple(Figure(said(value, one.kind, lang), shortened(value)) for value in several)


def _share(share: str | None, lang: Lang) -> str:
    return "–" if share is None else Figure(quantity(Fraction(share), "percent", lang)[0], share)


def _moved(one: Sensitivity, w: Words, lang: Lang) -> tuple[Cell, ...]:
    change = w["no_plan"] if one.change is None else one.change
    return _called(one), " → ".join(_both(one, lang)), change, one.gain, one.lose


def _called(one: Sensitivity) -> str:
    """The clause behind the label of its line; a line that says its name itself is told alone."""
    return one.clause if one.name in one.clause.split() else f"{one.label} {one.clause}".strip()


def _both(one: Sensitivity, lang: Lang) -> tuple[str, ...]:
    """A number of a plan before and after, as the reader writes it."""
    percent = one.kind == "percent"
    texts = (
        decimal(Fraction(side) * (100 if percent else 1), vocabulary(lang)) for side in (one.old, one.new)
    )
    return tuple(f"{text}%" if percent else text for text in texts)


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────────


def _pictures(said: Simulated, lang: Lang) -> Iterator[tuple[str, Bars | Histogram]]:
    """Each picture, by the table that holds the same numbers."""
    w, whole = words(lang), said.whole
    axis = Axis(said.currency, "money")
    if len(said.periods) > 1:
        series = (w["series_old"], w["series_new"]) if said.against else ()
        bars = tuple(
            Bar(one.period, tuple(side.total.exact for side in (one.against, one) if side))
            for one in said.periods
        )
        about = "; ".join(f"{one.period}: {money(one.total, lang)}" for one in said.periods)
        yield "cost", Bars(w["cost"], about, lang, axis, bars, series)
    bars = tuple(Bar(one.label, (one.total.exact,)) for one in whole.lines)
    about = "; ".join(f"{one.label} {money(one.total, lang)}" for one in whole.lines)
    yield "lines", Bars(w["lines"], f"{w['lines']}: {about}", lang, axis, bars)
    bins = tuple(Bucket(one.start.exact, one.to.exact, one.rows) for one in whole.histogram)
    about = "; ".join(f"{money(one.start, lang)}: {one.rows}" for one in whole.histogram)
    counted = Axis(w["head_rows"], "count", Fraction(0))
    yield "distribution", Histogram(w["distribution"], about, lang, axis, counted, bins)
    moved = [(_clause(one, lang), one.change) for one in said.sensitivity if one.change and one.change.minor][
        :MOST
    ]
    if moved:
        steps = tuple(Bar(clause, (change.exact,)) for clause, change in moved)
        about = "; ".join(f"{clause}: {money(change, lang)}" for clause, change in moved)
        least = min(Fraction(0), *(step.values[0] for step in steps))
        axis = Axis(said.currency, "money", low=least * Fraction(6, 5))  # room for the number beside a bar
        yield "sensitivity", Bars(w["sensitivity"], about, lang, axis, steps)


def _clause(one: Sensitivity, lang: Lang) -> str:
    old, new = _both(one, lang)
    text = _called(one)
    text = text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
    return f"{text} → {new}" if text.endswith(old) else f"{text}: {old} → {new}"
