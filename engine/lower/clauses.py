"""The clauses of pay, in the one order in which they act: gate, multiplier, cap, floor, proration, rounding.

`field.md`: attainment → curve → weight → gate → multiplier → cap → proration → rounding.
"""

from __future__ import annotations

from dsl import tree
from dsl.place import Place
from dsl.tree.declared import ACTS, Act

from .. import kernel as k
from .formula import formula
from .kpi import limited, prorated
from .lowering import Lowering, fixed, number, where

Clauses = tuple[tree.Clause, ...]


def acted(
    low: Lowering, name: str, amount: k.Node, line: tree.Salary | tree.Kpi | tree.Pay, share: k.Node | None
) -> k.Node:
    """A line's amount after its own clauses and those of its groups that act on each line alike.

    `share` is what a percentage of a KPI's cap or floor is of.
    """
    clauses = [*line.clauses, *low.checked.scope.above(line)]
    pays = [one for one in clauses if not isinstance(one, tree.Cap) or one.base == "pay"]
    pays = [one for one in pays if getattr(one, "scope", None) != "each"]
    for act in ACTS:
        for clause in (one for one in pays if one.declared.acts == act):
            base = amount if isinstance(amount, k.Earlier) else low.step("earned", name, amount)
            amount = low.step(role(act), name, *made(low, base, clause, share))
    return amount


def role(act: Act) -> k.Role:
    """The role of the step that a clause makes."""
    match act:
        case "spread" | "dated":
            return "gated"
        case _:
            return act


def made(low: Lowering, base: k.Node, clause: tree.Clause, share: k.Node | None) -> tuple[k.Node, k.Made]:
    """What a clause makes of an amount, and from what."""
    place = clause.place
    match clause:
        case tree.Spread(condition):
            counts = k.Denial(formula(low, condition), kind="yes_no", place=condition.place)
            return _gated(k.Gate(base, counts), place)
        case tree.OnlyIf(condition):
            return _gated(k.Gate(base, formula(low, condition)), place)
        case tree.During(first, last) | tree.Except(first, last):
            day = low.period("first", "date", place)
            since = k.Comparison(
                ">=", day, fixed(number(first), "date", first.place), kind="yes_no", place=place
            )
            till = k.Comparison(
                "<=", day, fixed(number(last), "date", last.place), kind="yes_no", place=place
            )
            within: k.Node = k.Logic("and", since, till, kind="yes_no", place=place)
            if isinstance(clause, tree.Except):
                within = k.Denial(within, kind="yes_no", place=place)
            return _gated(k.Gate(base, within, day), place)
        case tree.Multiplied(factor):
            return k.Arithmetic("*", base, formula(low, factor), kind="money", place=place), k.Made(base)
        case tree.Cap(limit) | tree.Floor(limit):
            return limited(low, base, clause, _worth(low, limit, share))
        case tree.Prorated():
            return prorated(low, base, clause)
        case tree.ByDays(unit, group):
            return _stayed(low, base, unit, group.text, place)
        case tree.Rounding(unit, direction):
            return k.Rounded(base, number(unit), direction, kind="money", place=place), k.Made(base)
        case _:
            raise TypeError(f"no clause of pay: {clause}")


def _stayed(
    low: Lowering, base: k.Node, unit: tree.DaysSaid, group: str, place: Place
) -> tuple[k.Node, k.Made]:
    """An amount by the days in a group; under the law those that are said of no sort are working days."""
    counted = "days" if unit == "by_calendar_days" else k.WORKDAYS
    days, whole = (low.period(name, "days", place) for name in (f"{counted}:{group}", counted))
    times = k.Arithmetic("*", base, days, kind="money", place=place)
    value = k.Arithmetic("/", times, whole, kind="money", place=place)
    return value, k.Stayed(base, group, (k.StayPay(base, days),), whole)


def _gated(gate: k.Gate, place: Place) -> tuple[k.Node, k.Made]:
    return where(gate.condition, gate.base, "money", place), gate


def _worth(low: Lowering, limit: tree.Expr, share: k.Node | None) -> k.Node:
    """The money of a limit: an amount, or a percentage of a KPI's share of the bonus."""
    if share is None or low.checked.kinds.of(limit) != "percent":
        return formula(low, limit, "money")
    return k.Arithmetic("*", share, formula(low, limit), kind="money", place=limit.place)
