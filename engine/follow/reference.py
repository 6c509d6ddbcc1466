"""Somebody to compare with: every KPI exactly on target, and nothing that stands in the way of pay."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction

from dsl import tree
from dsl.check.constant import constant
from dsl.words import KindName

from .. import kernel as k
from ..compile import Compiled
from ..examples import starting
from .follow import Effort, Follow
from .graph import ONE, ZERO, Graph, Straight
from .hangs import Hangs
from .people import EARNED, Cohort, Somebody, attributes, followed, least, named, of_period

# What a fact is taken to be of which nobody says anything: a factor is 1, a month has so many working days.
USUAL: Mapping[KindName, Fraction] = {
    "money": Fraction(100_000),
    "percent": ONE,
    "count": ONE,
    "number": ONE,
    "days": Fraction(21),
    "duration": Fraction(60),
    "yes_no": ONE,
    "choice": ZERO,
}
# A target of a person's own that the plan leaves open.
AIMED: Mapping[KindName, Fraction] = {
    "money": Fraction(1_000_000),
    "percent": ONE,
    "count": Fraction(100),
    "number": Fraction(100),
    "days": Fraction(20),
}
PERIODS = 8  # of a plan whose lines are paid in different ones


def reference(compiled: Compiled, sort: Cohort, hangs: Hangs, effort: Effort) -> Somebody:
    """Somebody of a sort on target: what neither plan nor examples say is usual, or opens what is shut."""
    kernel = sort.kernel
    when = starting(kernel.effect)
    known = _shown(compiled, sort)
    beyond = _bounds(kernel)
    values = [
        _first(entry, known, when, beyond.get(index, ZERO)) for index, entry in enumerate(kernel.inputs)
    ]
    made = Somebody(sort, when, tuple(values))
    fixed: set[int] = set()
    for line in kernel.lines:
        if line.attainment is not None:
            made = _on_target(made, hangs, effort, line.attainment, fixed)
    made = _opened(_allowed(made, hangs, effort), hangs, effort, fixed, known)
    return _allowed(made, hangs, effort)


def follow(made: Somebody, hangs: Hangs, effort: Effort) -> Follow:
    """The plan for somebody, with nothing moving."""
    return Follow(made.sort.kernel, hangs, made.values, effort)


def floor(kernel: k.Kernel, variable: int) -> Fraction | None:
    """The least that a variable can be, an attainment among them; None where it can be below 0."""
    if variable < len(kernel.inputs):
        entry = kernel.inputs[variable]
        return entry.low if entry.low is not None or entry.signed else ZERO
    return None if any(entry.signed for entry in kernel.inputs) else ZERO


def periods(kernel: k.Kernel) -> tuple[str, ...]:
    """The month from which a plan applies, and the months in which something of it begins to be paid."""
    found = [starting(kernel.effect)]
    for root in k.roots(kernel):
        for node in k.walk(root):
            match node:
                case k.Comparison(">=", k.Actual(index, kind="date"), k.Constant(day)) if (
                    kernel.inputs[index].role == "period"
                ):
                    # The first month that begins on the day or after it.
                    found.append(starting(datetime.date.fromordinal(int(day))))
    return tuple(dict.fromkeys(found))[:PERIODS]


# ── What is known of somebody before the plan is followed ────────────────────────────────────────────────


def _shown(compiled: Compiled, sort: Cohort) -> Mapping[str, Fraction]:
    """What the examples give for people of a sort, or else for others: the first of them wins."""
    found: dict[str, Fraction] = {}
    own = dict(attributes(compiled, sort))

    def other(one: tree.Example) -> bool:
        said = {entry.name.text: compiled.source.at(entry.value.place) for entry in one.entries}
        return any(said.get(name, value) != value for name, value in own.items())

    for one in sorted(compiled.checked.scope.examples, key=other):
        for entry in one.entries:
            if (value := constant(entry.value)) is not None:
                found.setdefault(f"{'target ' if entry.target else ''}{entry.name.text}", value)
    return found


def _bounds(kernel: k.Kernel) -> Mapping[int, Fraction]:
    """For facts that conditions ask to reach a bound, the first value beyond all of their bounds."""
    found: dict[int, Fraction] = {}
    for root in k.roots(kernel):
        for node in k.walk(root):
            match node:
                case k.Comparison(">" | ">=" as sign, k.Actual(index), k.Constant(bound)):
                    entry = kernel.inputs[index]
                    least_ = least(entry.kind, kernel.digits) if sign == ">" else ZERO
                    found[index] = max(found.get(index, ZERO), bound + least_)
    return found


def _first(entry: k.Input, known: Mapping[str, Fraction], when: str, bound: Fraction) -> Fraction | None:
    if entry.role == "period":
        return of_period(entry, named(when))
    if entry.role == "target":
        own = known.get(f"target {entry.name}", AIMED.get(entry.kind, ONE))
        return None if entry.optional else own
    if entry.kind == "yes_no":
        return USUAL["yes_no"]
    if entry.default is not None:
        return entry.default
    if entry.kind == "date":
        return Fraction(named(when).first.toordinal())
    usual = max(USUAL[entry.kind], bound, *(low for low in [entry.low] if low is not None))
    return known.get(entry.name, usual if entry.high is None else min(usual, entry.high))


# ── Changes that let the pay flow ────────────────────────────────────────────────────────────────────────


def _on_target(made: Somebody, hangs: Hangs, effort: Effort, attainment: int, fixed: set[int]) -> Somebody:
    """The same with a KPI at exactly 100 %, by the first fact that takes it there in a straight line."""
    kernel = made.sort.kernel
    name = kernel.steps[attainment].name
    moved = [index for index in range(len(kernel.inputs)) if hangs.steps[attainment] >> index & 1]
    still = follow(made, hangs, effort)
    for index in sorted(moved, key=lambda index: kernel.inputs[index].name != name):
        entry = kernel.inputs[index]
        if index in fixed or not followed(entry):
            continue
        found = next(reached(still.over(index).step(attainment), ONE, floor(kernel, index)), None)
        if found is not None:
            made = made.having(index, nearest(found, least(entry.kind, kernel.digits)))
            break
    fixed.update(moved)
    return made


def reached(graph: Graph, value: Fraction, low: Fraction | None) -> Iterator[Fraction]:
    """Where a graph comes to a value, from below."""
    for start, span, end in graph.parts():
        if start is not None and graph.value(start) == value and (low is None or start >= low):
            yield start
        if isinstance(span, Straight) and span.slope:
            x = (value - span.constant) / span.slope
            if (start is None or x > start) and (end is None or x < end) and (low is None or x >= low):
                yield x


def nearest(value: Fraction, unit: Fraction) -> Fraction:
    """The nearest value that a fact can have, and never 0 for something that is not."""
    return max(round(value / unit), 1) * unit if value > 0 else round(value / unit) * unit


def _allowed(made: Somebody, hangs: Hangs, effort: Effort) -> Somebody:
    """The same with each yes or no such that most is paid."""
    kernel = made.sort.kernel
    for index, entry in enumerate(kernel.inputs):
        if entry.kind != "yes_no":
            continue
        pays = _together(follow(made, hangs, effort).over(index))
        yes, no = pays.value(ONE), pays.value(ZERO)
        if isinstance(yes, Fraction) and isinstance(no, Fraction):
            best = entry.default if yes == no and entry.default is not None else Fraction(yes >= no)
            made = made.having(index, best)
    return made


def _opened(
    made: Somebody, hangs: Hangs, effort: Effort, fixed: set[int], known: Mapping[str, Fraction]
) -> Somebody:
    """The same with every other fact beyond the conditions that would shut what they guard."""
    kernel = made.sort.kernel
    for index, entry in enumerate(kernel.inputs):
        said = entry.name in known or entry.default is not None
        if index in fixed or said or not followed(entry):
            continue
        pays = _together(follow(made, hangs, effort).over(index))
        unit, value = least(entry.kind, kernel.digits), made.values[index]
        paid = pays.value(value) if value is not None else ZERO
        for (point, _), causes in sorted(pays.causes.items()):
            if any(cause.reason == "choice" for cause in causes) and point >= 0:
                beyond = -(-point // unit) * unit
                for x in (beyond, beyond + unit):
                    more = pays.value(x)
                    if isinstance(more, Fraction) and isinstance(paid, Fraction) and more > paid:
                        made, paid = made.having(index, x), more
    return made


def _together(over: Follow) -> Graph:
    """What the lines that people earn and that hang on the variable pay together."""
    lines = zip(over.kernel.lines, over.hangs.lines, strict=True)
    return over.sum([at for at, (line, on) in enumerate(lines) if line.kind in EARNED and over.moves(on)])
