"""How much people can be paid at most, and what grows faster than what it is paid for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from dsl.faults import Fault

from .. import kernel as k
from ..follow import EARNED, ZERO, Graph, Straight, View, follow, spots
from .advice import Finding, advise, pair, sought
from .ranges import Ranges, nothing, whole

FAR = 10**9  # times what it is on target: beyond every bound that anybody would write
STEPS = (2, 10, 100, 1000)  # times what it is on target: where growth is shown


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a line of pay (or with no name the whole) can come to at most, in the currency's unit.

    `most` is None where no bound is known. It is `reached` where somebody is paid just as much; where there
    is no bound, `grows` are the facts with which it grows without end.
    """

    name: str
    most: Fraction | None
    reached: bool
    grows: tuple[str, ...]


def exposures(views: Sequence[tuple[View, Ranges]]) -> tuple[Exposure, ...]:
    """The exposure of each line and, last, of the whole: the greatest among the sorts of people."""
    found: dict[str, list[Exposure]] = {}
    for view, known in views:
        for index, line in enumerate(view.kernel.lines):
            if line.kind in EARNED:
                found.setdefault(line.name, []).append(_of_line(view, known, index))
        total = whole(known).high
        grows = dict.fromkeys(fact for several in found.values() for one in several for fact in one.grows)
        found.setdefault("", []).append(Exposure("", total, False, tuple(grows) if total is None else ()))
    return tuple(
        max(found[name], key=lambda one: (one.most is None, one.most or ZERO, one.reached))
        for name in sorted(found, key=lambda name: name == "")
    )


def _of_line(view: View, known: Ranges, line: int) -> Exposure:
    name, most = view.kernel.lines[line].name, known.line(line).high
    tops = {variable: _top(view.curve(line, variable), view.low(variable)) for variable in view.facts[line]}
    if most is None:
        grows = tuple(view.kernel.inputs[variable].name for variable, top in tops.items() if top is None)
        return Exposure(name, None, bool(grows), grows)
    value = view.within(view.period(line)).line(line).known
    return Exposure(name, most, most in (value, *tops.values()), ())


def _top(graph: Graph, low: Fraction | None) -> Fraction | None:
    """The greatest value of a graph; None where it grows without end."""
    last, first = graph.spans[-1], graph.spans[0]
    rises = isinstance(last, Straight) and last.slope > 0
    if rises or (low is None and isinstance(first, Straight) and first.slope < 0):
        return None
    return max((spot.value for spot in spots(graph, low)), default=ZERO)


# ── Faster than in proportion ────────────────────────────────────────────────────────────────────────────


def growth(view: View, known: Ranges) -> Iterator[Finding]:
    """Lines that grow without end, and faster than a fact that they are paid for: twice of it, four times."""
    if whole(known).high is not None:
        return
    fast, answer = powers(view.kernel), sought(view, "unbounded")
    for line in view.earned():
        if answer and known.line(line).high is None:
            # In proportion is as it should be, but whoever has said that it is meant has said what is true.
            name = view.kernel.lines[line].name
            fault = Fault("P469", "advice", view.place(line), facts={"name": name})
            yield replace(advise(view, "unbounded", fault, name), quiet=True)
        for variable in view.facts[line]:
            if fast[line].get(variable, 0) > 1:
                yield from _fast(view, variable, line)


def _fast(view: View, variable: int, line: int) -> Iterator[Finding]:
    period, unit = view.period(line), view.unit(variable)
    start = max(view.made.values[variable] or unit, unit)
    once, twice = (_paid(view, period, variable, line, start * FAR * times) for times in (1, 2))
    if once is None or twice is None or once <= 0 or twice < 3 * once:
        return
    pairs = (pair(view, period, variable, (start * times, start * times * 2), [line]) for times in STEPS)
    found = next((two for two in pairs if two is not None and two.pays[1] > 3 * two.pays[0] > 0), None)
    if found is not None:
        name = view.kernel.lines[line].name
        fault = Fault("P469", "advice", view.place(line), facts={**found.told(line), "name": name})
        yield advise(view, "unbounded", fault, name, proof=found.proof)


def _paid(view: View, period: str, variable: int, line: int, value: Fraction) -> Fraction | None:
    made = view.made.within(period).having(variable, value)
    return follow(made, view.hangs, view.effort).line(line).known


Powers = dict[int, int]  # of each fact, with which power something grows at most


def powers(kernel: k.Kernel) -> list[Powers]:
    """With which powers of facts each line grows at most."""
    known: dict[int, Powers] = {}
    for root in k.roots(kernel):
        for node in k.inward(root):
            known[id(node)] = _power(kernel, node, known)
    return [known[id(line.amount)] for line in kernel.lines]


def _power(kernel: k.Kernel, node: k.Node, known: dict[int, Powers]) -> Powers:
    below = [known[id(operand)] for operand in k.operands(node)]
    match node:
        case k.Constant() | k.Column() | k.Records() | k.Comparison() | k.Logic() | k.Denial() | k.Elapsed():
            return {}
        case k.Actual(index):
            return {index: 1}
        case k.Earlier(index):
            return known[id(kernel.steps[index].value)]
        case k.Paid(several):
            return _most([known[id(kernel.lines[line].amount)] for line in several])
        case k.Arithmetic("*", _, _):
            return _product(*below)
        case k.Arithmetic("/", _, _):
            top, under = below
            return {
                fact: power - under.get(fact, 0) for fact, power in top.items() if power > under.get(fact, 0)
            }
        case k.Choice():
            return _most(below[1:])
        case k.Extreme("min"):
            return {fact: min(one.get(fact, 0) for one in below) for fact in below[0]}
        case k.Own() | k.Arithmetic() | k.Extreme() | k.Clamp() | k.Rounded():
            return _most(below)
        case k.Piecewise(measure, pieces):
            grown = known[id(measure)]
            last = next(piece for piece in pieces if piece.sign in {None, ">", ">="})
            worth = []
            for piece in (last,) if grown else pieces:
                worth += [known[id(piece.constant)]]
                worth += [] if nothing(piece.slope) else [_product(known[id(piece.slope)], grown)]
            return _most(worth)
        case _:
            assert_never(node)


def _most(several: Sequence[Powers]) -> Powers:
    facts = {fact for one in several for fact in one}
    return {fact: max(one.get(fact, 0) for one in several) for fact in facts}


def _product(one: Powers, other: Powers) -> Powers:
    return {fact: one.get(fact, 0) + other.get(fact, 0) for fact in {**one, **other}}
