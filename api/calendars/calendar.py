"""The working days and hours of a year, as a country has them and a company corrects them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from itertools import groupby

from dsl.data import table
from dsl.faults import Fault
from dsl.node import node
from dsl.record import ABSENT
from engine.facts.values import shown

DAYS = 5  # working days of a week, which share its hours equally
YEARS = 1900, 2100
# Countries by the names that laws of a plan have.
NAMED: Mapping[str, str] = {"RF": "RU", "РФ": "RU"}

Hours = Decimal | None  # None where a day is worked and nobody knows how long
OFF = Decimal()


@node
class Day:
    """A day of a calendar, with its working hours where they are known."""

    day: str
    working: bool
    hours: str | None = field(default=None, metadata=ABSENT)


@node
class Worked:
    """How many days of a month, or of a year, are worked; and how many hours where they are known."""

    period: str
    days: int
    hours: str | None = field(default=None, metadata=ABSENT)


@node
class WorkingYear:
    """The working time of a country in a year, at so many hours a week."""

    country: str
    year: int
    week: int
    months: tuple[Worked, ...]
    whole: Worked
    days: tuple[Day, ...]

    @property
    def unusual(self) -> tuple[Day, ...]:
        """The days that are not as those from Monday to Friday usually are."""
        return tuple(
            one
            for one in self.days
            if one.working != (datetime.date.fromisoformat(one.day).isoweekday() <= DAYS)
        )


def calendar(country: str, year: int, week: int, own: Mapping[datetime.date, Hours]) -> WorkingYear | Fault:
    """The working time of a country, but for the days that are a company's `own`.

    Hours are known where the short days of that year are listed, or where none of the country's ever is.
    """
    import holidays  # noqa: PLC0415  # slow to import, and of no use to whoever is paid

    code = NAMED.get(country.strip().upper(), country.strip().upper())
    if code not in holidays.list_supported_countries():
        return Fault("P836", facts={"country": shown(country)})
    there = holidays.country_holidays(code)
    if not max(there.start_year, YEARS[0]) <= year <= min(there.end_year, YEARS[1]):
        return Fault("P837", facts={"country": code, "year": str(year)})
    listed = table(__package__, "short.toml").get(code, {str(year): ()})
    usual = Decimal(week) / DAYS if str(year) in listed else None
    days: dict[datetime.date, Hours] = {}
    for number in range(datetime.date(year, 1, 1).toordinal(), datetime.date(year + 1, 1, 1).toordinal()):
        day = datetime.date.fromordinal(number)
        short = usual is not None and day.isoformat() in listed[str(year)]
        days[day] = (usual and usual - short) if there.is_working_day(day) else OFF
        if day in own and (own[day] is not None or days[day] == OFF):
            days[day] = usual if own[day] is None else own[day]
    months = groupby(days.items(), key=lambda one: one[0].isoformat()[:7])
    return WorkingYear(
        code,
        year,
        week,
        tuple(_worked(month, (hours for _, hours in several)) for month, several in months),
        _worked(str(year), days.values()),
        tuple(Day(day.isoformat(), hours != OFF, _printed(hours)) for day, hours in days.items()),
    )


def _worked(period: str, days: Iterable[Hours]) -> Worked:
    """What the days of a month, or of a year, come to."""
    several = [hours for hours in days if hours != OFF]
    known = [hours for hours in several if hours is not None]
    return Worked(period, len(several), _printed(sum(known, OFF) if len(known) == len(several) else None))


def _printed(hours: Hours) -> str | None:
    return None if hours is None else f"{hours.normalize():f}"
