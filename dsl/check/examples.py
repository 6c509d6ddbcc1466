"""Worked examples held against the plan: every fact that is needed is given once, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault, nearest
from .constant import constant
from .scope import Scope, entries, outcomes


def examples(scope: Scope, *, whole: bool) -> Iterator[Fault]:
    """What is wrong with the examples; what they lack only where no line failed to parse (`whole`)."""
    titles: dict[str, tree.Example] = {}
    for example in scope.examples:
        earlier = titles.setdefault(example.title.text, example)
        if earlier is not example:
            facts = {"title": example.title.text}
            yield Fault("P223", place=example.title.place, also=earlier.title.place, facts=facts)
        yield from _given(scope, example, whole=whole)
        yield from _paid(scope, example, whole=whole)


def _given(scope: Scope, example: tree.Example, *, whole: bool) -> Iterator[Fault]:
    seen: dict[tuple[str, bool], tree.Entry] = {}
    for entry in entries(example):
        name = entry.name.text
        known = scope.kpis if entry.target else scope.needs
        earlier = seen.setdefault((name, entry.target), entry)
        if earlier is not entry:
            yield Fault("P219", place=entry.place, also=earlier.place, facts={"name": name})
        elif name in scope.figures and not entry.target:
            yield Fault("P224", place=entry.name.place, also=scope.figures[name].place, facts={"name": name})
        elif name not in known and whole:
            yield Fault("P220", place=entry.name.place, facts={"name": name}, fix=nearest(name, known))
        elif entry.target and _fixed(scope.kpis.get(name)):
            yield Fault("P225", place=entry.place, also=scope.kpis[name].place, facts={"name": name})
    if not whole:
        return
    missing = [
        name
        for name in scope.needs
        if (name, False) not in seen and not (name in scope.facts and scope.facts[name].default is not None)
    ]
    if missing:
        names = tuple(f"`{name}`" for name in missing)
        yield Fault("P221", place=example.title.place, facts={"names": names, "title": example.title.text})
    for name, kpi in scope.kpis.items():
        if (name, True) not in seen and not any(isinstance(clause, tree.Target) for clause in kpi.clauses):
            yield Fault("P226", place=example.title.place, also=kpi.name.place, facts={"name": name})


def _fixed(kpi: tree.Kpi | None) -> bool:
    """Whether the plan fixes the target of a KPI."""
    return kpi is not None and any(
        isinstance(clause, tree.Target) and not clause.personal for clause in kpi.clauses
    )


def _paid(scope: Scope, example: tree.Example, *, whole: bool) -> Iterator[Fault]:
    lines = {*scope.kpis, *scope.commissions}
    seen: dict[tuple[tree.Paid, str], tree.Outcome] = {}
    for outcome in outcomes(example):
        name = outcome.name.text if outcome.name else ""
        earlier = seen.setdefault((outcome.paid, name), outcome)
        if earlier is not outcome:
            yield Fault("P219", place=outcome.place, also=earlier.place, facts={"name": scope.text(outcome)})
        elif whole and not _paying(scope, outcome, name):
            place = outcome.name.place if outcome.name else outcome.place
            yield Fault("P222", place=place, facts={"name": scope.text(outcome.name or outcome)}, fix=nearest(name, lines))
        if constant(outcome.value) is None:
            yield Fault("P307", place=outcome.value.place, facts={})
    if whole and not seen:
        yield Fault("P227", place=example.title.place, facts={"title": example.title.text})


def _paying(scope: Scope, outcome: tree.Outcome, name: str) -> bool:
    match outcome.paid:
        case "line":
            return name in scope.kpis or name in scope.commissions
        case "salary":
            return scope.salary is not None
        case "bonus":
            return bool(scope.kpis)
        case "commission":
            return "commission" in scope.commissions
        case "total":
            return True
