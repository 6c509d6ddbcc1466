"""What kind a plan needs at each of its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import tree
from ..tree.declared import BOUND, LEVEL
from .kind import MEASURE, MONEY, PERCENT, TALLY, YES_NO, Possible
from .scope import COUNTED, Scope


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
        case tree.Salary(amount) | tree.Bonus(amount) | tree.Pay(amount=amount):
            yield Demand(amount, MONEY, "P307")
        case tree.Balance(most=most, ends=ends):
            if most is not None:
                yield Demand(most, MONEY, "P307")
            if ends is not None:
                yield Demand(ends.condition, YES_NO, "P304")
        case tree.Example():
            for one in statement.shown:
                if one.what == "attainment":
                    yield Demand(one.value, PERCENT, "P309", BOUND)
            for outcome in statement.outcomes:
                yield Demand(outcome.value, MONEY, "P307")
    if isinstance(statement, tree.Clausal):
        for clause in statement.clauses:
            yield from _clause(clause, kpi=isinstance(statement, tree.Kpi))


def _clause(clause: tree.Clause, *, kpi: bool) -> Iterator[Demand]:
    for name, said in clause.declared.wants.items():
        want = said if kpi or said.elsewhere is None else said.elsewhere
        if isinstance(clause, tree.Cap) and clause.base == "attainment" and name == "limit":
            want = LEVEL
        expr = getattr(clause, name)
        if expr is not None and want.kinds is not None:
            yield Demand(expr, want.kinds, want.code, want.whole)
    if isinstance(clause, tree.Curve):
        for row in clause.rows:
            bounds = row.bounds if isinstance(row, tree.Columns) else [row.bound] if row.bound else []
            yield from (Demand(bound.value, PERCENT, "P309", BOUND) for bound in bounds)
            cells = row.cells if isinstance(row, tree.Row) else []
            yield from (Demand(cell.value, PERCENT, "P321", BOUND) for cell in cells)


def measured(scope: Scope) -> Iterator[tuple[tree.Name, Possible, str]]:
    """What is measured or paid for each, the kinds that it may be of, and the code where it is of another."""
    for pay in scope.pays.values():
        if pay.word in COUNTED and pay.name is not None:
            yield pay.name, TALLY, "P320"
    yield from ((kpi.name, MEASURE, "P315") for kpi in scope.kpis.values())


def declared(fact: tree.Fact) -> list[tree.Expr]:
    """The values that a fact is declared with: what is presumed of it, and its bounds."""
    ends = () if fact.bounds is None else (fact.bounds.low, fact.bounds.high)
    return [value for value in (fact.default, *ends) if value is not None]


def values(scope: Scope, statement: tree.Statement) -> Iterator[tuple[tree.Name, tree.Expr]]:
    """Names, and the values that a statement gives them: presumed, aimed at, or in an example."""
    match statement:
        case tree.Fact(name=name):
            yield from ((name, value) for value in declared(statement))
        case tree.Kpi(name=name, clauses=clauses):
            for clause in clauses:
                for measured, want in clause.declared.wants.items():
                    value = getattr(clause, measured)
                    # The percentage of a tolerance is of the target.
                    if want.kinds is None and not (
                        isinstance(clause, tree.Tolerance) and isinstance(value, tree.Percent)
                    ):
                        yield name, value
        case tree.Example():
            for entry in statement.entries:
                yield entry.name, entry.value
            for one in statement.shown:
                known = scope.figures if one.what == "figure" else scope.kpis
                if one.what != "attainment" and one.name.text in known:
                    yield one.name, one.value
