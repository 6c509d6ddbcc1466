"""From one answer to another: what each change of the plan, of a fact, a target or the period makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from dsl.diff import Unit
from dsl.faults import Fault
from dsl.node import node

from ..compare.attribution import Changes, attribute, orders
from ..compare.between import Between, between
from ..compare.people import lines, tries
from ..evaluate import Planned, Result, all_by, amounts
from ..facts import Facts, Person, read_facts
from .others import Others, apart, near, present
from .sides import Differs, Key, Side, counting, differing, mixture, recorded, side, timed

Line = tuple[str, str]  # the name of a line of pay, and which lines a cap or a rounding is of
Amounts = Mapping[Line, int]
Payroll = Mapping[str, tuple[Person, Result]]  # everybody of a side, by their numbers


@node
class Influence:
    """Something that changed, and what it makes of each line of pay that it changes, in minor units.

    `unit` is a change of the plan, `differs` one of the person; the period has neither. The `colleagues` are
    what the others bring to a group. `together` is all of it where no order of the changes can be paid.
    """

    what: Literal["plan", "fact", "target", "records", "colleagues", "period", "together"]
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

    Lines are called as the newer plan calls them. `others` are those who may be in a group with them, on
    either side. `orders` is in how many orders the changes were made to
    tell what each makes; None where it was in every one.
    """

    both: Between
    old: Side
    new: Side
    before: Amounts
    after: Amounts
    changes: tuple[Influence, ...]
    others: Others
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


def bridges(both: Between, before: Payroll, after: Payroll, employee: str | None = None) -> Iterator[Bridge]:
    """Everything that changed for each who was paid on both sides, or for one of them, and what it makes."""
    older, newer = (
        {name: side(both, *paid, older=at == 0) for name, paid in payroll.items()}
        for at, payroll in enumerate((before, after))
    )
    names = [name for name in newer if name in older and employee in {None, name}]
    for name in names:
        yield _bridge(both, (older[name], newer[name]), near(both, name, (older, newer)), len(names))


def _bridge(both: Between, sides: tuple[Side, Side], others: Others, people: int) -> Bridge:
    sets = tries(both, people * (1 + max(map(len, others))))
    changes = [Influence("plan", {}, unit=unit) for unit in both.changes]
    for one in differing(*sides, both):
        changes.append(Influence("fact" if one.key[0] == "actual" else "target", {}, differs=one))
    if apart(both, others):
        changes.append(Influence("colleagues", {}))
    # Which records count is decided by the period, so the one is not changed without the other.
    joined = any(recorded(*one, both) for one in (sides, *present(others, later=True)))
    if joined:
        changes.append(Influence("records", {}))
    old, new = (one.person.period for one in sides)
    if timed(both) and old != new and not (joined and counting(both)):
        changes.append(Influence("period", {}))
    keys, count = _keys(both), len(changes)
    ends = frozenset[int](), frozenset(range(count))
    before, after = (_paid(both, sides, others, changes, made) or {} for made in ends)

    def worth(made: Changes) -> tuple[int, ...] | None:
        paid = _paid(both, sides, others, changes, made)
        return None if paid is None else tuple(paid.get(key, 0) for key in keys)

    parts = attribute(count, worth, sets)
    if parts is None:
        whole = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
        return Bridge(both, *sides, before, after, (Influence("together", _some(whole)),), others)
    shares = [_some(dict(zip(keys, part, strict=True))) for part in parts]
    made = tuple(replace(one, parts=share) for one, share in zip(changes, shares, strict=True) if share)
    return Bridge(both, *sides, before, after, made, others, orders(count, sets))


def _some(parts: Amounts) -> Amounts:
    return {key: part for key, part in parts.items() if part}


def _keys(both: Between) -> tuple[Line, ...]:
    """Every line that may be paid on the way, those of the newer plan first."""
    named = [(line.name, line.of) for plan in (both.new, both.old) for line in plan.kernel.lines]
    return tuple(dict.fromkeys(named))


def _paid(
    both: Between, sides: tuple[Side, Side], others: Others, changes: Sequence[Influence], made: Changes
) -> Amounts | None:
    """What somebody is paid with some of the changes made; None where they cannot be."""
    plan = both.plan(frozenset(index for index in made if index < len(both.changes)))
    if plan is None:
        return None
    some = [changes[index] for index in made]
    taken = frozenset(one.differs.key for one in some if one.differs is not None)
    what = {one.what for one in some}
    records = "records" in what
    later = "period" in what or (records and counting(both))
    people = [mixture(plan, *sides, taken, later=later, records=records)]
    for older, newer in present(others, later="colleagues" in what):
        theirs = frozenset(newer.given) if "colleagues" in what else frozenset[Key]()
        member = mixture(plan, older, newer, theirs, later=later, records=records)
        people.append(replace(member, period=people[0].period))
    one = next(all_by(plan, people))
    facts = read_facts(plan, one.person) if isinstance(one, Planned) else ()
    paid = amounts(facts)
    return lines(facts.shape.kernel, paid) if isinstance(facts, Facts) and paid is not None else None
