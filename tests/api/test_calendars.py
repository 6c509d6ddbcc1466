"""Calendars of working time, beside those that are printed for accountants."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from api.calendars import WorkingYear, calendar, own_days
from api.files import Unread
from dsl.faults import Fault
from dsl.words import Lang
from tests.support.cli import data, premia

DAYS = {
    2025: [17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22, 247],
    2026: [15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22, 247],
}
HOURS = {
    2025: [136, 160, 167, 175, 144, 151, 184, 168, 176, 184, 151, 176, 1972],
    2026: [120, 152, 168, 175, 151, 167, 184, 168, 176, 176, 159, 176, 1972],
}


def made(country: str, year: int, week: int = 40, own: Path | None = None) -> WorkingYear:
    """A calendar that there is."""
    days = {} if own is None else own_days(own)
    assert not isinstance(days, Unread)
    found = calendar(country, year, week, days)
    assert isinstance(found, WorkingYear)
    return found


@pytest.mark.parametrize("year", DAYS)
@pytest.mark.parametrize("country", ["RU", "RF", "ru"])
def test_the_months_of_russia(country: str, year: int) -> None:
    """As accountants' calendars print them for a week of 40 hours."""
    found = made(country, year)
    several = (*found.months, found.whole)
    assert [one.days for one in several] == DAYS[year]
    assert [one.hours for one in several] == [str(hours) for hours in HOURS[year]]


@pytest.mark.parametrize("year", DAYS)
@pytest.mark.parametrize("week", [36, 24])
def test_shorter_weeks(week: int, year: int) -> None:
    """A fifth of the week for each day, less an hour for each short one."""
    for month, days, hours in zip(made("RU", year, week).months, DAYS[year], HOURS[year], strict=False):
        tenths = days * week * 2 - (days * 8 - hours) * 10
        whole, rest = divmod(tenths, 10)
        assert month.hours == (f"{whole}.{rest}" if rest else str(whole))


def test_hours_are_told_only_where_short_days_are_known() -> None:
    found = made("RU", 2027)
    assert (found.whole.days, found.whole.hours) == (247, None)
    assert made("DE", 2026).whole.hours == "2032"


