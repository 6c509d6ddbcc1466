"""Periods by their names and days; full months between days, as a calendar counts them one by one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from dsl.period import DAYS, period
from engine.civil import civil, months
from engine.facts.understood import understood_period
from tests.support.naive import full_months


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-07/1", "2025-07-01", "2025-07-15"),
        ("2024-02/2", "2024-02-16", "2024-02-29"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-08-23..2026-09-30", "2026-08-23", "2026-09-30"),
        ("2025-04-01..2026-03-31", "2025-04-01", "2026-03-31"),
    ],
)
def test_periods_have_their_days(text: str, first: str, last: str) -> None:
    found = period(text)
    assert found is not None
    assert (found.text, found.first.isoformat(), found.last.isoformat()) == (text, first, last)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-08-01..2026-08-31", "2026-08"),
        ("2026-08-16..2026-08-31", "2026-08/2"),
        ("2026-01-26..2026-02-01", "2026-W05"),
        ("2025-07-01..2025-12-31", "2025-H2"),
        ("2025-01-01..2025-12-31", "2025"),
        ("23.08.2026 - 30.09.2026", "2026-08-23..2026-09-30"),
        ("01.07.2025–31.07.2025", "2025-07"),
    ],
)
def test_days_that_have_a_name_are_called_by_it(text: str, name: str) -> None:
    found = understood_period(text)
    assert found is not None
    assert found.text == name


@pytest.mark.parametrize(
    "text",
    ["2025-W53", "2025-W00", "2025-H3", "2025-07/3", "2026-09-30..2026-08-23", "2026-02-30..2026-03-01",
     "2025-01-01..2026-01-31", "9999-01-01..9999-12-31", "2025-07..2025-08", "0000-W01"],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    assert period(text) is None
    assert understood_period(text) is None


def test_the_longest_period_has_53_weeks() -> None:
    first = date(2024, 12, 30)
    last = date.fromordinal(first.toordinal() + DAYS - 1)
    assert period(f"{first}..{last}") is not None
    assert period(f"{first}..{date.fromordinal(last.toordinal() + 1)}") is None


def test_every_day_stands_in_its_month() -> None:
    for day in range(1, 800_000, 13):
        known, (month, within) = date.fromordinal(day), civil(day)
        assert (month - civil(1)[0], within + 1) == (12 * (known.year - 1) + known.month - 1, known.day)


def test_full_months_are_those_that_a_calendar_counts() -> None:
    chance = Random(13)
    for _ in range(2000):
        since = chance.randrange(date(1990, 1, 1).toordinal(), date(2040, 1, 1).toordinal())
        until = since + chance.randrange(-40, 2000)
        assert months(since, until) == full_months(Fraction(since), Fraction(until))


@pytest.mark.parametrize(
    ("since", "until", "full"),
    [
        ("2023-03-01", "2024-02-29", 11),
        ("2023-03-01", "2024-03-01", 12),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2025-01-31", "2025-02-28", 1),
        ("2025-03-01", "2025-02-01", 0),
    ],
)
def test_full_months(since: str, until: str, full: int) -> None:
    assert months(date.fromisoformat(since).toordinal(), date.fromisoformat(until).toordinal()) == full
