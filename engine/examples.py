"""The worked examples of a plan, run by the function that pays everybody and compared to the kopeck."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from dsl import faults, tree
from dsl.check.constant import constant
from dsl.faults import Fault, answer
from dsl.faults.answer import Count
from dsl.node import node
from dsl.place import Place
from dsl.record import ABSENT
from dsl.words import KindName, Lang

from .compile import Compiled
from .evaluate import Result, pay
from .facts import Person
from .kernel import PayLine
from .lower.lowering import number
from .money import Money
from .scales import exact
from .statement import script
from .statement.script import Script
from .statement.show import quantity

ANYTIME = "2025-01"  # the period of an example whose plan does not say from when it applies


@dataclass(frozen=True, slots=True)
class PaidItem:
    """One thing that an example says is paid: what its author expects and what the plan pays, in minor units.

    `lines` are the lines of pay, by their number, that make it: one, or all that a sum is over.
    """

    name: str
    expected: Fraction
    got: int
    lines: tuple[int, ...]
    place: Place

    @property
    def passed(self) -> bool:
        """Whether they are equal, to the last digit."""
        return self.expected == self.got


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A figure, target or attainment that an example says it comes to: what was expected, what it is.

    Values are exact, percentages as shares of 1; `got` is None where nobody has to work it out for such a
    person. `unit` is that of the last digit which the author wrote.
    """

    name: str
    kind: KindName
    expected: Fraction
    got: Fraction | None
    unit: Fraction
    place: Place

    @property
    def passed(self) -> bool:
        """Whether it comes to what is written, to the last digit written; half away from zero beyond it."""
        if self.got is None:
            return False
        whole, rest = divmod(abs(self.got), self.unit)
        near = (whole + (2 * rest >= self.unit)) * self.unit
        return self.expected == (near if self.got >= 0 else -near)


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an example: its result with each thing it names, or the faults that forbid to pay."""

    title: str
    place: Place
    person: Person
    result: Result | tuple[Fault, ...]
    items: tuple[PaidItem, ...] = ()
    shown: tuple[ShownValue, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything that the example names comes out as it says."""
        passed = all(item.passed for item in self.items) and all(one.passed for one in self.shown)
        return isinstance(self.result, Result) and passed


def run(compiled: Compiled) -> tuple[Tried, ...]:
    """The outcome of each example, in the author's order."""
    return tuple(_outcome(compiled, example) for example in compiled.checked.scope.examples)


@node
class Expected:
    """The sentences of one line of pay."""

    label: str
    sentences: tuple[str, ...]


@node
class ExampleItem:
    """One thing that an example expects, and what the plan pays."""

    name: str
    line: Count
    expected: Money
    got: Money
    passed: bool
    explanation: tuple[Expected, ...] | None = field(default=None, metadata=ABSENT)
    """Of an item that differs: each line of pay behind it."""


@node
class ExampleShown:
    """A figure, target or attainment that an example says it comes to, and what it is."""

    name: str
    line: Count
    expected: str
    """As the reader writes numbers."""
    got: str | None
    """Null where nobody has to work it out for such a person."""
    passed: bool


@node
class ExampleResult:
    """What became of a worked example of the plan."""

    title: str
    line: Count
    passed: bool
    shown: tuple[ExampleShown, ...]
    items: tuple[ExampleItem, ...]
    faults: tuple[answer.ToldFault, ...]


def document(outcome: Tried, compiled: Compiled, lang: Lang) -> ExampleResult:
    """An outcome in the reader's language: each thing with what it is, or the faults."""
    source, result = compiled.source, outcome.result
    line, shown, items = source.position(outcome.place.start).line, outcome.shown, outcome.items
    if not isinstance(result, Result):
        told = tuple(faults.document(fault, source, lang) for fault in result)
        return ExampleResult(outcome.title, line, outcome.passed, (), (), told)
    differ = None if outcome.passed else (script(result, lang), script(result, lang).explain(result))
    return ExampleResult(
        outcome.title,
        line,
        outcome.passed,
        tuple(_shown(one, compiled, lang) for one in shown),
        tuple(_expected(one, compiled, differ) for one in items),
        (),
    )


