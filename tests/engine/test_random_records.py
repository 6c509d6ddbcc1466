"""Random plans over random tables: no order of rows changes anything, and a table in two parts adds up."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from engine import kernel as k
from engine.compile import Compiled
from engine.evaluate import Result, pay
from tests.support import people
from tests.support.chances import CHANCE, examples
from tests.support.plans import Draft, draft
from tests.support.trials import agree, compiled, crowd, person, somebody


def kept(chance: Random) -> tuple[Draft, Compiled]:
    """A random plan that checks and has a table."""
    while not (made := draft(chance, tables=True)).cells or (plan := compiled(made)) is None:
        pass
    return made, plan


@examples(60)
@given(CHANCE)
def test_what_comes_of_records_is_what_the_rules_say(chance: Random) -> None:
    """On every line and on the way there, with a trace and without."""
    made, plan = kept(chance)
    for facts, other in crowd(chance, made, plan, 4):
        agree(plan, facts, other)


def _paid(plan: Compiled, given: people.Given) -> Result | None:
    result = pay(plan, person(given))
    return result if isinstance(result, Result) else None


@examples(60)
@given(CHANCE)
def test_no_order_of_rows_changes_anything(chance: Random) -> None:
    """Ordered or not: order is by the stated day, then by id."""
    made, plan = kept(chance)
    one = somebody(chance, made, plan)
    other = replace(one, records=chance.sample(one.records, len(one.records)))
    before, after = _paid(plan, one), _paid(plan, other)
    assert (before and before.amounts) == (after and after.amounts)
    assert (before and before.numbers) == (after and after.numbers)


@examples(120)
@given(CHANCE)
def test_a_table_in_two_parts_adds_up(chance: Random) -> None:
    """Sums and counts of what hangs on the record alone and on facts."""
    _halved(chance)


@pytest.mark.parametrize("seed", [0])
def test_some_tables_are_parted(seed: int) -> None:
    """The property above is no empty one."""
    assert sum(_halved(Random(number)) for number in range(seed, seed + 90)) > 5


def _halved(chance: Random) -> int:
    """How many sums and counts were held against those of two halves of a table."""
    made, plan = kept(chance)
    whole = somebody(chance, made, plan)
    cut = chance.randint(0, len(whole.records))
    halves = (whole.records[:cut], whole.records[cut:])
    results = [_paid(plan, whole), *(_paid(plan, replace(whole, records=half)) for half in halves)]
    found = [result for result in results if result is not None]
    if len(found) < len(results):
        return 0
    held = 0
    for step in found[0].kernel.steps:
        match step.value:
            case k.Own(_, k.Records("sum" | "count", _, value, where) as records) if _plain(records):
                total, *parts = (result.value(step.value) for result in found)
                if None not in (total, *parts):
                    assert total == sum(part for part in parts if part is not None), step
                    held += (value or where) is not None and cut > 0
    return held


def _plain(records: k.Records) -> bool:
    """Whether what is drawn hangs on nothing that hangs on other records, or on what is paid."""
    inner = [node for node in k.walk(records) if node is not records]
    return not any(isinstance(node, k.Earlier | k.Paid | k.Records) for node in inner)
