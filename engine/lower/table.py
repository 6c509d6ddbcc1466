"""Tables to curves: what each stretch of a measure is worth, as a straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, assert_never

from dsl import tree
from dsl.place import Place
from dsl.words import KindName

from .. import kernel as k
from .lowering import ZERO, add, divide, fixed, multiply, subtract

Inner = Callable[[tree.Expr], k.Node]
Test = Literal["=", "<", "<=", ">", ">="]

TESTS: dict[str, Test] = {"at": "=", "below": "<", "up_to": "<=", "from": ">=", "above": ">"}


@dataclass(frozen=True, slots=True)
class Worth:
    """What a stretch is worth: `slope` × measure + `constant`."""

    slope: k.Node
    constant: k.Node


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a row holds, and what it is worth there; without a test it holds for all that is left."""

    test: Test | None
    bound: k.Node | None
    worth: Worth
    place: Place
    edge: Place


def table(expr: tree.Table, measure: k.Node, across: k.Node | None, inner: Inner, kind: KindName) -> k.Node:
    """The value of a table."""
    rows = [row for row in expr.rows if isinstance(row, tree.Row)]
    match expr.mode:
        case "steps":
            return curve(
                measure, _steps(rows, lambda row: _flat(inner(row.cells[0].value), kind), inner), "row", kind
            )
        case "whole":
            return curve(
                measure, _steps(rows, lambda row: _rate(row.cells[0], inner, kind), inner), "row", kind
            )
        case "line":
            points = [(row, inner(row.cells[0].value)) for row in rows]
            return curve(measure, _line(points, inner, kind), "between", kind)
        case "bands":
            return curve(measure, _bands(rows, inner, kind), "band", kind)
        case "matrix":
            assert across is not None
            return _matrix(expr, measure, across, inner, kind)
        case _:
            assert_never(expr.mode)


def scored(clause: tree.Curve, measure: k.Node, inner: Inner) -> k.Node:
    """What a KPI's attainment is worth by the rows under its line."""
    return table(
        tree.Table(clause.mode, tree.Number(ZERO), None, clause.rows), measure, None, inner, "percent"
    )


def curve(measure: k.Node, stretches: Sequence[Reach], reason: k.Reason, kind: KindName) -> k.Node:
    """The curve of some stretches, asked for in their order."""
    pieces = tuple(
        k.Piece(one.test, one.bound, one.worth.slope, one.worth.constant, reason, one.place, one.edge)
        for one in stretches
    )
    return k.Piecewise(measure, pieces, kind=kind, place=measure.place)


def _edge(row: tree.Row) -> Place:
    """Where a row says how far it goes."""
    return row.place if row.bound is None else row.bound.place


def _flat(value: k.Node, kind: KindName) -> Worth:
    return Worth(fixed(ZERO, kind, value.place), value)


def _rate(cell: tree.Cell, inner: Inner, kind: KindName) -> Worth:
    """A rate or an amount per unit goes with the measure, an amount of money stands by itself."""
    value = inner(cell.value)
    if cell.per_unit or value.kind == "percent":
        return Worth(value, fixed(ZERO, kind, value.place))
    return _flat(value, kind)


def _steps(rows: Sequence[tree.Row], worth: Callable[[tree.Row], Worth], inner: Inner) -> list[Reach]:
    """Rows in the order in which they are asked: points, upper bounds from below, lower ones from above."""
    exact: list[Reach] = []
    upper: list[Reach] = []
    lower: list[Reach] = []
    last: list[Reach] = []
    for row in rows:
        side = row.bound.side if row.bound else None
        group = {"at": exact, "below": upper, "up_to": upper, "from": lower, "above": lower}.get(
            side or "", last
        )
        bound = None if row.bound is None else inner(row.bound.value)
        group.append(Reach(TESTS[side] if side else None, bound, worth(row), row.place, _edge(row)))
    asked = [*exact, *upper, *reversed(lower), *last]
    # The row asked last holds for all that is left: the check has seen that the rows leave no gap.
    asked[-1] = replace(asked[-1], test=None, bound=None)
    return asked


def _bands(rows: Sequence[tree.Row], inner: Inner, kind: KindName) -> list[Reach]:
    """Each band's part at its own rate: at its beginning a band is worth what all before it made."""
    start: k.Node = fixed(ZERO, kind)
    made: k.Node = fixed(ZERO, kind)
    stretches: list[Reach] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        value, place = inner(row.cells[0].value), row.place
        goes = row.cells[0].per_unit or value.kind == "percent"
        slope = value if goes else fixed(ZERO, kind, place)
        base = made if goes else add(made, value, kind, place)
        constant = subtract(base, multiply(slope, start, kind, place), kind, place)
        test, end = _end(row, following)
        bound = None if end is None else inner(end)
        stretches.append(Reach(test, bound, Worth(slope, constant), place, _edge(row)))
        if bound is not None:
            made = add(constant, multiply(slope, bound, kind, place), kind, place)
            start = bound
    return stretches


