"""Tables to curves: what each stretch of a measure is worth, as a straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from dsl import tree
from dsl.tree.expressions import TableMode
from dsl.words import KindName

from .. import kernel as k
from ..zones import Sign
from .lowering import ZERO, add, divide, fixed, multiply, natural, subtract

Inner = Callable[[tree.Expr], k.Node]
Worth = tuple[k.Node, k.Node]  # of a stretch: `slope` × measure + `constant`

ASKED: tuple[tuple[Sign | None, ...], ...] = (("=",), ("<", "<="), (">=", ">"), (None,))
TESTS: dict[str, Sign] = {"at": "=", "below": "<", "up_to": "<=", "from": ">=", "above": ">"}


def table(
    mode: TableMode,
    rows: Sequence[tree.TableRow],
    measure: k.Node,
    across: k.Node | None,
    inner: Inner,
    kind: KindName,
    filled: k.Node | None = None,
) -> k.Node:
    """The value of a table; bands that are filled with something begin where that ends."""
    plain = [row for row in rows if isinstance(row, tree.Row)]
    match mode:
        case "steps":
            pieces = _steps(plain, lambda row: _flat(inner(row.cells[0].value), kind), inner)
        case "whole":
            pieces = _steps(plain, lambda row: _rate(row.cells[0], inner, kind), inner)
        case "line":
            pieces = _line([(row, inner(row.cells[0].value)) for row in plain], inner, kind)
        case "bands":
            pieces = _bands(plain, inner, kind, filled)
        case "matrix":
            assert across is not None
            columns = next(row for row in rows if isinstance(row, tree.Columns))
            pieces = _matrix(plain, columns, across, inner, kind)
        case _:
            assert_never(mode)
    return _curve(measure, pieces, kind)


def _curve(measure: k.Node, pieces: Sequence[k.Piece], kind: KindName) -> k.Node:
    """The curve of some pieces, asked for in their order."""
    return k.Piecewise(measure, tuple(pieces), kind=kind, place=measure.place)


def _piece(row: tree.Row, test: Sign | None, bound: k.Node | None, worth: Worth, why: k.Reason) -> k.Piece:
    """Where a row holds, and what it is worth there; without a test it holds for all that is left."""
    return k.Piece(test, bound, *worth, why, row.place, row.place if row.bound is None else row.bound.place)


def _flat(value: k.Node, kind: KindName) -> Worth:
    return fixed(ZERO, kind, value.place), value


def _rate(cell: tree.Cell, inner: Inner, kind: KindName) -> Worth:
    """A rate or an amount per unit goes with the measure, an amount of money stands by itself."""
    value = inner(cell.value)
    if cell.per_unit or value.kind == "percent":
        return value, fixed(ZERO, kind, value.place)
    return _flat(value, kind)


def _steps(rows: Sequence[tree.Row], worth: Callable[[tree.Row], Worth], inner: Inner) -> list[k.Piece]:
    """Rows in the order in which they are asked: points, upper bounds from below, lower ones from above."""
    pieces: list[k.Piece] = []
    for row in rows:
        test, bound = (TESTS[row.bound.side], inner(row.bound.value)) if row.bound else (None, None)
        pieces.append(_piece(row, test, bound, worth(row), "row"))
    exact, upper, lower, last = ([one for one in pieces if one.sign in signs] for signs in ASKED)
    return _closed([*exact, *upper, *reversed(lower), *last])


def _closed(asked: list[k.Piece]) -> list[k.Piece]:
    """The piece asked last holds for all that is left: the check has seen that the rows leave no gap."""
    return [*asked[:-1], replace(asked[-1], sign=None, bound=None)]


def _bands(rows: Sequence[tree.Row], inner: Inner, kind: KindName, filled: k.Node | None) -> list[k.Piece]:
    """Each band's part at its own rate: at its beginning a band is worth what all before it made."""
    start: k.Node = fixed(ZERO, kind)
    made: k.Node = fixed(ZERO, kind)
    pieces: list[k.Piece] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        value, place = inner(row.cells[0].value), row.place
        goes = row.cells[0].per_unit or value.kind == "percent"
        slope = value if goes else fixed(ZERO, kind, place)
        base = made if goes else add(made, value, kind, place)
        constant = subtract(base, multiply(slope, start, kind, place), kind, place)
        test, end = _end(row, following)
        bound = None if end is None else inner(end)
        if bound is not None and filled is not None:
            bound = natural(subtract(bound, filled, bound.kind, place), bound.kind, place)
        pieces.append(_piece(row, test, bound, (slope, constant), "band"))
        if bound is not None:
            made = add(constant, multiply(slope, bound, kind, place), kind, place)
            start = bound
    return pieces


