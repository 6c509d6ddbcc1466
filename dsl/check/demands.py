"""What kind a plan needs at each of its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from .. import tree
from .kind import MEASURE, MONEY, PERCENT, SCALAR, YES_NO, Possible
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Demand:
    """An expression, the kinds it may be of, and the code of the fault if it is of another.

    A bare number up to `whole` is taken for a part of one where a percentage is needed: `0.8` for `80%`.
    Where a percentage and money are both welcome, it could be either, so it is not taken for one.
    """

    expr: tree.Expr
    wanted: Possible
    code: str
    whole: int = 1


def demands(statement: tree.Statement) -> Iterator[Demand]:
    """Where a statement needs a certain kind."""
    match statement:
        case (
            tree.Salary(amount, clauses)
            | tree.Bonus(amount, clauses)
            | tree.Pay(amount=amount, clauses=clauses)
        ):
            yield Demand(amount, MONEY, "P307")
            for clause in clauses:
                yield from _clause(clause, kpi=False)
        case tree.Section(clauses=clauses) | tree.Variable(clauses) | tree.Total(clauses):
            for clause in clauses:
                yield from _clause(clause, kpi=False)
        case tree.Kpi(clauses=clauses):
            for clause in clauses:
                yield from _clause(clause, kpi=True)
        case tree.Example():
            for one in statement.shown:
                if one.what == "attainment":
                    yield Demand(one.value, PERCENT, "P309", BOUND)
            for outcome in statement.outcomes:
                yield Demand(outcome.value, MONEY, "P307")
        case _:
            return


def _clause(clause: tree.Clause, *, kpi: bool) -> Iterator[Demand]:
    match clause:
        case tree.Weight(share):
            yield Demand(share, PERCENT, "P309")
        case tree.Cutoff(bound):
            yield Demand(bound, PERCENT, "P309", BOUND)
        case tree.Accel(factor, _, bound) | tree.Decel(factor, bound):
            yield Demand(factor, SCALAR, "P310")
            yield Demand(bound, PERCENT, "P309", BOUND)
        case tree.Curve(_, rows):
            for row in rows:
                bounds = row.bounds if isinstance(row, tree.Columns) else [row.bound] if row.bound else []
                yield from (Demand(bound.value, PERCENT, "P309", BOUND) for bound in bounds)
                cells = row.cells if isinstance(row, tree.Row) else []
                yield from (Demand(cell.value, PERCENT, "P321", BOUND) for cell in cells)
        case tree.Cap(limit, base, unless):
            yield _limit(limit, kpi=kpi, on_pay=base == "pay")
            if unless is not None:
                yield Demand(unless, YES_NO, "P304")
        case tree.Floor(limit):
            yield _limit(limit, kpi=kpi, on_pay=True)
        case tree.Applies(condition) | tree.OnlyIf(condition) | tree.Spread(condition):
            yield Demand(condition, YES_NO, "P304")
        case tree.Multiplied(factor):
            yield Demand(factor, SCALAR, "P310")
        case tree.Prorated(part, all_of) | tree.TargetProrated(part, all_of):
            yield Demand(part, MEASURE - MONEY, "P318")
            yield Demand(all_of, MEASURE - MONEY, "P318")
        case tree.Rounding(unit):
            yield Demand(unit, MONEY, "P415")
        case tree.Target() | tree.Tolerance() | tree.LessIsBetter() | tree.During():
            return
        case _:
            assert_never(clause)


def _limit(limit: tree.Expr, *, kpi: bool, on_pay: bool) -> Demand:
    """A cap or a floor: of attainment a percentage, of pay money, of a KPI's pay either."""
    if not on_pay:
        return Demand(limit, PERCENT, "P309", BOUND)
    return Demand(limit, PERCENT | MONEY, "P311", BOUND) if kpi else Demand(limit, MONEY, "P319")


BOUND = 4  # bounds and caps go over 100 %, and nobody means four per cent by `4`


def values(scope: Scope, statement: tree.Statement) -> Iterator[tuple[tree.Name, tree.Expr]]:
    """Names, and the values that a statement gives them: presumed, aimed at, or in an example."""
    match statement:
        case tree.Fact(name=name, default=preset, bounds=bounds):
            ends = () if bounds is None else (bounds.low, bounds.high)
            yield from ((name, value) for value in (preset, *ends) if value is not None)
        case tree.Kpi(name=name, clauses=clauses):
            for clause in clauses:
                if isinstance(clause, tree.Target):
                    yield name, clause.value
                elif isinstance(clause, tree.Tolerance) and not isinstance(clause.width, tree.Percent):
                    # A percentage is of the target.
                    yield name, clause.width
        case tree.Example():
            for entry in statement.entries:
                yield entry.name, entry.value
            for one in statement.shown:
                known = scope.figures if one.what == "figure" else scope.kpis
                if one.what != "attainment" and one.name.text in known:
                    yield one.name, one.value
        case _:
            return
