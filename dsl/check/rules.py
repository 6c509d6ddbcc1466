"""Rules of the trade: what a plan must have and what its numbers must be to pay anybody sensibly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..source import NOWHERE
from ..words import words
from .constant import constant
from .scope import Scope, entries, formulas, outcomes


def rules(scope: Scope, currency: str | None, *, whole: bool) -> Iterator[Fault]:
    """The broken rules; those about what is missing only where no line failed to parse (`whole`)."""
    if whole:
        yield from _complete(scope)
        yield from _weights(scope)
    for kpi in scope.kpis.values():
        yield from _kpi(scope, kpi)
    for fact in scope.facts.values():
        yield from _fact(scope, fact, whole=whole)
    yield from _literals(scope, currency)


def _complete(scope: Scope) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    if scope.kpis and scope.bonus is None:
        first = next(iter(scope.kpis.values()))
        facts = {"name": first.name.text, "bonus": vocabulary["bonus"]}
        yield Fault("P212", place=first.name.place, facts=facts)
    if scope.bonus is not None and not scope.kpis:
        yield Fault("P213", place=scope.bonus.place)
    if not scope.kpis and not scope.commissions and scope.salary is None:
        yield Fault("P214", place=NOWHERE)
    for kpi in scope.kpis.values():
        if not any(isinstance(clause, tree.Weight) for clause in kpi.clauses):
            facts = {"name": kpi.name.text, "weight": vocabulary["weight"]}
            yield Fault("P215", place=kpi.name.place, facts=facts)


def _weights(scope: Scope) -> Iterator[Fault]:
    """Weights share out one bonus, so together they make 100 %: `domain.md`, the KPI bonus."""
    weights = [clause for kpi in scope.kpis.values() for clause in kpi.clauses if isinstance(clause, tree.Weight)]
    shares = [constant(weight.share) for weight in weights]
    if not weights or len(weights) < len(scope.kpis) or not all(isinstance(w.share, tree.Percent) for w in weights):
        return
    total = sum((share for share in shares if share is not None), Fraction(0))
    if total != 1:
        facts = {
            "sum": percent(total, scope),
            "parts": " + ".join(scope.text(weight.share) for weight in weights),
            "difference": percent(abs(1 - total), scope),
        }
        code = "P401" if total < 1 else "P402"
        yield Fault(code, place=weights[-1].place, also=weights[0].place, facts=facts)


def _kpi(scope: Scope, kpi: tree.Kpi) -> Iterator[Fault]:
    seen: dict[type[tree.Clause], tree.Clause] = {}
    accels: list[tree.Accel] = []
    for clause in kpi.clauses:
        if isinstance(clause, tree.Accel):
            accels.append(clause)
        elif (earlier := seen.setdefault(_sort(clause), clause)) is not clause:
            facts = {"name": kpi.name.text, "clause": scope.text(clause), "earlier": scope.text(earlier)}
            yield Fault("P216", place=clause.place, also=earlier.place, facts=facts)
    yield from _accels(scope, kpi, accels)
    for clause in kpi.clauses:
        yield from _clause(scope, kpi, clause, accels)


def _sort(clause: tree.Clause) -> type[tree.Clause]:
    return type(clause)


def _accels(scope: Scope, kpi: tree.Kpi, accels: list[tree.Accel]) -> Iterator[Fault]:
    """Several accelerators of a KPI are steps of one rule: one meaning, each its own bound."""
    bounds: dict[Fraction, tree.Accel] = {}
    for accel in accels:
        if accel.mode != accels[0].mode:
            yield Fault("P406", place=accel.place, also=accels[0].place, facts={"name": kpi.name.text})
        bound = constant(accel.bound)
        if bound is not None and (earlier := bounds.setdefault(bound, accel)) is not accel:
            facts = {"name": kpi.name.text, "bound": scope.text(accel.bound)}
            yield Fault("P407", place=accel.place, also=earlier.place, facts=facts)
        if len(accels) > 1 and bound is None:
            yield Fault("P413", place=accel.bound.place, facts={"name": kpi.name.text})


def _clause(scope: Scope, kpi: tree.Kpi, clause: tree.Clause, accels: list[tree.Accel]) -> Iterator[Fault]:
    name = kpi.name.text
    match clause:
        case tree.Weight(share):
            value = constant(share)
            if value is not None and not 0 < value <= 1:
                yield Fault("P403", place=share.place, facts={"name": name, "value": scope.text(share)})
        case tree.Target(target):
            value = constant(target)
            if value is not None and value <= 0:
                yield Fault("P404", place=target.place, facts={"name": name, "value": scope.text(target)})
        case tree.Cutoff(bound):
            value = constant(bound)
            if value is not None and value < 0:
                yield Fault("P405", place=bound.place, facts={"name": name, "value": scope.text(bound)})
            for accel in accels:
                above = constant(accel.bound)
                if value is not None and above is not None and above < value:
                    facts = {"name": name, "cutoff": scope.text(bound), "bound": scope.text(accel.bound)}
                    yield Fault("P408", "warning", place=accel.place, also=clause.place, facts=facts)
        case tree.Accel(factor, _, bound):
            value = constant(factor)
            if value is not None and value <= 0:
                yield Fault("P405", place=factor.place, facts={"name": name, "value": scope.text(factor)})
            elif value is not None and value < 1:
                yield Fault("P409", "warning", place=factor.place, facts={"name": name, "value": scope.text(factor)})
            elif value is not None and value >= SUSPICIOUS:
                yield Fault("P414", "warning", place=factor.place, facts={"name": name, "value": scope.text(factor)})
        case tree.Cap(limit, base):
            value = constant(limit)
            if value is not None and value <= 0:
                yield Fault("P405", place=limit.place, facts={"name": name, "value": scope.text(limit)})
            elif value is not None and value < 1 and isinstance(limit, tree.Percent):
                yield Fault("P410", "warning", place=clause.place, facts={"name": name, "value": scope.text(limit)})
            for accel in accels if base == "attainment" else []:
                above = constant(accel.bound)
                if value is not None and above is not None and above >= value:
                    facts = {"name": name, "cap": scope.text(limit), "bound": scope.text(accel.bound)}
                    yield Fault("P411", "warning", place=accel.place, also=clause.place, facts=facts)


SUSPICIOUS = 10  # a factor this large is more often a forgotten decimal mark (12 for 1.2)


def _fact(scope: Scope, fact: tree.Fact, *, whole: bool) -> Iterator[Fault]:
    name = fact.name.text
    if fact.default is not None and constant(fact.default) is None and not isinstance(
        fact.default, tree.Date | tree.YesNo
    ):
        yield Fault("P217", place=fact.default.place, facts={"name": name})
    if not whole or name in scope.kpis:
        return
    used = any(
        isinstance(expr, tree.Name) and expr.text == name
        for statement in scope.plan.statements
        for formula in formulas(statement)
        for expr in tree.walk(formula)
    )
    if not used:
        yield Fault("P218", "warning", place=fact.name.place, facts={"name": name})


def _literals(scope: Scope, currency: str | None) -> Iterator[Fault]:
    """Days that no calendar has, amounts in another currency, and divisions by nothing."""
    vocabulary = words(scope.plan.lang)
    for expr in _expressions(scope.plan):
        match expr:
            case tree.Date(text) if expr.value is None:
                yield Fault("P312", place=expr.place, facts={"date": text})
            case tree.Amount(_, typed) if currency is not None:
                code = vocabulary.signs.get(typed.casefold(), typed)
                if code != currency:
                    yield Fault("P313", place=expr.place, facts={"code": typed, "currency": currency})
            case tree.Arithmetic("/", _, divisor) if constant(divisor) == 0:
                yield Fault("P412", place=expr.place, facts={"divisor": scope.text(divisor)})
            case tree.Rounded(_, unit):
                size = constant(unit)
                if size is None or size <= 0:
                    yield Fault("P415", place=unit.place, facts={"unit": scope.text(unit)})
            case _:
                pass


def _expressions(plan: tree.Plan) -> Iterator[tree.Expr]:
    for statement in plan.statements:
        for formula in formulas(statement):
            yield from tree.walk(formula)
        match statement:
            case tree.Effect(start=start):
                yield start
            case tree.Fact(default=default) if default is not None:
                yield default
            case tree.Example():
                for entry in entries(statement):
                    yield from tree.walk(entry.value)
                for outcome in outcomes(statement):
                    yield from tree.walk(outcome.value)
            case _:
                pass


def percent(value: Fraction, scope: Scope) -> str:
    """A constant as a percentage, as the plan's language writes it."""
    return f"{decimal(value * 100, words(scope.plan.lang).decimal)}%"


def decimal(value: Fraction, mark: str) -> str:
    """A finite decimal without trailing zeros."""
    digits = 0
    while value.denominator != 1 and digits < 30:
        value *= 10
        digits += 1
    text = str(abs(round(value))).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{text[:-digits]}{mark}{text[-digits:]}" if digits else text)
