"""Rules of the trade: what a plan must have, and what its weights and its pay must be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..source import NOWHERE, Place
from ..words import words
from ..write.value import value as written
from .clauses import Worth, clauses
from .constant import constant
from .scope import Scope

SHOWN = 12  # weights that the report of their sum lists


def rules(scope: Scope, unsound: Collection[Place], *, whole: bool) -> Iterator[Fault]:
    """The broken rules; those about what is missing only where no line failed to parse (`whole`).

    Nothing is said of values whose kind is at fault already (`unsound`): repaired, they are other values.
    """

    def worth(expr: tree.Expr) -> Fraction | None:
        return None if expr.place in unsound else constant(expr)

    if whole:
        yield from _complete(scope)
        yield from _weights(scope, worth)
    for kpi in scope.kpis.values():
        yield from clauses(scope, kpi, worth)
    yield from _negative(scope, worth)


def _complete(scope: Scope) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    if scope.kpis and scope.bonus is None:
        first = next(iter(scope.kpis.values()))
        facts = {"name": first.name.text, "bonus": vocabulary["bonus"]}
        yield Fault("P212", place=first.name.place, facts=facts)
    if scope.bonus is not None and not scope.kpis:
        yield Fault("P213", place=scope.bonus.place)
    if not scope.kpis and not scope.commissions and scope.salary is None and scope.bonus is None:
        title = next((line.place for line in scope.lines if isinstance(line, tree.Title)), NOWHERE)
        yield Fault("P214", place=title)


def _weights(scope: Scope, worth: Worth) -> Iterator[Fault]:
    """Weights share out one bonus, so together they make 100 %: `domain.md`, the KPI bonus."""
    vocabulary = words(scope.plan.lang)
    weights: list[tree.Weight] = []
    bare: list[tree.Kpi] = []
    for kpi in scope.kpis.values():
        weight = next((clause for clause in kpi.clauses if isinstance(clause, tree.Weight)), None)
        if weight is None:
            bare.append(kpi)
        else:
            weights.append(weight)
    shares = [worth(weight.share) for weight in weights]
    known = [share for share in shares if share is not None and 0 < share <= 1]
    total = sum(known, Fraction(0))
    sound = len(known) == len(weights)
    for kpi in bare:
        facts = {"name": kpi.name.text, "weight": vocabulary["weight"]}
        left = sound and len(bare) == 1 and total < 1
        rest = f"{kpi.name.text} {facts['weight']} {_percent(1 - total, scope)}" if left else None
        yield Fault("P215", place=kpi.name.place, facts=facts, fix=rest)
    named = sum(isinstance(line, tree.Kpi) for line in scope.plan.statements)
    said = sum(isinstance(clause, tree.Weight) for kpi in scope.kpis.values() for clause in kpi.clauses)
    doubled = named > len(scope.kpis) or said > len(weights)
    if not weights or bare or doubled or not sound or total == 1:
        return
    listed = [scope.text(weight.share) for weight in weights]
    parts = " + ".join(listed if len(listed) <= SHOWN else [*listed[:SHOWN], "…"])
    facts = {"sum": _percent(total, scope), "parts": parts, "difference": _percent(abs(1 - total), scope)}
    also = weights[0].place if len(weights) > 1 else None
    yield Fault("P401" if total < 1 else "P402", place=weights[-1].place, also=also, facts=facts)


def _percent(value: Fraction, scope: Scope) -> str:
    """A share as the plan's language writes it; one that has no end in decimals (a third), cut short."""
    return written(tree.Percent(Fraction(round(value * 10**8), 10**8)), words(scope.plan.lang))


def _negative(scope: Scope, worth: Worth) -> Iterator[Fault]:
    """Pay is a reward: no line takes anything away."""
    for line in scope.lines:
        match line:
            case tree.Salary(amount) | tree.Commission(_, _, amount) | tree.Bonus(amount):
                value = worth(amount)
                if value is not None and value < 0:
                    yield Fault("P417", place=amount.place, facts={"value": scope.text(amount)})
            case _:
                pass