def test_a_company_that_works_on_a_saturday(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("day,working\n2026-05-02,yes\n2026-05-04,no\n2026-05-05,yes\n2027-01-01,yes\n", "utf-8")
    found, usual = made("RU", 2026, own=own), made("RU", 2026)
    assert {one.day: one.working for one in set(found.days) ^ set(usual.days) if one in found.days} == {
        "2026-05-02": True,
        "2026-05-04": False,
    }
    assert (found.months[4].days, found.months[4].hours) == (19, "151")


@pytest.mark.parametrize(
    "rows",
    [
        "2026-05-02,perhaps",
        "2026-05-32,yes",
        ",yes",
        "2026-05-02,",
        "2026-05-02,yes\n2026-05-02,no",
        "2026-05-02,yes,25",
        "2026-05-02,no,8",
        "2026-05-02,yes,0",
    ],
)
def test_days_of_a_company_that_cannot_be_read(rows: str, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    heads = "day,working" + ",hours" * (rows.partition("\n")[0].count(",") == 2)
    own.write_text(f"{heads}\n{rows}\n", "utf-8")
    read = own_days(own)
    assert isinstance(read, Unread)
    assert [fault.code for fault in read.faults] == ["P838"]


@pytest.mark.parametrize(
    ("country", "year", "code"), [("Russia", 2026, "P836"), ("RU", 1900, "P837"), ("RU", 9999, "P837")]
)
def test_what_has_no_calendar(country: str, year: int, code: str) -> None:
    found = calendar(country, year, 40, {})
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(("lang", "apart", "yes", "no"), [("en", ",", "yes", "no"), ("ru", ";", "да", "нет")])
def test_the_table_says_what_is_not_as_usual(
    lang: Lang, apart: str, yes: str, no: str, tmp_path: Path
) -> None:
    """And a plan that goes by working days takes it as it is."""
    out = tmp_path / "calendar.csv"
    assert premia("calendar", "RU", "2025", "--lang", lang, "--out", out).exit_code == 0
    heads, *read = csv.reader(out.read_text("utf-8-sig").splitlines(), delimiter=apart)
    rows = {day: (worked, hours) for day, worked, hours in read}
    assert heads[1] == {"en": "working", "ru": "рабочий"}[lang]
    assert rows["2025-11-01"] == (yes, "7")
    assert rows["2025-11-03"] == (no, "")
    assert rows["2025-11-05"] == (yes, "8")
    assert "2025-11-08" not in rows


def test_a_year_without_known_hours_lists_what_is_not_as_usual(tmp_path: Path) -> None:
    out = tmp_path / "calendar.csv"
    assert premia("calendar", "RU", "2027", "--lang", "en", "--out", out).exit_code == 0
    heads, *read = csv.reader(out.read_text("utf-8-sig").splitlines())
    assert heads == ["day", "working"]
    assert {day for day, _ in read} >= {"2027-01-01"}
    assert all(len(row) == 2 and row[1] == "no" for row in read if row[0] < "2027-02-01")


def test_hours_of_a_company(tmp_path: Path) -> None:
    """A Saturday of four hours, a long Monday, a day off."""
    own = tmp_path / "own.csv"
    own.write_text("day,working,hours\n2026-03-14,yes,4\n2026-03-16,yes,9.5\n2026-03-17,no,\n", "utf-8")
    march = made("RU", 2026, own=own).months[2]
    assert (march.days, march.hours) == (21, "165.5")


def test_a_mover_of_july_is_paid_by_the_calendar_of_russia(tmp_path: Path) -> None:
    """10 000 for 11 of the 23 working days that July 2025 has, 4 782.61."""
    (tmp_path / "moves.plan").write_text(
        'plan "Who moves"\nversion 2025-07\ncurrency RUB\n'
        "table sales\n  seller employee\n  sold_on date, counts\n  amount money\n"
        "sold = sum of amount of sales\ngroup team\ngoal = sum of sold of team at least 100 000\n"
        "pay team_goal = 10 000 if goal otherwise 0 by working days in team\n",
        "utf-8",
    )
    (tmp_path / "people.csv").write_text("employee,period\n1,2025-07\n2,2025-07\n", "utf-8")
    (tmp_path / "sales.csv").write_text("seller,sold_on,amount\n2,2025-07-01,100 000\n", "utf-8")
    (tmp_path / "team.csv").write_text(
        "employee,team,from,to\n1,A,,2025-07-15\n1,B,2025-07-16,\n2,A,,\n", "utf-8"
    )
    out = tmp_path / "calendar.csv"
    assert premia("calendar", "RU", "2025", "--lang", "en", "--out", out).exit_code == 0
    named = {"sales": tmp_path / "sales.csv", "team": tmp_path / "team.csv", "calendar": out}
    tables = [part for name, file in named.items() for part in ("--table", f"{name}={file}")]
    found = data("evaluate", tmp_path / "moves.plan", "--facts", tmp_path / "people.csv", *tables)["results"]
    assert [one["lines"][0]["amount"] for one in found] == ["4782.61", "10000.00"]


def test_the_command_says_months_as_text_and_as_data() -> None:
    text = premia("calendar", "RU", "2026").stdout
    assert "2026-05    19    151" in text
    told = data("calendar", "RU", "2026", "--week", "36")
    assert (told["week"], told["whole"]) == (36, {"period": "2026", "days": 247, "hours": "1774.4"})
    assert len(told["days"]) == 365


@pytest.mark.parametrize(
    "given", [("RU", "26x"), ("RU", "2026", "--week", "0"), ("RU", "2026", "--week", "61")]
)
def test_a_year_or_a_week_that_is_none(given: tuple[str, ...]) -> None:
    assert premia("calendar", *given).exit_code == 2
