"""The clauses of a KPI that say what attainment is worth: numbers that can pay, and that go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .. import tree
from ..faults import Fault, Severity
from ..words import words
from ..write.value import value as written
from .constant import constant
from .people import leaves
from .scope import Scope

SUSPICIOUS = 10  # a factor this large is more often a forgotten decimal mark (12 for 1.2)


def clauses(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    """What is wrong with the clauses of a KPI that say what its attainment is worth."""
    name = kpi.name.text
    accels, decels = tree.among(kpi.clauses, tree.Accel), tree.among(kpi.clauses, tree.Decel)
    cutoff = tree.first(kpi.clauses, tree.Cutoff)
    caps = tree.among(kpi.clauses, tree.Cap)
    if (curve := tree.first(kpi.clauses, tree.Curve)) is not None:
        # Rows say what every attainment is worth, so nothing is left for another rule to say.
        others = [*([cutoff] if cutoff else []), *decels, *accels]
        if others:
            facts = {"name": name, "rows": scope.text(curve), "clause": scope.text(others[0])}
            yield Fault("P234", place=others[0].place, also=curve.place, facts=facts)
        accels, decels, cutoff = [], [], None
    yield from _aimed(scope, kpi)
    yield from _accels(scope, name, accels, decels)
    if cutoff is not None:
        yield from _cutoff(scope, name, cutoff, caps, accels)
    for accel in accels:
        yield from _accel(scope, name, accel)
    for decel in decels:
        yield from _decel(scope, name, decel, cutoff, accels)
    for cap in caps:
        yield from _cap(scope, name, cap, cutoff, accels)


def _aimed(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    """A KPI has one direction, and a weight is spread over others that there are."""
    tolerance, less = tree.first(kpi.clauses, tree.Tolerance), tree.first(kpi.clauses, tree.LessIsBetter)
    if tolerance is not None and less is not None:
        first, second = sorted((tolerance, less), key=lambda clause: clause.place)
        facts = {"name": kpi.name.text, "clause": scope.text(second), "earlier": scope.text(first)}
        yield Fault("P281", place=second.place, also=first.place, facts=facts)
    spread = tree.first(kpi.clauses, tree.Spread)
    if spread is None:
        return
    section = scope.section_of(kpi)
    if not any(one is not kpi and scope.section_of(one) is section for one in scope.kpis.values()):
        yield Fault("P283", place=spread.place, facts={"name": kpi.name.text, "clause": scope.text(spread)})


def _fault(
    scope: Scope, code: str, name: str, expr: tree.Expr, severity: Severity = "error", fix: str | None = None
) -> Fault:
    return Fault(code, severity, expr.place, facts={"name": name, "value": scope.text(expr)}, fix=fix)


def _bounds(scope: Scope, accels: Sequence[tree.Accel]) -> Iterator[tuple[tree.Accel, Fraction]]:
    """The accelerators whose bounds are known, each with its own."""
    for accel in accels:
        if (bound := scope.worth(accel.bound)) is not None:
            yield accel, bound


def _accels(
    scope: Scope, name: str, accels: Sequence[tree.Accel], decels: Sequence[tree.Decel]
) -> Iterator[Fault]:
    """Several accelerators or decelerators are steps of one rule: one meaning, each its own bound."""
    mixed = next((accel for accel in accels if accel.mode != accels[0].mode), None)
    if mixed is not None:
        yield Fault("P406", place=mixed.place, also=accels[0].place, facts={"name": name})
    for several, code in ((accels, "P407"), (decels, "P437")):
        bounds: dict[Fraction, tree.Accel | tree.Decel] = {}
        for one in several:
            bound = scope.worth(one.bound)
            if bound is not None and (earlier := bounds.setdefault(bound, one)) is not one:
                facts = {"name": name, "bound": scope.text(one.bound)}
                yield Fault(code, place=one.place, also=earlier.place, facts=facts)
            if len(several) > 1 and constant(one.bound) is None:
                yield Fault("P413", place=one.bound.place, facts={"name": name})


def _cutoff(
    scope: Scope, name: str, cutoff: tree.Cutoff, caps: Sequence[tree.Cap], accels: Sequence[tree.Accel]
) -> Iterator[Fault]:
    value = scope.worth(cutoff.bound)
    if value is None:
        return
    cap = next((one for one in caps if one.base == "attainment" and one.unless is None), None)
    if cap is not None and (limit := scope.worth(cap.limit)) is not None and limit < value:
        facts = {"name": name, "cutoff": scope.text(cutoff.bound), "cap": scope.text(cap.limit)}
        yield Fault("P420", place=cap.place, also=cutoff.place, facts=facts)
        return
    below = next((accel for accel, bound in _bounds(scope, accels) if bound < value), None)
    if below is not None:
        facts = {"name": name, "cutoff": scope.text(cutoff.bound), "bound": scope.text(below.bound)}
        yield Fault("P408", "warning", below.place, cutoff.place, facts)


def _decel(
    scope: Scope, name: str, decel: tree.Decel, cutoff: tree.Cutoff | None, accels: Sequence[tree.Accel]
) -> Iterator[Fault]:
    for part in leaves(decel.factor):
        value = scope.worth(part)
        if value is not None and (value > 1 or (value == 1 and part is decel.factor)):
            yield _fault(scope, "P434", name, part, "warning", _slower(scope, part, value))
    bound = scope.worth(decel.bound)
    if bound is None:
        return
    if bound <= 0:
        yield _fault(scope, "P405", name, decel.bound)
        return
    least = scope.worth(cutoff.bound) if cutoff is not None else None
    if least is not None and cutoff is not None and bound <= least:
        facts = {"name": name, "bound": scope.text(decel.bound), "cutoff": scope.text(cutoff.bound)}
        yield Fault("P435", "warning", place=decel.place, also=cutoff.place, facts=facts)
    below = next((accel for accel, above in _bounds(scope, accels) if above < bound), None)
    if below is not None:
        facts = {"name": name, "bound": scope.text(decel.bound), "above": scope.text(below.bound)}
        yield Fault("P436", place=decel.place, also=below.place, facts=facts)


def _slower(scope: Scope, factor: tree.Expr, value: Fraction) -> str | None:
    """The factor that was meant by one that does not slow down: `80` for `80%`, `8` for `0.8`."""
    if not isinstance(factor, tree.Number) or value < 2 or value >= 100:
        return None
    meant = tree.Percent(value / 100) if value > SUSPICIOUS else tree.Number(value / 10)
    return written(meant, words(scope.plan.lang))


def _accel(scope: Scope, name: str, accel: tree.Accel) -> Iterator[Fault]:
    bound = scope.worth(accel.bound)
    if bound is not None and bound < 0:
        yield _fault(scope, "P405", name, accel.bound)
    for factor in leaves(accel.factor):
        if (value := scope.worth(factor)) is not None:
            yield from _faster(scope, name, factor, value)


def _faster(scope: Scope, name: str, factor: tree.Expr, value: Fraction) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    if 0 < value < 1:
        # `20%` or `0.2` is most likely what the author wants to add; a formula may have no end in decimals.
        fix = None
        if isinstance(factor, tree.Percent | tree.Number) and value <= Fraction(1, 2):
            fix = written(type(factor)(value + 1), vocabulary)
        yield _fault(scope, "P409", name, factor, "warning", fix)
    elif value >= SUSPICIOUS:
        yield large(scope, name, factor, value)


def large(scope: Scope, name: str, factor: tree.Expr, value: Fraction, hundredths: int = 100) -> Fault:
    """The fault of a factor that most likely lacks its decimal mark, or, from so many on, its `%`."""
    meant = tree.Percent(value / 100) if value >= hundredths else tree.Number(value / 10)
    fix = written(meant, words(scope.plan.lang)) if isinstance(factor, tree.Number) else None
    return _fault(scope, "P414", name, factor, "warning", fix)


def _cap(
    scope: Scope, name: str, cap: tree.Cap, cutoff: tree.Cutoff | None, accels: Sequence[tree.Accel]
) -> Iterator[Fault]:
    value = scope.worth(cap.limit)
    counts = cap.base == "attainment"
    least = scope.worth(cutoff.bound) if cutoff is not None and counts else None
    if value is None or value <= 0 or cap.unless is not None or (least is not None and value < least):
        return  # at fault by itself, or the cutoff says so
    if value < 1 and isinstance(cap.limit, tree.Percent):
        yield _fault(scope, "P410", name, cap.limit, "warning")
    elif counts:
        for accel, above in _bounds(scope, accels):
            if above >= value:
                facts = {"name": name, "cap": scope.text(cap.limit), "bound": scope.text(accel.bound)}
                yield Fault("P411", "warning", accel.place, cap.place, facts)
