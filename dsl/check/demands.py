"""What kind a plan needs at each of its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from .. import tree
from .kind import MONEY, PERCENT, SCALAR, Possible


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
        case tree.Salary(amount) | tree.Commission(_, _, amount):
            yield Demand(amount, MONEY, "P307")
        case tree.Bonus(pool):
            yield Demand(pool, MONEY, "P307")
        case tree.Kpi(clauses=clauses):
            for clause in clauses:
                yield from _clause(clause)
        case tree.Example():
            for outcome in statement.outcomes:
                yield Demand(outcome.value, MONEY, "P307")
        case _:
            return


def _clause(clause: tree.Clause) -> Iterator[Demand]:
    match clause:
        case tree.Weight(share):
            yield Demand(share, PERCENT, "P309")
        case tree.Cutoff(bound):
            yield Demand(bound, PERCENT, "P309", BOUND)
        case tree.Accel(factor, _, bound):
            yield Demand(factor, SCALAR, "P310")
            yield Demand(bound, PERCENT, "P309", BOUND)
        case tree.Cap(limit, base):
            on_pay = base == "pay"
            yield Demand(limit, PERCENT | MONEY if on_pay else PERCENT, "P311" if on_pay else "P309", BOUND)
        case tree.Target():
            return
        case _:
            assert_never(clause)


BOUND = 4  # bounds and caps go over 100 %, and nobody means four per cent by `4`


def values(statement: tree.Statement) -> Iterator[tuple[tree.Name, tree.Expr]]:
    """Names, and the values that a statement gives them: presumed, aimed at, or in an example."""
    match statement:
        case tree.Fact(name=name, default=preset) if preset is not None:
            yield name, preset
        case tree.Kpi(name=name, clauses=clauses):
            for clause in clauses:
                if isinstance(clause, tree.Target):
                    yield name, clause.value
        case tree.Example():
            for entry in statement.entries:
                yield entry.name, entry.value
        case _:
            return
