"""What a plan reads of a period by itself, and of the table that says which days are worked and how long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from dsl.faults import Fact, Fault
from dsl.period import Period

from ..compile import Compiled
from ..kernel import WORKDAYS, Input
from .columns import Raw
from .days import Days, day_of, days_of
from .values import escaped, shown, value

FRIDAY = 5  # as days of a week are counted from 1
DAY = 24  # hours


def of_period(name: str, when: Period) -> int | None:
    """What a period has by itself; None of what the calendar, or somebody's groups, say."""
    match name:
        case "first" | "last":
            return (when.first if name == "first" else when.last).toordinal()
        case "days":
            return (when.last - when.first).days + 1
        case "month":
            return when.first.month
        case "quarter":
            return (when.first.month + 2) // 3
        case "year":
            return when.first.year
        case _:
            return None


@dataclass(slots=True)
class Calendar:
    """Which days are worked: from Monday to Friday, but for those that a table says otherwise; and how long.

    Without the table nobody knows (`fault`): which holidays there are is no guess.
    """

    other: dict[int, bool] = field(default_factory=dict)
    hours: dict[int, Fraction] = field(default_factory=dict)
    fault: Fault | None = None
    pointer: str = ""

    def days(self, several: Iterable[Days]) -> list[int]:
        """Those of some days that are worked."""
        every = (day for first, last in several for day in range(first, last + 1))
        return [day for day in every if self.other.get(day, date.fromordinal(day).isoweekday() <= FRIDAY)]

    def worked(self, several: Iterable[Days]) -> int:
        """How many of some days are worked."""
        return len(self.days(several))

    def read(self, name: str, when: Period) -> Fraction | Fault:
        """The working days of a period, or its hours; the fault that they are not known."""
        if self.fault is not None:
            return self.fault
        days = self.days([days_of(when)])
        if name == WORKDAYS:
            return Fraction(len(days))
        unknown = [day for day in days if day not in self.hours]
        if unknown:
            told: dict[str, Fact] = {"period": when.text, "day": date.fromordinal(unknown[0]).isoformat()}
            return Fault("P727", pointer=self.pointer, facts={**told, "days": str(len(unknown))})
        return sum((self.hours[day] for day in days), Fraction())


def read_calendar(plan: Compiled, tables: Mapping[str, Collection[Raw]], pointer: str) -> Calendar:
    """The calendar of those who are paid together."""
    words = plan.checked.scope.words
    facts: dict[str, Fact] = {"table": words.calendar, "day": words.day, "working": words.working}
    if words.calendar not in tables:
        return Calendar(fault=Fault("P573", pointer=pointer, facts=facts))
    made = Calendar(pointer=f"{pointer}/{escaped(words.calendar)}")
    for at, row in enumerate(tables[words.calendar]):
        where = f"{made.pointer}/{at}"
        day = day_of(plan, row, words.day, where)
        worked = _cell(plan, Input(words.working, "actual", "yes_no"), row)
        if (
            not isinstance(day, int)
            or worked is None
            or made.other.setdefault(day, worked > 0) != (worked > 0)
        ):
            made.fault = day if isinstance(day, Fault) else Fault("P574", pointer=where, facts=facts)
            break
        if not row.get(words.hours):
            continue
        hours = _cell(plan, Input(words.hours, "actual", "number", high=Fraction(DAY)), row)
        if hours is None or made.hours.setdefault(day, hours) != hours or (hours > 0) != (worked > 0):
            told: dict[str, Fact] = {**facts, "hours": words.hours, "value": shown(row[words.hours])}
            made.fault = Fault("P728", pointer=f"{where}/{escaped(words.hours)}", facts=told)
            break
    return made


def _cell(plan: Compiled, entry: Input, row: Raw) -> Fraction | None:
    """A cell of a row; None where it cannot be read."""
    faults: list[Fault] = []
    number = value(plan, entry, row.get(entry.name), "", faults)
    return None if number is None else Fraction(number.digits, 10**number.places)
