"""What two plans pay, line by line, as exact functions of an attainment or a fact; and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from typing import Literal

from dsl.words import KindName

from .. import kernel as k
from ..analyse.follow import Effort, Follow
from ..analyse.graph import ZERO, Graph, flat
from ..analyse.hangs import Hangs, hangs
from ..analyse.people import MEASURES, Made
from ..analyse.reference import floor, follow, reference
from ..analyse.sorts import MOST, Sort
from ..compiled import Compiled
from .signatures import Signatures, signatures
from .stretches import Stretch, stretches

Axis = Literal["attainment", "fact", "nothing"]
Attributes = tuple[tuple[str, str], ...]
SETTLED: frozenset[k.LineKind] = frozenset({"cap", "floor", "rounding"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the plans for one sort of people: the one that is followed, and by which variable of its kernel.

    `line` and `variable` are None where the plan has none.
    """

    compiled: Compiled
    made: Made
    line: int | None
    variable: int | None
    graph: Graph


@dataclass(frozen=True, slots=True)
class Curves:
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
    old: Side
    new: Side
    stretches: tuple[Stretch, ...]
    sorts: tuple[Attributes, ...] = ()


def curves(old: Compiled, new: Compiled) -> tuple[Curves, ...]:
    """Every line of pay that the plans pay differently, as each sort of people meets it."""
    found: dict[tuple[object, ...], Curves] = {}
    several = [*islice(_sorts(old, new), MOST)]
    for whose in several:
        pair = _pair(old, new, dict(whose))
        for one in _of_sort(pair):
            key = (one.line, one.of, one.axis, one.name, one.stretches)
            known = found.setdefault(key, one)
            found[key] = replace(known, sorts=(*known.sorts, whose))
    return tuple(replace(one, sorts=()) if len(one.sorts) == len(several) else one for one in found.values())


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


@dataclass(slots=True)
class View:
    """A plan for one sort of people, with somebody who is on target everywhere."""

    compiled: Compiled
    kernel: k.Kernel
    hangs: Hangs
    made: Made
    still: Follow
    signed: Signatures

    def at(self, line: k.Line | None) -> int | None:
        """The number of a line in this plan, told by its name."""
        if line is None:
            return None
        named = enumerate(self.kernel.lines)
        return next((index for index, one in named if (one.name, one.of) == (line.name, line.of)), None)

    def input(self, name: str) -> int | None:
        """The number of a fact that can be a little more or less."""
        named = enumerate(self.kernel.inputs)
        return next(
            (at for at, one in named if (one.role, one.name) == ("actual", name) and one.kind in MEASURES),
            None,
        )

    def step(self, role: k.Role, name: str) -> int | None:
        """The number of a step."""
        steps = enumerate(self.kernel.steps)
        return next((at for at, one in steps if (one.role, one.name) == (role, name)), None)

    def alone(self, line: int | None, step: int | None) -> bool:
        """Whether the facts that move an attainment move a line through it alone."""
        if line is None or step is None:
            return True
        moving = self.hangs.steps[step]
        waiting, seen = [self.kernel.lines[line].amount], {("step", step)}
        while waiting:
            for node in k.walk(waiting.pop()):
                match node:
                    case k.Given(index) if moving >> index & 1:
                        return False
                    case k.Earlier(index) if ("step", index) not in seen:
                        seen.add(("step", index))
                        waiting.append(self.kernel.steps[index].value)
                    case k.Paid(several):
                        waiting += [
                            self.kernel.lines[at].amount for at in several if ("line", at) not in seen
                        ]
                        seen.update(("line", at) for at in several)
                    case _:
                        pass
        return True

    def line(self, line: int | None, variable: int | None) -> Graph:
        """What a line pays over a variable: nothing where the plan has no such line."""
        if line is None:
            return flat(ZERO)
        return (self.still if variable is None else self.still.over(variable)).line(line)

    def facts(self, line: int | None) -> Iterator[str]:
        """The facts that can be a little more or less and that a line hangs on."""
        bits = 0 if line is None else self.hangs.lines[line]
        for index, entry in enumerate(self.kernel.inputs):
            if bits >> index & 1 and entry.role == "actual" and entry.kind in MEASURES:
                yield entry.name


Pair = tuple[View, View]


