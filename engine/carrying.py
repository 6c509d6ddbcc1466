"""What one period leaves to the next: the balances of somebody who is paid for several, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction

from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.period import Period

from .compile import Compiled
from .facts import Illegible, Person
from .facts.days import wholly
from .facts.understood import understood_period
from .facts.values import escaped, shown


@node
class Closed:
    """What somebody's balances closed with, and for which period."""

    period: Period
    balances: Mapping[str, str]


@dataclass(slots=True)
class Ledger:
    """The balances of people, each as their last period left it."""

    closed: dict[str, Closed] = field(default_factory=dict)

    def opened(self, plan: Compiled, person: Person) -> Person | Illegible:
        """Somebody with the balances that the period before left, or why these cannot be told.

        What is handed in for a balance is held against what it closed with.
        """
        before, when = self.closed.pop(person.employee, None), understood_period(person.period)
        if before is None or when is None:
            return person
        asked = [entry.name for entry in plan.kernel.inputs if entry.opens is not None]
        carried = {name: before.balances[name] for name in asked if name in before.balances}
        fault = self._fault(plan, person, before, when, carried)
        if fault is not None:
            return Illegible((fault,), person.employee, person.period, person.facts, person.pointer)
        fresh = {entry.name for entry in plan.kernel.inputs if entry.begins(when)}
        missing = {name: text for name, text in carried.items() if name not in fresh}
        return replace(person, facts={**missing, **person.facts})

    def _fault(
        self, plan: Compiled, person: Person, before: Closed, when: Period, carried: Mapping[str, str]
    ) -> Fault | None:
        """That a period does not follow the one before, or opens with something else than that left."""
        facts: dict[str, Fact] = {"who": shown(person.employee), "before": before.period.text}
        facts["period"] = when.text
        pointer = f"{person.pointer}/period"
        if when.first <= before.period.first:
            return Fault("P759", pointer=pointer, facts=facts) if carried else None
        lacking = carried.keys() - person.facts.keys()
        if lacking and any(True for _ in _gaps(plan, person, before.period, when)):
            return Fault("P758", pointer=pointer, facts=facts)
        for name, text in carried.items():
            given = person.facts.get(name)
            if isinstance(given, str) and _number(given) not in {None, _number(text)}:
                pointer = f"{person.pointer}/facts/{escaped(name)}"
                facts |= {"name": name, "closed": text, "given": shown(given)}
                return Fault("P757", pointer=pointer, facts=facts)
        return None

    def close(self, employee: str, when: Period, balances: Mapping[str, str]) -> None:
        """Enter what somebody's balances closed with."""
        self.closed[employee] = Closed(when, balances)


def _gaps(plan: Compiled, person: Person, before: Period, when: Period) -> Iterator[Period]:
    """The months between two periods in which somebody is neither paid nor absent all the time."""
    first = before.last + timedelta(days=1)
    while first < when.first:
        month = understood_period(first.isoformat()[:7])
        assert month is not None
        absences = person.tables.absences(plan).of(person.employee, month) if person.tables else ()
        if isinstance(absences, Fault) or not wholly(absences, month):
            yield month
        first = month.last + timedelta(days=1)


def _number(text: str) -> Fraction | None:
    """A number as it is handed over; None where it is written otherwise, which whoever reads it tells."""
    try:
        return Fraction(text.replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None
