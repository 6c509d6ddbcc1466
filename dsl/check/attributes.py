"""Attributes of people: their values, the choices between them, and for whom a KPI is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import prod

from .. import tree
from ..faults import Fault, nearest
from ..words import words
from .people import SortOfPeople, applies, attributes, conditions, sorts
from .scope import SHOWN, Scope, listed


def choices(scope: Scope, strays: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with attributes wherever they are asked for, and with the values that they are given."""
    yield from _declared(scope)
    told, valued = {*strays}, _valued(scope)
    for expr in scope.expressions:
        match expr:
            case tree.Identity(attribute, value):
                yield from _asked(scope, attribute, [value], told, valued)
            case tree.By(attribute, cases):
                named = [case.value for case in cases if case.value is not None]
                yield from _asked(scope, attribute, named, told, valued)
                if attribute.text not in told:
                    yield from _covered(scope, expr)
            case tree.Comparison():
                yield from _compared(scope, expr)
            case _:
                pass
    for example in scope.examples:
        for entry in example.entries:
            if isinstance(entry.value, tree.Name) and not entry.target and scope.choices(entry.name.text):
                yield from _known(scope, entry.name, entry.value)


def _declared(scope: Scope) -> Iterator[Fault]:
    """Values that an attribute lists twice, and a default that is none of them."""
    for fact in scope.facts.values():
        if not isinstance(fact.kind, tree.Choices):
            continue
        seen: dict[str, tree.Name] = {}
        for name in fact.kind.names:
            earlier = seen.setdefault(name.text, name)
            if earlier is not name:
                yield Fault("P253", place=name.place, also=earlier.place, facts={"value": name.text})
        if isinstance(fact.default, tree.Name):
            yield from _known(scope, fact.name, fact.default)


def _valued(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """The values that a plan asks each attribute for."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for expr in scope.expressions:
        match expr:
            case tree.Identity(attribute, value):
                found[attribute.text][value.text] = None
            case tree.By(attribute, cases):
                named = (case.value.text for case in cases if case.value is not None)
                found[attribute.text].update(dict.fromkeys(named))
            case _:
                pass
    return {name: tuple(values) for name, values in found.items()}


def _asked(
    scope: Scope,
    attribute: tree.Name,
    values: list[tree.Name],
    told: set[str],
    valued: Mapping[str, tuple[str, ...]],
) -> Iterator[Fault]:
    """An attribute that is none, told once, or those of the values asked for that it has not."""
    name = attribute.text
    if name in told:
        return
    if scope.choices(name):
        for value in values:
            yield from _known(scope, attribute, value)
        return
    told.add(name)
    vocabulary = words(scope.plan.lang)
    named = "; ".join(valued[name][:SHOWN])
    facts = {"name": name, "sample": f"{vocabulary['fact']} {name} {vocabulary['one_of']} ({named})"}
    declared = next((line.name for line in scope.behind(name) if line.name is not None), None)
    near = None if declared else scope.guess(name, (other for other in scope.facts if scope.choices(other)))
    also = declared.place if declared is not None else None
    yield Fault("P250", place=attribute.place, also=also, facts=facts, fix=near)


def _known(scope: Scope, attribute: tree.Name, value: tree.Name) -> Iterator[Fault]:
    """A value that the attribute has not."""
    known = scope.choices(attribute.text)
    if value.text in known:
        return
    facts = {"name": attribute.text, "value": value.text, "known": listed([*dict.fromkeys(known)])}
    also = scope.facts[attribute.text].name.place
    yield Fault("P251", place=value.place, also=also, facts=facts, fix=nearest(value.text, known))


def _covered(scope: Scope, by: tree.By) -> Iterator[Fault]:
    """Values that a choice names twice, or forgets."""
    seen: dict[str | None, tree.Case] = {}
    for case in by.cases:
        key = None if case.value is None else case.value.text
        earlier = seen.setdefault(key, case)
        if earlier is not case:
            value = words(scope.plan.lang)["otherwise"] if key is None else key
            yield Fault("P253", place=case.place, also=earlier.place, facts={"value": value})
    known = scope.choices(by.attribute.text)
    left = tuple(value for value in known if value not in seen)
    # A misspelt value is one mistake, and not two.
    if not left or None in seen or any(value not in known for value in seen):
        return
    otherwise = words(scope.plan.lang)["otherwise"]
    facts = {"name": by.attribute.text, "values": listed(left), "otherwise": otherwise}
    yield Fault("P252", place=by.place, also=scope.facts[by.attribute.text].name.place, facts=facts)


def _compared(scope: Scope, expr: tree.Comparison) -> Iterator[Fault]:
    """`grade = senior`, as other languages have it, for `grade is senior`."""
    for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
        if not isinstance(one, tree.Name) or not isinstance(other, tree.Name):
            continue
        known = scope.choices(one.text)
        value = other.text if other.text in known else nearest(other.text, known)
        if value is None or any(scope.behind(other.text)):
            continue
        word = {"=": "is", "<>": "is_not"}.get(expr.sign)
        vocabulary = words(scope.plan.lang)
        said = f"{one.text} {vocabulary[word or 'is']} {value}"
        facts = {"name": one.text, "said": said}
        yield Fault("P254", place=expr.place, facts=facts, fix=said if word else None)
        return


# ── For whom a KPI is there ──────────────────────────────────────────────────────────────────────────────


def whose(scope: Scope) -> Iterator[Fault]:
    """KPIs that ask for more than attributes, or that are there for nobody."""
    for kpi in scope.kpis.values():
        odd = next((part for one in conditions(kpi) for part in _others(scope, one)), None)
        if odd is not None:
            gate = words(scope.plan.lang)["only_if"]
            facts = {"name": kpi.name.text, "text": scope.text(odd), "gate": gate}
            yield Fault("P255", place=odd.place, facts=facts)
            continue
        asked = conditions(kpi)
        if asked and all(applies(kpi, sort) is False for sort in _sorts(scope, asked)):
            place = tree.among(kpi.clauses, tree.Applies)[0].place
            yield Fault("P256", place=place, facts={"name": kpi.name.text})


def _sorts(scope: Scope, asked: list[tree.Expr]) -> Iterator[SortOfPeople]:
    """The sorts that a condition tells apart; none where they are too many to look at each."""
    count = prod(len(scope.choices(name)) for name in attributes(scope, asked))
    everyone = [*sorts(scope, asked)]
    if len(everyone) < count:
        yield SortOfPeople({}, scope)  # of whom nothing is known
    yield from everyone


def _others(scope: Scope, condition: tree.Expr) -> Iterator[tree.Expr]:
    """The parts of a condition that hang on more than attributes, be it through figures."""
    figures: set[str] = set()
    waiting: list[tuple[tree.Expr, tree.Expr | None]] = [(condition, None)]
    while waiting:
        part, figure = waiting.pop()
        match part:
            case tree.YesNo() | tree.Identity():
                pass
            case tree.Denial() | tree.Logic() | tree.Several() | tree.Choice() | tree.By():
                waiting.extend((one, figure) for one in reversed([*tree.operands(part)]))
            case tree.Name(text) if text in scope.figures:
                if text not in figures:
                    figures.add(text)
                    waiting.append((scope.figures[text].value, figure or part))
            case _:
                yield figure or part
