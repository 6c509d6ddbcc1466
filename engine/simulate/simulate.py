"""What a plan would cost: everybody of a history paid by it, by another plan, and by it a little changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl.faults import Fault, Severity

from ..compare.between import Between, between
from ..compare.people import sent
from ..compile import Compiled
from ..evaluate import Result, amounts, pay
from ..facts import Person, moved_to, read_facts
from .parameters import Parameter, parameters
from .tally import Tally


@dataclass(slots=True)
class Moved:
    """What a little more of a number makes of the budget, in minor units; `unpaid` cannot be paid by it."""

    parameter: Parameter
    change: int = 0
    gain: int = 0
    lose: int = 0
    unpaid: int = 0


@dataclass(slots=True)
class Simulation:
    """A plan, and what everybody added so far is paid by it: all of them, and those of each period.

    `samples` are the first result of each sort of people, for the words that lines of pay are called by.
    `told` are the people of whom something is doubtful or was understood, by what that is, `presumed` those
    for whom something was presumed. Whoever is paid for several periods is one of them.
    """

    compiled: Compiled
    against: Compiled | None
    moved: tuple[Moved, ...]
    whole: Tally = field(default_factory=Tally)
    periods: dict[str, Tally] = field(default_factory=dict)
    samples: dict[tuple[int, ...], Result] = field(default_factory=dict)
    refused: int = 0
    told: dict[tuple[str, Severity], set[str]] = field(default_factory=dict)
    presumed: set[str] = field(default_factory=set)
    _both: Between | None = None

    def add(self, person: Person) -> Result | tuple[Fault, ...]:
        """Pay one more person for one period; whoever cannot be paid is only counted."""
        result = pay(self.compiled, person)
        if not isinstance(result, Result):
            self.refused += 1
            return result
        self.samples.setdefault(result.facts.sort, result)
        employee = result.facts.employee
        for fault in result.warnings:
            self.told.setdefault((fault.code, fault.severity), set()).add(employee)
        if result.facts.presumed:
            self.presumed.add(employee)
        both = self.whole, self.periods.setdefault(result.facts.period.text, Tally())
        for tally in both:
            tally.add(result)
        if self._both is not None:
            plan = self._both.old
            old = amounts(read_facts(plan, sent(self._both, plan, person)))
            for tally in both:
                tally.against.add(employee, result.total, None if old is None else sum(old))
        for moved in self.moved:
            _move(moved, result, person)
        return result


def simulation(compiled: Compiled, against: Compiled | None, *, sensitive: bool) -> Simulation:
    """A simulation to which nobody was added yet; a `sensitive` one tries a little more of each number."""
    found = parameters(compiled) if sensitive else ()
    both = None if against is None else between(against, compiled)
    return Simulation(compiled, against, tuple(map(Moved, found)), _both=both)


def _move(moved: Moved, result: Result, person: Person) -> None:
    plan = moved.parameter.plan
    if plan is None:
        return
    paid = amounts(moved_to(plan, result.facts) or read_facts(plan, person))
    if paid is None:
        moved.unpaid += 1
        return
    change = sum(paid) - result.total
    moved.change += change
    moved.gain += change > 0
    moved.lose += change < 0
