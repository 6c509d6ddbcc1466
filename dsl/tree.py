"""The syntax tree: what a plan file says, line by line, in no human language.

Two texts that differ only in spacing, comments, order of clauses or language give equal trees: places and
comments stand outside equality.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeVar

from .source import NOWHERE, Place
from .words import KindName, Lang


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments of one line (with their `#`), and whether blank space stands above it.

    Among those above, an empty one is blank space between a comment and what it stands above.
    """

    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    beside: str | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Anything that stands somewhere in the text."""

    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Placed):
    """A name that the author gave: of a fact, a KPI, a figure, a line of pay."""

    text: str


@dataclass(frozen=True, slots=True)
class Kind(Placed):
    """The word for a kind after a name: `money`; the kind is None where the language has no such word."""

    kind: KindName | None
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text(Placed):
    """Words for people, in quotation marks."""

    text: str


# ── Expressions ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Number(Placed):
    """A number without a unit: `1.2`, `3 000 000`."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Percent(Placed):
    """A percentage: `40%` has the value 2/5."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Amount(Placed):
    """An amount of money: `500 RUB`; its currency as typed, or the code of a sign that the language knows."""

    value: Fraction
    currency: str


@dataclass(frozen=True, slots=True)
class Days(Placed):
    """A number of days: `30 days`."""

    value: Fraction


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class YesNo(Placed):
    """`yes` or `no`."""

    value: bool


@dataclass(frozen=True, slots=True)
class PaidSalary(Placed):
    """The word `salary` inside an expression: the salary that the plan pays."""


@dataclass(frozen=True, slots=True)
class TargetOf(Placed):
    """`target of revenue`: the target in force for a KPI."""

    name: Name


@dataclass(frozen=True, slots=True)
class AttainmentOf(Placed):
    """`attainment of revenue`: its actual divided by its target."""

    name: Name


@dataclass(frozen=True, slots=True)
class Negative(Placed):
    """An expression with its sign turned."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Placed):
    """Two operands and a sign; `of` multiplies as `*` does, and is printed as it was written."""

    sign: Literal["+", "-", "*", "/", "of"]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Comparison(Placed):
    """Two operands compared; yes or no."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Logic(Placed):
    """`and`, `or` of two conditions."""

    word: Literal["and", "or"]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Denial(Placed):
    """`not` of a condition."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Excess(Placed):
    """By how much the measure lies `above` (or `below`) the mark; nothing where it does not."""

    side: Literal["above", "below"]
    measure: Expr
    mark: Expr


@dataclass(frozen=True, slots=True)
class Choice(Placed):
    """`a if condition otherwise b`."""

    chosen: Expr
    condition: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Extreme(Placed):
    """The least or the greatest of several: `min(a; b)`."""

    word: Literal["min", "max"]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Rounded(Placed):
    """`round(a to 100)`: to the nearest multiple (half away from zero), or always up or down."""

    operand: Expr
    unit: Expr
    direction: Literal["nearest", "up", "down"]


Value = Number | Percent | Amount | Days | Date | YesNo
Expr = (
    Value
    | Name
    | PaidSalary
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
)


# ── The clauses of a KPI ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Weight(Placed):
    """The KPI's share of the bonus."""

    share: Expr


@dataclass(frozen=True, slots=True)
class Target(Placed):
    """The value that is 100 % attainment; `personal` where a person's own target wins over it."""

    value: Expr
    personal: bool


@dataclass(frozen=True, slots=True)
class Cutoff(Placed):
    """The attainment below which nothing is paid; the bound itself pays."""

    bound: Expr


AccelMode = Literal["all", "excess"]


@dataclass(frozen=True, slots=True)
class Accel(Placed):
    """The factor that applies above a bound of attainment (the bound itself excluded).

    On `all`: to the whole attainment, which is also what a line means that does not say; on `excess`: to the
    part of it above the bound.
    """

    factor: Expr
    mode: AccelMode
    bound: Expr


CapBase = Literal["pay", "attainment"]


