"""Worked examples held against the plan: each fact is given once, and nothing that the plan does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from .. import tree
from ..faults import Fault
from ..place import Place
from ..words import words
from .constant import constant
from .kinds import Kinds
from .literals import day, fitting
from .people import SortOfPeople, applies, attributes, conditions
from .scope import COMMISSION, Scope


def examples(scope: Scope, kinds: Kinds, strays: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the examples as far as they go; what they lack only a kernel can say."""
    titles: dict[str, tree.Example] = {}
    for example in scope.examples:
        earlier = titles.setdefault(example.title.text, example)
        if earlier is not example:
            facts = {"title": example.title.text}
            yield Fault("P223", place=example.title.place, also=earlier.title.place, facts=facts)
        yield from _timed(scope, example)
        yield from _given(scope, kinds, strays, example)
        yield from _shown(scope, strays, example)
        yield from _paid(scope, strays, example)


def _given(scope: Scope, kinds: Kinds, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    """What is wrong with what an example gives."""
    seen: dict[tuple[str, bool], tree.Entry] = {}
    for entry in example.entries:
        name, target = entry.name.text, entry.target
        known = scope.kpis if target else scope.needs
        earlier = seen.setdefault((name, target), entry)
        if earlier is not entry:
            yield Fault("P219", place=entry.place, also=earlier.place, facts={"name": name})
        elif name in scope.figures and not target:
            also = scope.figures[name].name.place
            yield Fault("P224", place=entry.name.place, also=also, facts={"name": name})
        elif name not in known and name not in strays.values():
            # A line of pay that a formula uses is at fault there.
            if scope.whole and not (name in scope.pays and name in scope.used):
                near = scope.guess(name, (one for one in known if (one, target) not in seen))
                yield Fault("P220", place=entry.name.place, facts={"name": name}, fix=near)
        elif (
            target
            and name in scope.kpis
            and (fixed := tree.first(scope.kpis[name].clauses, tree.Target))
            and not fixed.personal
        ):
            yield Fault("P225", place=entry.place, also=fixed.place, facts={"name": name})
        elif not target:
            if name not in strays.values():
                yield from fitting(scope, kinds, name, entry.value)
        elif (number := constant(entry.value)) is not None and number <= 0:
            facts = {"name": name, "value": scope.text(entry.value)}
            yield Fault("P404", place=entry.value.place, facts=facts)


def _shown(scope: Scope, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    """What is wrong with the figures, targets and attainments that an example says it comes to."""
    seen: dict[tuple[str, str], tree.Shown] = {}
    for one in example.shown:
        name = one.name.text
        known = scope.figures if one.what == "figure" else scope.kpis
        earlier = seen.setdefault((one.what, name), one)
        if earlier is not one:
            yield Fault("P219", place=one.place, also=earlier.place, facts={"name": name})
        elif scope.whole and name not in known and name not in strays.values():
            yield Fault("P298", place=one.name.place, facts={"name": name}, fix=scope.guess(name, known))


def _paid(scope: Scope, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    seen: dict[tuple[tree.Paid, str], tree.Outcome] = {}
    for outcome in example.outcomes:
        name = outcome.name.text if outcome.name else vocabulary[outcome.paid]
        earlier = seen.setdefault((outcome.paid, name), outcome)
        if earlier is not outcome:
            yield Fault("P219", place=outcome.place, also=earlier.place, facts={"name": name})
        elif scope.whole and not _paying(scope, outcome, name) and name not in strays.values():
            place = outcome.name.place if outcome.name else outcome.place
            paying = [*scope.kpis, *(line for line in scope.pays if line != COMMISSION)]
            near = scope.guess(name, paying) if outcome.name else None
            yield Fault("P222", place=place, facts={"name": name}, fix=near)
        elif (fault := _absent(scope, example, outcome)) is not None:
            yield fault
    if scope.whole and not seen:
        facts = {"title": example.title.text, "pays": vocabulary["pays"]}
        yield Fault("P227", place=example.title.place, facts=facts)


def _absent(scope: Scope, example: tree.Example, outcome: tree.Outcome) -> Fault | None:
    """The fault of a KPI that pays something to people of a sort for whom it is not there."""
    kpi = scope.kpis.get(outcome.name.text) if outcome.name is not None else None
    if kpi is None or not constant(outcome.value):
        return None
    # What the example gives of each attribute, or else what is presumed, if the attribute has such a value.
    asked = attributes(scope, conditions(kpi))
    own = {entry.name.text: entry.value for entry in reversed(example.entries) if not entry.target}
    given = {name: own.get(name, scope.facts[name].default) for name in asked}
    known = {
        name: value.text
        for name, value in given.items()
        if isinstance(value, tree.Name) and value.text in scope.choices(name)
    }
    sort = SortOfPeople(known, scope)
    if applies(kpi, sort) is not False:
        return None
    also = tree.among(kpi.clauses, tree.Applies)[0].place
    facts = {"name": kpi.name.text, "sort": str(sort)}
    return Fault("P266", place=outcome.place, also=also, facts=facts)


def _timed(scope: Scope, example: tree.Example) -> Iterator[Fault]:
    """An example for a time that there is not, or that is over before the plan applies."""
    said = example.period
    if said is None:
        return
    text = scope.text(example)
    at = example.place.start + text.rindex(said)
    place = Place(at, at + len(said))
    # A month is at fault as its first day would be.
    date = said if len(said) > len("2025-07") else f"{said}-01"
    if tree.Date(date).value is None:
        yield Fault("P312", place=place, facts={"date": said}, fix=day(said) if date == said else None)
    elif scope.effect is not None and said[:7] < scope.effect.isoformat()[:7]:
        facts = {"period": said[:7], "effect": scope.effect.isoformat(), "title": example.title.text}
        start = next(line for line in scope.lines if isinstance(line, tree.Effect)).start.place
        yield Fault("P263", place=place, also=start, facts=facts)


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
