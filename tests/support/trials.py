"""Trials by chance: a random plan, random people of its sorts, and what both evaluators pay them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from dsl.faults import Fault
from dsl.period import period
from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, amounts, evaluate, pay
from engine.facts import Facts, Person, SentTables, read_facts
from engine.facts.calendar import Calendar
from engine.facts.days import days_of
from engine.follow.follow import Effort
from engine.follow.people import sorts
from engine.follow.view import View, view
from engine.kernel import Kernel
from tests.support import people
from tests.support.naive import Naive
from tests.support.naive_pay import Payer
from tests.support.naive_tables import Nothing
from tests.support.plans import Draft, draft
from tests.support.registers import TABLE, Cells, counting

PEOPLE = 4  # for each plan


def compiled(plan: Draft) -> Compiled | None:
    """The compiled plan of a draft; None where it did not check, since not every random plan makes sense."""
    found = read_plan(Source("random.plan", plan.text))
    return found if isinstance(found, Compiled) else None


def planned(chance: Random, *, tables: bool = False, groups: bool = False) -> tuple[Draft, Compiled]:
    """A random plan that checks: one that does not is drawn again, so that no trial is for nothing."""
    while (plan := compiled(made := draft(chance, tables=tables, groups=groups))) is None:
        pass
    return made, plan


def somebody(chance: Random, made: Draft, plan: Compiled) -> people.Given:
    """A random person of a random sort, with the facts of their own lines."""
    attributes = [plan.kernel.inputs[index] for index in plan.attributes]
    chosen = [chance.randrange(len(entry.choices)) for entry in attributes]
    # Whatever the sort of people, only the facts of their own lines are asked for.
    kernel = plan.variant(tuple(chosen)).kernel
    given = people.given(chance, made, wanted(kernel, "actual"), wanted(kernel, "target"))
    for entry, value in zip(attributes, chosen, strict=True):
        if entry.default != value or chance.randrange(2):
            given.sort[entry.name] = entry.choices[value]
    return given


def wanted(kernel: Kernel, role: str) -> list[people.Wanted]:
    """What a plan needs to be given about somebody of one sort."""
    return [
        people.Wanted(entry.name, entry.kind, entry.signed, entry.optional or entry.default is not None)
        for entry in kernel.inputs
        if entry.role == role and entry.kind != "choice"
    ]


def person(given: people.Given) -> Person:
    """Somebody as the engine is told of them."""
    tables = SentTables(given.tables) if given.cells else None
    facts, when = {**given.facts, **given.sort}, period(given.period)
    assert when is not None
    days = Fraction(Calendar().worked([days_of(when)]))
    worktime = {"workdays": days, "workhours": 8 * days}
    return Person(given.employee, given.period, facts, given.targets, tables=tables, worktime=worktime)


def crowd(chance: Random, made: Draft, plan: Compiled, size: int) -> Iterator[tuple[Facts, Naive]]:
    """Random people of each sort, for the engine and for the other."""
    for _ in range(size):
        given = somebody(chance, made, plan)
        found = read_facts(plan, person(given))
        if not isinstance(found, Facts):
            assert {fault.code for fault in found if fault.severity == "error"} == {"P506"}, found
            continue
        yield found, naive(plan, given, made.cells)


def results(chance: Random, size: int, *, tables: bool = False) -> Iterator[Result]:
    """What a random plan pays some random people."""
    made, plan = planned(chance, tables=tables)
    for facts, _ in crowd(chance, made, plan, size):
        result = evaluate(plan, facts)
        if isinstance(result, Result):
            yield result


def someone(chance: Random, made: Draft, plan: Compiled) -> tuple[Person, Result] | None:
    """Somebody with their result, if they can be paid."""
    one = person(somebody(chance, made, plan))
    result = pay(plan, one)
    return (one, result) if isinstance(result, Result) else None


def views(compiled: Compiled) -> Iterator[View]:
    """Each sort of people of a plan."""
    several, _ = sorts(compiled)
    for sort in several[:3]:
        yield view(compiled, sort, Effort(), drawn=True)


def naive(plan: Compiled, given: people.Given, cells: Sequence[Cells] = ()) -> Naive:
    """The other evaluation of the same facts."""
    when = period(given.period)
    assert when is not None
    return Naive(
        plan.checked.scope.plan,
        plan.checked.kinds,
        people.values(given.facts),
        people.values(given.targets),
        plan.kernel.digits,
        given.sort,
        when.first,
        (when.last - when.first).days + 1,
        records={TABLE: counting(given.records, cells, given.employee, when.first, when.last)},
    )


def agree(plan: Compiled, facts: Facts, other: Naive) -> bool:
    """Hold one evaluation against the other; whether there was something to pay."""
    result, plain = evaluate(plan, facts), amounts(facts)
    try:
        lines = Payer(other).lines()
        shown = [(name, other.named(name)) for name in plan.checked.scope.results]
    except Nothing:
        assert isinstance(result, Fault)
        assert result.code in {"P521", "P523", "P549"}
        assert plain is None
        return False
    assert isinstance(result, Result)
    assert [
        (line.name, paid) for line, paid in zip(result.kernel.lines, result.amounts, strict=True)
    ] == lines
    assert plain == result.amounts
    steps = [result.kernel.steps[index] for index in result.kernel.results]
    assert [(step.name, result.value(step.value)) for step in steps] == shown
    assert result.total == sum(paid for _, paid in lines)
    traced(result, other)
    return True


def tried(chance: Random, *, tables: bool = False) -> bool:
    """A random plan with some people: whether any of them is paid."""
    made, plan = planned(chance, tables=tables)
    return sum(agree(plan, facts, other) for facts, other in crowd(chance, made, plan, PEOPLE)) > 0


def traced(result: Result, other: Naive) -> None:
    """Every value of the trace that the other computed too is the same."""
    for step in result.kernel.steps:
        value = other.known.get((step.role, "" if step.role == "salary" else step.name))
        if value is None:
            continue
        if step.value.kind != "yes_no":
            assert result.value(step.value) == value, step
        elif id(step.value) in result.program.picks:
            assert bool(result.pick(step.value)) == value, step
