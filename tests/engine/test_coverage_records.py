"""What examples reach of conditions on records: each part of a condition, by some record."""

from __future__ import annotations

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.coverage import coverage
from engine.examples import run

PLAN = """plan "Calls"
version 1
currency RUB

table calls "Calls"
  operator employee
  duration duration
  answered yes/no

pay calls_made "For calls" = 100 * count of calls where answered and duration at least 30 seconds

example "two"
  record of calls duration 29 seconds; answered yes
  record of calls duration 30 seconds; answered yes
  pays calls_made 100
"""


def test_each_part_of_a_condition_is_reached_by_records() -> None:
    """And nobody is asked for a target in the place of what records come to."""
    compiled = read_plan(Source("calls.plan", PLAN))
    assert isinstance(compiled, Compiled)
    found = coverage(compiled, run(compiled))
    assert [(one.what, compiled.source.at(one.place)) for one in found.missing] == [("fails", "answered")]


BANDS = """plan "Deals"
version 1
currency RUB

table deals "Deals"
  deal     id
  seller   employee
  paid_on  date, counts
  amount   money

commission on amount of deals in order of paid_on, each band at its own rate
  up to 100: 3%
  above      5%

example "up to the bound, and beyond"
  record of deals amount 100
  record of deals amount 50
  pays            commission 5.5
"""


def test_a_record_is_wanted_on_both_sides_of_a_bound_that_records_fill() -> None:
    """One that ends at the bound does not cross it, whatever stands before it."""
    for amounts, wanted in ((("100", "50"), True), (("99", "51"), False)):
        text = BANDS.replace("amount 100", f"amount {amounts[0]}")
        text = text.replace("amount 50", f"amount {amounts[1]}")
        compiled = read_plan(Source("deals.plan", text))
        assert isinstance(compiled, Compiled)
        missing = [one.what for one in coverage(compiled, run(compiled)).missing]
        assert ("crosses" in missing) == wanted
