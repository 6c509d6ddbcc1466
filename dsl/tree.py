"""The syntax tree: what a plan file says, line by line, in no human language.

Two texts that differ only in spacing, comments, order of clauses or language give equal trees: places and
comments stand outside equality.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field
from fractions import Fraction
from typing import Literal, TypeVar, get_args

from .node import node
from .source import NOWHERE, Place
from .words import KindName, Lang, Law


@node
class Notes:
    """The comments of one line (with their `#`), and whether blank space stands above it.

    Among those above, an empty one is blank space between a comment and what it stands above.
    """

    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    beside: str | None = None
    apart: bool = False


@node
class Placed:
    """Anything that stands somewhere in the text."""

    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


@node
class Name(Placed):
    """A name that the author gave: of a fact, a KPI, a figure, a line of pay."""

    text: str


@node
class Kind(Placed):
    """The word for a kind after a name: `money`; the kind is None where the language has no such word."""

    kind: KindName | None
    text: str = field(compare=False)


@node
class Text(Placed):
    """Words for people, in quotation marks."""

    text: str


# ── Expressions ──────────────────────────────────────────────────────────────────────────────────────────


@node
class Numeral(Placed):
    """A value in digits, and how many of them its author wrote after the decimal mark: 2 in `15.30`.

    It equals another of the same value, whatever zeros either ends in.
    """

    value: Fraction
    places: int = field(default=0, compare=False, kw_only=True)

    @property
    def unit(self) -> Fraction:
        """One of the last digit that is written."""
        unit = Fraction(1, 10**self.places)
        while (self.value / unit).denominator != 1:
            unit /= 10
        return unit


@node
class Number(Numeral):
    """A number without a unit: `1.2`, `3 000 000`."""


@node
class Percent(Numeral):
    """A percentage: `40%` has the value 2/5; its digits are those before the sign."""

    @property
    def unit(self) -> Fraction:
        """One of the last digit that is written, as a share of 1."""
        return Number(self.value * 100, places=self.places).unit / 100


@node
class Amount(Numeral):
    """An amount of money: `500 RUB`; its currency as typed, or the code of a sign that the language knows."""

    currency: str


@node
class Days(Numeral):
    """A number of days: `30 days`."""


@node
class Date(Placed):
    """A day: `2025-07-01`; the value is None where the calendar has no such day."""

    text: str

    @property
    def value(self) -> datetime.date | None:
        """The day, if there is one."""
        try:
            return datetime.date.fromisoformat(self.text)
        except ValueError:
            return None


@node
class YesNo(Placed):
    """`yes` or `no`."""

    value: bool


@node
class PaidSalary(Placed):
    """`paid salary` inside an expression: the salary as it is printed.

    The bare word `salary` (`plain`) says the same where no clause makes another amount of it.
    """

    plain: bool = field(default=False, compare=False)


@node
class FullSalary(Placed):
    """`full salary`: the salary before its clauses, exact."""


@node
class PayFor(Placed):
    """`pay for revenue`: what a line of pay comes to, as it is printed.

    Without a name: the commission that has none.
    """

    name: Name | None


@node
class TargetOf(Placed):
    """`target of revenue`: the target in force for a KPI."""

    name: Name


@node
class AttainmentOf(Placed):
    """`attainment of revenue`: its actual divided by its target."""

    name: Name


@node
class Negative(Placed):
    """An expression with its sign turned."""

    operand: Expr


@node
class Arithmetic(Placed):
    """Two operands and a sign; `of` multiplies as `*` does, and is printed as it was written."""

    sign: Literal["+", "-", "*", "/", "of"]
    left: Expr
    right: Expr


@node
class Comparison(Placed):
    """Two operands compared; yes or no."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Expr
    right: Expr


@node
class Logic(Placed):
    """`and`, `or` of two conditions."""

    word: Literal["and", "or"]
    left: Expr
    right: Expr


@node
class Denial(Placed):
    """`not` of a condition."""

    operand: Expr


@node
class Excess(Placed):
    """By how much the measure lies `above` (or `below`) the mark; nothing where it does not."""

    side: Literal["above", "below"]
    measure: Expr
    mark: Expr


@node
class Choice(Placed):
    """`a if condition otherwise b`."""

    chosen: Expr
    condition: Expr
    otherwise: Expr


@node
class Extreme(Placed):
    """The least or the greatest of several: `min(a; b)`."""

    word: Literal["min", "max"]
    operands: tuple[Expr, ...]


Direction = Literal["nearest", "up", "down", "half_even"]


@node
class Rounded(Placed):
    """`round(a to 100)`: to the nearest multiple (half away from zero, or to even), or always up or down."""

    operand: Expr
    unit: Expr
    direction: Direction


