"""Rules of the trade: what a plan must have, and what its weights and its pay must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import tree
from ..faults import Fault
from ..place import NOWHERE
from .clauses import clauses
from .pay import pay
from .scope import TAKEN_OFF, Scope
from .tables import tables
from .weights import spare, weights


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
    if scope.kpis and scope.bonus is None:
        name = next(iter(scope.kpis.values())).name
        yield scope.fault("P212", name, name=name.text, bonus=scope.words["bonus"])
    # A KPI whose name is taken is one all the same.
    if scope.bonus is not None and not any(isinstance(line, tree.Kpi) for line in scope.plan.statements):
        yield scope.fault("P213", scope.bonus)
    if scope.kpis or scope.bonus is not None or {line.word for line in scope.pays.values()} - TAKEN_OFF:
        return  # something varies
    if scope.salary is None and not scope.results:
        yield scope.fault(
            "P214", next((line for line in scope.lines if isinstance(line, tree.Title)), NOWHERE)
        )
    elif scope.salary is not None and scope.variable is not None:
        yield scope.fault("P265", scope.variable)


def _sections(scope: Scope) -> Iterator[Fault]:
    """Sections without KPIs, and ends of none."""
    filled = {section.name.text for section in scope.within.values()}
    inside = nested = False
    lines = scope.plan.statements
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        match line:
            case tree.Section(name=name):
                inside = True
                # A section that another one is put into has an end too many.
                nested = nested or isinstance(below, tree.Section)
                if name.text not in filled and scope.sections.get(name.text) is line and scope.kpis:
                    yield _empty(scope, line, lines[at + 1 : at + 3])
            case tree.SectionEnd():
                if not inside and not nested:
                    yield scope.fault("P258", line)
                inside = False


def _empty(scope: Scope, section: tree.Section, below: Sequence[tree.Statement]) -> Fault:
    """The fault of a section without KPIs, by what stands in their place."""
    name = section.name.text
    match below:
        case [tree.SectionEnd() as end, tree.Kpi(name=kpi), *_]:
            return scope.fault("P296", end, also=section, name=name, kpi=kpi.text, end=end)
        case [tree.Section() as inner, *_] if surplus := spare(scope, section, inner):
            ways = tuple(scope.text(one) for one in surplus)
            return scope.fault("P295", inner, also=section, name=name, inner=inner.name.text, instead=ways)
        case _:
            return scope.fault("P257", section, name=name)
