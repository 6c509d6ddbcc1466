"""Formulas taken apart, each into those directly inside it."""

from __future__ import annotations

from collections.abc import Iterator

from .expressions import (
    Arithmetic,
    By,
    Choice,
    Columns,
    Comparison,
    Denial,
    Excess,
    Expr,
    Extreme,
    Logic,
    Negative,
    Rounded,
    Row,
    Several,
    Table,
    TableRow,
    WithoutTax,
)


def operands(expr: Expr) -> Iterator[Expr]:
    """The expressions directly inside an expression."""
    match expr:
        case Negative(operand) | Denial(operand):
            yield operand
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            yield left
            yield right
        case Excess(_, measure, mark):
            yield measure
            yield mark
        case Choice(chosen, condition, otherwise):
            yield chosen
            yield condition
            yield otherwise
        case Extreme(_, inner):
            yield from inner
        case Rounded(operand, unit):
            yield operand
            yield unit
        case By(_, cases):
            for case in cases:
                yield case.result
        case Several(_, conditions):
            yield from conditions
        case WithoutTax(gross, rate):
            yield gross
            yield rate
        case Table(_, measure, across, rows):
            yield measure
            if across is not None:
                yield across
            yield from cells(rows)
        case _:
            return


def cells(rows: tuple[TableRow, ...]) -> Iterator[Expr]:
    """The bounds and the values in the rows of a table."""
    for row in rows:
        match row:
            case Row(bound=bound, cells=values):
                if bound is not None:
                    yield bound.value
                for cell in values:
                    yield cell.value
            case Columns(bounds=bounds):
                for bound in bounds:
                    yield bound.value


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and all inside it, outermost first."""
    # A stack of our own, since a line may nest deeper than Python nests calls.
    waiting = [expr]
    while waiting:
        following = waiting.pop()
        yield following
        waiting.extend(reversed([*operands(following)]))
