"""The check at its ends: what it takes a plan to say, and what it is silent about."""

from __future__ import annotations

import pytest

from tests.support.checks import BONUS, HEADER, checked, told


def test_what_is_said_of_a_line_is_not_said_of_the_plan() -> None:
    lines = 'about "All of it."\nabout revenue "A line."\nbonus 5\nrevenue weight 100% target 5\n'
    header = checked(HEADER["en"] + lines).header
    assert header is not None
    assert header.about == ("All of it.",)


def test_a_kpi_is_measured_by_what_its_target_is() -> None:
    plan = checked(f"{BONUS}fact quota days\nrevenue weight 100% target quota\n")
    assert plan.faults == ()
    assert plan.kinds.taken["revenue"] == "days"


def test_columns_are_held_against_what_goes_across() -> None:
    """Profit can be below nothing, where the first column does not begin; deals cannot."""
    lines = (
        "fact profit money can be negative\nfact deals count\nrate = matrix by deals and profit\n"
        "  columns from 0; from 10\n  from 0: 1%; 2%\n  from 5: 3%; 4%\ncommission rate * profit\n"
    )
    assert [code for code, _, _ in told(HEADER["en"] + lines)] == ["P240"]


def test_of_a_section_written_twice_the_weights_are_not_judged() -> None:
    section = "section s weight {}%\n{} weight 100% target 5\nend section\n"
    text = BONUS + section.format(40, "a") + section.format(50, "b")
    assert [code for code, _, _ in told(text)] == ["P203"]


@pytest.mark.parametrize("section", ["", "section s weight 30%\n"])
def test_a_forgotten_weight_is_offered_where_it_is_known(section: str) -> None:
    faults = told(f"{BONUS}{section}a weight 60% target 5\nb target 5\n")
    assert [(code, offered) for code, _, offered in faults] == [("P215", "b weight 40%")]
