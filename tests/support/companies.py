"""Trials of a company by chance: random people in random groups, paid together and reckoned one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from engine.compile import Compiled
from engine.evaluate import Company, Paid, Result, pay_all
from engine.facts import Person
from tests.support import people
from tests.support.naive import Naive
from tests.support.naive_pay import Payer
from tests.support.naive_tables import Nothing
from tests.support.parties import HEAD, LED, TEAMS
from tests.support.plans import Draft
from tests.support.trials import naive, person, somebody, traced

WITHIN = {"A": "west", "B": "west", "C": "east"}  # each team with its department
OUTSIDE = "0"  # who leads others and is not there


@dataclass(frozen=True)
class Employed:
    """Somebody of a company: what is known of them, and their teams and who leads them."""

    given: people.Given
    groups: Mapping[str, str]

    def told(self) -> Person:
        """Them as the engine is told of them."""
        one = person(self.given)
        return Person(one.employee, one.period, {**one.facts, **self.groups}, one.targets, tables=one.tables)


def company(chance: Random, made: Draft, plan: Compiled, size: int) -> list[Employed]:
    """Random people who are paid together, whose numbers too long for anybody are drawn again."""
    asked = {table.told for table in plan.kernel.tables if table.group}
    period = chance.choice(people.PERIODS)
    found: list[Employed] = []
    for number in range(1, size + 1):
        while True:
            given = somebody(chance, made, plan)
            given.employee, given.period = str(number), period
            for row in given.records:
                row["who"], row["nr"] = str(number), f"A{number}0{str(row['nr'])[1:]}"
            team = chance.choice([*WITHIN])
            groups = {TEAMS[0]: team, TEAMS[1]: WITHIN[team], HEAD: str(chance.randrange(number))}
            one = Employed(given, {name: said for name, said in groups.items() if name in asked})
            (alone,) = together(plan, [one])
            if isinstance(alone, Result) or "P506" not in {fault.code for fault in alone}:
                found.append(one)
                break
    return found


def together(plan: Compiled, several: Sequence[Employed]) -> list[Paid]:
    """What each of a company is paid."""
    return [*pay_all(lambda _: plan, Company([one.told() for one in several]))]


def reckoned(plan: Compiled, made: Draft, several: Sequence[Employed]) -> list[Naive]:
    """The other evaluation of each of them, with their members."""
    found = [naive(plan, one.given, made.cells) for one in several]
    for one, mine in zip(several, found, strict=True):
        Payer(mine)  # for a figure that hangs on pay, and that others ask for
        for table in (table for table in plan.kernel.tables if table.group):
            mine.members[table.name] = [
                theirs
                for other, theirs in zip(several, found, strict=True)
                if (
                    _leads(several, one, other, deep=table.deep)
                    if table.name == LED
                    else other.groups[table.name] == one.groups[table.name]
                )
            ]
    return found


def _leads(several: Sequence[Employed], one: Employed, other: Employed, *, deep: bool) -> bool:
    """Whether somebody leads another, or at any level who leads them."""
    numbers = {each.given.employee: each for each in several}
    chief = other.groups[HEAD]
    while deep and chief in numbers and chief != one.given.employee:
        chief = numbers[chief].groups[HEAD]
    return chief == one.given.employee


def agree(plan: Compiled, paid: Paid, other: Naive) -> bool:
    """Hold what somebody is paid against the other evaluation; whether there was something to pay.

    Where what is asked of a member has no value, the lines that hang on it stay open, and the rest is held.
    """
    payer = Payer(other)
    try:
        lines = payer.lines()
        shown = [(name, other.named(name)) for name in plan.checked.scope.results]
    except Nothing:
        if isinstance(paid, Result):
            assert paid.facts.open, "the engine finds a value where there is none"
        return False
    assert isinstance(paid, Result), paid
    found = [(line.name, one) for line, one in zip(paid.kernel.lines, paid.amounts, strict=True)]
    if paid.facts.open:
        # What is taken off, and what holds for several lines, is of those that are paid already.
        pays = plan.checked.scope.pays.items()
        own = {
            *plan.checked.scope.kpis,
            *(name for name, line in pays if line.word not in {"reduction", "recovery"}),
        }
        assert {line for line in found if line[0] in own} <= {*lines}
        return False
    assert found == lines, (found, lines)
    steps = [paid.kernel.steps[index] for index in paid.kernel.results]
    assert [(step.name, paid.value(step.value)) for step in steps] == shown
    traced(paid, other)
    return True