@dataclass(frozen=True, slots=True)
class Cap(Placed):
    """The most that counts: of the KPI's pay (per cent of its share, or money), or of attainment."""

    limit: Expr
    base: CapBase


Clause = Weight | Target | Cutoff | Accel | Cap
CLAUSE_ORDER: tuple[type[Clause], ...] = (Weight, Cutoff, Accel, Cap, Target)


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line(Placed):
    """One line of a plan (over one or more lines of text) with its comments."""

    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Title(Line):
    """`plan "Sales manager"`: what people call the plan."""

    text: Text


@dataclass(frozen=True, slots=True)
class Version(Line):
    """`version 2025-07`: the author's name of this version, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Effect(Line):
    """`in effect from 2025-07-01`."""

    start: Date


@dataclass(frozen=True, slots=True)
class Currency(Line):
    """`currency RUB`: the code (ISO 4217) of everything the plan pays."""

    code: Name


@dataclass(frozen=True, slots=True)
class About(Line):
    """`about "…"`: a paragraph of prose."""

    text: Text


@dataclass(frozen=True, slots=True)
class Fact(Line):
    """`fact calls "Successful calls" count`: what is known about a fact before anybody gives it."""

    name: Name
    label: Text | None
    kind: Kind | None
    signed: bool
    default: Expr | None


@dataclass(frozen=True, slots=True)
class Salary(Line):
    """`salary 60 000`."""

    amount: Expr


@dataclass(frozen=True, slots=True)
class Bonus(Line):
    """`bonus 50 000`: the pool, paid when every KPI stands at exactly 100 %."""

    pool: Expr


@dataclass(frozen=True, slots=True)
class Kpi(Line):
    """A KPI line: a measure and its clauses, in the formatter's order."""

    name: Name
    label: Text | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Figure(Line):
    """`conversion = meetings / calls`: a value computed from others; it is not paid by itself."""

    name: Name
    label: Text | None
    kind: Kind | None
    value: Expr


@dataclass(frozen=True, slots=True)
class Commission(Line):
    """`commission 2% of revenue`: a line of pay by a formula; named where a plan has several."""

    name: Name | None
    label: Text | None
    amount: Expr


@dataclass(frozen=True, slots=True)
class Entry(Placed):
    """`revenue 3 300 000` after `given`; `target` where it is a person's target and not the actual."""

    name: Name
    target: bool
    value: Expr


Paid = Literal["line", "salary", "bonus", "commission", "total"]


@dataclass(frozen=True, slots=True)
class Outcome(Placed):
    """`revenue 26 400` after `pays`: a line by its name, or one of the words that need none."""

    paid: Paid
    name: Name | None
    value: Expr


@dataclass(frozen=True, slots=True)
class Given(Line):
    """The facts of an example; several such lines add up."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Pays(Line):
    """What an example must pay."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Example(Line):
    """A worked example: a title and the rows under it; equal where they add up to the same."""

    title: Text
    rows: tuple[Given | Pays, ...] = field(default=(), compare=False)
    entries: tuple[Entry, ...] = field(init=False, repr=False)
    outcomes: tuple[Outcome, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = tuple(entry for row in self.rows if isinstance(row, Given) for entry in row.entries)
        outcomes = tuple(outcome for row in self.rows if isinstance(row, Pays) for outcome in row.outcomes)
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "outcomes", outcomes)


Labelled = Fact | Kpi | Figure | Commission
LabelledT = TypeVar("LabelledT", Fact, Kpi, Figure, Commission)
Statement = (
    Title | Version | Effect | Currency | About | Fact | Salary | Bonus | Kpi | Figure | Commission | Example
)


@dataclass(frozen=True, slots=True)
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
        case _:
            return


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and all inside it, outermost first."""
    # A stack of our own, since a line may nest deeper than Python nests calls.
    waiting = [expr]
    while waiting:
        following = waiting.pop()
        yield following
        waiting.extend(reversed([*operands(following)]))
