"""What a line of pay comes to over what it is paid for: exact straight pieces, for each sort of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Literal

from dsl.words import KindName

from .. import kernel as k
from ..compile import Compiled
from ..evaluate import Result, evaluate
from ..facts import Facts
from ..follow import (
    IDENTITY,
    ONE,
    ZERO,
    Attributes,
    Cohort,
    Effort,
    Graph,
    Somebody,
    Straight,
    Stretch,
    View,
    several,
    shifted,
    sorts,
    stretches,
    view,
)
from ..statement.results import NUMBERS

ITSELF = Straight(ONE, ZERO)  # a measure that is the variable
MOVING = 20  # facts of a result that are looked at for one that moves it


@dataclass(frozen=True, slots=True)
class Payout:
    """A line of pay, or a result, as a function of a measure, before it is rounded; all else stands still.

    The measure is the attainment of a KPI, or else a fact; `fact` is the one that moves, at `by` of the
    measure, and None where no fact moves the attainment in a straight line, so that it is moved by itself.
    `low` and `high` are the ends of what the measure can be, None where there is none. `sorts` are whom it
    holds for, empty where it holds for everybody. `here` is where the person stands whose facts it is of,
    else where somebody usual does. `rounded` is whether the plan rounds on the way, which is left out of
    account; `worth` is the kind of what it comes to.
    """

    name: str
    kind: k.LineKind | Literal["result"]
    attained: bool
    measured: KindName
    fact: str | None
    by: Straight
    graph: Graph
    low: Fraction | None
    high: Fraction | None
    here: Fraction | None
    rounded: bool
    worth: KindName = "money"
    sorts: tuple[Attributes, ...] = ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches of the measure, from the left, each with the line that is paid along it."""
        return stretches((self.graph,), self.low, self.high)


def payouts(compiled: Compiled, chosen: Mapping[int, int], facts: Facts | None = None) -> tuple[Payout, ...]:
    """The payouts of every line that something moves, in the order of the lines, and then of the results.

    `chosen` are values of attributes (inputs by index, values by their number among the choices); `facts` are
    those of a person, who is of one sort. Without them everything stands where somebody usual is, on target.
    """
    found: dict[tuple[object, ...], Payout] = {}
    for seen in _views(compiled, chosen, facts):
        whose = (tuple(seen.attributes),) if compiled.attributes else ()
        lines = (_payout(seen, line, fixed=facts is not None) for line in seen.earned())
        for one in (*lines, *(_result(seen, index) for index in seen.kernel.results)):
            if one is not None:
                graph = one.graph
                key = (one.name, one.attained, one.fact, one.by, graph.points, graph.at, graph.spans)
                earlier = found[key].sorts if key in found else ()
                found[key] = replace(one, sorts=(*earlier, *whose))
    return tuple(found.values())


def _views(compiled: Compiled, chosen: Mapping[int, int], facts: Facts | None) -> Iterator[View]:
    if facts is not None:
        sort = Cohort(facts.sort, facts.shape.kernel)
        pairs = zip(facts.inputs, facts.shape.scales.inputs, strict=True)
        values = [None if number is None else Fraction(number, 10**places) for number, places in pairs]
        for index, value in _drawn(compiled, facts):
            values[index] = value
        seen = view(compiled, sort, Effort(), drawn=True)
        seen.made = Somebody(sort, facts.period.text, tuple(values))
        yield seen
        return
    for sort in sorts(compiled)[0]:
        own = dict(zip(compiled.attributes, sort.chosen, strict=True))
        if all(own[index] == choice for index, choice in chosen.items()):
            yield view(compiled, sort, Effort(), drawn=True)


def _drawn(compiled: Compiled, facts: Facts) -> Iterator[tuple[int, Fraction | None]]:
    """What the records of a person come to, where they can be paid."""
    kernel = facts.shape.kernel
    result = evaluate(compiled, facts) if kernel.tables else None
    if isinstance(result, Result):
        for root in k.roots(kernel):
            for node in k.walk(root):
                if isinstance(node, k.Own) and kernel.inputs[node.index].role == "drawn":
                    yield node.index, result.value(node)