def _end(row: tree.Row, following: tree.Row | None) -> tuple[Sign | None, tree.Expr | None]:
    """Where a band ends: where its row says, or where the row after it begins; the last one has no end."""
    if row.bound is not None and row.bound.side in {"up_to", "below"}:
        return TESTS[row.bound.side], row.bound.value
    if following is None or following.bound is None:
        return None, None
    return "<" if following.bound.side == "from" else "<=", following.bound.value


def _line(points: Sequence[tuple[tree.Row, k.Node]], inner: Inner, kind: KindName) -> list[k.Piece]:
    """Straight lines between points; before the first and after the last what the ends say.

    `at` is a point; `up to` and `from` with one value of the measure are a jump there, seen from the left
    and from the right; `below` and `above` are the ends.
    """
    first = [(row, value) for row, value in points if row.bound and row.bound.side == "below"]
    beyond = [(row, value) for row, value in points if row.bound is None or row.bound.side == "above"]
    inside = [
        (row, value) for row, value in points if row.bound and row.bound.side in {"at", "up_to", "from"}
    ]
    pieces = [
        _piece(row, "<", inner(row.bound.value), _flat(value, kind), "between")
        for row, value in first
        if row.bound
    ]
    for row, value in beyond:
        bound = row.bound or inside[-1][0].bound
        assert bound is not None
        pieces.append(_piece(row, ">", inner(bound.value), _flat(value, kind), "between"))
    return _closed([*pieces, *reversed([*_segments(inside, inner, kind)])])


def _segments(points: Sequence[tuple[tree.Row, k.Node]], inner: Inner, kind: KindName) -> Iterator[k.Piece]:
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
        yield _piece(row, ">" if row.bound.side == "up_to" else ">=", start, (slope, constant), "between")


def _matrix(
    rows: Sequence[tree.Row], columns: tree.Columns, across: k.Node, inner: Inner, kind: KindName
) -> list[k.Piece]:
    """By rows of one measure and columns of another: by steps, or, between points, in straight lines."""
    pointed = all(bound.side == "at" for bound in columns.bounds)

    def pieces(rows: Sequence[tree.Row], worth: Callable[[tree.Row], k.Node]) -> list[k.Piece]:
        if pointed:
            return _line(_ended([(row, worth(row)) for row in rows]), inner, kind)
        return _steps(rows, lambda row: _flat(worth(row), kind), inner)

    def along(row: tree.Row) -> k.Node:
        cells = [
            tree.Row(bound, (cell,), place=cell.place)
            for bound, cell in zip(columns.bounds, row.cells, strict=True)
        ]
        return _curve(across, pieces(cells, lambda cell: inner(cell.cells[0].value)), kind)

    return pieces(rows, along)


def _ended(points: list[tuple[tree.Row, k.Node]]) -> list[tuple[tree.Row, k.Node]]:
    """Points with both ends stated: outside them a matrix of points is worth what its edge is worth."""
    (low, least), (high, most) = points[0], points[-1]
    assert low.bound is not None
    assert high.bound is not None
    before = replace(low, bound=replace(low.bound, side="below"))
    after = replace(high, bound=replace(high.bound, side="above"))
    return [(before, least), *points, (after, most)]
