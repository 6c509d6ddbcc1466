"""The variable that a difference between two plans is shown along, and how far it is followed."""

from __future__ import annotations

from fractions import Fraction

from dsl.source import Source
from engine.compare import Contrast, contrasts
from engine.compile import Compiled, read_plan

HEAD = 'plan "Sales"\nversion 1\ncurrency RUB\n'


def only(facts: str, old: str, new: str) -> Contrast:
    """The one line that two plans over the same facts pay differently."""
    plans = [read_plan(Source("test.plan", f"{HEAD}{facts}{text}\n")) for text in (old, new)]
    one, other = plans
    assert isinstance(one, Compiled)
    assert isinstance(other, Compiled)
    (found,) = contrasts(one, other)
    return found


def test_of_several_facts_the_one_that_bends_in_the_new_plan_is_shown() -> None:
    """Neither bends the line of the old one."""
    found = only(
        "fact sales money\nfact calls count\n",
        "pay activity = 10% of sales + 1 RUB * calls",
        "pay activity = 10% of sales + 1 RUB * min(calls; 100) + 1 RUB",
    )
    assert (found.axis, found.name) == ("fact", "calls")


def test_a_cap_of_the_bonus_is_shown_along_a_kpi_of_both_plans() -> None:
    facts = "fact sales money\nsales weight 100% target 10\n"
    found = only(facts, "bonus 100 cap 120", "bonus 100 cap 130")
    assert (found.kind, found.axis, found.name) == ("cap", "attainment", "sales")
    assert found.stretches[0].low == Fraction(6, 5)


def test_what_can_be_below_nothing_is_followed_below_it() -> None:
    """The plans differ for losses alone."""
    found = only(
        "fact profit money can be negative\n",
        "pay share = 5% of profit",
        "pay share = max(5% of profit; 0)",
    )
    assert found.floor is None
    assert [(one.low, one.high) for one in found.stretches] == [(None, Fraction(0))]