def _shown(one: ShownValue, compiled: Compiled, lang: Lang) -> ExampleShown:
    expected = quantity(one.expected, one.kind, lang)[0]
    got = None if one.got is None else quantity(one.got, one.kind, lang)[0]
    return ExampleShown(one.name, compiled.source.position(one.place.start).line, expected, got, one.passed)


def _expected(
    item: PaidItem, compiled: Compiled, differ: tuple[Script, list[list[str]]] | None
) -> ExampleItem:
    line, digits = compiled.source.position(item.place.start).line, compiled.kernel.digits
    behind = None
    if differ is not None and not item.passed:
        spoken, explained = differ
        behind = tuple(Expected(spoken.parts[at].label, tuple(explained[at])) for at in item.lines)
    expected = _exact(item.expected, digits)
    return ExampleItem(item.name, line, expected, Money(item.got, digits), item.passed, behind)


def _outcome(compiled: Compiled, example: tree.Example) -> Tried:
    facts = {entry.name.text: _typed(entry.value) for entry in example.entries if not entry.target}
    targets = {entry.name.text: _typed(entry.value) for entry in example.entries if entry.target}
    when = example.period[:7] if example.period else starting(compiled.kernel.effect)
    person = Person(example.title.text, when, facts, targets)
    result = pay(compiled, person)
    place = example.title.place
    if not isinstance(result, Result):
        return Tried(example.title.text, place, person, result)
    items = tuple(_item(compiled, result, outcome) for outcome in example.outcomes)
    shown = tuple(_seen(compiled, result, one) for one in example.shown)
    return Tried(example.title.text, place, person, result, items, shown)


def _seen(compiled: Compiled, result: Result, one: tree.Shown) -> ShownValue:
    source, kernel = compiled.source, result.kernel
    kind: KindName = "percent" if one.what == "attainment" else compiled.checked.kinds[one.name.text]
    asked = (step for step in kernel.steps if (step.role, step.name) == (one.what, one.name.text))
    step = next(asked, None)
    unit = one.unit or Fraction(1)
    if kind == "money":
        unit = min(unit, Fraction(1, 10**kernel.digits))
    name = " ".join(source.at(one.place)[: one.value.place.start - one.place.start].split())
    got = None if step is None else result.value(step.value)
    return ShownValue(name, kind, number(one.value), got, unit, one.place)


def _item(compiled: Compiled, result: Result, outcome: tree.Outcome) -> PaidItem:
    kernel = result.kernel
    wanted = outcome.name.text if outcome.name else "commission"
    lines = tuple(number for number, line in enumerate(kernel.lines) if _counts(outcome.paid, wanted, line))
    expected = (constant(outcome.value) or Fraction(0)) * 10**kernel.digits
    name = compiled.source.at(outcome.name.place if outcome.name else outcome.place).split()[0]
    return PaidItem(name, expected, sum(result.amounts[number] for number in lines), lines, outcome.place)


def _counts(paid: tree.Paid, wanted: str, line: PayLine) -> bool:
    """Whether a line of pay is a part of what an example names."""
    match paid:
        case "line":
            return line.kind != "salary" and line.name == wanted
        case "commission":
            return line.kind == "commission" and line.name == wanted
        case "salary":
            return line.kind == "salary"
        case "bonus":
            return line.kind == "kpi" or line.of == "bonus"
        case "total":
            return True
        case _:
            assert_never(paid)


def starting(effect: datetime.date | None) -> str:
    """The first whole month in which a plan applies."""
    if effect is None:
        return ANYTIME
    months = effect.year * 12 + effect.month - (effect.day == 1)
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _typed(value: tree.Expr) -> str:
    """A value of an example as somebody would send it."""
    match value:
        case tree.Negative(operand):
            return f"-{_typed(operand)}"
        case tree.Percent(share):
            return f"{exact(share * 100)}%"
        case tree.Number(number) | tree.Amount(number) | tree.Days(number):
            return exact(number)
        case tree.Date(text):
            return text
        case tree.YesNo(answer):
            return "yes" if answer else "no"
        case tree.Name(text):
            return text
        case _:
            raise TypeError(f"no value of an example: {value!r}")


def _exact(value: Fraction, digits: int) -> Money:
    """An expected amount with the digits of the minor unit, or more where its author wrote more."""
    while value.denominator != 1:
        value *= 10
        digits += 1
    return Money(value.numerator, digits)
