"""What steps and lines say that they were made from: it is true of any plan, and no part of its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice, product
from random import Random

from dsl.faults import Fault
from dsl.source import Source
from dsl.tree.declared import ACTS
from engine import kernel as k
from engine.compile import Compiled, read_plan
from engine.evaluate import Company, Result, pay, pay_all
from engine.facts import Illegible, Person
from engine.lower.clauses import role
from engine.simulate.simulate import Tally
from engine.specialise import specialise
from tests.support.plans import draft

CLAUSES = {*map(role, ACTS), "counted", "printed"}
SORTS = 6  # of one plan


def kernels(plan: Compiled) -> Iterator[k.Kernel]:
    """The kernel of a plan, and those that are left of it for some sorts of people."""
    yield plan.kernel
    every = product(*(range(len(plan.kernel.inputs[index].choices)) for index in plan.attributes))
    yield from (plan.variant(chosen).kernel for chosen in islice(every, SORTS))


def parts(made: k.Made | None) -> list[k.Node]:
    """The operations that something says it was made from."""
    named = [] if made is None else [getattr(made, entry.name) for entry in fields(made)]
    return [part for part in named if part is not None]


def held(kernel: k.Kernel) -> int:
    """Hold what is said to be a part of a value against its operations; how many clauses there were."""
    met = 0
    for step in kernel.steps:
        assert (step.made is not None) >= (step.role in CLAUSES)
        inside = {id(node) for node in k.walk(step.value)}
        assert inside.issuperset(map(id, parts(step.made)))
        met += step.made is not None
    for line in kernel.lines:
        printed = isinstance(line.amount, k.Earlier) and kernel.steps[line.amount.index].role == "printed"
        root = (
            kernel.steps[line.amount.index].value
            if printed and isinstance(line.amount, k.Earlier)
            else line.amount
        )
        inside = {id(node) for node in k.walk(root)}
        told = [line.reckoned, *parts(line.made), *([] if line.after is None else [line.after])]
        told += [part for limit in line.limits for part in parts(limit)]
        assert inside.issuperset(map(id, told))
        met += bool(line.made or line.limits)
    return met


def test_what_a_value_was_made_from_is_a_part_of_it() -> None:
    """Whatever hangs on whatever, for everybody and for each sort of people."""
    plans = [read_plan(Source("plan", draft(Random(seed)).text)) for seed in range(40)]
    kernels_ = [kernel for plan in plans if isinstance(plan, Compiled) for kernel in kernels(plan)]
    assert sum(map(held, kernels_)) > 200


PLAN = """plan "Sales"
version 1
currency RUB
law RF
fact grade one of (junior; senior)
fact revenue money
fact left money
salary 50 000
bonus 30 000
calls weight 100% target 100 only if grade is senior
  cap 120% on attainment unless grade is senior floor 10 RUB
commission 2% of revenue cap min(20 000 RUB; left)
total cap 70 000 RUB unless grade is senior
reduction warning = 10 000
"""


def kernel_of(grade: int | None) -> k.Kernel:
    """The kernel of the plan, whole or for a grade."""
    plan = read_plan(Source("plan", PLAN))
    assert isinstance(plan, Compiled), plan
    return plan.kernel if grade is None else plan.variant((grade,)).kernel


def test_it_is_no_part_of_the_meaning() -> None:
    """A kernel that says nothing of it is equal, and has the same digest."""
    kernel = kernel_of(None)
    bare = replace(
        kernel,
        steps=tuple(replace(step, made=None) for step in kernel.steps),
        lines=tuple(replace(line, made=None, after=None, limits=()) for line in kernel.lines),
    )
    assert (bare, bare.digest) == (kernel, kernel.digest)


def test_what_attributes_decide_is_said() -> None:
    """A gate that is shut; a cap that is lifted from several lines; a cap that nothing lifts any more."""
    junior, senior = kernel_of(0), kernel_of(1)
    assert [type(step.made) for step in junior.steps if step.role == "gated"] == [k.Decided]
    assert not [step for step in senior.steps if step.role in {"gated", "counted"}]
    assert [type(line.made) for line in senior.lines if line.of] == [k.Decided]
    (cap,) = (line.made for line in junior.lines if line.of)
    assert isinstance(cap, k.Limit)
    assert cap.unless is None


def test_only_a_cap_that_binds_is_counted() -> None:
    """The limit of a cap may be the lesser of two amounts, which caps nobody by itself."""
    plan = read_plan(
        Source("plan", PLAN.replace("calls weight 100%", "calls weight 100% cap min(90%; 5 * 20%) on pay"))
    )
    assert isinstance(plan, Compiled), plan
    tally = Tally()
    for calls in ("80", "95"):
        result = pay(
            plan, Person("Anna", "2025-07", {"grade": "senior", "calls": calls, "revenue": "0", "left": "1"})
        )
        assert isinstance(result, Result), result
        tally.add(result)
    assert (tally.kpis["calls"].rows, tally.kpis["calls"].capped) == (2, 1)


# ── Levels, and a company ────────────────────────────────────────────────────────────────────────────────


def test_levels_are_no_part_of_the_meaning() -> None:
    """Whose a value is stands outside equality and the digest, and goes along to each sort of people."""
    kernel = kernel_of(None)
    assert {one.level for one in kernel.inputs} | {one.level for one in kernel.steps} == {"person"}
    grouped = replace(
        kernel,
        inputs=tuple(replace(entry, level="group") for entry in kernel.inputs),
        steps=tuple(replace(step, level="company") for step in kernel.steps),
    )
    assert (grouped, grouped.digest) == (kernel, kernel.digest)
    junior = specialise(grouped, {0: 0})
    assert ({one.level for one in junior.inputs}, {one.level for one in junior.steps}) == (
        {"group"},
        {"company"},
    )


def test_a_company_is_paid_one_after_another() -> None:
    """Each by the version in effect for them, or as the faults that stand in the way; nobody read ahead."""
    old, new = (
        read_plan(Source("plan", f'plan "Sales"\nversion {size}\ncurrency RUB\nsalary {size}\n'))
        for size in (1, 2)
    )
    assert isinstance(old, Compiled)
    assert isinstance(new, Compiled)
    unread, unplanned, nobody = Illegible((Fault("P614"),)), (Fault("P709"),), Person("Anna", "2024-01", {})
    read: list[str] = []

    def people() -> Iterator[Person | Illegible]:
        for period in ("2025-01", "2025-02"):
            read.append(period)
            yield Person("Anna", period, {})
        yield from (nobody, unread, Person("Anna", "never", {}))

    def plans(person: Person) -> Compiled | tuple[Fault, ...]:
        return unplanned if person is nobody else old if person.period == "2025-01" else new

    paid = pay_all(plans, Company(people()))
    assert read == []
    first = next(paid)
    assert read == ["2025-01"]
    assert isinstance(first, Result)
    second, third, fourth, fifth = paid
    assert isinstance(second, Result)
    assert (first.amounts, second.amounts) == ((100,), (200,))
    assert (third, fourth) == (unplanned, unread.faults)
    assert fifth == pay(new, Person("Anna", "never", {}))
    assert isinstance(fifth, tuple)
