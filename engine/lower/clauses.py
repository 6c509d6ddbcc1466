"""The clauses of pay, in the one order in which they act: gate, multiplier, cap, floor, proration, rounding.

`field.md`: attainment → curve → weight → gate → multiplier → cap → proration → rounding.
"""

from __future__ import annotations

from dsl import tree

from .. import kernel as k
from .formula import formula
from .kpi import prorated
from .lowering import ZERO, Lowering, fixed, number

Clauses = tuple[tree.Clause, ...]


def acted(
    low: Lowering, name: str, amount: k.Node, line: tree.Salary | tree.Kpi | tree.Pay, share: k.Node | None
) -> k.Node:
    """A line's amount after its own clauses and those of its groups that act on each line alike.

    `share` is what a percentage of a KPI's cap or floor is of.
    """
    clauses = [*line.clauses, *low.checked.scope.above(line)]
    for clause in sorted(clauses, key=lambda clause: ORDER.index(type(clause))):
        amount = _act(low, name, amount, clause, share)
    return amount


ORDER: tuple[type[tree.Clause], ...] = (
    tree.Weight,
    tree.Applies,
    tree.Target,
    tree.TargetProrated,
    tree.LessIsBetter,
    tree.Tolerance,
    tree.Cutoff,
    tree.Decel,
    tree.Accel,
    tree.Curve,
    tree.Spread,
    tree.During,
    tree.OnlyIf,
    tree.Multiplied,
    tree.Cap,
    tree.Floor,
    tree.Prorated,
    tree.Rounding,
)


def _act(low: Lowering, name: str, amount: k.Node, clause: tree.Clause, share: k.Node | None) -> k.Node:
    role = ROLES.get(type(clause))
    if role is None or (isinstance(clause, tree.Cap) and clause.base == "attainment"):
        return amount
    value = amount if isinstance(amount, k.Earlier) else low.step("earned", name, amount)
    return low.step(role, name, _made(low, value, clause, share))


ROLES: dict[type[tree.Clause], k.Role] = {
    tree.Spread: "gated",
    tree.OnlyIf: "gated",
    tree.During: "gated",
    tree.Multiplied: "multiplied",
    tree.Cap: "capped",
    tree.Floor: "floored",
    tree.Prorated: "prorated",
    tree.Rounding: "rounded",
}


def _made(low: Lowering, value: k.Node, clause: tree.Clause, share: k.Node | None) -> k.Node:
    """What a clause makes of an amount."""
    place = clause.place
    match clause:
        case tree.Spread(condition):
            counts = k.Denial(formula(low, condition), kind="yes_no", place=condition.place)
            return _gated(counts, value, clause)
        case tree.OnlyIf(condition):
            return _gated(formula(low, condition), value, clause)
        case tree.During(first, last):
            day = low.period("first", "date", place)
            since = k.Comparison(
                ">=", day, fixed(number(first), "date", first.place), kind="yes_no", place=place
            )
            till = k.Comparison(
                "<=", day, fixed(number(last), "date", last.place), kind="yes_no", place=place
            )
            return _gated(k.Logic("and", since, till, kind="yes_no", place=place), value, clause)
        case tree.Multiplied(factor):
            return k.Arithmetic("*", value, formula(low, factor), kind="money", place=place)
        case tree.Cap(limit, _, unless):
            least = k.Extreme("min", (value, limited(low, limit, share)), kind="money", place=place)
            if unless is None:
                return least
            return k.Choice(formula(low, unless), value, least, kind="money", place=place)
        case tree.Floor(limit):
            return k.Extreme("max", (value, limited(low, limit, share)), kind="money", place=place)
        case tree.Prorated():
            return prorated(low, value, clause)
        case tree.Rounding(unit, direction):
            return k.Rounded(value, number(unit), direction, kind="money", place=place)
        case _:
            return value


def _gated(test: k.Node, value: k.Node, clause: tree.Clause) -> k.Node:
    return k.Choice(test, value, fixed(ZERO, "money", clause.place), kind="money", place=clause.place)


def limited(low: Lowering, limit: tree.Expr, share: k.Node | None) -> k.Node:
    """The money of a limit: an amount, or a percentage of a KPI's share of the bonus."""
    if share is None or low.checked.kinds.of(limit) != "percent":
        return formula(low, limit, "money")
    return k.Arithmetic("*", share, formula(low, limit), kind="money", place=limit.place)
