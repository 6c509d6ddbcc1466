"""Between which groups somebody moves by whose days they are paid, and how many days they are in each."""

from __future__ import annotations

from collections.abc import Sequence

from dsl.faults import Fault

from . import kernel as k
from .belonging import Belonging
from .facts import SentTables
from .facts.calendar import Calendar
from .facts.days import Days, Moves, Whereabouts, days_of
from .facts.understood import understood_period

MANY = 24  # groups of a sort that somebody may be in within a period, and still be paid by the days in each


def moves(belonging: Belonging, index: int) -> Moves:
    """The moves of somebody within their period, between groups of each sort that their plan says."""
    person, plan = belonging.people[index]
    when, asked = understood_period(person.period), plan.kernel.stays
    if when is None or not asked:
        return Moves()
    stays: dict[str, tuple[Whereabouts, ...]] = {}
    for table in plan.kernel.tables:
        found = _whereabouts(belonging, index, table) if table.name in asked else ()
        if found and found[0].days != (days_of(when),) and len(found) <= MANY:
            stays[table.name] = found
    calendar, numbers = Calendar(), dict[str, int]()
    for unit in {unit for group in stays for unit in asked[group]}:
        count = _counted
        if unit == k.WORKDAYS:
            calendar = (person.tables or SentTables({}, pointer=f"{person.pointer}/tables")).calendar(plan)
            count = calendar.worked
        numbers[unit] = count([days_of(when)])
        for group, several in stays.items():
            for number, one in enumerate(several, 1):
                numbers[k.stayed(f"{unit}:{group}", group, number)] = count(one.days)
    fault = calendar.fault
    if fault is None and numbers.get(k.WORKDAYS) == 0:
        fault = Fault("P575", pointer=person.pointer, facts={"period": when.text})
    return Moves(stays, numbers, fault)


def _whereabouts(belonging: Belonging, index: int, group: k.RecordsTable) -> tuple[Whereabouts, ...]:
    """The groups of a sort that somebody is in, each with its days; none where nobody can tell."""
    stays = belonging.stays(index, group)
    days: dict[str, list[Days]] = {}
    for stay in () if isinstance(stays, Fault) else stays:
        days.setdefault(stay.value, []).append((stay.first, stay.last))
    return tuple(Whereabouts(value, tuple(own)) for value, own in days.items())


def _counted(several: Sequence[Days]) -> int:
    """How many days some are."""
    return sum(last - first + 1 for first, last in several)
