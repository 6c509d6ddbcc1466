"""Formulas, and how they are taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from ..node import node
from ..words import KindName
from .parts import Line, Name, Placed, Value


@node
class PaidSalary(Placed):
    """`paid salary` inside an expression: the salary as it is printed.

    The bare word `salary` (`plain`) says the same where no clause makes another amount of it.
    """

    plain: bool = field(default=False, compare=False)


@node
class FullSalary(Placed):
    """`full salary`: the salary before its clauses, exact."""


@node
class PayFor(Placed):
    """`pay for revenue`: what a line of pay, or all of a section, comes to, as it is printed.

    Without a name: the commission that has none.
    """

    name: Name | None = None


TogetherName = Literal["bonus", "variable", "total"]


@node
class PaidTogether(Placed):
    """`bonus`, `variable pay`, `total`: what the lines that are called so come to together, as printed."""

    what: TogetherName


@node
class TargetOf(Placed):
    """`target of revenue`: the target in force for a KPI."""

    name: Name


@node
class AttainmentOf(Placed):
    """`attainment of revenue`: its actual divided by its target."""

    name: Name


@node
class Negative(Placed):
    """An expression with its sign turned."""

    operand: Expr


@node
class Arithmetic(Placed):
    """Two operands and a sign; `of` multiplies as `*` does, and is printed as it was written."""

    sign: Literal["+", "-", "*", "/", "of"]
    left: Expr
    right: Expr


@node
class Comparison(Placed):
    """Two operands compared; yes or no. It may be `worded`: `at least` for `>=`."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Expr
    right: Expr
    worded: bool = field(default=False, compare=False, kw_only=True)


@node
class Logic(Placed):
    """`and`, `or` of two conditions."""

    word: Literal["and", "or"]
    left: Expr
    right: Expr


@node
class Denial(Placed):
    """`not` of a condition."""

    operand: Expr


@node
class Excess(Placed):
    """By how much the measure lies `above` (or `below`) the mark; nothing where it does not."""

    side: Literal["above", "below"]
    measure: Expr
    mark: Expr


@node
class Choice(Placed):
    """`a if condition otherwise b`."""

    chosen: Expr
    condition: Expr
    otherwise: Expr


@node
class Extreme(Placed):
    """The least or the greatest of several: `min(a; b)`."""

    word: Literal["min", "max"]
    operands: tuple[Expr, ...]


Direction = Literal["nearest", "up", "down", "half_even"]


@node
class Rounded(Placed):
    """`round(a to 100)`: to the nearest multiple (half away from zero, or to even), or always up or down."""

    operand: Expr
    unit: Expr
    direction: Direction


@node
class Identity(Placed):
    """`grade is senior`: whether an attribute of the person has a value (or, with `denied`, has not)."""

    attribute: Name
    value: Name
    denied: bool


@node
class Case(Placed):
    """`senior: 1 200` of a choice by an attribute; no value stands for all others."""

    value: Name | None
    result: Expr


@node
class By(Placed):
    """`by grade (junior: 800; senior: 1 200)`: one of several values, by an attribute of the person."""

    attribute: Name
    cases: tuple[Case, ...]


@node
class Several(Placed):
    """At least so many of several conditions hold; None for all of them."""

    least: int | None
    conditions: tuple[Expr, ...]


@node
class Elapsed(Placed):
    """`full months from hired to last day of period`: whole months or years between two days."""

    unit: Literal["years", "months"]
    since: Expr
    until: Expr


@node
class WithoutTax(Placed):
    """`revenue without tax 20%`: an amount that includes a tax, less that tax: revenue / (1 + 20%)."""

    gross: Expr
    rate: Expr


PeriodPart = Literal["days", "workdays", "workhours", "month", "quarter", "year", "first", "last"]
# The kind of each.
PERIOD_KINDS: Mapping[PeriodPart, KindName] = {
    "days": "days", "workdays": "days", "workhours": "number", "month": "count", "quarter": "count",
    "year": "count", "first": "date", "last": "date",
}  # fmt: skip


@node
class InPeriod(Placed):
    """Something of the period that is paid: its calendar days, its working days and hours, its last day.

    The month, the quarter and the year are those of its first day.
    """

    part: PeriodPart

    @property
    def keyword(self) -> str:
        """The keyword that says it."""
        return f"{self.part}_in_period"


Gathering = Literal[
    "sum", "count", "average", "least", "greatest", "distinct", "first", "last", "each", "rank"
]


