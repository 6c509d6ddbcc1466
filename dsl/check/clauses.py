"""The clauses of a KPI that say what attainment is worth: numbers that can pay, and that go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .. import tree
from ..faults import Fault
from .constant import constant
from .people import worths
from .scope import Scope

SUSPICIOUS = 10  # a factor this large is more often a forgotten decimal mark (12 for 1.2)

# The accelerators whose bounds are known, each with its own.
Bounds = Sequence[tuple[tree.Accel, Fraction]]


def clauses(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    """What is wrong with the clauses of a KPI that say what its attainment is worth."""
    name = kpi.name.text
    accels, decels = tree.among(kpi.clauses, tree.Accel), tree.among(kpi.clauses, tree.Decel)
    cutoff = tree.first(kpi.clauses, tree.Cutoff)
    caps = tree.among(kpi.clauses, tree.Cap)
    if (curve := tree.first(kpi.clauses, tree.Curve)) is not None:
        # Rows say what every attainment is worth, so nothing is left for another rule to say.
        for other in [*filter(None, [cutoff]), *decels, *accels][:1]:
            yield scope.fault("P234", other, also=curve, name=name, rows=curve, clause=other, fix="")
        accels, decels, cutoff = [], [], None
    bounds = [(accel, bound) for accel in accels if (bound := scope.worth(accel.bound)) is not None]
    yield from _aimed(scope, kpi)
    yield from _accels(scope, name, accels, decels)
    if cutoff is not None:
        yield from _cutoff(scope, name, cutoff, caps, bounds)
    for accel in accels:
        yield from _accel(scope, name, accel)
    for decel in decels:
        yield from _decel(scope, name, decel, cutoff, bounds)
    for cap in caps:
        yield from _cap(scope, name, cap, cutoff, bounds)


def _aimed(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    """A KPI has one direction, and a weight is spread over others that there are."""
    tolerance, less = tree.first(kpi.clauses, tree.Tolerance), tree.first(kpi.clauses, tree.LessIsBetter)
    if tolerance is not None and less is not None:
        first, second = sorted((tolerance, less), key=lambda clause: clause.place)
        yield scope.fault("P281", second, also=first, name=kpi.name.text, clause=second, earlier=first)
    if (spread := tree.first(kpi.clauses, tree.Spread)) is not None:
        section = scope.section_of(kpi)
        if not any(one is not kpi and scope.section_of(one) is section for one in scope.kpis.values()):
            yield scope.fault("P283", spread, name=kpi.name.text, clause=spread)


def _accels(
    scope: Scope, name: str, accels: Sequence[tree.Accel], decels: Sequence[tree.Decel]
) -> Iterator[Fault]:
    """Several accelerators or decelerators are steps of one rule: one meaning, each its own bound."""
    for mixed in [accel for accel in accels if accel.mode != accels[0].mode][:1]:
        yield scope.fault("P406", mixed, also=accels[0], name=name)
    for several, code in ((accels, "P407"), (decels, "P437")):
        bounds: dict[Fraction, tree.Accel | tree.Decel] = {}
        for one in several:
            bound = scope.worth(one.bound)
            if bound is not None and (earlier := bounds.setdefault(bound, one)) is not one:
                yield scope.fault(code, one, also=earlier, name=name, bound=one.bound)
            if len(several) > 1 and constant(one.bound) is None:
                yield scope.fault("P413", one.bound, name=name)


def _cutoff(
    scope: Scope, name: str, cutoff: tree.Cutoff, caps: Sequence[tree.Cap], bounds: Bounds
) -> Iterator[Fault]:
    if (value := scope.worth(cutoff.bound)) is None:
        return
    cap = next((one for one in caps if one.base == "attainment" and one.unless is None), None)
    if cap is not None and (limit := scope.worth(cap.limit)) is not None and limit < value:
        yield scope.fault("P420", cap, also=cutoff, name=name, cutoff=cutoff.bound, cap=cap.limit)
        return
    for accel in [accel for accel, bound in bounds if bound < value][:1]:
        cut, bound = cutoff.bound, accel.bound
        yield scope.fault("P408", accel, "warning", also=cutoff, name=name, cutoff=cut, bound=bound)


def _decel(
    scope: Scope, name: str, decel: tree.Decel, cutoff: tree.Cutoff | None, bounds: Bounds
) -> Iterator[Fault]:
    for part, value in worths(scope, decel.factor):
        if value > 1 or (value == 1 and part is decel.factor):
            yield scope.fault("P434", part, "warning", name=name, value=part, fix=_slower(scope, part, value))
    if (bound := scope.worth(decel.bound)) is None:
        return
    if bound <= 0:
        yield scope.fault("P405", decel.bound, name=name, value=decel.bound)
        return
    if cutoff is not None and bound <= (scope.worth(cutoff.bound) or 0):
        cut = cutoff.bound
        yield scope.fault("P435", decel, "warning", also=cutoff, name=name, bound=decel.bound, cutoff=cut)
    for accel in [accel for accel, above in bounds if above < bound][:1]:
        yield scope.fault("P436", decel, also=accel, name=name, bound=decel.bound, above=accel.bound)


def _slower(scope: Scope, factor: tree.Expr, value: Fraction) -> str | None:
    """The factor that was meant by one that does not slow down: `80` for `80%`, `8` for `0.8`."""
    if not isinstance(factor, tree.Number) or value < 2 or value >= 100:
        return None
    meant = tree.Percent(value / 100) if value > SUSPICIOUS else tree.Number(value / 10)
    return scope.written(meant)


def _accel(scope: Scope, name: str, accel: tree.Accel) -> Iterator[Fault]:
    if (scope.worth(accel.bound) or 0) < 0:
        yield scope.fault("P405", accel.bound, name=name, value=accel.bound)
    for factor, value in worths(scope, accel.factor):
        if 0 < value < 1:
            # `20%` is most likely what the author wants to add; a formula may have no end in decimals.
            fix = None
            if isinstance(factor, tree.Percent | tree.Number) and value <= Fraction(1, 2):
                fix = scope.written(type(factor)(value + 1))
            yield scope.fault("P409", factor, "warning", name=name, value=factor, fix=fix)
        elif value >= SUSPICIOUS:
            yield large(scope, name, factor, value)


def large(scope: Scope, name: str, factor: tree.Expr, value: Fraction, hundredths: int = 100) -> Fault:
    """The fault of a factor that most likely lacks its decimal mark, or, from so many on, its `%`."""
    meant = tree.Percent(value / 100) if value >= hundredths else tree.Number(value / 10)
    fix = scope.written(meant) if isinstance(factor, tree.Number) else None
    return scope.fault("P414", factor, "warning", name=name, value=factor, fix=fix)


def _cap(
    scope: Scope, name: str, cap: tree.Cap, cutoff: tree.Cutoff | None, bounds: Bounds
) -> Iterator[Fault]:
    value = scope.worth(cap.limit)
    counts = cap.base == "attainment"
    least = scope.worth(cutoff.bound) if cutoff is not None and counts else None
    if value is None or value <= 0 or cap.unless is not None or (least is not None and value < least):
        return  # at fault by itself, or the cutoff says so
    if value < 1 and isinstance(cap.limit, tree.Percent):
        yield scope.fault("P410", cap.limit, "warning", name=name, value=cap.limit)
    elif counts:
        for accel in [accel for accel, above in bounds if above >= value]:
            limit, bound = cap.limit, accel.bound
            yield scope.fault("P411", accel, "warning", also=cap, name=name, cap=limit, bound=bound)
