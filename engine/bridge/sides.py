"""Two answers of one person, and what differs between them besides the plan: facts, targets, the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from dsl import tree
from dsl.node import node

from ..compare.between import Between
from ..compile import Compiled
from ..evaluate import Result
from ..facts import Person
from ..kernel import Input, Kernel

Role = Literal["actual", "target"]
Key = tuple[Role, str]


@node
class Side:
    """Somebody as they were paid: what was given by the names of the newer plan, and how it was understood.

    What the plan of this side knows and nobody gave is None in `given`; what it does not know is not there.
    """

    person: Person
    result: Result
    given: Mapping[Key, object]
    exact: Mapping[Key, Fraction]


@node
class Differs:
    """A fact or a target of a person's own that is another on either side; `kind` is that of its values."""

    key: Key
    entry: Input


def brought(kernel: Kernel) -> Iterator[tuple[Role, Input]]:
    """What a person brings: facts, targets of their own, and who belongs to which group."""
    for entry in kernel.inputs:
        if entry.role == "actual" or entry.role == "target":  # noqa: PLR1714  # narrows
            yield entry.role, entry
    for name in sorted(kernel.belonging - kernel.actuals.keys()):
        yield "actual", Input(name, "actual", "text", optional=True)


def side(both: Between, person: Person, result: Result, *, older: bool) -> Side:
    """One of the two answers."""
    kernel = result.compiled.kernel
    renamed = both.difference.renamed if older else {}
    sent = {"actual": person.facts, "target": person.targets}
    given: dict[Key, object] = {
        (role, renamed.get(entry.name, entry.name)): sent[role].get(entry.name)
        for role, entry in brought(kernel)
    }
    facts = result.facts
    exact: dict[Key, Fraction] = {
        (entry.role, renamed.get(entry.name, entry.name)): Fraction(number, 10**places)
        for entry, number, places in zip(
            result.kernel.inputs, facts.inputs, facts.shape.scales.inputs, strict=True
        )
        if (entry.role == "actual" or entry.role == "target") and number is not None  # noqa: PLR1714  # narrows
    }
    for index, chosen in zip(result.compiled.attributes, facts.sort, strict=True):
        exact["actual", renamed.get(kernel.inputs[index].name, kernel.inputs[index].name)] = Fraction(chosen)
    return Side(person, result, given, exact)


def differing(old: Side, new: Side, both: Between) -> tuple[Differs, ...]:
    """What is another on either side, in the order of the names.

    What only one of the plans asks for is no change: the plan that came to ask for it is.
    """
    entries = {
        (role, entry.name): entry for plan in (both.old, both.new) for role, entry in brought(plan.kernel)
    }
    return tuple(
        Differs(key, entries[key])
        for key in sorted(old.given.keys() & new.given.keys() & entries.keys())
        if not _same(old, new, key, entries[key])
    )


def _same(old: Side, new: Side, key: Key, entry: Input) -> bool:
    if key in old.exact and key in new.exact and not entry.choices:
        return old.exact[key] == new.exact[key]
    return old.given[key] == new.given[key]


def recorded(old: Side, new: Side, both: Between) -> bool:
    """Whether other records count on either side."""
    return _rows(old) != _rows(new) or (counting(both) and old.person.period != new.person.period)


def _rows(side: Side) -> dict[str, list[str]]:
    """The records of a side, in an order that hangs on nothing but them."""
    raw = {} if side.person.tables is None else side.person.tables.raw
    return {name: sorted(str(sorted(row.items())) for row in rows) for name, rows in raw.items()}


def counting(both: Between) -> bool:
    """Whether the period decides which records count."""
    return any(table.counts is not None for plan in (both.old, both.new) for table in plan.kernel.sent)


def timed(both: Between) -> bool:
    """Whether pay hangs on which period it is for."""
    return any(entry.role == "period" for plan in (both.old, both.new) for entry in plan.kernel.inputs)


def worked(compiled: Compiled) -> frozenset[str]:
    """The facts that are time worked: what a plan prorates by, also by way of a figure."""
    scope = compiled.checked.scope
    clauses = [part for line in scope.lines for part in getattr(line, "clauses", ())]
    prorated = [one for one in clauses if isinstance(one, tree.Prorated | tree.TargetProrated)]
    waiting: list[tree.Statement | tree.Clause] = [*prorated]
    seen: set[str] = set()
    while waiting:
        for one in tree.within(waiting.pop()):
            if isinstance(one, tree.Name) and one.text not in seen:
                seen.add(one.text)
                waiting.extend(filter(None, [scope.figures.get(one.text)]))
    return frozenset(seen & compiled.kernel.actuals.keys())


def mixture(
    plan: Compiled, old: Side, new: Side, taken: frozenset[Key], *, later: bool, records: bool
) -> Person:
    """Somebody with some of the facts of the new side and the others of the old one, as a plan asks for them.

    A fact that the plan cannot do without is taken from where it was given. `later` says whether the period
    is that of the new side, and `records` whether the records are.
    """
    given: dict[Role, dict[str, object]] = {"actual": {}, "target": {}}
    for role, entry in brought(plan.kernel):
        key: Key = role, entry.name
        first, second = (new, old) if key in taken else (old, new)
        value = first.given.get(key)
        asked = entry.default is None and not entry.optional
        if value is None and (key not in first.given or asked):
            value = second.given.get(key)
        if value is not None:
            given[role][entry.name] = value
    period = (new if later else old).person.period
    first, second = (new, old) if records else (old, new)
    tables = first.person.tables or second.person.tables
    if tables is not None:
        tables = tables.asked(plan, (old.result.compiled, new.result.compiled))
    return Person(new.person.employee, period, given["actual"], given["target"], tables=tables)
