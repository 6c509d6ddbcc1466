"""Two plans compared: what is said of money holds at every point, and what changes make adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from dsl.source import Source
from engine import kernel as k
from engine.compare import Contrast, PaidTwice, between, compared, contrasts, cost, lines
from engine.compare.contrasts import Followed
from engine.compile import Compiled, read_plan
from engine.evaluate import Result
from engine.facts import Person
from engine.follow.follow import Effort
from engine.follow.graph import Straight
from engine.follow.hangs import hangs
from engine.follow.people import Somebody, paid
from engine.follow.reference import follow
from engine.money import rounded
from engine.scales import places
from tests.support import people
from tests.support.chances import CHANCE, examples
from tests.support.pairs import pair
from tests.support.places import PLANS
from tests.support.plans import Draft

NEAR = Fraction(1, 10**6)


# ── What is paid along an attainment, or a fact ──────────────────────────────────────────────────────────


def exact(side: Followed) -> bool:
    """Whether nothing is rounded on the way to a line, so that its graph is what it pays exactly."""
    if side.line is None:
        return True
    kernel = side.made.sort.kernel
    waiting, seen = [kernel.lines[side.line].amount], set()
    while waiting:
        for node in k.walk(waiting.pop()):
            if isinstance(node, k.Rounded | k.Paid):
                return False
            if isinstance(node, k.Earlier) and node.index not in seen:
                seen.add(node.index)
                waiting.append(kernel.steps[node.index].value)
    return True


def points(found: Contrast) -> Iterator[Fraction]:
    """Every end of a stretch, a little beside it on either side, and some point inside."""
    for stretch in found.stretches:
        low, high = stretch.low, stretch.high
        for end in (low, high):
            if end is not None:
                yield from (end - NEAR, end, end + NEAR)
        inside = ((low or Fraction(0)) + (high if high is not None else (low or Fraction(0)) + 2)) / 2
        yield inside


def told(found: Contrast, x: Fraction) -> Fraction | None:
    """How much more the new plan pays at a point, as the stretches say; None where that is not known."""
    for stretch in found.stretches:
        above = stretch.low is None or x > stretch.low or (x == stretch.low and stretch.includes_low)
        below = stretch.high is None or x < stretch.high or (x == stretch.high and stretch.includes_high)
        if above and below:
            return None if stretch.change is None else stretch.change.at(x)
    return Fraction(0)


MOVED = {"actual", "drawn"}


def at(side: Followed, found: Contrast, x: Fraction) -> int | None:
    """What the engine pays by a line where the variable is at a point; None where it cannot be there."""
    if side.line is None:
        return 0
    made = moved(side, found, x)
    if made is None:
        return None
    amounts = paid(side.compiled, made)
    return None if amounts is None else amounts[side.line]


def moved(side: Followed, found: Contrast, x: Fraction) -> Somebody | None:
    """Somebody with the fact, or the attainment, at a point."""
    kernel = side.made.sort.kernel
    if found.axis == "nothing" or side.variable is None:
        return side.made
    if found.axis == "fact":
        return side.made.having(side.variable, x) if places(x) is not None else None
    named = [(entry.role, entry.name) for entry in kernel.inputs]
    fact = next((at for at, (role, name) in enumerate(named) if name == found.name and role in MOVED), None)
    if fact is None:
        return None
    still = follow(side.made, hangs(kernel), Effort())
    attained = still.over(fact).step(side.variable - len(kernel.inputs))
    share = attained.spans[-1]
    if isinstance(share, Straight) and share.slope and not attained.points:
        value = (x - share.constant) / share.slope
        if places(value) is not None and value >= 0:
            return side.made.having(fact, value)
    return None


@examples(12)
@given(CHANCE)
def test_the_stretches_are_where_pay_differs(chance: Random) -> None:
    """At every end, a little beside it and inside, both plans pay what is said, by the engine."""
    _, old, new = pair(chance)
    confirmed(old, new)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_the_stretches_of_examples(path: Path) -> None:
    """The same, for plans of real departments with each of their percentages raised by five."""
    text = path.read_text("utf-8")
    old = read_plan(Source("old", text))
    if not isinstance(old, Compiled):
        return  # definitions, which pay nobody
    points = 0
    for found in re.finditer(r"[0-9]+(?=%)", text.partition("\nexample")[0].partition("\nпример")[0]):
        new = read_plan(Source("new", f"{text[: found.start()]}{int(found[0]) + 5}{text[found.end() :]}"))
        points += confirmed(old, new) if isinstance(new, Compiled) else 0
    # A KPI whose bonus is a part of the salary as it is printed is rounded on the way; what is paid for each
    # record moves with nothing but itself.
    inside = any(
        isinstance(one, k.Records) and one.value for root in k.roots(old.kernel) for one in k.walk(root)
    )
    assert points or inside or any(step.role == "printed" for step in old.kernel.steps)


def confirmed(old: Compiled, new: Compiled) -> int:
    """How many points there are at which the engine pays what is said of both plans."""
    points_ = 0
    for found in contrasts(old, new):
        if not (exact(found.old) and exact(found.new)):
            continue
        for x in points(found):
            if found.floor is not None and x < found.floor:
                continue
            one, other, more = at(found.old, found, x), at(found.new, found, x), told(found, x)
            if one is None or other is None or more is None:
                continue
            digits = 10**old.kernel.digits
            before, after = (side.graph.value(x) for side in (found.old, found.new))
            assert isinstance(before, Fraction)
            assert isinstance(after, Fraction)
            assert (one, other) == (nearest(before, digits), nearest(after, digits))
            assert after - before == more
            points_ += 1
    return points_


def nearest(value: Fraction, digits: int) -> int:
    return rounded((value * digits).numerator, (value * digits).denominator)


# ── What it comes to for people ──────────────────────────────────────────────────────────────────────────


def crowd(chance: Random, plan: Draft, old: Compiled, new: Compiled) -> list[Person]:
    """Some people with all that either plan asks for."""
    found = []
    for number in range(3):
        wanted: dict[str, people.Wanted] = {}
        targets: dict[str, people.Wanted] = {}
        facts: dict[str, object] = {}
        for compiled in (old, new):
            for entry in compiled.kernel.inputs:
                if entry.choices:
                    facts[entry.name] = chance.choice(entry.choices)
                elif entry.role != "period":
                    table = wanted if entry.role == "actual" else targets
                    optional = entry.default is not None or entry.optional
                    table[entry.name] = people.Wanted(entry.name, entry.kind, entry.signed, optional)
        one = people.given(chance, plan, [*wanted.values()], [*targets.values()])
        found.append(Person(str(number), one.period, {**one.facts, **facts}, one.targets))
    return found


@examples(8)
@given(CHANCE)
def test_parts_add_up_and_turn_round(chance: Random) -> None:
    plan, old, new = pair(chance)
    several = crowd(chance, plan, old, new)
    there, back = between(old, new), between(new, old)
    forth, home = compared(there, several), compared(back, several)
    whole = cost(there, forth)
    assert sum(whole.parts) + whole.unsplit == whole.new - whole.old
    assert cost(back, home).parts == tuple(-part for part in whole.parts)
    for one, other in zip(forth, home, strict=True):
        adds_up(one)
        assert one.parts is None or other.parts == tuple(-part for part in one.parts)
        assert (one.delta is None) == (other.delta is None)


def adds_up(one: PaidTwice) -> None:
    if isinstance(one.old, Result) and isinstance(one.new, Result):
        old, new = (sum(lines(side.kernel, side.amounts).values()) for side in (one.old, one.new))
        assert one.delta == new - old
        assert one.parts is None or sum(one.parts) == one.delta


def test_the_cost_is_of_those_whom_both_plans_pay() -> None:
    """Of four one gains, one is paid the same, and two can be paid by one plan alone."""
    head = 'plan "A"\nversion 1\ncurrency RUB\n'
    old = read_plan(Source("a.plan", head + "pay a = (100 if x > 5 otherwise 50) + w\n"))
    new = read_plan(Source("a.plan", head + "pay a = (120 if x > 5 otherwise 50) + z\n"))
    assert isinstance(old, Compiled)
    assert isinstance(new, Compiled)
    both = between(old, new)
    every = {"x": "6", "w": "0", "z": "0"}
    facts = [every, {**every, "x": "1"}, {"x": "6", "w": "0"}, {"x": "6", "z": "0"}]
    found = cost(both, compared(both, [Person(str(at), "2025-01", one) for at, one in enumerate(facts)]))
    assert (found.old, found.new, found.gain, found.lose, found.same) == (15_000, 17_000, 1, 0, 1)


def test_the_last_of_many_changes_go_together() -> None:
    """Of twenty, fifteen are told apart, and the other five are one."""
    old, new = (
        "".join(['plan "A"\nversion 1\ncurrency RUB\n', *(f"pay p{at} = {size + at}\n" for at in range(20))])
        for size in (100, 200)
    )
    plans = [read_plan(Source("a.plan", text)) for text in (old, new)]
    before, after = (plan for plan in plans if isinstance(plan, Compiled))
    both = between(before, after)
    assert [len(change.parts) for change in both.changes] == [*[1] * 15, 5]


@examples(6)
@given(CHANCE)
def test_no_change_makes_nothing(chance: Random) -> None:
    plan, old, _ = pair(chance)
    both = between(old, old)
    found = compared(both, crowd(chance, plan, old, old))
    assert both.changes == ()
    assert all(one.delta in {0, None} for one in found)
    assert contrasts(old, old) == ()