def _payout(seen: View, line: int, *, fixed: bool) -> Payout | None:
    """The payout of a line; None where nothing that can be a little more or less moves it."""
    period = seen.made.period if fixed else seen.period(line)
    of = seen.kernel.lines[line]
    nodes = [*k.needed(seen.kernel, [of.amount])]
    rounded = any(isinstance(node, k.Rounded | k.Paid) for node in nodes)
    if of.attainment is not None:
        return _of_attainment(seen, line, of.attainment, period, rounded=rounded)
    for variable in _measures(seen, seen.facts[line], nodes):
        graph = seen.over(period, variable).line(line)
        entry, low, here = seen.kernel.inputs[variable], seen.low(variable), seen.made.values[variable]
        itself = entry.role == "drawn" and graph == IDENTITY  # what is paid for each record, all of it
        if graph.constant is None and not itself:
            return Payout(
                of.name,
                of.kind,
                False,
                entry.kind,
                seen.compiled.called(entry),
                ITSELF,
                graph,
                low,
                None,
                here,
                rounded,
            )
    return None


def _result(seen: View, index: int) -> Payout | None:
    """The same of a result that is a number, over a fact that moves it in straight lines, if there is one."""
    step = seen.kernel.steps[index]
    whole = step.value if step.made is None else step.made.base
    if whole.kind not in NUMBERS:
        return None
    nodes = [*k.needed(seen.kernel, [whole])]
    rounded = any(isinstance(node, k.Rounded | k.Paid) for node in nodes)
    moving = [*islice(several(seen.hangs.steps[index] & seen.moving), MOVING)]
    found: list[Payout] = []
    for variable in _measures(seen, moving, nodes):
        graph = seen.over(seen.made.period, variable).node(whole)
        if graph.constant is None:
            entry, low, here = seen.kernel.inputs[variable], seen.low(variable), seen.made.values[variable]
            measure = entry.kind, seen.compiled.called(entry), ITSELF
            found.append(
                Payout(step.name, "result", False, *measure, graph, low, None, here, rounded, whole.kind)
            )
            if all(stretch.line is not None for stretch in found[-1].stretches):
                return found[-1]
    return found[0] if found else None


def _measures(seen: View, moving: Iterable[int], nodes: list[k.Node]) -> list[int]:
    """The facts that move something: first those that its tables read, then money, then the others."""
    read = {
        node.measure.index
        for node in nodes
        if isinstance(node, k.Piecewise) and isinstance(node.measure, k.Actual)
    }
    inputs = seen.kernel.inputs
    return sorted(moving, key=lambda variable: (variable not in read, inputs[variable].kind != "money"))


def _of_attainment(seen: View, line: int, step: int, period: str, *, rounded: bool) -> Payout | None:
    """The payout of a KPI over its attainment, by the first fact that moves that in a straight line."""
    of, kernel = seen.kernel.lines[line], seen.kernel
    moving = [one for one in seen.facts[line] if seen.hangs.steps[step] >> one & 1]
    for variable in sorted(moving, key=lambda one: kernel.inputs[one].name != of.name):
        over = seen.over(period, variable)
        attained = over.step(step)
        span = attained.spans[0]
        if attained.points or not isinstance(span, Straight) or not span.slope:
            continue
        least, value = seen.low(variable), seen.made.values[variable]
        end = None if least is None else span.at(least)
        low, high = (end, None) if span.slope > 0 else (None, end)
        here = None if value is None else span.at(value)
        graph, fact = shifted(over.line(line), span), seen.compiled.called(kernel.inputs[variable])
        by = span.inverse
        return Payout(of.name, of.kind, True, "percent", fact, by, graph, low, high, here, rounded)
    variable = len(kernel.inputs) + step
    graph = seen.over(period, variable).line(line)
    if graph.constant is not None:
        return None
    low, here = seen.low(variable), seen.within(period).step(step).known
    return Payout(of.name, of.kind, True, "percent", None, ITSELF, graph, low, None, here, rounded)
