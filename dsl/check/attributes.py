"""Attributes of people: their values, the choices between them, and for whom a KPI is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import prod

from .. import tree
from ..faults import Fault, nearest
from ..parse.mistakes.spelling import synonyms
from ..place import Place
from .people import SortOfPeople, applies, attributes, conditions, sorts
from .scope import SHOWN, Scope, listed, said_alone, swapped

# An attribute as a formula asks for it, and the values that it asks for.
Asked = tuple[tree.Name, list[tree.Name]]


def choices(scope: Scope, strays: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with attributes wherever they are asked for, and with the values that they are given."""
    yield from _declared(scope)
    for name, asked in _asked(scope).items():
        if name in strays:
            continue
        if not scope.choices(name):
            yield _none(scope, asked)
            continue
        for attribute, values in asked:
            yield from (fault for value in values for fault in _known(scope, attribute, value))
    for expr in scope.expressions:
        match expr:
            case tree.By(tree.Name(name)) if scope.choices(name) and name not in strays:
                yield from _covered(scope, expr)
            case tree.Comparison():
                yield from _compared(scope, expr)
    for word in said_alone(scope):
        if (found := scope.value(word.text)) is not None:
            said = f"{found[0]} {scope.words['is']} {found[1]}"
            yield scope.fault("P331", word, word=word.text, name=found[0], said=said, fix=said)
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
            if (earlier := seen.setdefault(name.text, name)) is not name:
                yield scope.fault("P253", name, also=earlier, value=name.text)
        if isinstance(fact.default, tree.Name):
            yield from _known(scope, fact.name, fact.default)


def _asked(scope: Scope) -> Mapping[str, list[Asked]]:
    """Where a plan asks for each attribute, and for which of its values."""
    found: defaultdict[str, list[Asked]] = defaultdict(list)
    for expr in scope.expressions:
        match expr:
            case tree.Identity(attribute, value):
                found[attribute.text].append((attribute, [value]))
            case tree.By(attribute, cases):
                named = [case.value for case in cases if case.value is not None]
                found[attribute.text].append((attribute, named))
    return found


def _none(scope: Scope, asked: list[Asked]) -> Fault:
    """What is asked for as an attribute, and is none."""
    attribute, name = asked[0][0], asked[0][0].text
    named = dict.fromkeys(value.text for _, values in asked for value in values)
    # A column is called as it is in its table.
    column, own = name in scope.columns, name.rpartition(".")[2]
    sample = f"{own} {scope.words['one_of']} ({'; '.join([*named][:SHOWN])})"
    sample = sample if column else f"{scope.words['fact']} {sample}"
    also = next((line.name for line in scope.behind(name) if line.name is not None), None)
    near = None if also else scope.guess(name, (other for other in scope.facts if scope.choices(other)))
    return scope.fault("P250", attribute, also=also, name=own, sample=sample, fix=near)


def _known(scope: Scope, attribute: tree.Name, value: tree.Name) -> Iterator[Fault]:
    """A value that the attribute has not; before a colon it may be a word for all others."""
    known = scope.choices(attribute.text)
    if value.text in known:
        return
    also, near = _declaring(scope, attribute.text), nearest(value.text, known)
    end = value.place.end
    others = scope.source.at(Place(end, end + 1)) == ":" and not any(scope.behind(value.text))
    if near is None and others and "otherwise" in synonyms(scope.plan.lang).get(value.text.casefold(), ()):
        said = scope.words["otherwise"]
        yield scope.fault("P109", value, word=value.text, instead=said, fix=said)
        return
    listing = listed([*dict.fromkeys(known)])
    yield scope.fault("P251", value, also=also, name=also.text, value=value.text, known=listing, fix=near)


def _declaring(scope: Scope, attribute: str) -> tree.Name:
    """The name of an attribute where its line, or that of its column, says what values it has."""
    return (scope.facts.get(scope.member(attribute)) or scope.columns[attribute]).name


def _covered(scope: Scope, by: tree.By) -> Iterator[Fault]:
    """Values that a choice names twice, or forgets."""
    otherwise, seen = scope.words["otherwise"], dict[str | None, tree.Case]()
    known, doubled = scope.choices(by.attribute.text), list[tree.Case]()
    for case in by.cases:
        if seen.setdefault(None if case.value is None else case.value.text, case) is not case:
            doubled.append(case)
    left = tuple(value for value in known if value not in seen)
    for case in doubled:
        key = None if case.value is None else case.value.text
        # The one value that is forgotten is the one that was meant.
        meant = left[0] if len(left) == len(doubled) == 1 and None not in seen else None
        at = case if case.value is None or meant is None else case.value
        value = otherwise if key is None else key
        yield scope.fault("P253", at, also=seen[key], value=value, fix=meant)
    # A misspelt value is one mistake, and not two; neither is a value in the place of another.
    if not left or doubled or None in seen or any(value not in known for value in seen):
        return
    name = _declaring(scope, by.attribute.text)
    yield scope.fault("P252", by, also=name, name=name.text, values=listed(left), otherwise=otherwise)


def _compared(scope: Scope, expr: tree.Comparison) -> Iterator[Fault]:
    """`grade = senior`, as other languages have it, for `grade is senior`; a number is none of its values."""
    for attribute, number in ((expr.left, expr.right), (expr.right, expr.left)):
        equal = expr.sign in {"=", "<>"}
        if equal and isinstance(attribute, tree.Name) and isinstance(number, tree.Numeral):
            asks = scope.words["is_not" if expr.sign == "<>" else "is"]
            ways = tuple(f"{attribute.text} {asks} {one}" for one in scope.choices(attribute.text)[:SHOWN])
            if ways:
                yield scope.fault("P254", expr, name=attribute.text, said=ways)
                return
    for one, other in swapped(expr):
        known = scope.choices(one)
        value = other if other in known else nearest(other, known)
        if value is not None and not any(scope.behind(other)):
            word = {"=": "is", "<>": "is_not"}.get(expr.sign)
            # A column is called as it is in its table.
            name = one.rpartition(".")[2]
            said = f"{name} {scope.words[word or 'is']} {value}"
            yield scope.fault("P254", expr, name=name, said=(said,), fix=said if word else None)
            return


# ── For whom a KPI is there ──────────────────────────────────────────────────────────────────────────────


def whose(scope: Scope) -> Iterator[Fault]:
    """KPIs that ask for more than attributes, or that are there for nobody."""
    for kpi in scope.kpis.values():
        name, asked = kpi.name.text, conditions(kpi)
        odd = next((part for one in asked for part in _others(scope, one)), None)
        if odd is not None:
            yield scope.fault("P255", odd, name=name, text=odd, gate=scope.words["only_if"])
        elif asked and all(applies(kpi, sort) is False for sort in _sorts(scope, asked)):
            yield scope.fault("P256", tree.among(kpi.clauses, tree.Applies)[0], name=name)


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
            case tree.Comparison() if any(scope.choices(one) for one, _ in swapped(part)):
                pass  # at fault as a comparison
            case tree.Name(text) if scope.value(text) is not None:
                pass  # at fault as a value that stands alone
            case tree.Denial() | tree.Logic() | tree.Several() | tree.Choice() | tree.By():
                waiting.extend((one, figure) for one in reversed([*tree.operands(part)]))
            case tree.Name(text) if text in scope.figures:
                if text not in figures:
                    figures.add(text)
                    waiting.append((scope.figures[text].value, figure or part))
            case _:
                yield figure or part
