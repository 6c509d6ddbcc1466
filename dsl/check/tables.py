"""Tables: each with its rows, as many cells as columns, and values that can be paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .. import tree
from ..faults import Fault
from .bounds import order
from .constant import constant
from .people import worths
from .rows import Rows, Stripe, points, steps
from .scope import COMMISSION, TAKEN_OFF, Scope


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table as it stands in a plan: the name of its line, and what is told of a row below 0, if any.

    `limit` is the most that counts of what it measures, where the plan says so.
    """

    name: str
    table: tree.Table
    below: str = ""
    limit: Fraction | None = None

    @property
    def rows(self) -> list[tree.Row]:
        """Its rows without those of its columns."""
        return [row for row in self.table.rows if isinstance(row, tree.Row)]

    @property
    def columns(self) -> list[tree.Columns]:
        """What says its columns."""
        return [row for row in self.table.rows if isinstance(row, tree.Columns)]


def held(scope: Scope) -> Iterator[NamedTable]:
    """All tables of a plan."""
    for line in scope.lines:
        match line:
            case tree.Figure(name=name, value=tree.Table() as table):
                yield NamedTable(name.text, table)
            case tree.Pay(word=word, name=named, amount=tree.Table() as table):
                # A row may take away what a formula might, but no rate of a band, and nothing twice.
                below = "P440" if word in TAKEN_OFF else "P417" if table.mode in {"bands", "whole"} else ""
                yield NamedTable(named.text if named else scope.words[COMMISSION], table, below)
            case tree.Kpi(name=name, clauses=clauses):
                attainment = tree.AttainmentOf(name, place=name.place)
                caps = [cap for cap in tree.among(clauses, tree.Cap) if cap.base == "attainment"]
                limits = (constant(cap.limit) for cap in caps if cap.unless is None)
                limit = min((one for one in limits if one is not None), default=None)
                for one in tree.among(clauses, tree.Curve):
                    table = tree.Table(one.mode, attainment, None, one.rows, place=one.place)
                    yield NamedTable(name.text, table, "P417", limit)


def tables(scope: Scope) -> Iterator[Fault]:
    """What is wrong with the tables; what they lack only where no line failed to parse (`whole`)."""
    for one in held(scope):
        yield from _table(scope, one)


def _table(scope: Scope, one: NamedTable) -> Iterator[Fault]:
    table, rows = one.table, one.rows
    if not rows:
        if scope.whole:
            yield scope.fault("P235", table, table=table)
        return
    columns = _columns(scope, one)
    if isinstance(columns, Fault):
        yield columns
        return
    yield from _cells(scope, one, max(len(columns), 1))
    stripes = [Stripe(row.bound, row.place, row.cells[0] if not columns else None) for row in rows]
    if not columns:
        alone = table.mode if table.mode != "matrix" else "steps"
        yield from _dimension(scope, one, alone, stripes, table.measure)
        return
    pointed = columns[0].side == "at"
    odd = next((stripe for stripe in (*columns, *stripes) if (stripe.side == "at") != pointed), None)
    if odd is not None:
        row = scope.source.at(odd.spot)
        yield scope.fault("P247", odd.spot, also=columns[0].place, name=one.name, row=row)
        return
    mode = "points" if pointed else "steps"
    yield from _dimension(scope, one, mode, columns, table.across or table.measure)
    yield from _dimension(scope, one, mode, stripes, table.measure)


def _columns(scope: Scope, one: NamedTable) -> Sequence[Stripe] | Fault:
    """The columns of a matrix; none of another table."""
    match one.table.mode, one.columns:
        case "matrix", []:
            said = scope.words["columns"]
            return scope.fault("P241", one.table, name=one.name, columns=said) if scope.whole else ()
        case "matrix", [columns]:
            return [Stripe(bound, bound.place) for bound in columns.bounds]
        case "matrix", [first, again, *_]:
            return scope.fault("P216", again, also=first, name=one.name, earlier=first, clause=again)
        case _, [columns, *_]:
            said = scope.words["columns"]
            return scope.fault("P269", columns, also=one.table, name=one.name, columns=said)
        case _:
            return ()


def _cells(scope: Scope, one: NamedTable, width: int) -> Iterator[Fault]:
    """Cells that are too many or too few, for a unit where there is none, or less than nothing."""
    odd = [row for row in one.rows if len(row.cells) != width]
    head, counts = next(iter(one.columns), None), {len(row.cells) for row in one.rows}
    # Where all rows agree with each other and not with the columns, it is more likely those that are wrong.
    if head is not None and len(odd) == len(one.rows) > 1 == len(counts):
        (cells,) = counts
        code = "P290" if width > cells else "P291"
        yield scope.fault(code, head, also=odd[0], name=one.name, count=str(cells), width=str(width))
        odd = []
    for row in odd if len(odd) < len(one.rows) else odd[:1]:
        count = str(len(row.cells))
        yield scope.fault("P246", row, also=head, name=one.name, count=count, width=str(width))
    several = [cell for row in one.rows for cell in row.cells]
    if one.table.mode not in {"bands", "whole"}:
        for unit in [cell for cell in several if cell.per_unit][:1]:
            yield scope.fault("P248", unit, name=one.name, cell=unit)
    if one.below:
        values = (pair for cell in several for pair in worths(scope, cell.value))
        for part in [part for part, value in values if value < 0][:1]:
            signed = one.below == "P440" and isinstance(part, tree.Negative)
            fix = scope.text(part).removeprefix("-").lstrip() if signed else None
            yield scope.fault(one.below, part, value=part, fix=fix)


def _dimension(
    scope: Scope, one: NamedTable, mode: str, stripes: Sequence[Stripe], measure: tree.Expr
) -> Iterator[Fault]:
    """The rows, or the columns, of a table by one measure."""
    bounds = [stripe.bound.value for stripe in stripes if stripe.bound is not None]
    spots = {stripe.bound.place for stripe in stripes if stripe.bound is not None}
    if scope.unsound & {*spots, *(bound.place for bound in bounds)}:
        return  # repaired, they are other bounds
    rows = Rows(
        scope,
        one.name,
        one.table.place,
        stripes,
        measure,
        order(scope, bounds),
        bands=mode == "bands",
        ended=mode == "line",
        limit=one.limit,
    )
    yield from (points if mode in {"line", "points"} else steps)(rows)
