"""Worked examples held against the plan: each fact is given once, and nothing that the plan does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from .. import tree
from ..faults import Fault
from ..period import DAY, meant
from ..place import Place
from .constant import constant
from .kinds import Kinds
from .literals import days, fitting
from .people import SortOfPeople, applies, attributes, conditions
from .scope import COMMISSION, SHOWN, Scope, expressions

# What a year has of working time at most.
MOST: Mapping[tree.PeriodPart, int] = {"workdays": 366, "workhours": 24 * 366}


def examples(scope: Scope, kinds: Kinds, strays: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the examples as far as they go; what they lack only a kernel can say."""
    titles: dict[str, tree.Text] = {}
    for example in scope.examples:
        title = example.title
        if (earlier := titles.setdefault(title.text, title)) is not title:
            yield scope.fault("P223", title, also=earlier, title=title.text)
        yield from _timed(scope, example)
        yield from _given(scope, kinds, strays, example)
        yield from _worked(scope, example)
        yield from _shown(scope, strays, example)
        yield from _paid(scope, strays, example)


def _given(scope: Scope, kinds: Kinds, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    """What is wrong with what an example gives."""
    seen: dict[tuple[str, bool], tree.Entry] = {}
    for entry in example.entries:
        name, target = entry.name.text, entry.target
        known = scope.kpis if target else scope.needs
        if (earlier := seen.setdefault((name, target), entry)) is not entry:
            yield scope.fault("P219", entry, also=earlier, name=name)
        elif name in scope.figures and not target:
            # What a figure draws from records an example may say in their place.
            if isinstance(scope.figures[name].value, tree.Records):
                continue
            yield scope.fault("P224", entry.name, also=scope.figures[name].name, name=name)
        elif name not in known and name not in strays.values():
            # A line of pay that a formula uses is at fault there.
            if scope.whole and not (name in scope.pays and name in scope.used):
                near = scope.guess(name, (one for one in known if (one, target) not in seen))
                yield (
                    scope.fault("P220", entry.name, name=name)
                    if near is None
                    else scope.fault("P277", entry.name, name=name, instead=near, fix=near)
                )
        elif (
            target
            and name in scope.kpis
            and (fixed := tree.first(scope.kpis[name].clauses, tree.Target))
            and not fixed.personal
        ):
            yield scope.fault("P225", entry, also=fixed, name=name)
        elif not target:
            if name not in strays.values():
                yield from fitting(scope, kinds, name, entry.value)
        elif (number := constant(entry.value)) is not None and number <= 0:
            yield scope.fault("P404", entry.value, name=name, value=entry.value)


def _worked(scope: Scope, example: tree.Example) -> Iterator[Fault]:
    """What is wrong with the working time of an example: twice, not asked for, no such number."""
    formulas = (expr for line in scope.plan.statements for expr in expressions(line))
    asked = {expr.part for expr in formulas if isinstance(expr, tree.InPeriod)}
    seen: dict[str, tree.WorkTime] = {}
    for one in example.times:
        name, number = scope.words[tree.InPeriod(one.part).keyword], constant(one.value)
        if (earlier := seen.setdefault(one.part, one)) is not one:
            yield scope.fault("P219", one, also=earlier, name=name)
        elif scope.whole and one.part not in asked:
            yield scope.fault("P346", one, name=name)
        elif (
            number is None
            or not 0 <= number <= MOST[one.part]
            or not isinstance(one.value, tree.Number | tree.Days)
            or (one.part == "workdays" and number.denominator != 1)
        ):
            yield scope.fault("P347", one.value, name=name, value=one.value)


def _shown(scope: Scope, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    """What is wrong with the figures, targets and attainments that an example says it comes to."""
    seen: dict[tuple[str, str], tree.Shown] = {}
    for one in example.shown:
        name = one.name.text
        known = scope.figures if one.what == "figure" else scope.kpis
        if (earlier := seen.setdefault((one.what, name), one)) is not one:
            yield scope.fault("P219", one, also=earlier, name=name)
        elif scope.whole and name not in known and name not in strays.values():
            yield scope.fault("P298", one.name, name=name, fix=scope.guess(name, known))


def _paid(scope: Scope, strays: Mapping[str, str], example: tree.Example) -> Iterator[Fault]:
    """What is wrong with what an example says is paid."""
    seen: dict[tuple[tree.Paid, str], tree.Outcome] = {}
    for outcome in example.outcomes:
        name = outcome.name.text if outcome.name else scope.words[outcome.paid]
        if (earlier := seen.setdefault((outcome.paid, name), outcome)) is not outcome:
            yield scope.fault("P219", outcome, also=earlier, name=name)
        elif outcome.name is not None and name in scope.results and not _paying(scope, outcome, name):
            shown = f"{scope.words['shows']} {scope.text(outcome)}"
            yield scope.fault("P370", outcome, also=scope.figures[name].name, name=name, shown=shown)
        elif scope.whole and not _paying(scope, outcome, name) and name not in strays.values():
            if outcome.name is not None and name in scope.figures:
                yield _figure(scope, example, outcome)
                continue
            near = scope.guess(name, scope.named_lines) if outcome.name else None
            yield scope.fault("P222", outcome.name or outcome, name=name, instead=_paid_by(scope), fix=near)
        else:
            yield from _absent(scope, example, outcome)
    # What a plan works out and pays to nobody is a result that an example can hold it to.
    held = any(one.name.text in scope.results for one in example.shown)
    if scope.whole and not seen and not held:
        title = example.title
        yield scope.fault("P227", title, title=title.text, pays=scope.words["pays"])


def _paid_by(scope: Scope) -> tuple[str, ...]:
    """What an example of a plan can say is paid."""
    sums: dict[tree.Paid, bool] = {
        "salary": scope.salary is not None,
        "bonus": bool(scope.kpis),
        "commission": COMMISSION in scope.pays,
    }
    words = [scope.words[one] for one, paid in sums.items() if paid]
    return (*scope.named_lines[:SHOWN], *words, scope.words["total"])


def _figure(scope: Scope, example: tree.Example, outcome: tree.Outcome) -> Fault:
    """The fault of a figure among what is paid: it stands in a row of what the example comes to."""
    row = next(row for row in example.rows if isinstance(row, tree.Pays) and outcome in row.outcomes)
    name, text = "" if outcome.name is None else outcome.name.text, scope.text(outcome)
    left = [scope.text(one) for one in row.outcomes if one is not outcome]
    shown, pays = scope.words["shows"], scope.words["pays"]
    fix = f"{shown} {text}" + (f"\n  {pays} {'; '.join(left)}" if left else "")
    return scope.fault("P333", row, name=name, said=f"{shown} {text}", fix=fix)


def _absent(scope: Scope, example: tree.Example, outcome: tree.Outcome) -> Iterator[Fault]:
    """The fault of a KPI that pays something to people of a sort for whom it is not there."""
    kpi = scope.kpis.get(outcome.name.text) if outcome.name is not None else None
    if kpi is None or not constant(outcome.value):
        return
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
    if applies(kpi, sort) is False:
        also = tree.first(kpi.clauses, tree.Applies)
        yield scope.fault("P266", outcome, also=also, name=kpi.name.text, sort=str(sort))


def _timed(scope: Scope, example: tree.Example) -> Iterator[Fault]:
    """An example for a time that there is not, or that is over before the plan applies."""
    said = example.period
    if said is None:
        return
    at = scope.text(example).rfind(said)
    place = example.place  # In a line that is repaired it is written in another way.
    if at >= 0:
        place = Place(place.start + at, place.start + at + len(said))
    when, dated = meant(said), DAY.fullmatch(said) is not None
    if when is None or (dated and tree.Date(said).value is None):
        ways = days(said) if dated else ()
        fix = ways[0] if ways else None
        yield scope.fault("P312", place, date=said, instead=ways or ("phrase:date_form",), fix=fix)
    elif scope.effect is not None and when.last < scope.effect:
        start = next(line for line in scope.lines if isinstance(line, tree.Effect)).start
        facts = {"period": when.text, "effect": scope.effect.isoformat(), "title": example.title.text}
        yield scope.fault("P263", place, also=start, **facts)


def _paying(scope: Scope, outcome: tree.Outcome, name: str) -> bool:
    """Whether the plan has the line of pay that an example speaks of."""
    match outcome.paid:
        case "line":
            return name in scope.named_lines
        case "salary":
            return scope.salary is not None
        case "bonus":
            return bool(scope.kpis)
        case "commission":
            return COMMISSION in scope.pays
        case "variable":
            return bool(scope.parts(("together", "variable")))
        case "total":
            return True
        case _:
            assert_never(outcome.paid)
