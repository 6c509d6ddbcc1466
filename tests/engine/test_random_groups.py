"""Random companies by random plans with groups: what is asked of members and shared is what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given

from dsl import tree
from engine import kernel as k
from engine.compile import Compiled
from engine.evaluate import Paid, Result
from tests.support.chances import CHANCE, examples
from tests.support.companies import Employed, agree, company, reckoned, together
from tests.support.naive import Naive
from tests.support.plans import Draft
from tests.support.trials import planned


def employed(chance: Random) -> tuple[Draft, Compiled, list[Employed]]:
    """A random plan that asks something of a group, and people who are paid by it."""
    while True:
        made, plan = planned(chance, tables=True, groups=True)
        if any(table.group for table in plan.kernel.tables):
            return made, plan, company(chance, made, plan, chance.randint(2, 6))


@examples(60)
@given(CHANCE)
def test_a_company_is_paid_what_the_rules_say(chance: Random) -> None:
    """On every line and on the way there; what cannot be asked of a member leaves open what hangs on it."""
    made, plan, several = employed(chance)
    for paid, other in zip(together(plan, several), reckoned(plan, made, several), strict=True):
        agree(plan, paid, other)


@examples(60)
@given(CHANCE)
def test_no_order_of_people_changes_anything(chance: Random) -> None:
    _, plan, several = employed(chance)
    shuffled = chance.sample(several, len(several))
    before, after = together(plan, several), together(plan, shuffled)
    for one, paid in zip(several, before, strict=True):
        again = after[shuffled.index(one)]
        if isinstance(paid, Result):
            assert isinstance(again, Result)
            assert (again.amounts, again.numbers) == (paid.amounts, paid.numbers)
        else:
            assert isinstance(again, tuple)
            assert [fault.code for fault in again] == [fault.code for fault in paid]


@examples(120)
@given(CHANCE)
def test_the_parts_of_a_sum_make_it(chance: Random) -> None:
    """To the last minor unit, of those who were there and of those who came late."""
    made, plan, several = employed(chance)
    _shared(plan, together(plan, several), reckoned(plan, made, several))


def _shared(plan: Compiled, paid: Sequence[Paid], others: Sequence[Naive]) -> int:
    """How many sums that are the same for all who share them were held against their parts."""
    held = 0
    for expr in plan.checked.scope.expressions:
        if not isinstance(expr, tree.Pool) or expr.left:
            continue
        parts: dict[tuple[tuple[int, ...], bool], list[tuple[Fraction, Fraction] | None]] = {}
        for one, other in zip(paid, others, strict=True):
            crew = tuple(map(id, other.members[expr.group.text]))
            found = _part(one, expr) if isinstance(one, Result) else None
            late = found is not None and expr.reserve is not None and other.holds(expr.reserve.late)
            parts.setdefault((crew, late), []).append(found)
        for several in parts.values():
            known = [one for one in several if one is not None]
            wholes = {whole for whole, _ in known}
            if len(wholes) == 1 and len(known) == len(several):
                assert sum(part for _, part in known) == wholes.pop(), expr
                held += 1
    return held


def _part(paid: Result, expr: tree.Pool) -> tuple[Fraction, Fraction] | None:
    """A sum that is shared and what somebody has of it, if it was worked out."""
    for step in paid.kernel.steps:
        if isinstance(step.made, k.Pooled) and step.value.place == expr.place:
            whole, part = paid.value(step.made.whole), paid.value(step.value)
            return None if whole is None or part is None else (whole, part)
    return None


@pytest.mark.parametrize("seed", [0])
def test_some_companies_are_paid(seed: int) -> None:
    """The properties above are no empty ones: every way to ask and to share is paid by."""
    agreed = held = 0
    met: set[object] = set()
    for number in range(seed, seed + 60):
        made, plan, several = employed(Random(number))
        paid, others = together(plan, several), reckoned(plan, made, several)
        agreed += sum([agree(plan, one, other) for one, other in zip(paid, others, strict=True)])
        held += _shared(plan, paid, others)
        for expr in plan.checked.scope.expressions:
            match expr:
                case tree.Records(word, table) if table.text in plan.checked.scope.groups:
                    met |= {word, table.text, expr.where is not None}
                case tree.Pool(reserve=reserve, left=left):
                    met |= {"pool", "reserve" if reserve else "whole", "left" if left else "by turns"}
                case tree.Prizes(equals=equals):
                    met.add(equals)
    assert agreed > 100
    assert held > 5
    assert met >= {"sum", "average", "least", "greatest", "count", "rank", "team", "dept", "people", True}
    assert met >= {"pool", "reserve", "whole", "left", "by turns", "share", "higher"}
