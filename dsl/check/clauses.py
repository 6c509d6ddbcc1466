"""The clauses of a KPI that say what attainment is worth: numbers that can pay, and that go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from .. import tree
from ..faults import Fault, Severity
from ..words import words
from ..write.value import value as written
from .constant import constant
from .people import leaves
from .scope import Scope

# The value of a constant; None where it is none, or where its kind is at fault already.
Worth = Callable[[tree.Expr], Fraction | None]

SUSPICIOUS = 10  # a factor this large is more often a forgotten decimal mark (12 for 1.2)


def clauses(scope: Scope, kpi: tree.Kpi, worth: Worth) -> Iterator[Fault]:
    """What is wrong with the clauses of a KPI that say what its attainment is worth."""
    name = kpi.name.text
    accels = _all(kpi, tree.Accel)
    decels = _all(kpi, tree.Decel)
    cutoff = _first(kpi, tree.Cutoff)
    caps = _all(kpi, tree.Cap)
    counted = next((cap for cap in caps if cap.base == "attainment" and cap.unless is None), None)
    if (curve := _first(kpi, tree.Curve)) is not None:
        yield from _ruled_twice(scope, name, curve, [*([cutoff] if cutoff else []), *decels, *accels])
        accels, decels, cutoff = [], [], None
    yield from _aimed(scope, kpi)
    yield from _accels(scope, name, accels, decels, worth)
    if cutoff is not None:
        yield from _cutoff(scope, name, cutoff, counted, accels, worth)
    for accel in accels:
        yield from _accel(scope, name, accel, worth)
    for decel in decels:
        yield from _decel(scope, name, decel, cutoff, accels, worth)
    for cap in caps:
        yield from _cap(scope, name, cap, cutoff, accels, worth)


def _aimed(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    """A KPI has one direction, and a weight is spread over others that there are."""
    tolerance, less = _first(kpi, tree.Tolerance), _first(kpi, tree.LessIsBetter)
    if tolerance is not None and less is not None:
        first, second = sorted((tolerance, less), key=lambda clause: clause.place)
        facts = {"name": kpi.name.text, "clause": scope.text(second), "earlier": scope.text(first)}
        yield Fault("P281", place=second.place, also=first.place, facts=facts)
    spread = _first(kpi, tree.Spread)
    if spread is None:
        return
    section = scope.section_of(kpi)
    if not any(one is not kpi and scope.section_of(one) is section for one in scope.kpis.values()):
        yield Fault("P283", place=spread.place, facts={"name": kpi.name.text, "clause": scope.text(spread)})


C = TypeVar("C", bound=tree.Clause)


def _all(kpi: tree.Kpi, sort: type[C]) -> list[C]:
    return [clause for clause in kpi.clauses if isinstance(clause, sort)]


def _first(kpi: tree.Kpi, sort: type[C]) -> C | None:
    return next(iter(_all(kpi, sort)), None)


def _ruled_twice(
    scope: Scope, name: str, curve: tree.Curve, others: Sequence[tree.Clause]
) -> Iterator[Fault]:
    """Rows say what every attainment is worth, so nothing is left for another rule to say."""
    if others:
        facts = {"name": name, "rows": scope.text(curve), "clause": scope.text(others[0])}
        yield Fault("P234", place=others[0].place, also=curve.place, facts=facts)


def _fault(
    scope: Scope, code: str, name: str, expr: tree.Expr, severity: Severity = "error", fix: str | None = None
) -> Fault:
    return Fault(code, severity, expr.place, facts={"name": name, "value": scope.text(expr)}, fix=fix)


def _accels(
    scope: Scope, name: str, accels: Sequence[tree.Accel], decels: Sequence[tree.Decel], worth: Worth
) -> Iterator[Fault]:
    """Several accelerators or decelerators are steps of one rule: one meaning, each its own bound."""
    mixed = next((accel for accel in accels if accel.mode != accels[0].mode), None)
    if mixed is not None:
        yield Fault("P406", place=mixed.place, also=accels[0].place, facts={"name": name})
    for several, code in ((accels, "P407"), (decels, "P437")):
        bounds: dict[Fraction, tree.Accel | tree.Decel] = {}
        for one in several:
            bound = worth(one.bound)
            if bound is not None and (earlier := bounds.setdefault(bound, one)) is not one:
                facts = {"name": name, "bound": scope.text(one.bound)}
                yield Fault(code, place=one.place, also=earlier.place, facts=facts)
            if len(several) > 1 and constant(one.bound) is None:
                yield Fault("P413", place=one.bound.place, facts={"name": name})


def _cutoff(
    scope: Scope,
    name: str,
    cutoff: tree.Cutoff,
    cap: tree.Cap | None,
    accels: Sequence[tree.Accel],
    worth: Worth,
) -> Iterator[Fault]:
    value = worth(cutoff.bound)
    if value is None:
        return
    if cap is not None and (limit := worth(cap.limit)) is not None and limit < value:
        facts = {"name": name, "cutoff": scope.text(cutoff.bound), "cap": scope.text(cap.limit)}
        yield Fault("P420", place=cap.place, also=cutoff.place, facts=facts)
        return
    for accel in accels:
        above = worth(accel.bound)
        if above is not None and above < value:
            facts = {"name": name, "cutoff": scope.text(cutoff.bound), "bound": scope.text(accel.bound)}
            yield Fault("P408", "warning", accel.place, cutoff.place, facts)
            return


def _decel(
    scope: Scope,
    name: str,
    decel: tree.Decel,
    cutoff: tree.Cutoff | None,
    accels: Sequence[tree.Accel],
    worth: Worth,
) -> Iterator[Fault]:
    for part in leaves(decel.factor):
        value = worth(part)
        if value is not None and (value > 1 or (value == 1 and part is decel.factor)):
            yield _fault(scope, "P434", name, part, "warning", _slower(scope, part, value))
    bound = worth(decel.bound)
    if bound is None:
        return
    if bound <= 0:
        yield _fault(scope, "P405", name, decel.bound)
        return
    least = worth(cutoff.bound) if cutoff is not None else None
    if least is not None and cutoff is not None and bound <= least:
        facts = {"name": name, "bound": scope.text(decel.bound), "cutoff": scope.text(cutoff.bound)}
        yield Fault("P435", "warning", place=decel.place, also=cutoff.place, facts=facts)
    for accel in accels:
        above = worth(accel.bound)
        if above is not None and above < bound:
            facts = {"name": name, "bound": scope.text(decel.bound), "above": scope.text(accel.bound)}
            yield Fault("P436", place=decel.place, also=accel.place, facts=facts)
            return


def _slower(scope: Scope, factor: tree.Expr, value: Fraction) -> str | None:
    """The factor that was meant by one that does not slow down: `80` for `80%`, `8` for `0.8`."""
    if not isinstance(factor, tree.Number) or value < 2 or value >= 100:
        return None
    meant = tree.Percent(value / 100) if value > SUSPICIOUS else tree.Number(value / 10)
    return written(meant, words(scope.plan.lang))


def _accel(scope: Scope, name: str, accel: tree.Accel, worth: Worth) -> Iterator[Fault]:
    bound = worth(accel.bound)
    if bound is not None and bound < 0:
        yield _fault(scope, "P405", name, accel.bound)
    for factor in leaves(accel.factor):
        if (value := worth(factor)) is not None:
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
    scope: Scope,
    name: str,
    cap: tree.Cap,
    cutoff: tree.Cutoff | None,
    accels: Sequence[tree.Accel],
    worth: Worth,
) -> Iterator[Fault]:
    value = worth(cap.limit)
    counts = cap.base == "attainment"
    least = worth(cutoff.bound) if cutoff is not None and counts else None
    if value is None or value <= 0 or cap.unless is not None or (least is not None and value < least):
        return  # at fault by itself, or the cutoff says so
    if value < 1 and isinstance(cap.limit, tree.Percent):
        yield _fault(scope, "P410", name, cap.limit, "warning")
    elif counts:
        for accel in accels:
            above = worth(accel.bound)
            if above is not None and above >= value:
                facts = {"name": name, "cap": scope.text(cap.limit), "bound": scope.text(accel.bound)}
                yield Fault("P411", "warning", accel.place, cap.place, facts)
