"""The value of an expression that hangs on no fact."""

from __future__ import annotations

from fractions import Fraction

from .. import tree


def constant(expr: tree.Expr) -> Fraction | None:
    """The value, None where the expression needs a fact or has no number for a value."""
    match expr:
        case (
            tree.Number(value)
            | tree.Percent(value)
            | tree.Amount(value)
            | tree.Days(value)
            | tree.Duration(value)
        ):
            return value
        case tree.Negative() | tree.Arithmetic():
            known: dict[int, Fraction | None] = {}
            # Each part before the whole, and no recursion: a line may nest deeper than Python nests calls.
            for part in reversed([*tree.walk(expr)]):
                known[id(part)] = _step(part, known)
            return known[id(expr)]
        case _:
            return None


def _step(expr: tree.Expr, known: dict[int, Fraction | None]) -> Fraction | None:
    match expr:
        case tree.Negative(operand):
            return operation("-", Fraction(0), known[id(operand)])
        case tree.Arithmetic(sign, left, right):
            return operation(sign, known[id(left)], known[id(right)])
        case _:
            return constant(expr)


def operation(sign: str, one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """What two values make, None where one of them is not known; `of` multiplies."""
    if one is None or other is None or (sign == "/" and other == 0):
        return None
    return {"+": one.__add__, "-": one.__sub__, "/": one.__truediv__}.get(sign, one.__mul__)(other)
