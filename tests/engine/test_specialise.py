"""A plan for one sort of people: it is the plan that says nothing of the others, and pays the same."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from engine import kernel as k
from engine.specialise import specialise
from tests.support.chances import CHANCE, examples
from tests.support.sales import compiled
from tests.support.trials import planned

HEAD = "fact calls count\nfact sales money\nfact quota money\n"
GRADE = "fact grade one of (junior; senior)\n"


def left(lines: str, grade: int | None = None) -> k.Kernel:
    """What is left of a plan for a grade, or of one that knows no grades: what it needs, in the same form."""
    kernel = compiled(f"{'' if grade is None else GRADE}{HEAD}{lines}\n").kernel
    names = [entry.name for entry in kernel.inputs]
    return specialise(kernel, {} if grade is None else {names.index("grade"): grade})


# What a plan says to both grades, and what to a junior and to a senior alone.
SAME = {
    "a value for each": (
        "commission by grade (junior: 1%; senior: 2%) * sales",
        "commission 1% * sales",
        "commission 2% * sales",
    ),
    "a value for one and for the others": (
        "commission by grade (senior: 5; otherwise: 7 RUB * calls)",
        "commission 7 RUB * calls",
        "commission 5",
    ),
    "a condition": (
        "commission 5 if grade is junior otherwise 7 RUB * calls",
        "commission 5",
        "commission 7 RUB * calls",
    ),
    "a denial": (
        "commission 5 if not (grade is junior) otherwise 7 RUB * calls",
        "commission 7 RUB * calls",
        "commission 5",
    ),
    "and": (
        "commission 5 if grade is junior and calls > 3 otherwise 7",
        "commission 5 if calls > 3 otherwise 7",
        "commission 7",
    ),
    "and, the other way round": (
        "commission 5 if calls > 3 and grade is junior otherwise 7",
        "commission 5 if calls > 3 otherwise 7",
        "commission 7",
    ),
    "or": (
        "commission 5 if grade is junior or calls > 3 otherwise 7",
        "commission 5",
        "commission 5 if calls > 3 otherwise 7",
    ),
    "or, the other way round": (
        "commission 5 if calls > 3 or grade is junior otherwise 7",
        "commission 5",
        "commission 5 if calls > 3 otherwise 7",
    ),
    "so many of several": (
        "commission 5 if at least 2 of (grade is senior; grade is not junior; grade is junior) otherwise 7",
        "commission 7",
        "commission 5",
    ),
    "an answer by its name": (
        "old = grade is senior\ncommission 5 if old otherwise 7 RUB * calls",
        "commission 7 RUB * calls",
        "commission 5",
    ),
    "an answer that hangs on facts": (
        "many = calls > 3\ncommission 5 if many and grade is senior otherwise 7",
        "commission 7",
        "many = calls > 3\ncommission 5 if many otherwise 7",
    ),
    "a figure that others need": (
        "rate = sales / quota\ncommission rate * 5 RUB if grade is senior otherwise 7",
        "commission 7",
        "rate = sales / quota\ncommission rate * 5 RUB",
    ),
    "a KPI that others have": (
        "bonus 100\n"
        "calls weight by grade (junior: 100%; senior: 40%) target by grade (junior: 5; senior: 9)\n"
        "sales weight 60% for grade is senior target 5",
        "bonus 100\ncalls weight 100% target 5",
        "bonus 100\ncalls weight 40% target 9\nsales weight 60% target 5",
    ),
    "a line of others before one that is a share of several": (
        "bonus 100\n"
        "sales weight 100% for grade is senior target 5\n"
        "calls weight 100% for grade is junior target 9\n"
        "commission 1% * sales\ntotal cap 50",
        "bonus 100\ncalls weight 100% target 9\ncommission 1% * sales\ntotal cap 50",
        "bonus 100\nsales weight 100% target 5\ncommission 1% * sales\ntotal cap 50",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_left_says_nothing_of_others(name: str) -> None:
    """It has the canonical form of the plan written for them alone, with its inputs and its steps."""
    both, *each = SAME[name]
    for grade, alone in enumerate(each):
        assert left(both, grade).canonical == left(alone).canonical


def test_a_clause_that_a_grade_decides_stays_a_step() -> None:
    """Whom a gate shuts out, and whom it lets through by the rest of its condition; whom a cap leaves."""
    gate = "commission 1% * sales only if grade is senior and calls > 3"
    junior, senior = (left(gate, grade) for grade in range(2))
    assert [(step.role, type(step.made)) for step in junior.steps] == [("gated", k.Decided)]
    assert junior.inputs == ()
    assert senior.canonical == left(gate.replace("grade is senior and ", "")).canonical
    cap = "commission 1% * sales cap 500 RUB unless grade is senior"
    junior, senior = (left(cap, grade) for grade in range(2))
    assert junior.canonical == left(cap.partition(" unless")[0]).canonical
    assert [(step.role, step.made) for step in senior.steps] == [("earned", None)]


def test_a_plan_without_attributes_is_left_as_it_is() -> None:
    """But for facts that nobody needs."""
    kernel = compiled("fact calls count\nfact sales money\ncommission 5 if calls > 3 otherwise 7\n").kernel
    same = specialise(kernel, {})
    assert [entry.name for entry in same.inputs] == ["calls"]
    assert (same.steps, same.lines, same.currency) == (kernel.steps, kernel.lines, kernel.currency)


@examples(40)
@given(CHANCE)
def test_all_of_what_is_left_is_needed(chance: Random) -> None:
    """Of any plan for anybody: each input and each step; and taken again, no more falls away."""
    _, plan = planned(chance)
    chosen = {at: chance.randrange(len(plan.kernel.inputs[at].choices)) for at in plan.attributes}
    kernel = specialise(plan.kernel, chosen)
    assert not any(entry.kind == "choice" for entry in kernel.inputs)
    inputs, steps = set[int](), set[int]()
    waiting: list[k.Node] = []
    for at, line in enumerate(kernel.lines):
        waiting.append(line.amount)
        if line.attainment is not None:
            waiting.append(k.Earlier(line.attainment, kind="percent"))
        assert all(
            earlier < at for node in k.walk(line.amount) if isinstance(node, k.Paid) for earlier in node.lines
        )
    waiting += [k.Earlier(index, kind="number") for index in kernel.results]
    while waiting:
        for node in k.walk(waiting.pop()):
            match node:
                case k.Actual(index) | k.Own(index, _):
                    inputs.add(index)
                case k.Earlier(index) if index not in steps:
                    steps.add(index)
                    waiting.append(kernel.steps[index].value)
                case _:
                    pass
    assert (inputs, steps) == ({*range(len(kernel.inputs))}, {*range(len(kernel.steps))})
    assert specialise(kernel, {}).canonical == kernel.canonical
