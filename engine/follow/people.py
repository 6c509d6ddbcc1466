"""The sorts of people that a plan tells apart, and somebody made up, who is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from math import prod

from dsl.period import Period, period
from dsl.words import KindName

from .. import kernel as k
from ..compile import Compiled
from ..facts.calendar import Calendar
from ..facts.calendar import of_period as of_itself
from ..facts.days import days_of
from ..integers.executable import Undefined
from ..scales import Scales, places, scale

# Lines that people earn, each by itself; the others follow from them.
EARNED: frozenset[k.LineKind] = frozenset(
    {"salary", "kpi", "commission", "pay", "milestone", "piece", "spif"}
)

Attributes = tuple[tuple[str, str], ...]  # of some people: names and values
MOST = 24  # sorts of people that are looked at
USUAL = 8  # hours of a day
WORK = 2_000  # steps and lines that are looked at in all sorts together, where they are more than three


@dataclass(frozen=True, slots=True)
class Cohort:
    """People with one value of each attribute, by its number among the choices, and the plan for them."""

    chosen: tuple[int, ...]
    kernel: k.Kernel


def attributes(compiled: Compiled, sort: Cohort) -> Iterator[tuple[str, str]]:
    """The attributes of people of a sort: the author's names and values."""
    for index, choice in zip(compiled.attributes, sort.chosen, strict=True):
        entry = compiled.kernel.inputs[index]
        yield entry.name, entry.choices[choice]


def sorts(compiled: Compiled) -> tuple[tuple[Cohort, ...], bool]:
    """The sorts of people, and whether they are all there are.

    Where they are too many, each value of each attribute is met at least once, as far as there is room.
    """
    counts = [len(compiled.kernel.inputs[index].choices) for index in compiled.attributes]
    size = len(compiled.kernel.steps) + len(compiled.kernel.lines)
    most = max(3, min(MOST, WORK // max(1, size)))
    whole = prod(counts) <= most
    several = product(*map(range, counts)) if whole else islice(_met(counts), most)
    return tuple(Cohort(chosen, compiled.variant(chosen).kernel) for chosen in several), whole


def _met(counts: list[int]) -> Iterator[tuple[int, ...]]:
    """Combinations in which every value comes up soon, and then all the others."""
    first = [tuple(turn % count for count in counts) for turn in range(max(counts))]
    yield from first
    known = {*first}
    yield from (other for other in product(*map(range, counts)) if other not in known)


# ── Somebody of a sort ───────────────────────────────────────────────────────────────────────────────────


MEASURES = frozenset({"money", "percent", "count", "number", "days"})


def measured(entry: k.Input) -> bool:
    """Whether an input is a fact that can be a little more or less."""
    return entry.role == "actual" and entry.kind in MEASURES


def followed(entry: k.Input) -> bool:
    """Whether an input is such a fact, or what records come to."""
    return measured(replace(entry, role="actual")) if entry.role == "drawn" else measured(entry)


def least(kind: KindName, digits: int) -> Fraction:
    """The smallest step of a fact: a minor unit, one call, a day, 0.01 %."""
    match kind:
        case "money":
            return Fraction(1, 10**digits)
        case "percent":
            return Fraction(1, 10_000)
        case "number":
            return Fraction(1, 100)
        case _:
            return Fraction(1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody of a sort, in a period, with these values of the inputs; None for no target of their own."""

    sort: Cohort
    period: str
    values: tuple[Fraction | None, ...]

    def having(self, index: int, value: Fraction) -> Somebody:
        """The same with another value of an input."""
        return replace(self, values=(*self.values[:index], value, *self.values[index + 1 :]))

    def within(self, name: str) -> Somebody:
        """The same in another period."""
        if name == self.period:
            return self
        when = named(name)
        values = [
            value if entry.role != "period" else of_period(entry, when)
            for entry, value in zip(self.sort.kernel.inputs, self.values, strict=True)
        ]
        return replace(self, period=name, values=tuple(values))


def of_period(entry: k.Input, when: Period) -> Fraction:
    """What the plan reads of a period; in one without holidays, where somebody works eight hours a day."""
    if (own := of_itself(entry.name, when)) is not None:
        return Fraction(own)
    return Fraction(Calendar().worked([days_of(when)]) * (USUAL if entry.name == k.WORKHOURS else 1))


def named(name: str) -> Period:
    """The period of a name that is one."""
    when = period(name)
    assert when is not None
    return when


def paid(compiled: Compiled, made: Somebody) -> tuple[int, ...] | None:
    """What the engine pays somebody, line by line in minor units; None where a divisor is 0."""
    found = _run(compiled, made)
    return found if isinstance(found, tuple) else None


def unpaid(compiled: Compiled, made: Somebody) -> k.Node | None:
    """The division that forbids to pay somebody; None where they are paid."""
    found = _run(compiled, made)
    return None if isinstance(found, tuple) else found


def _run(compiled: Compiled, made: Somebody) -> tuple[int, ...] | k.Node:
    """The code that pays everybody, on inputs as its reader of facts would hold them."""
    kernel, variant = made.sort.kernel, compiled.variant(made.sort.chosen)
    scales: list[int] = []
    inputs: list[int | None] = []
    for entry, usual, value in zip(kernel.inputs, variant.usual.inputs, made.values, strict=True):
        most = 0 if entry.role == "period" else usual
        if value is not None and 10**most % value.denominator:
            most = scale(kernel, entry, places(value) or 0)
        scales.append(most)
        inputs.append(None if value is None else value.numerator * (10**most // value.denominator))
    program = variant.shape(Scales(tuple(scales), variant.usual.tables)).plain
    try:
        amounts: tuple[int, ...] = program.run(tuple(inputs), tuple(() for _ in kernel.tables))
    except Undefined as signal:
        stopped: k.Node = program.quotients[signal.args[0]]
        return stopped
    return amounts
