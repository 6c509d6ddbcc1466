"""Expressions to operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce
from typing import Literal, assert_never

from dsl import tree
from dsl.place import Place
from dsl.tree.clauses import among
from dsl.words import KindName

from .. import kernel as k
from .lowering import ONE, ZERO, Lowering, divide, fixed, natural, number, where
from .pool import prized, shared
from .records import column, records
from .table import table


def named(low: Lowering, name: tree.Name) -> k.Node:
    """A fact, a figure or a column by its name."""
    if name.text in low.columns:
        own = low.checked.scope.member(name.text)
        return low.own(own, name.place) if low.alone else column(low, name)
    if (of := low.of_member(name.text)) is not None:
        return column(low, replace(name, text=of))
    return low.own(name.text, name.place)


def formula(  # noqa: PLR0911, PLR0912  # one for each construct
    low: Lowering, expr: tree.Expr, wanted: KindName | None = None
) -> k.Node:
    """An expression as operations; `wanted` where its place in the plan says what a bare number is."""
    kind, place = wanted or low.checked.kinds.of(expr), expr.place
    # No function of our own: an expression may be nested as deep as Python nests calls.
    inner: Callable[[tree.Expr], k.Node] = partial(formula, low)

    match expr:
        case (
            tree.Number()
            | tree.Percent()
            | tree.Amount()
            | tree.Days()
            | tree.Duration()
            | tree.Date()
            | tree.YesNo()
        ):
            return k.Constant(number(expr), kind=kind, place=place)
        case tree.FullSalary():
            return low.earlier("salary", "salary", place)
        case tree.Name() | tree.PaidSalary() | tree.PayFor() | tree.PaidTogether():
            whole = low.checked.scope.named_whole(expr)
            if whole is not None:
                return low.earlier(*whole, place)
            line = low.checked.scope.named_line(expr)
            if line is not None:
                return printed(low, line, place)
            assert isinstance(expr, tree.Name)
            return replace(named(low, expr), place=place)
        case tree.TargetOf(name):
            return low.earlier("target", name.text, place)
        case tree.AttainmentOf(name):
            return low.earlier("attainment", name.text, place)
        case tree.Negative(operand):
            return _negative(inner(operand), kind, place)
        case tree.Arithmetic(sign, left, right):
            plain: Literal["+", "-", "*", "/"] = "*" if sign == "of" else sign
            return k.Arithmetic(plain, inner(left), inner(right), kind=kind, place=place)
        case tree.Comparison(sign, left, right):
            return k.Comparison(sign, inner(left), inner(right), kind=kind, place=place)
        case tree.Logic(word, left, right):
            return k.Logic(word, inner(left), inner(right), kind=kind, place=place)
        case tree.Denial(operand):
            return k.Denial(inner(operand), kind=kind, place=place)
        case tree.Several(least, conditions):
            return _several(least, [inner(condition) for condition in conditions], place)
        case tree.Excess(side, measure, mark):
            one, other = inner(measure), inner(mark)
            return _excess(one, other, kind, place) if side == "above" else _excess(other, one, kind, place)
        case tree.Elapsed(unit, since, until):
            return k.Elapsed(unit, inner(since), inner(until), kind=kind, place=place)
        case tree.WithoutTax(gross, rate):
            return _without_tax(inner(gross), inner(rate), kind, place)
        case tree.Choice(chosen, condition, otherwise):
            return k.Choice(inner(condition), inner(chosen), inner(otherwise), kind=kind, place=place)
        case tree.Extreme(word, several):
            return k.Extreme(word, tuple(map(inner, several)), kind=kind, place=place)
        case tree.Rounded(operand, unit, direction):
            return k.Rounded(inner(operand), number(unit), direction, kind=kind, place=place)
        case tree.Identity(attribute, value, denied):
            same = _is(low, attribute, value, place)
            return k.Denial(same, kind="yes_no", place=place) if denied else same
        case tree.By(attribute, cases):
            return _by(low, attribute, cases, kind, place)
        case tree.Records():
            return gathered(low, expr, kind)
        case tree.Pool():
            return shared(low, expr, inner)
        case tree.Prizes():
            return prized(low, expr, inner)
        case tree.InPeriod(part):
            return low.period(part, kind, place)
        case tree.Table():
            if expr.filled is not None:
                return _topped(low, expr, inner(expr.measure), inner(expr.filled), inner, kind)
            across = None if expr.across is None else inner(expr.across)
            return table(expr.mode, expr.rows, inner(expr.measure), across, inner, kind)
        case _:
            assert_never(expr)


def _topped(
    low: Lowering,
    expr: tree.Table,
    measure: k.Node,
    filled: k.Node,
    inner: Callable[[tree.Expr], k.Node],
    kind: KindName,
) -> k.Node:
    """What bands make of a measure that lies on top of what they are filled with.

    What is less than nothing takes off again what the bands below made.
    """
    value = table("bands", expr.rows, measure, None, inner, kind, filled)
    if isinstance(measure, k.Actual) and not low.inputs[measure.index].signed:
        return value
    place = expr.place
    both = k.Arithmetic("+", filled, measure, kind=measure.kind, place=place)
    then, now = (table("bands", expr.rows, one, None, inner, kind) for one in (filled, both))
    less = k.Arithmetic("-", now, then, kind=kind, place=place)
    nothing = fixed(ZERO, measure.kind, place)
    below = k.Comparison("<", measure, nothing, kind="yes_no", place=place)
    return k.Choice(below, less, value, kind=kind, place=place)


def gathered(low: Lowering, expr: tree.Records, kind: KindName, name: str = "") -> k.Node:
    """What is drawn from records; before somebody in a rank stand those who have more than they."""
    value = None if expr.value is None else formula(low, expr.value)
    condition = None if expr.where is None else formula(low, expr.where)
    if expr.word == "rank" and expr.value is not None and value is not None:
        low.alone = True
        own = formula(low, expr.value)
        low.alone = False
        condition = k.Comparison(">", value, own, kind="yes_no", place=expr.place)
    return records(low, expr, value, condition, kind, name)


def printed(low: Lowering, line: str, place: Place) -> k.Node:
    """What a line of pay comes to, as it is printed; nothing where it is not there for somebody."""
    amount = low.earlier("printed", line, place)
    kpi = low.checked.scope.kpis.get(line)
    for one in among(kpi.clauses if kpi else (), tree.Applies):
        amount = where(formula(low, one.condition), amount, "money", place)
    return amount


def _negative(operand: k.Node, kind: KindName, place: Place) -> k.Node:
    if isinstance(operand, k.Constant):
        return k.Constant(-operand.value, kind=kind, place=place)
    return k.Arithmetic("-", fixed(ZERO, kind, place), operand, kind=kind, place=place)


def _excess(greater: k.Node, less: k.Node, kind: KindName, place: Place) -> k.Node:
    """By how much one lies above another, else nothing."""
    return natural(k.Arithmetic("-", greater, less, kind=kind, place=place), kind, place)


def _without_tax(gross: k.Node, rate: k.Node, kind: KindName, place: Place) -> k.Node:
    with_tax = k.Arithmetic("+", fixed(ONE, "percent", rate.place), rate, kind="percent", place=place)
    return divide(gross, with_tax, kind, place)


def _several(least: int | None, conditions: list[k.Node], place: Place) -> k.Node:
    """At least so many of some conditions: all of some group of that size."""

    def logic(word: Literal["and", "or"], several: list[k.Node]) -> k.Node:
        return reduce(lambda one, other: k.Logic(word, one, other, kind="yes_no", place=place), several)

    size = len(conditions) if least is None else least
    if size >= len(conditions):
        return logic("and", conditions)
    if size == 1:
        return logic("or", conditions)
    # A count held against the least reads as it is said, and does not grow with the groups.
    one, none = fixed(ONE, "count", place), fixed(ZERO, "count", place)
    counted: list[k.Node] = [
        k.Choice(condition, one, none, kind="count", place=condition.place) for condition in conditions
    ]
    total = reduce(lambda left, right: k.Arithmetic("+", left, right, kind="count", place=place), counted)
    return k.Comparison(">=", total, fixed(ONE * size, "count", place), kind="yes_no", place=place)


def _is(low: Lowering, attribute: tree.Name, value: tree.Name, place: Place) -> k.Node:
    chosen = low.checked.scope.choices(attribute.text).index(value.text)
    given = named(low, attribute)
    return k.Comparison("=", given, fixed(ONE * chosen, "choice", value.place), kind="yes_no", place=place)


def _by(
    low: Lowering, attribute: tree.Name, cases: tuple[tree.Case, ...], kind: KindName, place: Place
) -> k.Node:
    """One of several values; the check has seen that every value of the attribute has one."""
    *named_, last = sorted(cases, key=lambda case: case.value is None)
    value = formula(low, last.result, kind)
    for case in reversed(named_):
        assert case.value is not None
        test = _is(low, attribute, case.value, case.place)
        value = k.Choice(test, formula(low, case.result, kind), value, kind=kind, place=place)
    return value
