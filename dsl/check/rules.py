"""Rules of the trade: what a plan must have, and what its weights and its pay must be."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from ..place import NOWHERE
from ..words import words
from .clauses import clauses
from .pay import pay
from .scope import TAKEN_OFF, Scope
from .tables import tables
from .weights import weights


def rules(scope: Scope) -> Iterator[Fault]:
    """The broken rules; those about what is missing only where no line failed to parse (`whole`)."""
    if scope.whole:
        yield from _complete(scope)
        yield from _sections(scope)
        yield from weights(scope)
    for kpi in scope.kpis.values():
        yield from clauses(scope, kpi)
    yield from pay(scope)
    yield from tables(scope)


def _complete(scope: Scope) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    if scope.kpis and scope.bonus is None:
        first = next(iter(scope.kpis.values()))
        facts = {"name": first.name.text, "bonus": vocabulary["bonus"]}
        yield Fault("P212", place=first.name.place, facts=facts)
    if scope.bonus is not None and not scope.kpis:
        yield Fault("P213", place=scope.bonus.place)
    varies = (
        scope.kpis or scope.bonus is not None or any(one.word not in TAKEN_OFF for one in scope.pays.values())
    )
    if not varies and scope.salary is None:
        title = next((line.place for line in scope.lines if isinstance(line, tree.Title)), NOWHERE)
        yield Fault("P214", place=title)
    elif scope.variable is not None and not varies:
        yield Fault("P265", place=scope.variable.place)


def _sections(scope: Scope) -> Iterator[Fault]:
    """Sections without KPIs, and ends of none."""
    filled = {section.name.text for section in scope.within.values()}
    inside = False
    for line in scope.plan.statements:
        match line:
            case tree.Section(name=name):
                inside = True
                if name.text not in filled and scope.sections.get(name.text) is line and scope.kpis:
                    yield Fault("P257", place=line.place, facts={"name": name.text})
            case tree.SectionEnd():
                if not inside:
                    yield Fault("P258", place=line.place)
                inside = False
            case _:
                pass
