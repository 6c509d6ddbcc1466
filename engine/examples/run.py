"""The worked examples of a plan, run by the function that pays everybody and compared to the kopeck."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import assert_never

from dsl import tree
from dsl.check.constant import constant
from dsl.check.scope import Scope
from dsl.faults import Fact, Fault
from dsl.faults.answer import Count
from dsl.node import node
from dsl.period import meant, period
from dsl.place import Place
from dsl.record import ABSENT, HIDDEN
from dsl.words import KindName

from ..compile import Compiled
from ..evaluate import Company, Result, pay_all
from ..facts import Person, SentTables
from ..kernel import PayLine
from ..lower.lowering import number
from ..money import Money, rounded
from ..scales import exact

WORKTIME: tuple[tree.PeriodPart, ...] = ("workdays", "workhours")
ALL = "all"  # the group of an example's people, whatever it is called
ANYTIME = "2025-01"  # the period of an example whose plan does not say from when it applies


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
    lines: tuple[int, ...] = field(metadata=HIDDEN)
    """The lines of pay, by their number, that make it: one, or all that a sum is over."""
    explanation: tuple[Expected, ...] | None = field(default=None, metadata=ABSENT)
    """Of an item that differs: each line of pay behind it."""


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
        (up, under), (unit, part) = self.got.as_integer_ratio(), self.unit.as_integer_ratio()
        return self.expected == rounded(up * part, under * unit) * self.unit


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an example: its result with each thing it names, or the faults that forbid to pay."""

    example: tree.Example
    person: Person
    result: Result | tuple[Fault, ...]
    items: tuple[ExampleItem, ...] = ()
    shown: tuple[ShownValue, ...] = ()

    @property
    def title(self) -> str:
        """What its author calls it."""
        return self.example.title.text

    @property
    def place(self) -> Place:
        """Where its title stands."""
        return self.example.title.place

    @property
    def passed(self) -> bool:
        """Whether everything that the example names comes out as it says."""
        passed = all(item.passed for item in self.items) and all(one.passed for one in self.shown)
        return isinstance(self.result, Result) and passed


def run(compiled: Compiled) -> tuple[Tried, ...]:
    """The outcome of each example, in the author's order."""
    return tuple(tried(compiled, example) for example in compiled.checked.scope.examples)


def tried(compiled: Compiled, example: tree.Example) -> Tried:
    """The outcome of an example."""
    drawn = _drawn(compiled)
    given = {_fact(entry.name): _cell(entry.value) for entry in example.entries if not entry.target}
    targets = {entry.name.text: _typed(entry.value) for entry in example.entries if entry.target}
    said = None if example.period is None else meant(example.period)
    when = _month(compiled, given) if said is None else said.text
    person = Person(
        example.title.text,
        when,
        {name: value for name, value in given.items() if name not in drawn},
        targets,
        tables=recorded(compiled, example, when),
        drawn={name: value for name, value in given.items() if name in drawn},
        worktime={one.part: constant(one.value) or Fraction(0) for one in example.times},
    )
    result = next(pay_all(lambda _: compiled, Company(together(compiled, example, person))))
    if isinstance(result, Result) and result.facts.open:
        # An example says what everybody brings.
        result = tuple(_unsaid(compiled, example, result)) or tuple(
            replace(one, severity="error") for one in result.waits
        )
    if not isinstance(result, Result):
        return Tried(example, person, result)
    items = tuple(_item(compiled, result, outcome) for outcome in example.outcomes)
    shown = tuple(_seen(compiled, result, one) for one in example.shown)
    return Tried(example, person, result, items, shown)


def _unsaid(compiled: Compiled, example: tree.Example, result: Result) -> Iterator[Fault]:
    """That an example says nothing of the working time of its period, for which it has no calendar."""
    waits = (wait for one in result.facts.open for wait in one.waits if wait.fault is not None)
    lacking = {wait.name for wait in waits if wait.name in WORKTIME}
    if lacking:
        words = compiled.checked.scope.words
        said = [words[tree.InPeriod(part).keyword] for part in WORKTIME if part in lacking]
        facts: dict[str, Fact] = {
            "title": example.title.text,
            "names": ", ".join(f"`{one}`" for one in said),
            "period": result.facts.period.text,
        }
        yield Fault("P729", place=example.title.place, facts=facts)


def _month(compiled: Compiled, given: Mapping[str, str]) -> str:
    """The period of an example that names none: a month in which the balances that it gives can be open."""
    opened = [compiled.kernel.actuals[name] for name in given if name in compiled.kernel.balances]
    when = starting(compiled.kernel.effect)
    while (first := period(when)) is not None and any(entry.begins(first) for entry in opened):
        when = (first.last + datetime.timedelta(days=1)).isoformat()[:7]
    return when


def _fact(name: tree.Name) -> str:
    """The fact by which something is given: what a balance opens with comes by the name of the balance."""
    return name.balance or name.text


