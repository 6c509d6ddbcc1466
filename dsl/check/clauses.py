"""The clauses of a KPI: each written once, and with a number that can pay somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from .. import tree
from ..faults import Fault, Severity
from ..words import words
from ..write.value import value as written
from .constant import constant
from .scope import Scope

# The value of a constant; None where it is none, or where its kind is at fault already.
Worth = Callable[[tree.Expr], Fraction | None]

SUSPICIOUS = 10  # a factor this large is more often a forgotten decimal mark (12 for 1.2)


def clauses(scope: Scope, kpi: tree.Kpi, worth: Worth) -> Iterator[Fault]:
    """What is wrong with the clauses of a KPI."""
    name = kpi.name.text
    accels = [clause for clause in kpi.clauses if isinstance(clause, tree.Accel)]
    others, again = _sorted(kpi)
    if again is not None:
        clause, earlier = again
        facts = {"name": name, "clause": scope.text(clause), "earlier": scope.text(earlier)}
        yield Fault("P216", place=clause.place, also=earlier.place, facts=facts)
    yield from _accels(scope, name, accels, worth)
    for clause in (*others.values(), *accels):
        match clause:
            case tree.Weight(share):
                value = worth(share)
                if value is not None and not 0 < value <= 1:
                    yield _fault(scope, "P403", name, share)
            case tree.Target(target):
                value = worth(target)
                if value is not None and value <= 0:
                    yield _fault(scope, "P404", name, target)
            case tree.Cutoff():
                yield from _cutoff(scope, name, clause, others.get("attainment"), accels, worth)
            case tree.Accel():
                yield from _accel(scope, name, clause, worth)
            case tree.Cap():
                yield from _cap(scope, name, clause, others.get(tree.Cutoff), accels, worth)
            case _:
                assert_never(clause)


def _sorted(kpi: tree.Kpi) -> tuple[dict[object, tree.Clause], tuple[tree.Clause, tree.Clause] | None]:
    """The clauses that a KPI has once, by their sorts, and the first that it has again, with the earlier one.

    Of the two sorts of caps it may have one each. What else it has again is no other mistake: most often the
    name of a second KPI was forgotten.
    """
    found: dict[object, tree.Clause] = {}
    again = None
    for clause in sorted(kpi.clauses, key=lambda clause: clause.place):
        sort = clause.base if isinstance(clause, tree.Cap) else type(clause)
        if isinstance(clause, tree.Accel):
            continue
        if sort not in found:
            found[sort] = clause
        elif again is None:
            again = clause, found[sort]
    return found, again


def _fault(
    scope: Scope, code: str, name: str, expr: tree.Expr, severity: Severity = "error", fix: str | None = None
) -> Fault:
    return Fault(code, severity, expr.place, facts={"name": name, "value": scope.text(expr)}, fix=fix)


def _accels(scope: Scope, name: str, accels: Sequence[tree.Accel], worth: Worth) -> Iterator[Fault]:
    """Several accelerators of a KPI are steps of one rule: one meaning, each its own bound."""
    bounds: dict[Fraction, tree.Accel] = {}
    mixed = next((accel for accel in accels if accel.mode != accels[0].mode), None)
    if mixed is not None:
        yield Fault("P406", place=mixed.place, also=accels[0].place, facts={"name": name})
    for accel in accels:
        bound = worth(accel.bound)
        if bound is not None and (earlier := bounds.setdefault(bound, accel)) is not accel:
            facts = {"name": name, "bound": scope.text(accel.bound)}
            yield Fault("P407", place=accel.place, also=earlier.place, facts=facts)
        if len(accels) > 1 and constant(accel.bound) is None:
            yield Fault("P413", place=accel.bound.place, facts={"name": name})


def _cutoff(
    scope: Scope,
    name: str,
    cutoff: tree.Cutoff,
    cap: tree.Clause | None,
    accels: Sequence[tree.Accel],
    worth: Worth,
) -> Iterator[Fault]:
    value = worth(cutoff.bound)
    if value is None:
        return
    if value < 0:
        yield _fault(scope, "P405", name, cutoff.bound)
    if isinstance(cap, tree.Cap) and (limit := worth(cap.limit)) is not None and limit < value:
        facts = {"name": name, "cutoff": scope.text(cutoff.bound), "cap": scope.text(cap.limit)}
        yield Fault("P420", place=cap.place, also=cutoff.place, facts=facts)
        return
    for accel in accels:
        above = worth(accel.bound)
        if above is not None and above < value:
            facts = {"name": name, "cutoff": scope.text(cutoff.bound), "bound": scope.text(accel.bound)}
            yield Fault("P408", "warning", accel.place, cutoff.place, facts)
            return


def _accel(scope: Scope, name: str, accel: tree.Accel, worth: Worth) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    factor, value, bound = accel.factor, worth(accel.factor), worth(accel.bound)
    if bound is not None and bound < 0:
        yield _fault(scope, "P405", name, accel.bound)
    if value is None:
        return
    if value <= 0:
        yield _fault(scope, "P405", name, factor)
    elif value < 1:
        # `20%` or `0.2` is most likely what the author wants to add; a formula may have no end in decimals.
        fix = None
        if isinstance(factor, tree.Percent | tree.Number) and value <= Fraction(1, 2):
            fix = written(type(factor)(value + 1), vocabulary)
        yield _fault(scope, "P409", name, factor, "warning", fix)
    elif value >= SUSPICIOUS:
        plain = isinstance(factor, tree.Number)
        meant = tree.Percent(value / 100) if value >= 100 else tree.Number(value / 10)
        yield _fault(scope, "P414", name, factor, "warning", written(meant, vocabulary) if plain else None)


def _cap(
    scope: Scope,
    name: str,
    cap: tree.Cap,
    cutoff: tree.Clause | None,
    accels: Sequence[tree.Accel],
    worth: Worth,
) -> Iterator[Fault]:
    value = worth(cap.limit)
    if value is None:
        return
    least = worth(cutoff.bound) if isinstance(cutoff, tree.Cutoff) and cap.base == "attainment" else None
    if value <= 0:
        yield _fault(scope, "P405", name, cap.limit)
    elif least is not None and value < least:
        return  # the cutoff says so
    elif value < 1 and isinstance(cap.limit, tree.Percent):
        yield _fault(scope, "P410", name, cap.limit, "warning")
    elif cap.base == "attainment":
        for accel in accels:
            above = worth(accel.bound)
            if above is not None and above >= value:
                facts = {"name": name, "cap": scope.text(cap.limit), "bound": scope.text(accel.bound)}
                yield Fault("P411", "warning", accel.place, cap.place, facts)
