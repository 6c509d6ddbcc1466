"""The tables of a plan, each row with its bound in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dsl import tree
from dsl.words import KindName

from ..paper import Table
from .speaker import Narrator

BOUNDS = {
    "up_to": "tables.up_to",
    "below": "tables.below",
    "from": "tables.from",
    "above": "tables.above",
    "at": "tables.at",
}


def table(speaker: Narrator, one: tree.Table, kind: KindName) -> Table:
    """A table of a figure or of a line of pay, whose values are of a kind."""
    heads: tuple[str, ...] = (speaker.formula(one.measure), speaker.say("tables.value"))
    if one.mode in {"bands", "whole"}:
        heads = (heads[0], speaker.say("tables.rate"))
    if one.across is not None:
        columns = [bound for row in one.rows if isinstance(row, tree.Columns) for bound in row.bounds]
        across, of = speaker.formula(one.across), _kind(speaker, one.across)
        heads = (heads[0], *(f"{across}: {_bound(speaker, bound, of)}" for bound in columns))
    return _rows(speaker, heads, one.rows, (_kind(speaker, one.measure), kind))


def curve(speaker: Narrator, one: tree.Curve) -> Table:
    """The table of what attainment is worth."""
    heads = (speaker.say("kpi.attained"), speaker.say("kpi.worth"))
    return _rows(speaker, heads, one.rows, ("percent", "percent"))


def _kind(speaker: Narrator, measure: tree.Expr) -> KindName:
    return speaker.compiled.checked.kinds.of(measure)


def _rows(
    speaker: Narrator, heads: tuple[str, ...], rows: Sequence[tree.TableRow], kinds: tuple[KindName, KindName]
) -> Table:
    found = [row for row in rows if isinstance(row, tree.Row)]
    bounds = _bounds(speaker, found, kinds[0])
    cells = (tuple(_cell(speaker, cell, kinds[1]) for cell in row.cells) for row in found)
    listed = tuple((bound, *worth) for bound, worth in zip(bounds, cells, strict=True))
    return Table(heads, listed, numeric=tuple(range(1, len(heads))))


def _bounds(speaker: Narrator, rows: Sequence[tree.Row], kind: KindName) -> Iterator[str]:
    """The bound of each row; the last may have none, and then goes on from the row before it."""
    for row, before in zip(rows, (None, *rows), strict=False):
        if row.bound is not None:
            yield _bound(speaker, row.bound, kind)
        else:
            # The check has seen that a row without a bound stands last, and not alone.
            assert before is not None
            assert before.bound is not None
            beyond = "tables.from" if before.bound.side == "below" else "tables.above"
            yield speaker.say(beyond, value=speaker.row(before.bound.value, kind))


def _bound(speaker: Narrator, bound: tree.Bound, kind: KindName) -> str:
    return speaker.say(BOUNDS[bound.side], value=speaker.row(bound.value, kind))


def _cell(speaker: Narrator, cell: tree.Cell, kind: KindName) -> str:
    value = speaker.sizes(cell.value, kind)
    return speaker.say("tables.per_unit", value=value) if cell.per_unit else value