@node
class Identity(Placed):
    """`grade is senior`: whether an attribute of the person has a value (or, with `denied`, has not)."""

    attribute: Name
    value: Name
    denied: bool


@node
class Case(Placed):
    """`senior: 1 200` of a choice by an attribute; no value stands for all others."""

    value: Name | None
    result: Expr


@node
class By(Placed):
    """`by grade (junior: 800; senior: 1 200)`: one of several values, by an attribute of the person."""

    attribute: Name
    cases: tuple[Case, ...]


@node
class Several(Placed):
    """At least so many of several conditions hold; None for all of them."""

    least: int | None
    conditions: tuple[Expr, ...]


@node
class WithoutTax(Placed):
    """`revenue without tax 20%`: an amount that includes a tax, less that tax: revenue / (1 + 20%)."""

    gross: Expr
    rate: Expr


@node
class DaysInPeriod(Placed):
    """`days in period`: the calendar days of the period that is paid."""


TableMode = Literal["steps", "line", "bands", "whole", "matrix"]


@node
class Table(Placed):
    """A table on a measure; its rows follow its line.

    `steps`: the value of the row that the measure falls into; `line`: lines between the points of the rows;
    `bands`: each band's part of the measure at its own rate; `whole`: all of the measure at that of its row;
    `matrix`: by rows of `measure` and columns of `across`.
    """

    mode: TableMode
    measure: Expr
    across: Expr | None = None
    rows: tuple[TableRow, ...] = ()


Value = Number | Percent | Amount | Days | Date | YesNo
Expr = (
    Value
    | Name
    | PaidSalary
    | FullSalary
    | PayFor
    | TargetOf
    | AttainmentOf
    | Negative
    | Arithmetic
    | Comparison
    | Logic
    | Denial
    | Excess
    | Choice
    | Extreme
    | Rounded
    | Identity
    | By
    | Several
    | WithoutTax
    | DaysInPeriod
    | Table
)


# ── The clauses of a KPI ─────────────────────────────────────────────────────────────────────────────────


@node
class Weight(Placed):
    """The KPI's share of the bonus."""

    share: Expr


@node
class Spread(Placed):
    """Where it holds, the KPI does not count: its weight goes to the others, in proportion to theirs."""

    condition: Expr


@node
class Target(Placed):
    """The value that is 100 % attainment; `personal` where a person's own target wins over it."""

    value: Expr
    personal: bool


@node
class TargetProrated(Placed):
    """The target times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


@node
class LessIsBetter(Placed):
    """Attainment is counted the other way: 200 % less actual / target, and never below 0."""


@node
class Tolerance(Placed):
    """The target is to be met, neither missed nor passed: what lies further off counts against it.

    A percentage is a share of the target, unless it is percentages that are measured.
    """

    width: Expr


@node
class Cutoff(Placed):
    """The attainment below which nothing is paid; the bound itself pays.

    From there on pays all of it in proportion, or with `excess` only what lies beyond the bound.
    """

    bound: Expr
    excess: bool = False


AccelMode = Literal["all", "excess"]


@node
class Accel(Placed):
    """The factor that applies above a bound of attainment (the bound itself excluded).

    On `all`: to the whole attainment, which is also what a line means that does not say; on `excess`: to the
    part of it above the bound.
    """

    factor: Expr
    mode: AccelMode
    bound: Expr


@node
class Decel(Placed):
    """The factor of the whole attainment below a bound of attainment (the bound excluded)."""

    factor: Expr
    bound: Expr


@node
class Curve(Placed):
    """What each attainment pays, by the rows under the line: by steps, or along lines between points."""

    mode: Literal["steps", "line"]
    rows: tuple[TableRow, ...] = ()


@node
class Applies(Placed):
    """`for grade is junior`: the people for whom the line is there at all."""

    condition: Expr


@node
class OnlyIf(Placed):
    """A gate: the line pays nothing where the condition does not hold."""

    condition: Expr


@node
class Multiplied(Placed):
    """A multiplier of the line's pay."""

    factor: Expr


CapBase = Literal["pay", "attainment"]


@node
class Cap(Placed):
    """The most that counts: of the line's pay (money, or a percentage of a KPI's share), or of attainment.

    `unless` is a condition that lifts it.
    """

    limit: Expr
    base: CapBase
    unless: Expr | None = None


@node
class Floor(Placed):
    """The least that the line pays (money, or for a KPI a percentage of its share)."""

    limit: Expr


@node
class Prorated(Placed):
    """The line's pay times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


@node
class Rounding(Placed):
    """The line's pay to a multiple of a unit."""

    unit: Expr
    direction: Direction


@node
class During(Placed):
    """The days, both included, within which a period must begin for the line to be paid."""

    first: Date
    last: Date


