"""Days, as tables that come with the facts tell them: from when to when something holds, who is absent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.period import Period

from ..compile import Compiled
from ..kernel import Input
from .columns import Raw
from .understood import no_day
from .values import escaped, shown, value

Days = tuple[int, int]  # a first and a last day, both among them
EVER: Days = date.min.toordinal(), date.max.toordinal()


@node
class Whereabouts:
    """A group that somebody is in, on some days of a period."""

    value: str
    days: tuple[Days, ...]


@node
class Moves:
    """In which groups somebody is for a part of the period only, of each sort by whose days they are paid.

    `numbers` are the days of the period and of each of these, as the kernel calls them; where they are not
    to be had it is said why.
    """

    stays: Mapping[str, tuple[Whereabouts, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    fault: Fault | None = None

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """In how many groups of each sort they are."""
        return tuple((group, len(several)) for group, several in self.stays.items())


@node
class Absence:
    """The days on which somebody is absent, both among them, and why."""

    days: Days
    why: str


def days_of(when: Period) -> Days:
    """The first and the last day of a period."""
    return when.first.toordinal(), when.last.toordinal()


def cut(days: Days, to: Days) -> Days | None:
    """The part of some days that lies among others, if any does."""
    first, last = max(days[0], to[0]), min(days[1], to[1])
    return (first, last) if first <= last else None


def without(days: Iterable[Days], others: Sequence[Days]) -> list[Days]:
    """What others leave of some days."""
    left = [*days]
    for first, last in others:
        parts = ((begun, min(ended, first - 1), max(begun, last + 1), ended) for begun, ended in left)
        left = [one for a, b, c, d in parts for one in dict.fromkeys(((a, b), (c, d))) if one[0] <= one[1]]
    return left


def text(row: Raw, name: str) -> str:
    """A cell as it stands; the empty text where there is none."""
    cell = row.get(name)
    return cell.strip() if isinstance(cell, str) else ""


def span(plan: Compiled, row: Raw, where: str) -> Days | Fault:
    """From which day to which a row holds; where one is left out it holds from ever, or for ever.

    Of days that are turned round the last comes before the first.
    """
    words = plan.checked.scope.words
    found: list[int] = []
    for column, usual in zip((words.since, words.until), EVER, strict=True):
        day = day_of(plan, row, column, where)
        if isinstance(day, Fault):
            return day
        found.append(usual if day is None else day)
    return found[0], found[1]


def day_of(plan: Compiled, row: Raw, column: str, where: str) -> int | Fault | None:
    """The day in a cell; None of an empty one."""
    raw = row.get(column)
    if raw is None or (isinstance(raw, str) and (not raw.strip() or no_day(raw))):
        return None
    faults: list[Fault] = []
    number = value(plan, Input(column, "actual", "date"), raw, where, faults)
    for fault in faults:
        if fault.severity == "error":
            return replace(fault, pointer=f"{where}/{escaped(column)}")
    return None if number is None else number.digits


def wholly(absences: Sequence[Absence], when: Period) -> bool:
    """Whether somebody is absent all of a period."""
    return not without([days_of(when)], [one.days for one in absences])


@dataclass(slots=True)
class Absences:
    """Who is absent, and when; or why that cannot be told of somebody, or of anybody (`fault`)."""

    found: dict[str, list[Absence] | Fault] = field(default_factory=dict)
    fault: Fault | None = None

    def of(self, employee: str, when: Period) -> tuple[Absence, ...] | Fault:
        """The absences of somebody within a period, by their days."""
        if self.fault is not None:
            return self.fault
        found = self.found.get(employee, [])
        if isinstance(found, Fault):
            return found
        within = ((cut(one.days, days_of(when)), one.why) for one in found)
        return tuple(sorted((Absence(days, why) for days, why in within if days), key=lambda one: one.days))


def read_absences(plan: Compiled, tables: Mapping[str, Collection[Raw]], pointer: str) -> Absences:
    """The absences of everybody, as a table says them."""
    words, made = plan.checked.scope.words, Absences()
    for at, row in enumerate(tables.get(words.absences, ())):
        where = f"{pointer}/{escaped(words.absences)}/{at}"
        who, days = text(row, words.role_words["employee"]), span(plan, row, where)
        facts: dict[str, Fact] = {"table": words.absences, "who": shown(who), "row": str(at + 1)}
        if not who or (not isinstance(days, Fault) and (days[0] > days[1] or EVER[0] == days[0])):
            days = Fault("P577", pointer=where, facts=facts)
        if not who:
            made.fault = made.fault or (days if isinstance(days, Fault) else None)
        elif isinstance(days, Fault):
            made.found[who] = replace(days, facts={**days.facts, **facts})
        elif isinstance(known := made.found.setdefault(who, []), list):
            known.append(Absence(days, text(row, words.why)))
    return made