def together(compiled: Compiled, example: tree.Example, person: Person) -> list[Person]:
    """Somebody with the colleagues of an example, all of one group of each sort, or led by them."""
    groups = {table.name: table for table in compiled.kernel.tables if table.group}
    named = {name: ALL for name, table in groups.items() if not table.led}
    drawn = _drawn(compiled)
    colleagues = []
    for at, record in enumerate(example.records, 1):
        if (group := groups.get(record.table.text)) is not None:
            given = {entry.name.text: _cell(entry.value) for entry in record.entries}
            # Of a group that others lie inside, a colleague is in another one of these.
            belongs = {name: ALL for name in named if name not in group.inside}
            if group.led:
                belongs = {group.led: example.title.text}
            facts = {name: value for name, value in given.items() if name not in drawn}
            own = {name: value for name, value in given.items() if name in drawn}
            colleague = Person(f"{example.title.text} {at}", person.period, {**belongs, **facts})
            colleagues.append(replace(colleague, tables=person.tables, drawn=own, worktime=person.worktime))
    return [replace(person, facts={**named, **person.facts}), *colleagues]


def _drawn(compiled: Compiled) -> set[str]:
    """The figures for which somebody may say what records come to."""
    return {entry.name for entry in compiled.kernel.inputs if entry.role == "drawn"}


def recorded(compiled: Compiled, example: tree.Example, when: str) -> SentTables:
    """The records of an example, all of its person: each with an id of its own, counting in its period."""
    kernel, own = compiled.kernel, period(when)
    assert own is not None
    first = own.first
    raw: dict[str, list[dict[str, object]]] = {one.name: [] for one in kernel.tables if not one.group}
    for at, record in enumerate(example.records, 1):
        if record.table.text in kernel.groups:
            continue
        table = compiled.checked.scope.tables[record.table.text]
        cells: dict[str, object] = {}
        for column in table.columns:
            if isinstance(column.kind, tree.Role):
                cells[column.name.text] = example.title.text if column.kind.role == "employee" else str(at)
            elif column.counts and not isinstance(column.kind, tree.Taken):
                cells[column.name.text] = first.isoformat()
        cells.update({entry.name.text: _cell(entry.value) for entry in record.entries})
        raw[record.table.text].append(cells)
    return SentTables(raw)


def _seen(compiled: Compiled, result: Result, one: tree.Shown) -> ShownValue:
    source, kernel = compiled.source, result.kernel
    kind: KindName = "percent" if one.what == "attainment" else compiled.checked.kinds[one.name.text]
    asked = (step.value for step in kernel.steps if (step.role, step.name) == (one.what, one.name.text))
    value = next(asked, None)
    unit = one.unit or Fraction(1)
    if kind == "money":
        unit = min(unit, Fraction(1, 10**kernel.digits))
    name = " ".join(source.at(one.place)[: one.value.place.start - one.place.start].split())
    got = None if value is None else result.value(value)
    return ShownValue(name, kind, number(one.value), got, unit, one.place)


def _item(compiled: Compiled, result: Result, outcome: tree.Outcome) -> ExampleItem:
    kernel, source, scope = result.kernel, compiled.source, compiled.checked.scope
    wanted = outcome.name.text if outcome.name else "commission"
    lines = tuple(
        number for number, line in enumerate(kernel.lines) if _counts(scope, outcome.paid, wanted, line)
    )
    expected = _exact((constant(outcome.value) or Fraction(0)) * 10**kernel.digits, kernel.digits)
    got = Money(sum(result.amounts[number] for number in lines), kernel.digits)
    name = " ".join(source.at(Place(outcome.place.start, outcome.value.place.start)).split())
    at = source.position(outcome.place.start).line
    return ExampleItem(name, at, expected, got, expected.exact == got.exact, lines)


def _counts(scope: Scope, paid: tree.Paid, wanted: str, line: PayLine) -> bool:
    """Whether a line of pay is a part of what an example names."""
    match paid:
        case "line" if wanted in scope.sections:
            within = scope.within.get(line.name) if line.kind == "kpi" else scope.sections.get(line.of)
            return within is scope.sections[wanted]
        case "line":
            return line.kind != "salary" and line.name == wanted
        case "commission":
            return line.kind == "commission" and line.name == wanted
        case "salary":
            return line.kind == "salary"
        case "bonus":
            return line.kind == "kpi" or line.of == "bonus" or line.of in scope.sections
        case "variable":
            return line.kind not in {"salary", "reduction"} and line.of != "total"
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


def _cell(value: tree.Expr) -> str:
    """A value that an example gives; that of a duration says its unit."""
    inner = value.operand if isinstance(value, tree.Negative) else value
    return f"{_typed(value)} seconds" if isinstance(inner, tree.Duration) else _typed(value)


def _typed(value: tree.Expr) -> str:
    """A value of an example as somebody would send it."""
    match value:
        case tree.Negative(operand):
            return f"-{_typed(operand)}"
        case tree.Percent(share):
            return f"{exact(share * 100)}%"
        case tree.Number(number) | tree.Amount(number) | tree.Days(number) | tree.Duration(number):
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