@node
class Records(Placed):
    """`sum of amount of deals where paid`: what a value comes to over the records of a table.

    The members of a group are its records too, and what is known of them its columns; a `rank` is how many of
    them have a greater value, and one more. Names in the value, the condition and the order are those of the
    table's columns before all others. `each`
    is what is paid `for each of` the records, which is summed; a count has no value. `order` is that in which
    they are gone through where it matters.
    """

    word: Gathering
    table: Name
    value: Expr | None
    where: Expr | None
    order: Name | None = None


@node
class Pool(Placed):
    """`share of fund by hours within team`: what somebody has of a sum that a group shares.

    It is shared by weights, to the last minor unit: what cutting leaves goes to whom it took most from, or is
    `left` in the fund.
    """

    fund: Expr
    weight: Expr
    group: Name
    reserve: Reserve | None = None
    left: bool = False


@node
class Reserve(Placed):
    """`with a reserve of 5% for late`: what is held back of a sum for members who come too late for it."""

    size: Expr
    late: Expr


@node
class Prizes(Placed):
    """`prizes of (30 000; 20 000) by revenue within team, equals share`: what somebody's place brings.

    Equals `share` the prizes of the places that they take, or all have the `higher`.
    """

    prizes: tuple[Expr, ...]
    value: Expr
    group: Name
    equals: Literal["share", "higher"] | None = None


# The rows of a table: each has one bound, so that no gap can be written.


@node
class Bound(Placed):
    """Where a row of a table begins or ends: `up to`, `from` with the value, `below`, `above` without it."""

    side: Literal["up_to", "below", "from", "above", "at"]
    value: Expr


@node
class Cell(Placed):
    """What a row of a table is worth; `per_unit` where it is an amount for each unit of the measure."""

    value: Expr
    per_unit: bool = False


@node
class Row(Line):
    """A row of a table; without a bound it is the last, for all that lies above the one before."""

    bound: Bound | None
    cells: tuple[Cell, ...]


@node
class Columns(Line):
    """The bounds of a matrix's columns."""

    bounds: tuple[Bound, ...]


TableRow = Row | Columns


TableMode = Literal["steps", "line", "bands", "whole", "matrix"]


@node
class Table(Placed):
    """A table on a measure; its rows follow its line.

    `steps`: the value of the row that the measure falls into; `line`: lines between the points of the rows;
    `bands`: each band's part of the measure at its own rate; `whole`: all of the measure at that of its row;
    `matrix`: by rows of `measure` and columns of `across`.
    What bands are `filled` with before is paid by none of them.
    """

    mode: TableMode
    measure: Expr
    across: Expr | None = None
    rows: tuple[TableRow, ...] = ()
    filled: Expr | None = None


Expr = (
    Value
    | Name
    | PaidSalary
    | FullSalary
    | PayFor
    | PaidTogether
    | TargetOf
    | AttainmentOf
    | Negative
    | Arithmetic
    | Comparison
    | Logic
    | Denial
    | Excess
    | Choice
    | Extreme
    | Rounded
    | Identity
    | By
    | Several
    | WithoutTax
    | Elapsed
    | InPeriod
    | Records
    | Pool
    | Prizes
    | Table
)


def operands(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly inside an expression."""
    match expr:
        case Negative(operand) | Denial(operand):
            return (operand,)
        case (
            Arithmetic(_, left, right)
            | Comparison(_, left, right)
            | Logic(_, left, right)
            | Excess(_, left, right)
            | Rounded(left, right)
            | WithoutTax(left, right)
            | Elapsed(_, left, right)
        ):
            return left, right
        case Choice(chosen, condition, otherwise):
            return chosen, condition, otherwise
        case Extreme(_, inner) | Several(_, inner):
            return inner
        case By(_, cases):
            return tuple(case.result for case in cases)
        case Pool() | Prizes():
            return *sums(expr), *asked(expr)
        case Records(_, _, value, where, order):
            return tuple(part for part in (value, where, order) if part is not None)
        case Table(_, measure, across, rows, filled):
            beside = (one for one in (across, filled) if one is not None)
            return (measure, *beside, *cells(rows))
        case _:
            return ()


def sums(expr: Pool | Prizes) -> tuple[Expr, ...]:
    """What is shared, and what is held back of it."""
    if isinstance(expr, Prizes):
        return expr.prizes
    return (expr.fund,) if expr.reserve is None else (expr.fund, expr.reserve.size)


def asked(expr: Pool | Prizes) -> tuple[Expr, ...]:
    """What is asked of each member of the group, and not of the person alone."""
    if isinstance(expr, Prizes):
        return (expr.value,)
    return (expr.weight,) if expr.reserve is None else (expr.weight, expr.reserve.late)


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
        waiting.extend(reversed(operands(following)))