Clause = (
    Weight
    | Spread
    | Applies
    | Cutoff
    | Decel
    | Accel
    | Curve
    | OnlyIf
    | Multiplied
    | Cap
    | Floor
    | Prorated
    | Rounding
    | During
    | Target
    | TargetProrated
    | LessIsBetter
    | Tolerance
)
# The order in which clauses are printed: what is paid for what, the order in which they act, the target.
CLAUSE_ORDER: tuple[type[Clause], ...] = get_args(Clause)


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Line(Placed):
    """One line of a plan (over one or more lines of text) with its comments."""

    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


@node
class Title(Line):
    """`plan "Sales manager"`: what people call the plan."""

    text: Text


@node
class Definitions(Line):
    """`definitions "Common rates"`: the file is no plan, but holds what plans share."""

    text: Text


@node
class Include(Line):
    """`include "shared/rates.plan"`: the lines of a file of definitions, as if they stood here."""

    path: Text


@node
class Version(Line):
    """`version 2025-07`: the author's name of this version, as typed."""

    text: str


@node
class Effect(Line):
    """`in effect from 2025-07-01`."""

    start: Date


@node
class Currency(Line):
    """`currency RUB`: the code (ISO 4217) of everything the plan pays."""

    code: Name


@node
class LawLine(Line):
    """`law RF`: whose rules about pay the plan is held to; None where the language has no such word."""

    law: Law | None
    word: Text = field(compare=False)


ProseTopic = Literal["about", "concerns", "grounds", "due"]
ProseWord = Literal["salary", "bonus", "commission", "variable", "total"]


@node
class Prose(Line):
    """`payment due revenue "…"`: a paragraph for people, which no pay hangs on.

    `topic` is what it tells: whatever the author likes, whom the plan concerns, the grounds of a payment, or
    when it is due. It is about a line by its name, about one by the `word` that stands for it, or about all
    of the plan.
    """

    topic: ProseTopic
    word: ProseWord | None
    name: Name | None
    text: Text


@node
class Choices(Placed):
    """`one of (junior; middle; senior)`: the values that an attribute of a person may have."""

    names: tuple[Name, ...]


@node
class Bounds(Placed):
    """`from 0 up to 31`: the least and the greatest that a fact can be, both allowed."""

    low: Expr | None
    high: Expr | None


@node
class Fact(Line):
    """`fact calls "Successful calls" count`: what is known about a fact before anybody gives it.

    `source` names the system or the document that it is taken from.
    """

    name: Name
    label: Text | None
    kind: Kind | Choices | None
    signed: bool
    default: Expr | None
    source: Text | None = None
    bounds: Bounds | None = None


@node
class Salary(Line):
    """`salary 60 000`."""

    amount: Expr
    clauses: tuple[Clause, ...] = ()


@node
class Bonus(Line):
    """`bonus 50 000`: the pool, paid when every KPI stands at exactly 100 %."""

    pool: Expr
    clauses: tuple[Clause, ...] = ()


@node
class Kpi(Line):
    """A KPI line: a measure and its clauses, in the formatter's order."""

    name: Name
    label: Text | None
    clauses: tuple[Clause, ...]


@node
class Figure(Line):
    """`conversion = meetings / calls`: a value computed from others; it is not paid by itself."""

    name: Name
    label: Text | None
    kind: Kind | Choices | None
    value: Expr


PayWord = Literal["commission", "pay", "milestone", "piece", "spif", "reduction", "recovery"]


@node
class Pay(Line):
    """A line of pay by a formula; only a commission may go without a name.

    A milestone and a piece are an amount for each of the fact of their name (yes counts as one). A reduction
    is taken off the bonuses, by order; a plan has one at most.

    A recovery, and nothing else, nets what is owed `within` a line of pay, down to 0; the rest is carried.
    """

    word: PayWord
    name: Name | None
    label: Text | None
    amount: Expr
    clauses: tuple[Clause, ...] = ()
    within: PayFor | None = None


@node
class Section(Line):
    """`section results "Results" weight 60%`: the KPIs on the lines after it share a part of the bonus."""

    name: Name
    label: Text | None
    clauses: tuple[Clause, ...]


@node
class SectionEnd(Line):
    """`end section`: the KPIs after it belong to none."""


@node
class Variable(Line):
    """`variable pay only if …`: what holds for everything but the salary."""

    clauses: tuple[Clause, ...]


@node
class Total(Line):
    """`total cap 200 000`: what holds for the pay of the period as a whole."""

    clauses: tuple[Clause, ...]


@node
class Bound(Placed):
    """Where a row of a table begins or ends: `up to`, `from` with the value, `below`, `above` without it."""

    side: Literal["up_to", "below", "from", "above", "at"]
    value: Expr


@node
class Cell(Placed):
    """What a row of a table is worth; `per_unit` where it is an amount for each unit of the measure."""

    value: Expr
    per_unit: bool = False