def _end(row: tree.Row, following: tree.Row | None) -> tuple[Test | None, tree.Expr | None]:
    """Where a band ends: where its row says, or where the row after it begins; the last one has no end."""
    if row.bound is not None and row.bound.side in {"up_to", "below"}:
        return TESTS[row.bound.side], row.bound.value
    if following is None or following.bound is None:
        return None, None
    return "<" if following.bound.side == "from" else "<=", following.bound.value


def _line(points: Sequence[tuple[tree.Row, k.Node]], inner: Inner, kind: KindName) -> list[Reach]:
    """Straight lines between points; before the first and after the last what the ends say.

    `at` is a point; `up to` and `from` with one value of the measure are a jump there, seen from the left
    and from the right; `below` and `above` are the ends.
    """
    first = [(row, value) for row, value in points if row.bound and row.bound.side == "below"]
    beyond = [(row, value) for row, value in points if row.bound is None or row.bound.side == "above"]
    inside = [
        (row, value) for row, value in points if row.bound and row.bound.side in {"at", "up_to", "from"}
    ]
    stretches = [
        Reach("<", inner(row.bound.value), _flat(value, kind), row.place, _edge(row))
        for row, value in first
        if row.bound
    ]
    for row, value in beyond:
        bound = row.bound or inside[-1][0].bound
        assert bound is not None
        stretches.append(Reach(">", inner(bound.value), _flat(value, kind), row.place, _edge(row)))
    stretches.extend(reversed(list(_segments(inside, inner, kind))))
    stretches[-1] = replace(stretches[-1], test=None, bound=None)
    return stretches


def _segments(points: Sequence[tuple[tree.Row, k.Node]], inner: Inner, kind: KindName) -> Iterator[Reach]:
    for (row, value), (next_row, next_value) in pairwise(points):
        assert row.bound is not None
        assert next_row.bound is not None
        if (
            next_row.bound.side == "from"
            and row.bound.side == "up_to"
            and row.bound.value == next_row.bound.value
        ):
            continue
        start, end, place = inner(row.bound.value), inner(next_row.bound.value), row.place
        rise = subtract(next_value, value, kind, place)
        slope = divide(rise, subtract(end, start, "number", place), kind, place)
        constant = subtract(value, multiply(slope, start, kind, place), kind, place)
        # At a jump the point itself belongs to what begins there: `from` includes it.
        yield Reach(
            ">" if row.bound.side == "up_to" else ">=", start, Worth(slope, constant), place, _edge(row)
        )


def _matrix(expr: tree.Table, measure: k.Node, across: k.Node, inner: Inner, kind: KindName) -> k.Node:
    """By rows of one measure and columns of another: by steps, or, between points, in straight lines."""
    columns = next(row for row in expr.rows if isinstance(row, tree.Columns))
    rows = [row for row in expr.rows if isinstance(row, tree.Row)]
    pointed = all(bound.side == "at" for bound in columns.bounds)

    def along(row: tree.Row) -> k.Node:
        cells = [
            tree.Row(bound, (cell,), place=cell.place)
            for bound, cell in zip(columns.bounds, row.cells, strict=True)
        ]
        if pointed:
            ends = _ended([(cell, inner(cell.cells[0].value)) for cell in cells])
            return curve(across, _line(ends, inner, kind), "between", kind)
        flat = _steps(cells, lambda cell: _flat(inner(cell.cells[0].value), kind), inner)
        return curve(across, flat, "row", kind)

    if pointed:
        return curve(
            measure, _line(_ended([(row, along(row)) for row in rows]), inner, kind), "between", kind
        )
    return curve(measure, _steps(rows, lambda row: _flat(along(row), kind), inner), "row", kind)


def _ended(points: list[tuple[tree.Row, k.Node]]) -> list[tuple[tree.Row, k.Node]]:
    """Points with both ends stated: outside them a matrix of points is worth what its edge is worth."""
    (low, least), (high, most) = points[0], points[-1]
    assert low.bound is not None
    assert high.bound is not None
    before = tree.Row(tree.Bound("below", low.bound.value, place=low.bound.place), low.cells, place=low.place)
    after = tree.Row(
        tree.Bound("above", high.bound.value, place=high.bound.place), high.cells, place=high.place
    )
    return [(before, least), *points, (after, most)]
