"""What people of a sort have to bring: only the facts and targets of their own lines.

A junior and a senior read one plan, and nobody is asked for what only the other's pay is computed from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from .. import tree
from .kinds import Kinds
from .people import Sort, applies, chosen, conditions, holds
from .scope import COUNTED, TAKEN_OFF, Scope

Clauses = tuple[tree.Clause, ...]


@dataclass(slots=True)
class Needs:
    """Names of facts, and of the KPIs whose targets the plan leaves open, in the order they are met in."""

    facts: dict[str, None] = field(default_factory=dict)
    targets: dict[str, None] = field(default_factory=dict)


def needs(scope: Scope, kinds: Kinds, sort: Sort) -> Needs:
    """The facts and targets that the pay of people of a sort is computed from."""
    found = Needs()
    seen: set[tuple[str, str]] = set()
    waiting = [*_lines(scope, kinds, sort)]
    while waiting:
        expr = waiting.pop()
        match expr:
            case _ if scope.named_line(expr) is not None:
                pass  # the lines of pay are all looked at, whoever names them
            case tree.Name(text):
                if text not in scope.figures:
                    found.facts[text] = None
                elif ("figure", text) not in seen:
                    seen.add(("figure", text))
                    waiting.append(scope.figures[text].value)
            case tree.TargetOf(name) | tree.AttainmentOf(name) if name.text in scope.kpis:
                if ("target", name.text) not in seen:
                    seen.add(("target", name.text))
                    waiting.extend(_target(scope.kpis[name.text], found))
                if isinstance(expr, tree.AttainmentOf):
                    waiting.append(name)
            case tree.FullSalary() if scope.salary is not None:
                waiting.append(scope.salary.amount)
            case _:
                waiting.extend(_parts(expr, sort))
    return found


def _parts(expr: tree.Expr, sort: Sort) -> Iterator[tree.Expr]:
    """The parts of an expression that count for people of a sort."""
    match expr:
        case tree.By(attribute) | tree.Identity(attribute) if attribute.text not in sort.values:
            yield attribute
            yield from tree.operands(expr)
        case tree.By() | tree.Choice():
            part = chosen(expr, sort)
            yield from tree.operands(expr) if part is None else [part]
        case tree.Logic() | tree.Several() | tree.Denial():
            if holds(expr, sort) is None:
                yield from (one for one in tree.operands(expr) if holds(one, sort) is None)
        case _:
            yield from tree.operands(expr)


def _target(kpi: tree.Kpi, found: Needs) -> Iterator[tree.Expr]:
    """What the target of a KPI is computed from; one that the plan does not set is needed itself."""
    if not any(isinstance(clause, tree.Target) for clause in kpi.clauses):
        found.targets[kpi.name.text] = None
    for clause in kpi.clauses:
        if isinstance(clause, tree.Target | tree.TargetProrated | tree.Tolerance):
            yield from tree.terms(clause)


# ── Lines of pay ─────────────────────────────────────────────────────────────────────────────────────────


def _lines(scope: Scope, kinds: Kinds, sort: Sort) -> Iterator[tree.Expr]:
    """The expressions of the lines that people of a sort are paid by."""
    total = scope.total.clauses if scope.total else ()
    variable = scope.variable.clauses if scope.variable else ()
    bonus = scope.bonus.clauses if scope.bonus else ()
    spread: dict[str, list[tree.Expr]] = {}
    if scope.salary is not None:
        yield from _line([scope.salary.amount], scope.salary.clauses, [total], sort)
    for kpi in scope.kpis.values():
        yield from (one for one in conditions(kpi) if holds(one, sort) is None)
        if applies(kpi, sort) is False or scope.bonus is None:
            continue
        yield tree.AttainmentOf(kpi.name)
        section = scope.section_of(kpi)
        above = [() if section is None else section.clauses, bonus, variable, total]
        weights = [one.share for one in (*above[0], *kpi.clauses) if isinstance(one, tree.Weight)]
        within = "" if section is None else section.name.text
        if within not in spread:
            spread[within] = [*_spread(scope, section, sort)]
        share = [scope.bonus.pool, *weights, *spread[within]]
        yield from _line([*share, *_rule(kpi.clauses, sort)], kpi.clauses, above, sort)
        # Its limits may be percentages of its share, whether it earned any of it or not.
        limits = [
            one.limit for one in kpi.clauses if isinstance(one, tree.Floor) or _capped(one, "pay", sort)
        ]
        if any(kinds.of(limit) == "percent" for limit in limits):
            yield from share
    for pay in scope.pays.values():
        above = [] if pay.word in TAKEN_OFF else [variable, total]
        yield from _line([*_counted(pay, sort)], pay.clauses, above, sort)
    # What several lines are held to is a line by itself, be they paid or not.
    for clauses in (total, variable, bonus, *(section.clauses for section in scope.sections.values())):
        for clause in clauses:
            if isinstance(clause, tree.Floor) or _capped(clause, "pay", sort):
                yield from tree.terms(clause)


def _counted(pay: tree.Pay, sort: Sort) -> Iterator[tree.Expr]:
    """What a line pays, and what it is paid for: nothing where these people never have that."""
    done = pay.name if pay.word in COUNTED else None
    had = True if done is None else holds(done, sort)
    if had is not False:
        yield pay.amount
    if done is not None and had is None:
        yield done


def _spread(scope: Scope, section: tree.Section | None, sort: Sort) -> Iterator[tree.Expr]:
    """What decides which of the KPIs that share something count, of those that people of a sort have."""
    sharing = [
        clause
        for kpi in scope.kpis.values()
        if scope.section_of(kpi) is section and applies(kpi, sort) is not False
        for clause in kpi.clauses
    ]
    if ("" if section is None else section.name.text) in scope.spreading:
        yield from (
            term for one in sharing if isinstance(one, tree.Spread | tree.Weight) for term in tree.terms(one)
        )


def _line(earned: list[tree.Expr], own: Clauses, above: list[Clauses], sort: Sort) -> Iterator[tree.Expr]:
    """What a line is computed from: nothing of what lies behind a gate that is shut for these people."""
    needed = [*earned]
    for clause in (clause for clauses in (own, *above) for clause in clauses):
        if isinstance(clause, tree.OnlyIf):
            opens = holds(clause.condition, sort)
            needed = [*needed, *([clause.condition] if opens is None else [])] if opens is not False else []
    yield from needed
    for clause in own:
        if _acts(clause) or _capped(clause, "pay", sort):
            yield from tree.terms(clause)
    for clause in (clause for clauses in above for clause in clauses):
        if _acts(clause) and not clause.declared.settles:
            yield from tree.terms(clause)


def _acts(clause: tree.Clause) -> bool:
    """Whether a clause makes another amount of the pay of a line, be it for whom it may."""
    return clause.declared.about == "pay" and not isinstance(clause, tree.OnlyIf | tree.Cap)


def _rule(clauses: Clauses, sort: Sort) -> Iterator[tree.Expr]:
    """What says how much attainment is worth."""
    for clause in clauses:
        worth = isinstance(clause, tree.Cutoff | tree.Decel | tree.Accel | tree.Curve)
        if worth or _capped(clause, "attainment", sort):
            yield from tree.terms(clause)


def _capped(clause: tree.Clause, base: tree.CapBase, sort: Sort) -> TypeGuard[tree.Cap]:
    """Whether a clause is a cap that is not lifted for people of a sort."""
    if not isinstance(clause, tree.Cap) or clause.base != base:
        return False
    return clause.unless is None or holds(clause.unless, sort) is not True
