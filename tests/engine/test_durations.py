"""Durations as systems write them: with their unit in the text, by that of their column, or refused."""

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person, SentTables
from engine.facts.decimals import JsonNumber

PLAN = """\
plan "Calls"
version 1
currency RUB

table calls
  operator  employee
  talk      duration

talked duration = sum of talk of calls
pay spoken "Spoken" = 1 if talked = {} otherwise 0
"""


def plan(unit: str, expected: str) -> Compiled:
    text = PLAN.format(expected).replace("duration\n\n", f"duration{unit}\n\n")
    found = read_plan(Source("calls.plan", text))
    assert isinstance(found, Compiled), found
    return found


def paid(unit: str, raw: object, expected: str) -> int | list[str]:
    """100 where a cell lasts as expected, or the codes of what is wrong with it."""
    compiled = plan(unit, expected)
    tables = SentTables({"calls": [{"operator": "A", "talk": raw}]}, alone="A")
    found = pay(compiled, Person("A", "2025-07", {}, tables=tables))
    return found.total if isinstance(found, Result) else [fault.code for fault in found]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("00:01:35", "95 seconds"),
        ("0:01:35", "95 seconds"),
        ("23:24:15", "84 255 seconds"),
        ("95 seconds", "95 seconds"),
        ("95 сек.", "95 seconds"),
        ("1,5 мин", "90 seconds"),
        ("1.25 hours", "75 minutes"),
        ("0", "0 seconds"),
        (JsonNumber("0"), "0 seconds"),
    ],
)
@pytest.mark.parametrize("unit", ["", " minutes"])
def test_a_text_that_says_its_unit_is_taken_by_it(unit: str, raw: object, expected: str) -> None:
    assert paid(unit, raw, expected) == 100


@pytest.mark.parametrize("raw", ["95", "1.5", JsonNumber("95"), "1 500,5"])
def test_a_bare_number_of_no_unit_is_refused(raw: object) -> None:
    assert paid("", raw, "95 seconds") == ["P569"]


@pytest.mark.parametrize(
    ("unit", "raw", "expected"),
    [
        (" seconds", "95", "95 seconds"),
        (" seconds", JsonNumber("0.5"), "0.5 seconds"),
        (" minutes", "1.5", "90 seconds"),
        (" hours", JsonNumber("2"), "2 hours"),
    ],
)
def test_a_bare_number_counts_the_unit_of_its_column(unit: str, raw: object, expected: str) -> None:
    assert paid(unit, raw, expected) == 100


@pytest.mark.parametrize("raw", ["1404:75", "1:35", "0:75:00", "0:01:75", "-0:01:35"])
def test_what_is_no_time_of_hours_minutes_and_seconds_is_refused(raw: str) -> None:
    assert paid(" seconds", raw, "95 seconds") == ["P568"]


@pytest.mark.parametrize("raw", ["-95 seconds", "95 parsecs", "soon", "95 %"])
def test_what_is_no_duration_is_refused(raw: str) -> None:
    assert paid(" seconds", raw, "95 seconds") in (["P503"], ["P507"], ["P508"])


@pytest.mark.parametrize(
    ("unit", "raw", "expected"),
    [
        (" seconds", "95", 95),
        (" minutes", JsonNumber("1.5"), 90),
        ("", "00:01:35", 95),
        ("", "1,5 мин", 90),
        ("", "0", 0),
        ("", "95", "P569"),
        (" seconds", "1404:75", "P568"),
        (" seconds", "-5", "P508"),
        (" hours from 0 seconds up to 8 hours", "9", "P539"),
    ],
)
def test_a_fact_is_read_as_a_column_is(unit: str, raw: str, expected: int | str) -> None:
    text = f"""plan "Calls"
version 1
currency RUB
fact talk duration{unit}
pay spoken "Spoken" = 1 * (talk / 1 second)
"""
    compiled = read_plan(Source("calls.plan", text))
    assert isinstance(compiled, Compiled), compiled
    found = pay(compiled, Person("A", "2025-07", {"talk": raw}))
    told = found.total // 100 if isinstance(found, Result) else found[0].code
    assert told == expected
