"""Worked examples held against the plan: every fact that is needed is given once, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from .. import tree
from ..faults import Fault
from ..words import words
from .constant import constant
from .kinds import Kinds
from .literals import fitting
from .scope import COMMISSION, Scope

SHOWN = 8  # missing facts that a report lists


@dataclass(frozen=True, slots=True)
class Needs:
    """What every example has to give: facts that nothing presumes, and targets that the plan leaves open."""

    facts: tuple[str, ...]
    targets: tuple[str, ...]


def examples(scope: Scope, kinds: Kinds, strays: Mapping[str, str], *, whole: bool) -> Iterator[Fault]:
    """What is wrong with the examples; what they lack only where no line failed to parse (`whole`)."""
    titles: dict[str, tree.Example] = {}
    entered: list[set[tuple[str, bool]]] = []
    for example in scope.examples:
        earlier = titles.setdefault(example.title.text, example)
        if earlier is not example:
            facts = {"title": example.title.text}
            yield Fault("P223", place=example.title.place, also=earlier.title.place, facts=facts)
        entered.append(set())
        yield from _given(scope, kinds, strays, example, entered[-1], whole=whole)
        yield from _paid(scope, strays, example, whole=whole)
    if whole:
        yield from _missing(scope, strays, entered)


def _given(
    scope: Scope,
    kinds: Kinds,
    strays: Mapping[str, str],
    example: tree.Example,
    entered: set[tuple[str, bool]],
    *,
    whole: bool,
) -> Iterator[Fault]:
    """What is wrong with what an example gives; all of it is entered, be it misspelt."""
    seen: dict[tuple[str, bool], tree.Entry] = {}
    for entry in example.entries:
        name, target = entry.name.text, entry.target
        known = scope.kpis if target else scope.needs
        earlier = seen.setdefault((name, target), entry)
        entered.update([(name, target), (strays.get(name, name), target)])
        if earlier is not entry:
            yield Fault("P219", place=entry.place, also=earlier.place, facts={"name": name})
        elif name in scope.figures and not target:
            also = scope.figures[name].name.place
            yield Fault("P224", place=entry.name.place, also=also, facts={"name": name})
        elif name not in known and name not in strays.values():
            # A line of pay that a formula uses is at fault there.
            if whole and not (name in scope.pays and name in scope.used):
                near = scope.guess(name, (one for one in known if (one, target) not in seen))
                entered.add((near or name, target))
                yield Fault("P220", place=entry.name.place, facts={"name": name}, fix=near)
        elif target and name in scope.kpis and (fixed := _target(scope.kpis[name])) and not fixed.personal:
            yield Fault("P225", place=entry.place, also=fixed.place, facts={"name": name})
        elif not target:
            if name not in strays.values():
                yield from fitting(scope, kinds, name, entry.value)
        elif (number := constant(entry.value)) is not None and number <= 0:
            facts = {"name": name, "value": scope.text(entry.value)}
            yield Fault("P404", place=entry.value.place, facts=facts)


def _missing(
    scope: Scope, strays: Mapping[str, str], entered: list[set[tuple[str, bool]]]
) -> Iterator[Fault]:
    """Facts and targets that examples forget."""
    needs = _needs(scope, strays)
    given = [(example, names) for example, names in zip(scope.examples, entered, strict=True) if example.rows]
    if len(given) > 1:
        # What none of several gives is one mistake: most often the name in the formula.
        everywhere = set().union(*(names for _, names in given))
        nowhere = [name for name in needs.facts if (name, False) not in everywhere]
        if nowhere:
            yield Fault("P231", place=scope.needs[nowhere[0]], facts={"names": _listed(nowhere)})
        needs = replace(needs, facts=tuple(name for name in needs.facts if name not in {*nowhere}))
    for example, names in given:
        facts = [name for name in needs.facts if (name, False) not in names]
        if facts:
            told = {"names": _listed(facts), "title": example.title.text}
            yield Fault("P221", place=example.title.place, also=scope.needs[facts[0]], facts=told)
        targets = [name for name in needs.targets if (name, True) not in names]
        if targets:
            sample = f"{words(scope.plan.lang)['target_of']} {targets[0]}"
            told = {"names": _listed(targets), "title": example.title.text, "sample": sample}
            also = scope.kpis[targets[0]].name.place
            yield Fault("P226", place=example.title.place, also=also, facts=told)


def _needs(scope: Scope, strays: Mapping[str, str]) -> Needs:
    preset = {name for name, fact in scope.facts.items() if fact.default is not None}
    # A misspelt name is missing nowhere, nor is what a misspelt figure computes.
    told = {*strays, *(meant for name, meant in strays.items() if name in scope.figures)}
    return Needs(
        tuple(name for name in scope.needs if name not in preset and name not in told),
        tuple(name for name, kpi in scope.kpis.items() if name not in told and _target(kpi) is None),
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _target(kpi: tree.Kpi) -> tree.Target | None:
    """The clause with which a plan sets the target of a KPI."""
    return next((clause for clause in kpi.clauses if isinstance(clause, tree.Target)), None)


def _paid(scope: Scope, strays: Mapping[str, str], example: tree.Example, *, whole: bool) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    seen: dict[tuple[tree.Paid, str], tree.Outcome] = {}
    for outcome in example.outcomes:
        name = outcome.name.text if outcome.name else vocabulary[outcome.paid]
        earlier = seen.setdefault((outcome.paid, name), outcome)
        if earlier is not outcome:
            yield Fault("P219", place=outcome.place, also=earlier.place, facts={"name": name})
        elif whole and not _paying(scope, outcome, name) and name not in strays.values():
            place = outcome.name.place if outcome.name else outcome.place
            paying = [*scope.kpis, *(line for line in scope.pays if line != COMMISSION)]
            near = scope.guess(name, paying) if outcome.name else None
            yield Fault("P222", place=place, facts={"name": name}, fix=near)
    if whole and not seen:
        facts = {"title": example.title.text, "pays": vocabulary["pays"]}
        yield Fault("P227", place=example.title.place, facts=facts)


def _paying(scope: Scope, outcome: tree.Outcome, name: str) -> bool:
    """Whether the plan has the line of pay that an example speaks of."""
    match outcome.paid:
        case "line":
            return name in scope.kpis or (name in scope.pays and name != COMMISSION)
        case "salary":
            return scope.salary is not None
        case "bonus":
            return bool(scope.kpis)
        case "commission":
            return COMMISSION in scope.pays
        case "total":
            return True
        case _:
            assert_never(outcome.paid)
