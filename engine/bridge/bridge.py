"""From one answer to another: what each change of the plan, of a fact, a target or the period makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from dsl.diff import Unit
from dsl.faults import Fault
from dsl.node import node

from ..compare.attribution import Changes, attribute, orders
from ..compare.between import Between, between
from ..compare.people import lines, tries
from ..evaluate import Result, amounts
from ..facts import Facts, Person, read_facts
from .sides import Differs, Side, counting, differing, mixture, recorded, side, timed

Line = tuple[str, str]  # the name of a line of pay, and which lines a cap or a rounding is of
Amounts = Mapping[Line, int]


@node
class Influence:
    """Something that changed, and what it makes of each line of pay that it changes, in minor units.

    `unit` is a change of the plan, `differs` one of the person; the period has neither. `together` is all of
    it where no order of the changes can be paid.
    """

    what: Literal["plan", "fact", "target", "records", "period", "together"]
    parts: Amounts
    unit: Unit | None = None
    differs: Differs | None = None

    @property
    def amount(self) -> int:
        """What it makes of the whole pay."""
        return sum(self.parts.values())


@node
class Bridge:
    """Two answers of one person, line by line, and the changes between them; the parts add up exactly.

    Lines are called as the newer plan calls them. `orders` is in how many orders the changes were made to
    tell what each makes; None where it was in every one.
    """

    both: Between
    old: Side
    new: Side
    before: Amounts
    after: Amounts
    changes: tuple[Influence, ...]
    orders: int | None = None

    @property
    def amount(self) -> int:
        """What changed in all, in minor units."""
        return sum(self.after.values()) - sum(self.before.values())


def joined(old: Result, new: Result) -> Between | Fault:
    """What lies between the plans of two answers: the same for everybody who was paid by them."""
    before, after = old.kernel.currency, new.kernel.currency
    if before != after:
        return Fault("P752", facts={"old": before, "new": after})
    return between(old.compiled, new.compiled)


def bridge(both: Between, old: tuple[Person, Result], new: tuple[Person, Result], people: int = 1) -> Bridge:
    """Everything that changed between two answers of one of so many people, and what it makes."""
    sets = tries(both, people)
    sides = side(both, *old, older=True), side(both, *new, older=False)
    changes = [Influence("plan", {}, unit=unit) for unit in both.changes]
    for one in differing(*sides, both):
        changes.append(Influence("fact" if one.key[0] == "actual" else "target", {}, differs=one))
    # Which records count is decided by the period, so the one is not changed without the other.
    joined = recorded(*sides, both)
    if joined:
        changes.append(Influence("records", {}))
    if timed(both) and old[0].period != new[0].period and not (joined and counting(both)):
        changes.append(Influence("period", {}))
    keys, count = _keys(both), len(changes)
    ends = frozenset[int](), frozenset(range(count))
    before, after = (_paid(both, sides, changes, made) or {} for made in ends)

    def worth(made: Changes) -> tuple[int, ...] | None:
        paid = _paid(both, sides, changes, made)
        return None if paid is None else tuple(paid.get(key, 0) for key in keys)

    parts = attribute(count, worth, sets)
    if parts is None:
        whole = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
        return Bridge(both, *sides, before, after, (Influence("together", _some(whole)),))
    shares = [_some(dict(zip(keys, part, strict=True))) for part in parts]
    made = tuple(replace(one, parts=share) for one, share in zip(changes, shares, strict=True) if share)
    return Bridge(both, *sides, before, after, made, orders(count, sets))


def _some(parts: Amounts) -> Amounts:
    return {key: part for key, part in parts.items() if part}


def _keys(both: Between) -> tuple[Line, ...]:
    """Every line that may be paid on the way, those of the newer plan first."""
    named = [(line.name, line.of) for plan in (both.new, both.old) for line in plan.kernel.lines]
    return tuple(dict.fromkeys(named))


def _paid(
    both: Between, sides: tuple[Side, Side], changes: Sequence[Influence], made: Changes
) -> Amounts | None:
    """What somebody is paid with some of the changes made; None where they cannot be."""
    plan = both.plan(frozenset(index for index in made if index < len(both.changes)))
    if plan is None:
        return None
    some = [changes[index] for index in made]
    taken = frozenset(one.differs.key for one in some if one.differs is not None)
    made_of = {one.what for one in some}
    records = "records" in made_of
    later = "period" in made_of or (records and counting(both))
    person = mixture(plan, *sides, taken, later=later, records=records)
    facts = read_facts(plan, person)
    paid = amounts(facts)
    return lines(facts.shape.kernel, paid) if isinstance(facts, Facts) and paid is not None else None
