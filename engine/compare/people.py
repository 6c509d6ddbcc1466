"""What a change of plan comes to for people: who gains, who loses, and how much of it each change makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from dsl.faults import Fault

from ..compile import Compiled
from ..evaluate import Planned, Result, all_by, amounts, pay
from ..facts import Facts, Person, moved_to, read_facts
from ..kernel import Input, Kernel
from ..work import TRIED, trying
from .attribution import UNBOUNDED, Changes, Worth, attribute
from .between import Between

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PaidTwice:
    """Somebody under two plans: what each pays, or why it cannot.

    `parts` are what each of the changes makes of the difference, in minor units; None where it cannot be
    split, since the plans between cannot pay this person in any order of the changes.
    """

    person: Person
    old: Result | tuple[Fault, ...]
    new: Result | tuple[Fault, ...]
    parts: tuple[int, ...] | None

    @property
    def delta(self) -> int | None:
        """The new pay less the old one, in minor units; None where one of them cannot pay."""
        if isinstance(self.old, Result) and isinstance(self.new, Result):
            return self.new.total - self.old.total
        return None


@dataclass(frozen=True, slots=True)
class ChangeCost:
    """What a change comes to for everybody whom both plans pay, in minor units.

    `parts` are of each change, `unsplit` is what could not be split; together they are `new` less `old`. Who
    gains or loses is a person, in all periods together.
    """

    old: int
    new: int
    parts: tuple[int, ...]
    unsplit: int
    gain: int
    lose: int
    same: int


def compared(both: Between, people: Iterable[Person], sets: int = UNBOUNDED) -> tuple[PaidTwice, ...]:
    """Each of some people, who are paid together, under both plans; `sets` of the changes may be tried."""
    everybody = [*people]
    sides = zip(*(_together(both, plan, everybody) for plan in (both.old, both.new)), strict=True)
    crossing = both.old.kernel.crossing or both.new.kernel.crossing
    totals = _totals(both, everybody) if crossing else [_worth(both, person) for person in everybody]
    several = zip(everybody, sides, totals, strict=True)
    return tuple(_compared(both, person, paid, sets, worth) for person, paid, worth in several)


def tries(both: Between, people: int) -> int:
    """How many sets of the changes may be tried on so many people, for each makes a plan of its own."""
    return TRIED // max(1, trying(people, both.old, both.new))


def cost(both: Between, people: Sequence[PaidTwice]) -> ChangeCost:
    """What a change comes to in all."""
    twice = [
        (one, one.old.total, one.new.total)
        for one in people
        if isinstance(one.old, Result) and isinstance(one.new, Result)
    ]
    changes = Counter[str]()
    for one, old, new in twice:
        changes[one.person.employee] += new - old
    split = [one.parts for one, _, _ in twice if one.parts is not None]
    parts = tuple(sum(several[index] for several in split) for index in range(len(both.changes)))
    unsplit = sum(new - old for one, old, new in twice if one.parts is None)
    whole = (sum(old for _, old, _ in twice), sum(new for _, _, new in twice))
    gain, lose = (sum(change * sign > 0 for change in changes.values()) for sign in (1, -1))
    return ChangeCost(*whole, parts, unsplit, gain, lose, len(changes) - gain - lose)


def lines(kernel: Kernel, paid: Sequence[int]) -> Mapping[tuple[str, str], int]:
    """What somebody is paid, line by line."""
    found = Counter[tuple[str, str]]()
    for line, amount in zip(kernel.lines, paid, strict=True):
        found[line.name, line.of] += amount
    return found


def _together(both: Between, plan: Compiled, people: Sequence[Person]) -> Iterator[Planned]:
    """Some people as a plan asks for them, each with what it asks of others."""
    for one in all_by(plan, (sent(both, plan, person) for person in people)):
        assert isinstance(one, Planned)  # whoever is compared can be read
        yield one


def _compared(both: Between, person: Person, sides: Sequence[Planned], sets: int, worth: Worth) -> PaidTwice:
    old, new = (pay(one.plan, one.person) for one in sides)
    if not isinstance(old, Result) or not isinstance(new, Result):
        return PaidTwice(person, old, new, None)
    found = attribute(len(both.changes), worth, sets)
    return PaidTwice(person, old, new, None if found is None else tuple(part for (part,) in found))


def _totals(both: Between, people: Sequence[Person]) -> Sequence[Worth]:
    """What plans with some of the changes made pay each of some people: by each plan all are paid, once."""
    known: dict[Changes, list[tuple[int] | None]] = {}

    def paid(at: int, made: Changes) -> tuple[int] | None:
        plan = both.plan(made)
        if plan is not None and made not in known:
            several = (amounts(read_facts(plan, one.person)) for one in _together(both, plan, people))
            known[made] = [None if one is None else (sum(one),) for one in several]
        return None if plan is None else known[made][at]

    return [partial(paid, at) for at in range(len(people))]


def _worth(both: Between, person: Person) -> Worth:
    """What a plan with some of the changes made pays somebody; facts are read once for all that ask alike."""
    read: list[tuple[Facts, tuple[Input, ...]]] = []

    def worth(made: Changes) -> tuple[int] | None:
        plan = both.plan(made)
        if plan is None:
            return None
        asked = plan.kernel.inputs
        moved = (moved_to(plan, known) for known, inputs in read if inputs == asked)
        facts = next((one for one in moved if one is not None), None)
        if facts is None and isinstance(found := read_facts(plan, sent(both, plan, person)), Facts):
            facts = found
            read.append((facts, asked))
        paid = None if facts is None else amounts(facts)
        return None if paid is None else (sum(paid),)

    return worth


def sent(both: Between, plan: Compiled, person: Person) -> Person:
    """Somebody as one of the plans asks for them: under the new names, without what only the other needs."""
    kernels, origins = (plan.kernel, both.old.kernel, both.new.kernel), person.origins
    asked = (kernel.belonging.union(kernel.actuals) for kernel in kernels)
    return replace(
        person,
        facts=_taken(both, person.facts, *asked),
        targets=_taken(both, person.targets, *(kernel.targets for kernel in kernels)),
        origins=None if origins is None else replace(origins, named=_renamed(both, origins.named)),
        tables=None if person.tables is None else person.tables.asked(plan, (both.old, both.new)),
    )


def _renamed(both: Between, given: Mapping[str, T]) -> Mapping[str, T]:
    """What is given by the names of either plan."""
    renamed = both.difference.renamed
    return {**{renamed.get(name, name): value for name, value in given.items()}, **given}


def _taken(
    both: Between, given: Mapping[str, object], asked: Collection[str], *known: Collection[str]
) -> Mapping[str, object]:
    """What is asked for, and what neither plan knows, to be refused."""
    return {
        name: value
        for name, value in _renamed(both, given).items()
        if name in asked or not (name in both.difference.renamed or any(name in one for one in known))
    }
