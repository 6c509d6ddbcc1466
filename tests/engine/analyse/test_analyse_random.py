"""The analysis of random plans is true: the engine pays at each point what the analysis says of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from hypothesis import assume, given

from dsl.faults import Fault
from dsl.place import Place
from dsl.source import Source
from engine import kernel as k
from engine.analyse import analyse
from engine.analyse.idle import idle
from engine.analyse.ranges import ranges
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.examples import run
from engine.facts import Person
from engine.follow.graph import Graph
from engine.follow.people import EARNED, Somebody, least, paid, sorts
from engine.follow.reference import floor
from engine.follow.view import View
from engine.money import rounded
from tests.support import people
from tests.support.chances import CHANCE, examples
from tests.support.plans import Draft
from tests.support.trials import planned, views

NEAR = 3  # steps of a fact on either side of a point


def exact(view: View, line: int) -> bool:
    """Whether nothing is rounded on the way to a line, so that its graph is what it pays exactly."""
    waiting, seen = [view.kernel.lines[line].amount], set()
    while waiting:
        for node in k.walk(waiting.pop()):
            if isinstance(node, k.Rounded | k.Paid):
                return False
            if isinstance(node, k.Earlier) and node.index not in seen:
                seen.add(node.index)
                waiting.append(view.kernel.steps[node.index].value)
    return True


# ── What a line is as a function of a fact ───────────────────────────────────────────────────────────────


@examples(40)
@given(CHANCE)
def test_a_graph_is_what_the_engine_pays(chance: Random) -> None:
    """At every bend and jump, on either side of it and in between, to the last digit."""
    _, compiled = planned(chance)
    for seen in views(compiled):
        for line in range(len(seen.kernel.lines)):
            if seen.kernel.lines[line].kind not in EARNED or not exact(seen, line):
                continue
            for variable in seen.facts[line]:
                graph = seen.over(seen.made.period, variable).line(line)
                for value in near(seen, variable, graph):
                    agree(seen, line, graph.value(value), seen.made.having(variable, value))


def near(seen: View, variable: int, graph: Graph) -> Iterator[Fraction]:
    """Values of a fact at and around the points of a graph, and far from all of them."""
    unit = least(seen.kernel.inputs[variable].kind, seen.kernel.digits)
    low = floor(seen.kernel, variable)
    points = [Fraction(0), *graph.points[:20], (graph.points or (Fraction(0),))[-1] * 7 + 1000 * unit]
    for point in points:
        for step in range(-NEAR, NEAR + 1):
            value = (point // unit + step) * unit
            if (low is None or value >= low) and abs(value) < 10**24:
                yield value


def agree(seen: View, line: int, value: object, made: Somebody) -> None:
    found = paid(seen.compiled, made)
    if found is None or not isinstance(value, Fraction):
        return
    size = value * 10**seen.kernel.digits
    assert found[line] == rounded(size.numerator, size.denominator), (made, seen.kernel.lines[line].name)


# ── Advice ───────────────────────────────────────────────────────────────────────────────────────────────


@examples(40)
@given(CHANCE)
def test_examples_of_advice_come_out(chance: Random) -> None:
    """Pasted into the plan, an example pays what it says; one of a divisor of 0 cannot be paid."""
    plan, compiled = planned(chance)
    for fault in analyse(compiled).faults:
        if fault.example is None:
            continue
        again = read_plan(Source("random.plan", f"{plan.text}\n{fault.example}\n"))
        assert isinstance(again, Compiled), again
        outcomes = run(again)
        if fault.code == "P468":
            assert not any(isinstance(outcome.result, Result) for outcome in outcomes)
        else:
            assert all(outcome.passed for outcome in outcomes), fault.code
            assert moved(fault, [outcome.result for outcome in outcomes]), fault


def moved(fault: Fault, results: list[Result | tuple[Fault, ...]]) -> bool:
    """Whether two examples differ as the advice says that they do."""
    if len(results) != 2:
        return fault.code == "P476"
    one, other = results
    assert isinstance(one, Result)
    assert isinstance(other, Result)
    names = str(fault.facts.get("name", "")).split("`, `")

    def pays(result: Result) -> int:
        pairs = zip(result.kernel.lines, result.amounts, strict=True)
        return sum(amount for line, amount in pairs if line.name in names)

    match fault.code:
        case "P460":
            return pays(one) != pays(other)
        case "P461" | "P462":
            return pays(one) > pays(other) and one.total >= other.total
        case "P463":
            return one.total == other.total
        case "P469":
            return pays(other) > 3 * pays(one)
        case _:
            return False


@examples(40)
@given(CHANCE)
def test_nobody_reaches_what_cannot_be_reached(chance: Random) -> None:
    """No random person, of those drawn to bounds, is paid by a row or a side that is said to be idle."""
    plan, compiled = planned(chance)
    several, whole = sorts(compiled)
    # Most plans have nothing idle, and of the others nothing else is asked for here.
    known = [ranges(sort.kernel) for sort in several] if whole else [ranges(compiled.kernel)]
    found = {
        one.fault.place: one.fault.code
        for one in idle(compiled, known, compiled.checked.faults)
        if one.fault.code in IDLE
    }
    assume(found)
    for result in crowd(chance, plan, compiled, 6):
        for place, said in told(result):
            assert found.get(place) not in said, (place, said)


IDLE = {"P464", "P466", "P467"}


def told(result: Result) -> Iterator[tuple[Place, set[str]]]:
    """What happened at each place; conditions that are joined have one place, which is that of the whole."""
    for root in (
        *(step.value for step in result.kernel.steps),
        *(line.amount for line in result.kernel.lines),
    ):
        conditions: set[Place] = set()
        for node in k.walk(root):
            if not isinstance(node, k.Logic) or node.place not in conditions:
                yield from outcomes(result, node)
            conditions.add(node.place)


def outcomes(result: Result, node: k.Node) -> Iterator[tuple[Place, set[str]]]:
    """For the place of an operation, the codes that what happened there would give the lie to."""
    pick = result.program.picks.get(id(node))
    value = None if pick is None else result.numbers[pick]
    if value is None:
        return
    if isinstance(node, k.Piecewise):
        yield node.pieces[value].place, {"P464"}
    elif isinstance(node, k.Comparison | k.Logic | k.Denial):
        yield node.place, {"P467" if value else "P466"}


@examples(40)
@given(CHANCE)
def test_nobody_is_paid_more_than_the_exposure(chance: Random) -> None:
    """Not by a line, and not by all of them."""
    plan, compiled = planned(chance)
    most = {one.name: one.most for one in analyse(compiled).exposure}
    scale = 10**compiled.kernel.digits
    for result in crowd(chance, plan, compiled, 6):
        for line, amount in zip(result.kernel.lines, result.amounts, strict=True):
            bound = most.get(line.name)
            if bound is not None and line.kind in EARNED:
                assert 2 * amount <= 2 * bound * scale + 1
        if most[""] is not None:
            assert result.total <= most[""] * scale + len(result.amounts)


def crowd(chance: Random, plan: Draft, compiled: Compiled, size: int) -> Iterator[Result]:
    """Random people of each sort, many of them at bounds."""
    attributes = [compiled.kernel.inputs[index] for index in compiled.attributes]
    for _ in range(size):
        chosen = [chance.randrange(len(entry.choices)) for entry in attributes]
        kernel = compiled.variant(tuple(chosen)).kernel
        given_ = people.given(chance, plan, wanted(kernel, "actual"), wanted(kernel, "target"))
        sort = {entry.name: entry.choices[value] for entry, value in zip(attributes, chosen, strict=True)}
        found = pay(compiled, Person("1", given_.period, {**given_.facts, **sort}, given_.targets))
        if isinstance(found, Result):
            yield found


def wanted(kernel: k.Kernel, role: str) -> list[people.Wanted]:
    """What people of a sort must give."""
    return [
        people.Wanted(entry.name, entry.kind, entry.signed, entry.optional or entry.default is not None)
        for entry in kernel.inputs
        if entry.role == role and entry.kind != "choice"
    ]
