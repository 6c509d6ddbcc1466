"""Worked examples: what is given, what it comes to on the way, what it pays."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from itertools import chain
from typing import Literal

from ..node import node
from .expressions import Expr, Negative, PeriodPart
from .parts import Line, Name, Numeral, Placed, Text


@node
class Entry(Placed):
    """`revenue 3 300 000` after `given`; `target` where it is a person's target and not the actual."""

    name: Name
    target: bool
    value: Expr


Paid = Literal["line", "salary", "bonus", "commission", "variable", "total"]


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
class WorkTime(Placed):
    """`working days in period 22` after `given`: what stands for the calendar in an example."""

    part: PeriodPart
    value: Expr


@node
class Given(Line):
    """The facts of an example, and the working time of its period; several such lines add up."""

    entries: tuple[Entry, ...]
    times: tuple[WorkTime, ...] = ()


@node
class Record(Line):
    """`record of deals amount 600 000; paid_on 2025-07-03`: a record of the person of an example."""

    table: Name
    entries: tuple[Entry, ...]


@node
class Shows(Line):
    """What an example comes to on the way to its pay."""

    shown: tuple[Shown, ...]


@node
class Pays(Line):
    """What an example must pay."""

    outcomes: tuple[Outcome, ...]


ExampleRow = Given | Record | Shows | Pays


@node
class Example(Line):
    """A worked example: a title, its period if it says, and the rows under it; equal where they add up."""

    title: Text
    period: str | None = None
    rows: tuple[ExampleRow, ...] = field(default=(), compare=False)
    entries: tuple[Entry, ...] = field(init=False, repr=False)
    times: tuple[WorkTime, ...] = field(init=False, repr=False)
    shown: tuple[Shown, ...] = field(init=False, repr=False)
    outcomes: tuple[Outcome, ...] = field(init=False, repr=False)
    records: tuple[Record, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for kind, name in ((Given, "entries"), (Given, "times"), (Shows, "shown"), (Pays, "outcomes")):
            listed = (getattr(row, name) for row in self.rows if isinstance(row, kind))
            object.__setattr__(self, name, tuple(chain.from_iterable(listed)))
        object.__setattr__(self, "records", tuple(row for row in self.rows if isinstance(row, Record)))
