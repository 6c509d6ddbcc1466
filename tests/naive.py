"""A second evaluator, slow and simple: from the syntax tree, with fractions, by the rules of the trade.

It shares no code with the engine, so that the two can only agree by both being right. Not everything needs a
value: a choice needs its condition and what it takes; `and` and `or` need their right side where the left one
does not decide; a plan's own target is needed by those who have none of their own. All else that a line of
pay says, or is computed from, is needed, and a division by 0 there leaves the plan without a value.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from dsl import tree

Number = Fraction
Kinds = Callable[[tree.Expr], str]


class Nothing(Exception):  # noqa: N818  # no error: the plan has no value
    """A quotient was needed whose divisor is 0."""


@dataclass
class Naive:
    """One evaluation. Facts are numbers: a date is its ordinal day, yes is 1.

    `kinds` tells a cap in money from a cap in percent.
    """

    plan: tree.Plan
    kinds: Kinds
    facts: Mapping[str, Fraction]
    targets: Mapping[str, Fraction]
    digits: int
    figures: dict[str, tree.Figure] = field(default_factory=dict)
    kpis: dict[str, tree.Kpi] = field(default_factory=dict)
    defaults: dict[str, Fraction] = field(default_factory=dict)
    pay: dict[str, tree.Expr] = field(default_factory=dict)
    known: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.plan.statements:
            match line:
                case tree.Figure(name=name):
                    self.figures[name.text] = line
                case tree.Kpi(name=name):
                    self.kpis[name.text] = line
                case tree.Fact(name=name, default=default) if default is not None:
                    self.defaults[name.text] = self.of(default)
                case tree.Salary(amount=amount):
                    self.pay["salary"] = amount
                case tree.Bonus(pool=amount):
                    self.pay["bonus"] = amount

    def lines(self) -> list[tuple[str, int]]:
        """The lines of pay in the plan's order, in minor units."""
        found: list[tuple[str, Fraction]] = []
        for line in self.plan.statements:
            match line:
                case tree.Salary():
                    found.append(("salary", self.salary()))
                case tree.Kpi(name=name):
                    found.append((name.text, self.kpi(line)))
                case tree.Commission(name=name, amount=amount):
                    found.append((name.text if name else "commission", self.of(amount)))
        return [(name, half_away(value * 10**self.digits)) for name, value in found]

    # Named values, each computed once

    def once(self, what: str, name: str, compute: Callable[[], Fraction]) -> Fraction:
        key = what, name
        if key not in self.known:
            self.known[key] = compute()
        return self.known[key]

    def salary(self) -> Fraction:
        return self.once("salary", "", lambda: self.of(self.pay["salary"]))

    def named(self, name: str) -> Fraction:
        if name in self.figures:
            return self.once("figure", name, lambda: self.of(self.figures[name].value))
        return self.facts[name] if name in self.facts else self.defaults[name]

    def target(self, name: str) -> Fraction:
        return self.once("target", name, lambda: self._target(name))

    def _target(self, name: str) -> Fraction:
        for clause in self.kpis[name].clauses:
            if isinstance(clause, tree.Target) and not (clause.personal and name in self.targets):
                return self.of(clause.value)
        return self.targets[name]

    def attainment(self, name: str) -> Fraction:
        return self.once("attainment", name, lambda: quotient(self.named(name), self.target(name)))

    # A KPI: attainment, its cap, cutoff and accelerators, the share of the bonus, the cap of pay

    def kpi(self, line: tree.Kpi) -> Fraction:
        attained, share = self.attainment(line.name.text), Fraction(0)
        cutoff = -Fraction(10**100)
        most: dict[str, Fraction] = {}
        accels: list[tuple[Fraction, Fraction]] = []
        mode = "all"
        for clause in line.clauses:
            match clause:
                case tree.Weight(weight):
                    share = self.of(self.pay["bonus"]) * self.of(weight)
                case tree.Cutoff(bound):
                    cutoff = self.of(bound)
                case tree.Accel(factor, mode, bound):
                    accels.append((self.of(bound), self.of(factor)))
                case tree.Cap(limit, "attainment"):
                    most["attainment"] = self.of(limit)
                case tree.Cap(limit):
                    most[self.kinds(limit)] = self.of(limit)
        counted = min(attained, most.get("attainment", attained))
        worth = Fraction(0) if counted < cutoff else accelerated(counted, sorted(accels), mode)
        pays = share * min(worth, most.get("percent", worth))
        return min(pays, most.get("money", pays))

    # Expressions

    def of(self, expr: tree.Expr) -> Fraction:  # noqa: PLR0911, PLR0912  # one for each construct
        """The value of an expression."""
        match expr:
            case tree.Number(value) | tree.Percent(value) | tree.Amount(value) | tree.Days(value):
                return value
            case tree.Date(text):
                return Fraction(datetime.date.fromisoformat(text).toordinal())
            case tree.YesNo(yes):
                return Fraction(yes)
            case tree.Name(text):
                return self.named(text)
            case tree.PaidSalary():
                return self.salary()
            case tree.TargetOf(name):
                return self.target(name.text)
            case tree.AttainmentOf(name):
                return self.attainment(name.text)
            case tree.Negative(operand):
                return -self.of(operand)
            case tree.Arithmetic(sign, left, right):
                return SIGNS[sign](self.of(left), self.of(right))
            case tree.Comparison(sign, left, right):
                return Fraction(COMPARISONS[sign](self.of(left), self.of(right)))
            case tree.Logic("and", left, right):
                return self.of(right) if self.of(left) else Fraction(0)
            case tree.Logic("or", left, right):
                return Fraction(1) if self.of(left) else self.of(right)
            case tree.Denial(operand):
                return 1 - self.of(operand)
            case tree.Excess("above", measure, mark):
                return max(self.of(measure) - self.of(mark), Fraction(0))
            case tree.Excess(_, measure, mark):
                return max(self.of(mark) - self.of(measure), Fraction(0))
            case tree.Choice(chosen, condition, otherwise):
                return self.of(chosen) if self.of(condition) else self.of(otherwise)
            case tree.Extreme(word, operands):
                return reduce({"min": min, "max": max}[word], [self.of(operand) for operand in operands])
            case tree.Rounded(operand, unit, direction):
                size = self.of(unit)
                return size * TURNS[direction](self.of(operand) / size)
        raise AssertionError(expr)


def quotient(one: Fraction, other: Fraction) -> Fraction:
    if other == 0:
        raise Nothing
    return one / other


def accelerated(counted: Fraction, accels: list[tuple[Fraction, Fraction]], mode: str) -> Fraction:
    """What attainment is worth: by the accelerators that it lies above, in the order of their bounds."""
    passed = [accel for accel in accels if counted > accel[0]]
    if not passed:
        return counted
    if mode == "all":
        return counted * passed[-1][1]
    worth = passed[0][0]
    for (bound, factor), (end, _) in pairwise([*passed, (counted, Fraction(0))]):
        worth += (end - bound) * factor
    return worth


def half_away(value: Fraction) -> int:
    """To the nearest whole number; a half goes away from zero."""
    floor, rest = divmod(abs(value), 1)
    size = int(floor) + (rest >= Fraction(1, 2))
    return size if value > 0 else -size


def away(value: Fraction) -> int:
    """To the next whole number away from zero."""
    floor, rest = divmod(abs(value), 1)
    size = int(floor) + (rest > 0)
    return size if value > 0 else -size


TURNS: dict[str, Callable[[Fraction], int]] = {"nearest": half_away, "up": away, "down": int}
SIGNS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "of": lambda one, other: one * other,
    "/": quotient,
}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
