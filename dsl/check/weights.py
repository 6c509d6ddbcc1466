"""Weights: what shares out one bonus, or one section of it, makes 100 % together.

`domain.md`, the KPI bonus. Where a plan tells sorts of people apart, it holds for each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..source import Place
from ..words import words
from ..write.value import value as written
from .people import Sort, applies, sorts, worth
from .scope import Scope

SHOWN = 12  # weights that the report of their sum lists

Weighed = tree.Kpi | tree.Section


def weights(scope: Scope, unsound: Collection[Place]) -> Iterator[Fault]:
    """The faults of weights: one for a group of them, for the first sort of people whose weights do not add up."""
    named = sum(isinstance(line, tree.Kpi) for line in scope.plan.statements)
    said = [sum(isinstance(clause, tree.Weight) for clause in kpi.clauses) for kpi in scope.kpis.values()]
    doubled = named > len(scope.kpis) or max(said, default=0) > 1
    told: set[str | None] = set()
    for sort in sorts(scope):
        for name, members in _groups(scope, sort).items():
            if name not in told:
                faults = list(_group(scope, members, sort, unsound, name, doubled=doubled))
                told.update([name] if faults else [])
                yield from faults


def _groups(scope: Scope, sort: Sort) -> dict[str | None, list[Weighed]]:
    """What shares out the bonus (under None), and what shares out each section, for people of a sort."""
    groups: dict[str | None, list[Weighed]] = {None: []}
    for kpi in scope.kpis.values():
        if not applies(kpi, sort):
            continue
        section = scope.section_of(kpi)
        if section is None:
            groups[None].append(kpi)
        elif section.name.text in groups:
            groups[section.name.text].append(kpi)
        else:
            groups[None].append(section)
            groups[section.name.text] = [kpi]
    return groups


def _group(
    scope: Scope, members: list[Weighed], sort: Sort, unsound: Collection[Place], name: str | None, *, doubled: bool
) -> Iterator[Fault]:
    vocabulary = words(scope.plan.lang)
    found: list[tree.Weight] = []
    bare: list[Weighed] = []
    for member in members:
        weight = next((clause for clause in member.clauses if isinstance(clause, tree.Weight)), None)
        found.extend([] if weight is None else [weight])
        bare.extend([member] if weight is None else [])
    shares = [None if weight.share.place in unsound else worth(weight.share, sort) for weight in found]
    known = [share for share in shares if share is not None and 0 < share <= 1]
    total, sound = sum(known, Fraction(0)), len(known) == len(found)
    for member in bare:
        facts = {"name": member.name.text, "weight": vocabulary["weight"]}
        left = sound and len(bare) == 1 and total < 1
        rest = f"{member.name.text} {facts['weight']} {_percent(1 - total, scope)}" if left else None
        yield Fault("P215", place=member.name.place, facts=facts, fix=rest)
    if not found or bare or doubled or not sound or total == 1:
        return
    listed = [scope.text(weight.share) for weight in found]
    facts = {
        "sum": _percent(total, scope),
        "parts": " + ".join(listed if len(listed) <= SHOWN else [*listed[:SHOWN], "…"]),
        "difference": _percent(abs(1 - total), scope),
    }
    if sort:
        facts["sort"] = ", ".join(f"`{attribute}` `{value}`" for attribute, value in sort.items())
    if name is not None:
        facts["section"] = name
    less = total < 1
    code = {(True, True): "P430", (True, False): "P431"}.get((bool(sort), less), "P401" if less else "P402")
    also = found[0].place if len(found) > 1 else None
    yield Fault(code, place=found[-1].place, also=also, facts=facts)


def _percent(value: Fraction, scope: Scope) -> str:
    """A share as the plan's language writes it; one that has no end in decimals (a third), cut short."""
    return written(tree.Percent(Fraction(round(value * 10**8), 10**8)), words(scope.plan.lang))