@node
class Row(Line):
    """A row of a table; without a bound it is the last, for all that lies above the one before."""

    bound: Bound | None
    cells: tuple[Cell, ...]


@node
class Columns(Line):
    """The bounds of a matrix's columns."""

    bounds: tuple[Bound, ...]


TableRow = Row | Columns


@node
class Entry(Placed):
    """`revenue 3 300 000` after `given`; `target` where it is a person's target and not the actual."""

    name: Name
    target: bool
    value: Expr


Paid = Literal["line", "salary", "bonus", "commission", "total"]


@node
class Outcome(Placed):
    """`revenue 26 400` after `pays`: a line by its name, or one of the words that need none."""

    paid: Paid
    name: Name | None
    value: Expr


@node
class Shown(Placed):
    """`margin 30%` after `shows`: a figure of the plan, or the target or the attainment of a KPI.

    It is compared to the last digit written, so `15.30` says more than `15.3`: `unit` is one of that digit,
    None where there are no digits.
    """

    what: Literal["figure", "target", "attainment"]
    name: Name
    value: Expr
    unit: Fraction | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        value = self.value.operand if isinstance(self.value, Negative) else self.value
        object.__setattr__(self, "unit", value.unit if isinstance(value, Numeral) else None)


@node
class Given(Line):
    """The facts of an example; several such lines add up."""

    entries: tuple[Entry, ...]


@node
class Shows(Line):
    """What an example comes to on the way to its pay."""

    shown: tuple[Shown, ...]


@node
class Pays(Line):
    """What an example must pay."""

    outcomes: tuple[Outcome, ...]


ExampleRow = Given | Shows | Pays


@node
class Example(Line):
    """A worked example: a title, its period if it says, and the rows under it; equal where they add up."""

    title: Text
    period: str | None = None
    rows: tuple[ExampleRow, ...] = field(default=(), compare=False)
    entries: tuple[Entry, ...] = field(init=False, repr=False)
    shown: tuple[Shown, ...] = field(init=False, repr=False)
    outcomes: tuple[Outcome, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = tuple(entry for row in self.rows if isinstance(row, Given) for entry in row.entries)
        outcomes = tuple(outcome for row in self.rows if isinstance(row, Pays) for outcome in row.outcomes)
        shown = tuple(one for row in self.rows if isinstance(row, Shows) for one in row.shown)
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "outcomes", outcomes)


@node
class Allow(Line):
    """`allow cliff for revenue because "…"`: an advice of the checker, answered by the author.

    The advice is None where the language has no such word; without a name it is answered for the whole plan.
    """

    advice: str | None
    word: str = field(compare=False)
    name: Name | None
    reason: Text


Labelled = Fact | Kpi | Figure | Pay | Section
LabelledT = TypeVar("LabelledT", Fact, Kpi, Figure, Pay, Section)
Statement = (
    Title
    | Definitions
    | Include
    | Version
    | Effect
    | Currency
    | LawLine
    | Prose
    | Fact
    | Salary
    | Bonus
    | Section
    | SectionEnd
    | Kpi
    | Figure
    | Pay
    | Variable
    | Total
    | Allow
    | Example
)


@node
class Plan:
    """A plan file."""

    lang: Lang = field(compare=False)
    statements: tuple[Statement, ...]
    tail: tuple[str, ...] = field(default=(), compare=False)


def operands(expr: Expr) -> Iterator[Expr]:
    """The expressions directly inside an expression."""
    match expr:
        case Negative(operand) | Denial(operand):
            yield operand
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            yield left
            yield right
        case Excess(_, measure, mark):
            yield measure
            yield mark
        case Choice(chosen, condition, otherwise):
            yield chosen
            yield condition
            yield otherwise
        case Extreme(_, inner):
            yield from inner
        case Rounded(operand, unit):
            yield operand
            yield unit
        case By(_, cases):
            for case in cases:
                yield case.result
        case Several(_, conditions):
            yield from conditions
        case WithoutTax(gross, rate):
            yield gross
            yield rate
        case Table(_, measure, across, rows):
            yield measure
            if across is not None:
                yield across
            yield from cells(rows)
        case _:
            return


def cells(rows: tuple[TableRow, ...]) -> Iterator[Expr]:
    """The bounds and the values in the rows of a table."""
    for row in rows:
        match row:
            case Row(bound=bound, cells=values):
                if bound is not None:
                    yield bound.value
                for cell in values:
                    yield cell.value
            case Columns(bounds=bounds):
                for bound in bounds:
                    yield bound.value


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and all inside it, outermost first."""
    # A stack of our own, since a line may nest deeper than Python nests calls.
    waiting = [expr]
    while waiting:
        following = waiting.pop()
        yield following
        waiting.extend(reversed([*operands(following)]))
