"""The sorts of people that a plan tells apart, and somebody made up: paid, and written as an example."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from math import prod

from dsl import tree
from dsl.period import Period, period
from dsl.place import NOWHERE
from dsl.words import KindName, words
from dsl.write import write
from dsl.write.value import decimal

from .. import kernel as k
from ..compile import Compiled
from ..examples import starting
from ..integers.executable import Undefined
from ..scales import Scales, places, scale

# Lines that people earn, each by itself; the others follow from them.
EARNED: frozenset[k.LineKind] = frozenset(
    {"salary", "kpi", "commission", "pay", "milestone", "piece", "spif"}
)

Attributes = tuple[tuple[str, str], ...]  # of some people: names and values
MOST = 24  # sorts of people that are looked at
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
TITLE = 60  # letters of the title of an example


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
    """What the plan reads of a period."""
    return Fraction(when.first.toordinal() if entry.name == "first" else (when.last - when.first).days + 1)


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


# ── In the language of the plan ──────────────────────────────────────────────────────────────────────────


def told(compiled: Compiled, value: Fraction, kind: KindName) -> str:
    """A value as the plan would write it; what has no end in decimals with ≈, in six of them."""
    size = value * 100 if kind == "percent" else value
    near = round(size * 10**6)
    exact = near == size * 10**6
    shown = Fraction(near, 10**6)
    text = decimal(abs(shown), words(compiled.checked.lang))
    unit = {"percent": "%", "money": f" {compiled.kernel.currency}"}.get(kind, "")
    return f"{'' if exact else '≈ '}{'−' if shown < 0 else ''}{text}{unit}"


def money(compiled: Compiled, amount: int) -> str:
    """An amount of minor units, in words of the plan."""
    return told(compiled, Fraction(amount, 10**compiled.kernel.digits), "money")


def example(compiled: Compiled, made: Somebody, title: str, lines: Sequence[int]) -> str | None:
    """Somebody as a worked example of the plan, with what some lines of pay and the whole come to.

    Its title is none that the plan has. Of what records come to and what has no name nothing can be said.
    """
    inputs = made.sort.kernel.inputs
    if any(entry.place != NOWHERE and made.values[index] is not None for index, entry in enumerate(inputs)):
        return None
    amounts_ = paid(compiled, made)
    assert amounts_ is not None
    whole, kernel = compiled.kernel, made.sort.kernel
    entries = [
        tree.Entry(tree.Name(name), False, tree.Name(value))
        for name, value in attributes(compiled, made.sort)
    ]
    for entry, value in zip(kernel.inputs, made.values, strict=True):
        if entry.role != "period" and value is not None and value != entry.default:
            name = tree.Name(entry.name)
            entries.append(tree.Entry(name, entry.role == "target", _value(entry.kind, value)))
    paying = [_outcome(whole, kernel.lines[line], amounts_[line]) for line in lines]
    paying.append(tree.Outcome("total", None, _amount(whole, sum(amounts_))))
    rows = (tree.Given(tuple(entries)), tree.Pays(tuple(one for one in paying if one is not None)))
    when = None if made.period == starting(whole.effect) else made.period
    said = title.translate(QUOTES)[:TITLE]
    taken = {one.title.text for one in compiled.checked.scope.examples}
    text = tree.Text(said if said not in taken else f"{said} *")
    shown = tree.Example(text, when, rows if entries else rows[1:])
    return write(tree.Plan(compiled.checked.lang, (shown,))).strip("\n")


QUOTES = {ord(mark): None for mark in '"«»“”„'}


def _outcome(kernel: k.Kernel, line: k.PayLine, amount: int) -> tree.Outcome | None:
    value = _amount(kernel, amount)
    match line.kind:
        case "salary":
            return tree.Outcome("salary", None, value)
        case "cap" | "floor" | "rounding":
            return None
        case "commission" if line.name == "commission":
            return tree.Outcome("commission", None, value)
        case _:
            return tree.Outcome("line", tree.Name(line.name), value)


def _amount(kernel: k.Kernel, amount: int) -> tree.Expr:
    return _signed(tree.Number, Fraction(amount, 10**kernel.digits))


def _value(kind: KindName, value: Fraction) -> tree.Expr:
    match kind:
        case "percent":
            return _signed(tree.Percent, value)
        case "days":
            return _signed(tree.Days, value)
        case "date":
            return tree.Date(datetime.date.fromordinal(int(value)).isoformat())
        case "yes_no":
            return tree.YesNo(value != 0)
        case _:
            return _signed(tree.Number, value)


def _signed(literal_: type[tree.Number] | type[tree.Percent] | type[tree.Days], value: Fraction) -> tree.Expr:
    return tree.Negative(literal_(-value)) if value < 0 else literal_(value)
