"""The plans that lie between two: with some of the changes made and the others not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from .. import tree
from ..node import node
from ..words import Lang
from .diff import SPOKEN, Change, Difference, Item, merged
from .things import Key, Slot, Thing, sequence

# The rows of a table are changed together with what stands above them.
TABLE: frozenset[Slot] = frozenset({"amount", "curve", "row", "columns"})


@node
class Unit:
    """Changes that are made together or not at all: one clause, one formula or table, one whole line.

    Each is an item with those of its changes that belong here; of a line that came or went there are none.
    """

    parts: tuple[tuple[Item, tuple[Change, ...]], ...]

    @property
    def name(self) -> tuple[str, ...]:
        """What tells it from the others, whichever of the plans is the old one."""
        return tuple(" ".join([*item.key, *sorted({*_marks(changes)})]) for item, changes in self.parts)


def _marks(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        yield change.slot
        yield from (part.key for part in (change.old, change.new) if part)


def units(difference: Difference) -> tuple[Unit, ...]:
    """The changes that pay can hang on, each by itself where it can stand by itself."""
    whole: dict[str, list[Item]] = {}
    found: list[Unit] = []
    for item in difference.items:
        if not item.paid:
            continue
        if item.sign != "~":
            # A fact that comes with its KPI belongs to it.
            whole.setdefault(f"{item.sign}{item.key[1] or item.key[0]}", []).append(item)
            continue
        groups: dict[tuple[str, str], list[Change]] = {}
        for change in item.changes:
            if change.slot not in SPOKEN or item.key[0] == "order":
                groups.setdefault(_group(change), []).append(change)
        found.extend(Unit(((item, tuple(changes)),)) for changes in groups.values())
    found.extend(Unit(tuple((item, ()) for item in several)) for several in whole.values())
    return tuple(sorted(found, key=lambda unit: unit.name))


def _group(change: Change) -> tuple[str, str]:
    if change.slot in TABLE:
        return "table", ""
    part = change.old or change.new
    return change.slot, part.key if part else ""


def mixed(difference: Difference, chosen: Collection[Unit], lang: Lang) -> tree.Plan | None:
    """The plan with some of the changes made; None where it has a KPI in a section that it lacks."""
    made: dict[Key, list[Change]] = {}
    for unit in chosen:
        for item, changes in unit.parts:
            made.setdefault(item.key, []).extend(changes)
    found: dict[Key, Thing] = {}
    for key in merged(*_orders(difference, ("order", "") in made)):
        old, new = difference.old.get(key), difference.new.get(key)
        if old is not None and new is not None:
            found[key] = _patched(old, new, made.get(key, ()))
        elif thing := (new if key in made else None) if old is None else (None if key in made else old):
            found[key] = thing
    statements = [*_placed(found)]
    sections = sum(isinstance(statement, tree.Section) for statement in statements)
    if sections != sum(key[0] == "section" for key in found):
        return None
    return tree.Plan(lang, tuple(statements))


def _orders(difference: Difference, made: bool) -> tuple[Sequence[Key], Sequence[Key]]:
    """What decides the order, and what only adds to it."""
    old, new = [*difference.old], [*difference.new]
    return (new, old) if made or sequence(difference.old) == sequence(difference.new) else (old, new)


def _placed(found: Mapping[Key, Thing]) -> Iterator[tree.Statement]:
    """The statements, the KPIs of each section together under it; without examples, and answers to advice."""
    members: defaultdict[str | None, list[tree.Statement]] = defaultdict(list)
    for thing in found.values():
        if thing.what == "kpi" and thing.statement is not None:
            members[thing.section].append(thing.statement)
    for thing in found.values():
        if thing.statement is None or thing.what in {"section", "example", "allow", "prose"}:
            continue
        if thing.what != "kpi" or thing.section is None:
            yield thing.statement
            continue
        section = found.get(("section", thing.section))
        if thing.section in members and section is not None and section.statement is not None:
            yield from (section.statement, *members.pop(thing.section), tree.SectionEnd())


def _patched(old: Thing, new: Thing, changes: Sequence[Change]) -> Thing:
    """Something declared with some of its changes made."""
    if not changes or old.statement is None or new.statement is None:
        return old
    slots = {change.slot for change in changes}
    return replace(
        old,
        section=new.section if "section" in slots else old.section,
        statement=_statement(old.statement, new.statement, changes, slots),
    )


def _statement(
    old: tree.Statement, new: tree.Statement, changes: Sequence[Change], slots: Collection[Slot]
) -> tree.Statement:
    match old, new:
        case tree.Fact(), tree.Fact():
            taken = {"kind", "signed", "bounds", "default"} & {*slots}
            return replace(old, **{slot: getattr(new, slot) for slot in taken})
        case tree.Figure(), tree.Figure():
            kind = new.kind if "kind" in slots else old.kind
            return replace(old, kind=kind, value=new.value if TABLE & {*slots} else old.value)
        case _ if isinstance(old, tree.Clausal) and isinstance(new, tree.Clausal):
            formula = isinstance(old, tree.Salary | tree.Bonus | tree.Pay) and TABLE & {*slots}
            return replace(new if formula else old, clauses=_clauses(old.clauses, new.clauses, changes))
        case _:
            return old


def _clauses(
    old: Sequence[tree.Clause], new: Sequence[tree.Clause], changes: Sequence[Change]
) -> tuple[tree.Clause, ...]:
    """Clauses with some of them changed, in the one order; a curve's rows go with it."""
    gone = [change.old.clause for change in changes if change.old and change.old.clause]
    came = [change.new.clause for change in changes if change.new and change.new.clause]
    if any(change.slot in TABLE for change in changes):
        gone += [clause for clause in old if isinstance(clause, tree.Curve)]
        came = [one for one in came if not isinstance(one, tree.Curve)]
        came += [clause for clause in new if isinstance(clause, tree.Curve)]
    kept = [clause for clause in old if not any(clause is one for one in gone)]
    return tree.ordered([*kept, *came])
