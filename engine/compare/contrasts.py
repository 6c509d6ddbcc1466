"""What two plans pay, line by line, as exact functions of an attainment or a fact; and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from typing import Literal

from dsl.words import KindName

from .. import kernel as k
from ..compile import Compiled
from ..follow import (
    MOST,
    ZERO,
    ZERO_LINE,
    Attributes,
    Cohort,
    Effort,
    Graph,
    Somebody,
    Stretch,
    View,
    flat,
    several,
    stretches,
    view,
)
from .signatures import Signatures, signatures

Axis = Literal["attainment", "fact", "nothing"]


@dataclass(frozen=True, slots=True)
class Followed:
    """One of two plans for one sort of people: the line that is followed, by which variable of its kernel.

    `line` and `variable` are None where the plan has none.
    """

    compiled: Compiled
    made: Somebody
    line: int | None
    variable: int | None
    graph: Graph


@dataclass(frozen=True, slots=True)
class Contrast:
    """A line of pay under two plans, as functions of one variable, and the stretches on which they differ.

    Along `attainment` where both measure it alike, else along a `fact`; `name` is that of the KPI, or of the
    fact. Everything else is on target. `sorts` are the people for whom it is so: none where it is so for all.
    """

    line: str
    of: str
    kind: k.LineKind
    axis: Axis
    name: str
    unit: KindName
    floor: Fraction | None
    old: Followed
    new: Followed
    stretches: tuple[Stretch, ...]
    sorts: tuple[Attributes, ...] = ()


def contrasts(old: Compiled, new: Compiled) -> tuple[Contrast, ...]:
    """Every line of pay that the plans pay differently, as each sort of people meets it."""
    found: dict[tuple[object, ...], Contrast] = {}
    met = [*islice(_sorts(old, new), MOST)]
    for whose in met:
        for one in _of_sort(_pair(old, new, dict(whose))):
            key = (one.line, one.of, one.axis, one.name, one.stretches)
            known = found.setdefault(key, one)
            found[key] = replace(known, sorts=(*known.sorts, whose))
    return tuple(replace(one, sorts=()) if len(one.sorts) == len(met) else one for one in found.values())


# ── Sorts of people ──────────────────────────────────────────────────────────────────────────────────────


def _sorts(old: Compiled, new: Compiled) -> Iterator[Attributes]:
    """The sorts of people that either plan tells apart and both know."""
    choices: dict[str, tuple[str, ...]] = {}
    for compiled in (old, new):
        for index in compiled.attributes:
            entry = compiled.kernel.inputs[index]
            known = choices.get(entry.name, entry.choices)
            choices[entry.name] = tuple(choice for choice in entry.choices if choice in known)
    for values in product(*choices.values()):
        yield tuple(zip(choices, values, strict=True))


@dataclass(frozen=True, slots=True)
class Half:
    """One of two plans for a sort of people, in which something of the other is found by its name."""

    view: View
    signed: Signatures

    def at(self, line: k.PayLine) -> int | None:
        """The number of a line in this plan."""
        named = enumerate(self.view.kernel.lines)
        return next((index for index, one in named if (one.name, one.of) == (line.name, line.of)), None)

    def attained(self, line: int | None) -> int | None:
        """The step that is the attainment of a line."""
        return None if line is None else self.view.kernel.lines[line].attainment

    def facts(self, line: int | None) -> Iterator[str]:
        """The facts that can be a little more or less and that a line hangs on."""
        bits = 0 if line is None else self.view.hangs.lines[line] & self.view.moving
        return (self.view.compiled.called(self.view.kernel.inputs[index]) for index in several(bits))

    def input(self, name: str) -> int | None:
        """The number of a fact that can be a little more or less."""
        called, inputs = self.view.compiled.called, self.view.kernel.inputs
        return next((index for index in several(self.view.moving) if called(inputs[index]) == name), None)

    def alone(self, line: int | None, step: int | None) -> bool:
        """Whether the facts that move an attainment move a line through it alone."""
        if line is None or step is None:
            return True
        kernel, moving, seen = self.view.kernel, self.view.hangs.steps[step], {step}
        waiting, met = [line], {line}
        for index in waiting:
            for node in k.needed(kernel, [kernel.lines[index].amount], seen=seen):
                if isinstance(node, k.Actual | k.Own) and moving >> node.index & 1:
                    return False
                if isinstance(node, k.Paid):
                    waiting += [one for one in node.lines if one not in met]
                    met.update(node.lines)
        return True

    def follow(self, line: int | None, variable: int | None) -> Followed:
        """What a line pays over a variable: nothing where the plan has no such line."""
        seen, period = self.view, self.view.made.period
        along = seen.within(period) if variable is None else seen.over(period, variable)
        graph = flat(ZERO) if line is None else along.line(line)
        return Followed(seen.compiled, seen.made, line, variable, graph)


Halves = tuple[Half, Half]
Numbers = tuple[int | None, int | None]  # of the same thing in both plans


def _pair(old: Compiled, new: Compiled, whose: Mapping[str, str]) -> Halves:
    """Both plans for the same person: what both ask for has one value."""
    halves: list[Half] = []
    known: dict[tuple[str, str], Fraction | None] = {}
    effort = Effort()
    for compiled in (new, old):
        inputs = [compiled.kernel.inputs[index] for index in compiled.attributes]
        chosen = tuple(entry.choices.index(whose[entry.name]) for entry in inputs)
        kernel = compiled.variant(chosen).kernel
        seen = view(compiled, Cohort(chosen, kernel), effort, drawn=True)
        made = seen.made.within(halves[0].view.made.period) if halves else seen.made
        values = [
            known.setdefault((entry.role, compiled.called(entry)), value) if entry.role != "period" else value
            for entry, value in zip(kernel.inputs, made.values, strict=True)
        ]
        seen.made = replace(made, values=tuple(values))
        halves.append(Half(seen, signatures(kernel)))
    return halves[1], halves[0]


# ── Lines of pay ─────────────────────────────────────────────────────────────────────────────────────────


def _of_sort(pair: Halves) -> Iterator[Contrast]:
    old, new = pair
    known = {(line.name, line.of): line for half in pair for line in half.view.kernel.lines}
    for line in known.values():
        lines = one, other = old.at(line), new.at(line)
        if one is not None and other is not None and old.signed.lines[one] == new.signed.lines[other]:
            continue
        ways = [way for way in _ways(pair, line, lines) if way.stretches]
        if line.kind in k.SETTLED:
            yield from ways
        elif ways:
            # Of several facts the one that bends it most is the one that it is about.
            yield max(ways, key=lambda way: len(way.old.graph.points) + len(way.new.graph.points))


def _ways(pair: Halves, line: k.PayLine, lines: Numbers) -> Iterator[Contrast]:
    """A line of both plans over each variable that it can be followed over."""
    old, new = pair
    attained = [*_attained(pair, line, lines)]
    for name, steps in attained:
        # The variables that attainments are lie beyond all inputs.
        counts = [len(half.view.kernel.inputs) for half in pair]
        at, by = (None if step is None else count + step for count, step in zip(counts, steps, strict=True))
        yield _contrast(pair, line, lines, "attainment", name, "percent", (at, by))
    if attained or line.kind in k.SETTLED:
        return
    facts = dict.fromkeys((*old.facts(lines[0]), *new.facts(lines[1])))
    for name in facts:
        variables = (old.input(name), new.input(name))
        moved = [(half, at) for half, at in zip(pair, variables, strict=True) if at is not None]
        kinds = {half.view.kernel.inputs[at].kind for half, at in moved}
        if len(kinds) == 1:
            yield _contrast(pair, line, lines, "fact", name, kinds.pop(), variables)
    if not facts:
        yield _contrast(pair, line, lines, "nothing", "", "money", (None, None))


def _attained(pair: Halves, line: k.PayLine, lines: Numbers) -> Iterator[tuple[str, Numbers]]:
    """The KPIs, measured alike by both plans, through whose attainments alone facts move a line."""
    old, new = pair
    others = (line,) if line.kind == "kpi" else new.view.kernel.lines if line.kind in k.SETTLED else ()
    for one in others:
        if one.kind != "kpi":
            continue
        steps = at, by = old.attained(old.at(one)), new.attained(new.at(one))
        same = at is not None and by is not None and old.signed.steps[at] == new.signed.steps[by]
        alike = (line.kind == "kpi" and None in lines) or same
        if alike and old.alone(lines[0], steps[0]) and new.alone(lines[1], steps[1]):
            yield one.name, steps


def _contrast(
    pair: Halves, line: k.PayLine, lines: Numbers, axis: Axis, name: str, unit: KindName, variables: Numbers
) -> Contrast:
    old, new = (half.follow(at, moved) for half, at, moved in zip(pair, lines, variables, strict=True))
    known = [(half, at) for half, at in zip(pair, variables, strict=True) if at is not None]
    lows = [half.view.low(at) for half, at in known]
    low = None if None in lows or not lows else ZERO
    found = stretches((old.graph, new.graph), low)
    apart = tuple(stretch for stretch in found if stretch.change != ZERO_LINE)
    return Contrast(line.name, line.of, line.kind, axis, name, unit, low, old, new, apart)