def _pair(old: Compiled, new: Compiled, whose: Mapping[str, str]) -> Pair:
    """Both plans for the same person: what both ask for has one value."""
    views: list[View] = []
    known: dict[tuple[str, str], Fraction | None] = {}
    effort = Effort()
    for compiled in (new, old):
        inputs = [compiled.kernel.inputs[index] for index in compiled.attributes]
        chosen = tuple(entry.choices.index(whose[entry.name]) for entry in inputs)
        kernel = compiled.variant(chosen).kernel
        on = hangs(kernel)
        made = reference(compiled, Sort(chosen, kernel), on, effort)
        if views:
            made = made.within(views[0].made.period)
        values = [
            known.setdefault((entry.role, entry.name), value) if entry.role != "period" else value
            for entry, value in zip(kernel.inputs, made.values, strict=True)
        ]
        made = replace(made, values=tuple(values))
        views.append(View(compiled, kernel, on, made, follow(made, on, effort), signatures(kernel)))
    return views[1], views[0]


# ── Lines of pay ─────────────────────────────────────────────────────────────────────────────────────────


def _of_sort(pair: Pair) -> Iterator[Curves]:
    old, new = pair
    known = {(line.name, line.of): line for view in (old, new) for line in view.kernel.lines}
    for line in known.values():
        one, other = old.at(line), new.at(line)
        if one is not None and other is not None and old.signed.lines[one] == new.signed.lines[other]:
            continue
        ways = [one for one in _ways(pair, line) if one.stretches]
        if line.kind in SETTLED:
            yield from ways
        elif ways:
            # Of several facts the one that bends it most is the one that it is about.
            yield max(ways, key=lambda one: len(one.old.graph.points) + len(one.new.graph.points))


def _ways(pair: Pair, line: k.Line) -> Iterator[Curves]:
    """A line of both plans over each variable that it can be followed over."""
    old, new = pair
    lines = (old.at(line), new.at(line))
    if line.kind == "kpi":
        attained = tuple(_attained(view, at) for view, at in zip(pair, lines, strict=True))
        if (None in lines or _alike(pair, attained)) and all(
            view.alone(at, step) for view, at, step in zip(pair, lines, attained, strict=True)
        ):
            yield _curves(pair, line, "attainment", line.name, "percent", _beyond(pair, attained))
            return
    facts = dict.fromkeys((*old.facts(lines[0]), *new.facts(lines[1])))
    if line.kind in SETTLED:
        for name in _kpis(pair):
            steps = tuple(view.step("attainment", name) for view in pair)
            if all(view.alone(at, step) for view, at, step in zip(pair, lines, steps, strict=True)):
                yield _curves(pair, line, "attainment", name, "percent", _beyond(pair, steps))
        return
    for name in facts:
        variables = tuple(view.input(name) for view in pair)
        kinds = [
            view.kernel.inputs[at].kind for view, at in zip(pair, variables, strict=True) if at is not None
        ]
        if len({*kinds}) == 1:
            yield _curves(pair, line, "fact", name, kinds[0], variables)
    if not facts:
        yield _curves(pair, line, "nothing", "", "money", (None, None))


def _attained(view: View, line: int | None) -> int | None:
    return None if line is None else view.kernel.lines[line].attainment


def _kpis(pair: Pair) -> Iterator[str]:
    """The KPIs of both plans that are measured alike."""
    old, new = pair
    for line in new.kernel.lines:
        steps = (_attained(old, old.at(line)), line.attainment)
        if line.kind == "kpi" and None not in steps and _alike(pair, steps):
            yield line.name


def _beyond(pair: Pair, steps: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """The variables that attainments are, beyond all inputs."""
    return tuple(
        None if step is None else len(view.kernel.inputs) + step
        for view, step in zip(pair, steps, strict=True)
    )


def _alike(pair: Pair, steps: tuple[int | None, ...]) -> bool:
    """Whether both plans compute an attainment in the same way."""
    one, other = steps
    if one is None or other is None:
        return False
    return pair[0].signed.steps[one] == pair[1].signed.steps[other]


def _curves(
    pair: Pair, line: k.Line, axis: Axis, name: str, unit: KindName, variables: tuple[int | None, ...]
) -> Curves:
    sides = []
    lows = []
    for view, variable in zip(pair, variables, strict=True):
        at = view.at(line)
        sides.append(Side(view.compiled, view.made, at, variable, view.line(at, variable)))
        if variable is not None:
            lows.append(floor(view.kernel, variable))
    low = None if None in lows or not lows else ZERO
    old, new = sides
    found = stretches(old.graph, new.graph, low)
    return Curves(line.name, line.of, line.kind, axis, name, unit, low, old, new, found)
