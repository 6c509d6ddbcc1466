"""Figures that are there to be shown."""

from __future__ import annotations

from tests.support.sales import compiled

PLAN = "fact revenue money\nfact costs money\nmargin = revenue - costs\ncommission 2% of revenue\n"


def test_a_figure_that_an_example_shows_is_used() -> None:
    shown = 'example "May"\n  given revenue 100; costs 40\n  shows margin 60\n  pays commission 2\n'
    assert [fault.code for fault in compiled(PLAN).checked.faults] == ["P228"]
    assert compiled(PLAN + shown).checked.faults == ()
