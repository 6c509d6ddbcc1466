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
