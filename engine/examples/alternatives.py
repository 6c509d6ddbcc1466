"""What else than is written a clause or a formula may be, each with how rare the slip would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from dsl import tree
from dsl.check.constant import constant
from dsl.tree.declared import Said

Sign = Literal["=", "<>", "<", "<=", ">", ">="]
Term = Literal["+", "-", "*", "/", "of"]

# What a comparison says turned round, with its bound and without it, and of the bound itself.
SIGNS: Mapping[Sign, tuple[tuple[Sign, int], ...]] = {
    "<": ((">", 1), (">=", 1), ("<=", 1)),
    "<=": ((">=", 1), (">", 1), ("<", 1)),
    ">": (("<", 1), ("<=", 1), (">=", 1)),
    ">=": (("<=", 1), ("<", 1), (">", 1)),
    "=": (("<>", 1),),
    "<>": (("=", 1),),
}
NONE: tuple[tuple[Sign, int], ...] = (("=", 1),)
# A number that has lost a zero or got one; and numbers in hundreds, or in thousands.
TENFOLD = (Fraction(10), Fraction(1, 10))
FURTHER = tuple(Fraction(10) ** power for power in (2, -2, 3, -3))
PERCENT = 400  # what is more has hardly lost a percent sign
# The working days of a month, and the hours of each, which are taken for one another.
WORKING = frozenset(map(Fraction, range(18, 24)))
HOURS, HOUR = 8, Fraction(1, 8)
WHOLE = 2  # a factor and the one that takes off what it adds
SUMS = frozenset({"+", "-"})
OPPOSITE: Mapping[Term, Term] = {"+": "-", "-": "+", "*": "/", "/": "*"}


def formulas(expr: tree.Placed) -> Iterator[tuple[tree.Expr, int]]:  # noqa: PLR0912  # one for each formula
    """What else a formula may be, and how rare the slip would be."""
    match expr:
        case tree.Number(number) | tree.Percent(number) | tree.Amount(number) | tree.Days(number):
            yield from ((replace(expr, value=number * by, places=0), 1) for by in TENFOLD if number)
            # What has three decimal places mostly has a point between its thousands.
            thousands = isinstance(expr, tree.Number | tree.Amount) and expr.places == len("000")
            for by in FURTHER if number else ():
                yield replace(expr, value=number * by, places=0), 1 if thousands and by == FURTHER[2] else 2
            if isinstance(expr, tree.Percent):
                yield tree.Number(number * 100), 1 if number * 100 >= 1 else 2
                yield tree.Number(1 + number), 2
                yield tree.Number(number), 2
            elif isinstance(expr, tree.Number):
                yield tree.Percent(number / 100), 1 if number <= PERCENT else 2
        case tree.PaidSalary():
            yield tree.FullSalary(), 2
        case tree.FullSalary():
            yield tree.PaidSalary(), 2
        case tree.Comparison(sign=sign, left=left, right=right):
            none = sign == ">" and constant(right) == 0  # for what is counted, `= 0` is what people write
            signs = NONE if none else SIGNS[sign]
            yield from ((replace(expr, sign=other), rank) for other, rank in signs)
        case tree.Logic(word=word):
            yield replace(expr, word="or" if word == "and" else "and"), 2
            yield from _joined(expr)
        case tree.Denial(operand=operand) | tree.Negative(operand=operand):
            yield operand, 2
        case tree.Arithmetic(sign=sign, left=left, right=right):
            if sign in OPPOSITE:
                yield replace(expr, sign=OPPOSITE[sign]), 2
            if sign in {"-", "/"}:
                yield replace(expr, left=right, right=left), 2
            yield from ((one, 3) for one in (left, right))
            yield from _grouped(expr)
        case tree.Excess(side=side, measure=measure, mark=mark):
            yield replace(expr, side="below" if side == "above" else "above"), 2
            yield replace(expr, measure=mark, mark=measure), 2
        case tree.Extreme(word=word):
            yield replace(expr, word="max" if word == "min" else "min"), 2
        case tree.Choice(chosen=chosen, otherwise=otherwise):
            yield replace(expr, chosen=otherwise, otherwise=chosen), 2
            if isinstance(chosen, tree.Arithmetic) and chosen.sign in SUMS:
                yield replace(chosen, right=replace(expr, chosen=chosen.right)), 1
            if isinstance(otherwise, tree.Arithmetic) and otherwise.sign in SUMS:
                yield replace(otherwise, left=replace(expr, otherwise=otherwise.left)), 1
        case tree.Several(least=least, conditions=several):
            yield replace(expr, least=None if least else 1), 2
            for other in (least or 0) - 1, (least or 0) + 1:
                if least and 1 <= other <= len(several):
                    yield replace(expr, least=other), 2
        case tree.Identity(denied=denied):
            yield replace(expr, denied=not denied), 1
        case tree.Rounded(direction=direction):
            others: tuple[tree.Direction, ...] = ("nearest", "up", "down")
            yield from ((replace(expr, direction=one), 2) for one in others if one != direction)
        case tree.Table(mode="bands"):
            yield replace(expr, mode="whole"), 1
        case tree.Table(mode="whole"):
            yield replace(expr, mode="bands"), 1


def _grouped(expr: tree.Arithmetic) -> Iterator[tuple[tree.Expr, int]]:
    """What brackets would make of a sum and a product: `3% of sales - returns`, and the other way round."""
    left, right = expr.left, expr.right
    if expr.sign in SUMS:
        if isinstance(left, tree.Arithmetic) and left.sign not in SUMS:
            yield replace(left, right=replace(expr, left=left.right)), 1
        if isinstance(right, tree.Arithmetic) and right.sign not in SUMS:
            yield replace(right, left=replace(expr, right=right.left)), 1
    else:
        if isinstance(right, tree.Arithmetic) and right.sign in SUMS:
            yield replace(right, left=replace(expr, right=right.left)), 2
        if isinstance(left, tree.Arithmetic) and left.sign in SUMS:
            yield replace(left, right=replace(expr, left=left.right)), 2


def _joined(expr: tree.Logic) -> Iterator[tuple[tree.Expr, int]]:
    """What brackets would make of `a or b and c`."""
    left, right = expr.left, expr.right
    if isinstance(right, tree.Logic) and right.word != expr.word:
        yield replace(right, left=replace(expr, right=right.left)), 1
    if isinstance(left, tree.Logic) and left.word != expr.word:
        yield replace(left, right=replace(expr, left=left.right)), 1


def clauses(part: tree.Clause, *, kpi: bool) -> Iterator[tuple[tree.Clause, int]]:  # noqa: PLR0912
    """What else a clause may be by its words, and how rare the slip would be."""
    for piece in part.declared.pieces:
        if isinstance(piece, Said):
            for one in dict.fromkeys([*piece.values.values(), piece.absent]):
                if one != getattr(part, piece.name):
                    yield replace(part, **{piece.name: one}), 1  # type: ignore[arg-type]  # a word that it may have
    if isinstance(part, tree.Prorated | tree.TargetProrated):
        yield replace(part, part=part.whole, whole=part.part), 2
        if isinstance(part.whole, tree.Number):
            number = part.whole.value
            for days, other in ((number, number * HOURS), (number * HOUR, number * HOUR)):
                if days in WORKING:
                    yield replace(part, whole=replace(part.whole, value=other, places=0)), 1
    match part:
        case tree.Accel(factor=tree.Number(factor) as of) | tree.Decel(factor=tree.Number(factor) as of):
            # So much more for so much less: `decel 1.2` for 0.8.
            yield from (
                [(replace(part, factor=replace(of, value=WHOLE - factor)), 1)] if factor < WHOLE else []
            )
        case tree.Prorated(share, whole) if kpi:
            yield tree.TargetProrated(share, whole), 1
        case tree.TargetProrated(share, whole):
            yield tree.Prorated(share, whole), 1
        case tree.Cap(limit, "pay"):
            yield tree.Floor(limit), 2
        case tree.Floor(limit):
            yield tree.Cap(limit, "pay"), 2
        case tree.During(first, last):
            yield tree.Except(first, last), 2
        case tree.Except(first, last):
            yield tree.During(first, last), 2
        case tree.OnlyIf(condition) if not isinstance(
            condition, tree.Comparison | tree.Identity | tree.Denial
        ):
            yield tree.OnlyIf(tree.Denial(condition)), 3 if isinstance(condition, tree.Logic) else 2
    if isinstance(part, tree.Cap) and part.unless is not None:
        yield replace(part, unless=None), 3
