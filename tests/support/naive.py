"""A second evaluator, slow and simple: from the syntax tree, with fractions, by the rules of the trade.

It shares no code with the engine, so that the two can only agree by both being right. Not everything needs a
value: a choice needs its condition and what it takes; `and` and `or` need their right side where the left one
does not decide; a plan's own target is needed by those who have none of their own; what a gate shuts off is
not needed, nor the cap that a condition lifts. All else that a line of pay says, or is computed from, is
needed, and a division by 0 there leaves the plan without a value. What the attributes of a person decide is
decided before all else.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any

from dsl import tree
from dsl.check.kinds import Kinds
from tests.support.naive_groups import Known, pool, prize
from tests.support.naive_tables import Nothing, Row, tabled


@dataclass(eq=False)
class Naive:
    """One evaluation. Facts are numbers: a date is its ordinal day, yes is 1; `sort` are the attributes.

    `kinds` tells money from percentages, where a clause may be of either. `records` are those that count, by
    their ids, each with its values by the full names of columns; `current` is the one that is looked at.
    `members` are those of each group that somebody asks, by their numbers, each reckoned with by itself.
    """

    plan: tree.Plan
    kinds: Kinds
    facts: Mapping[str, Fraction]
    targets: Mapping[str, Fraction]
    digits: int
    sort: Mapping[str, str] = field(default_factory=dict)
    first: datetime.date = datetime.date(2025, 7, 1)
    days: int = 31
    figures: dict[str, tree.Figure] = field(default_factory=dict)
    kpis: dict[str, tree.Kpi] = field(default_factory=dict)
    defaults: dict[str, Fraction] = field(default_factory=dict)
    pay: dict[str, tree.Expr] = field(default_factory=dict)
    formulas: set[str] = field(default_factory=set)
    pays: Callable[[str], Fraction] | None = None
    together: Callable[[str], Fraction] | None = None
    sections: set[str] = field(default_factory=set)
    records: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    members: dict[str, list[Naive]] = field(default_factory=dict)
    current: Mapping[str, Any] = field(default_factory=dict)
    known: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chosen: dict[str, str] = {}
        for line in self.plan.statements:
            match line:
                case tree.Section(name=name):
                    self.sections.add(name.text)
                case tree.Figure(name=name):
                    self.figures[name.text] = line
                case tree.Kpi(name=name):
                    self.kpis[name.text] = line
                case tree.Fact(name=name, default=tree.Name(value)):
                    chosen[name.text] = value
                case tree.Fact(name=name, default=default) if default is not None:
                    self.defaults[name.text] = self.of(default)
                case tree.Pay(word, name) if name is not None and word not in {"milestone", "piece"}:
                    self.formulas.add(name.text)
                case tree.Salary(amount=amount):
                    self.pay["salary"] = amount
                case tree.Bonus(pool=amount):
                    self.pay["bonus"] = amount
        self.sort = {**chosen, **self.sort}

    # Named values, each computed once

    def once(self, what: str, name: str, compute: Callable[[], Fraction]) -> Fraction:
        key = what, name
        if key not in self.known:
            self.known[key] = compute()
        return self.known[key]

    def printed(self, name: str) -> Fraction:
        """What a line of pay comes to, as it is printed."""
        assert self.pays is not None
        pays = self.pays
        return self.once("printed", name, lambda: pays(name))

    def whole(self, what: str, name: str) -> Fraction:
        """What several lines come to, as they are printed."""
        assert self.together is not None
        together = self.together
        return self.once(what, name, lambda: together(name))

    def salary(self) -> Fraction:
        return self.once("salary", "", lambda: self.of(self.pay["salary"]))

    def named(self, name: str) -> Fraction:
        if name in self.current:
            return Fraction(self.current[name])
        if name in self.figures:
            return self.once("figure", name, lambda: self.figure(self.figures[name]))
        name = name.removesuffix(":opening")  # what a balance opens with comes by its name
        if name not in self.facts and name not in self.defaults:
            raise Nothing
        return self.facts[name] if name in self.facts else self.defaults[name]

    def figure(self, line: tree.Figure) -> Fraction:
        """What a figure comes to; of money, where it goes out, in whole minor units."""
        value = self.of(line.value)
        if not isinstance(line, tree.ResultLine) or self.kinds[line.name.text] != "money":
            return value
        return Fraction(half_away(value * 10**self.digits), 10**self.digits)

    def target(self, name: str) -> Fraction:
        return self.once("target", name, lambda: self._target(name))

    def _target(self, name: str) -> Fraction:
        aim = self.targets.get(name)
        for clause in self.kpis[name].clauses:
            if isinstance(clause, tree.Target) and not (clause.personal and aim is not None):
                aim = self.of(clause.value)
        assert aim is not None
        for clause in self.kpis[name].clauses:
            if isinstance(clause, tree.TargetProrated):
                aim = quotient(aim * self.of(clause.part), self.of(clause.whole))
        return aim

    def attainment(self, name: str) -> Fraction:
        return self.once("attainment", name, lambda: self.attained(name))

    def attained(self, name: str) -> Fraction:
        """The actual by the target, or how little it is on the wrong side of it."""
        actual, target = self.named(name), self.target(name)
        for clause in self.kpis[name].clauses:
            match clause:
                case tree.LessIsBetter():
                    return max(2 - quotient(actual, target), Fraction(0))
                case tree.Tolerance(width):
                    share = isinstance(width, tree.Percent) and self.kinds[name] != "percent"
                    off = max(abs(actual - target) - self.of(width) * (target if share else 1), Fraction(0))
                    return max(1 - quotient(off, target), Fraction(0))
        return quotient(actual, target)

    def of_period(self, part: tree.PeriodPart) -> Fraction:
        """Something of the period, whose working time is that of one without holidays."""
        match part:
            case "days":
                return Fraction(self.days)
            case "month":
                return Fraction(self.first.month)
            case "quarter":
                return Fraction(1 + (self.first.month - 1) // 3)
            case "year":
                return Fraction(self.first.year)
            case "first" | "last":
                return Fraction(self.first.toordinal() + (self.days - 1 if part == "last" else 0))
            case "workdays" | "workhours":
                days = (self.first + datetime.timedelta(days=one) for one in range(self.days))
                return Fraction(sum(day.weekday() < 5 for day in days) * (8 if part == "workhours" else 1))

    # Expressions

    def of(self, expr: tree.Expr) -> Fraction:  # noqa: PLR0911, PLR0912  # one for each construct
        """The value of an expression."""
        match expr:
            case (
                tree.Number(value)
                | tree.Percent(value)
                | tree.Amount(value)
                | tree.Days(value)
                | tree.Duration(value)
            ):
                return value
            case tree.Date(text):
                return Fraction(datetime.date.fromisoformat(text).toordinal())
            case tree.YesNo(yes):
                return Fraction(yes)
            case tree.PaidTogether(what):
                return self.whole("together", what)
            case tree.Name(text) | tree.PayFor(tree.Name(text)) if text in self.sections:
                return self.whole("section", text)
            case tree.Name(text) if text in self.formulas:
                return self.printed(text)
            case tree.Name(text):
                return self.named(text)
            case tree.PaidSalary():
                return self.printed("salary")
            case tree.FullSalary():
                return self.salary()
            case tree.PayFor(name):
                return self.printed(name.text if name else "commission")
            case tree.InPeriod(part):
                return self.of_period(part)
            case tree.TargetOf(name):
                return self.target(name.text)
            case tree.AttainmentOf(name):
                return self.attainment(name.text)
            case tree.Negative(operand):
                return -self.of(operand)
            case tree.Arithmetic(sign, left, right):
                return SIGNS[sign](self.of(left), self.of(right))
            case tree.Elapsed(unit, since, until):
                return Fraction(full_months(self.of(since), self.of(until)) // (12 if unit == "years" else 1))
            case tree.WithoutTax(gross, rate):
                return quotient(self.of(gross), 1 + self.of(rate))
            case tree.Comparison(sign, left, right):
                return Fraction(COMPARISONS[sign](self.of(left), self.of(right)))
            case tree.Identity() | tree.Logic() | tree.Denial() | tree.Several():
                return Fraction(self.holds(expr))
            case tree.Excess("above", measure, mark):
                return max(self.of(measure) - self.of(mark), Fraction(0))
            case tree.Excess(_, measure, mark):
                return max(self.of(mark) - self.of(measure), Fraction(0))
            case tree.Choice(chosen, condition, otherwise):
                return self.of(chosen) if self.holds(condition) else self.of(otherwise)
            case tree.By():
                return self.of(self.case(expr))
            case tree.Extreme(word, operands):
                return reduce({"min": min, "max": max}[word], [self.of(operand) for operand in operands])
            case tree.Rounded(operand, unit, direction):
                return rounded(self.of(operand), self.of(unit), direction)
            case tree.Table():
                return self.table(expr)
            case tree.Records():
                return self.over(expr)
            case tree.Pool():
                return pool(self, expr)
            case tree.Prizes():
                return prize(self, expr)
        raise AssertionError(expr)

    # Records

    def over(
        self, expr: tree.Records, each: Callable[[Fraction], Fraction] = lambda value: value
    ) -> Fraction:
        """What a value comes to over the records for which a condition holds."""
        found: list[tuple[Fraction, Any]] = []
        before = self.current
        for row in self.rows(expr.table.text):
            self.current = row
            if expr.where is None or self.holds(expr.where):
                day = Fraction(0) if expr.order is None else self.named(expr.order.text)
                found.append((day, self.cell(expr, row)))
        self.current = Known(expr.table.text, self) if expr.word == "rank" else before
        mine = self.cell(expr, self.current) if expr.word == "rank" else None
        self.current = before
        if expr.word == "rank":
            return Fraction(1 + sum(value > mine for _, value in found))
        if expr.word == "count":
            return Fraction(len(found))
        values = [value for _, value in found]
        if expr.word == "distinct":
            return Fraction(len(set(values)))
        if expr.word in {"sum", "each"}:
            return sum([each(value) for value in values], Fraction(0))
        if not values:
            raise Nothing
        days = [day for day, _ in found]
        ways: Mapping[str, Callable[[], Fraction]] = {
            "average": lambda: sum(values, Fraction(0)) / len(values),
            "least": lambda: min(values),
            "greatest": lambda: max(values),
            "first": lambda: values[days.index(min(days))],
            "last": lambda: values[len(days) - 1 - days[::-1].index(max(days))],
        }
        return ways[expr.word]()

    def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """The records of a table, or the members of a group, each with what is known of them."""
        if table in self.members:
            return [Known(table, member) for member in self.members[table]]
        return self.records.get(table, ())

    def cell(self, expr: tree.Records, row: Mapping[str, Any]) -> Any:
        """The value of one record; of a column that is a word, the word."""
        if expr.value is None:
            return None
        word = row.get(expr.value.text) if isinstance(expr.value, tree.Name) else None
        return word if isinstance(word, str) else self.of(expr.value)

    def choice(self, attribute: str) -> str:
        """The value of an attribute of the person, or of the record."""
        return str(self.current[attribute]) if attribute in self.current else self.sort[attribute]

    def case(self, expr: tree.By) -> tree.Expr:
        """What a choice by an attribute says for this person."""
        named = {case.value.text: case.result for case in expr.cases if case.value}
        others = [case.result for case in expr.cases if case.value is None]
        return (
            named[self.choice(expr.attribute.text)]
            if not others
            else named.get(self.choice(expr.attribute.text), *others)
        )

    # Conditions

    def holds(self, expr: tree.Expr) -> bool:
        """Whether a condition holds."""
        sure = self.sure(expr)
        if sure is not None:
            return sure
        match expr:
            case tree.Logic("and", left, right):
                return self.holds(left) and self.holds(right)
            case tree.Logic(_, left, right):
                return self.holds(left) or self.holds(right)
            case tree.Denial(operand):
                return not self.holds(operand)
            case tree.Identity(attribute, value, denied):
                return (self.choice(attribute.text) == value.text) != denied
            case tree.Several(least, conditions):
                return self.several(len(conditions) if least is None else least, conditions)
            case _:
                return self.of(expr) != 0

    def several(self, least: int, conditions: tuple[tree.Expr, ...]) -> bool:
        """All and any are asked from left to right until one decides; else each is counted."""
        if least >= len(conditions):
            return all(self.holds(one) for one in conditions)
        if least == 1:
            return any(self.holds(one) for one in conditions)
        return sum([self.holds(one) for one in conditions]) >= least

    def sure(self, expr: tree.Expr) -> bool | None:  # noqa: PLR0911  # one for each construct
        """What a person's attributes decide about a condition."""
        match expr:
            case tree.YesNo(yes) if self.sort:
                return yes
            case tree.Identity(attribute) | tree.By(attribute) if attribute.text in self.current:
                return None
            case tree.Identity(attribute, value, denied):
                return (self.sort[attribute.text] == value.text) != denied
            case tree.Name(text) if (
                text in self.figures and self.kinds.of(self.figures[text].value) == "yes_no"
            ):
                return self.sure(self.figures[text].value)
            case tree.Denial(operand):
                inner = self.sure(operand)
                return None if inner is None else not inner
            case tree.Logic(word, left, right):
                return decided([self.sure(left), self.sure(right)], decisive=word == "or")
            case tree.Several(least, conditions):
                found = [self.sure(one) for one in conditions]
                if least is not None and 1 < least < len(found):
                    return None if None in found else found.count(True) >= least
                return decided(found, decisive=least == 1 < len(conditions))
            case tree.Comparison(sign, left, right):
                one, other = self.fixed(left), self.fixed(right)
                return (
                    None if one is None or other is None or not self.sort else COMPARISONS[sign](one, other)
                )
            case tree.Choice(chosen, condition, otherwise) if self.sure(condition) is not None:
                return self.sure(chosen if self.sure(condition) else otherwise)
            case tree.By():
                return self.sure(self.case(expr))
            case _:
                return None

    def fixed(self, expr: tree.Expr) -> Fraction | None:
        """The number that an expression is, or that attributes choose."""
        match expr:
            case tree.By(attribute) if attribute.text in self.current:
                return None
            case tree.By():
                return self.fixed(self.case(expr))
            case tree.Choice(chosen, condition, otherwise) if self.sure(condition) is not None:
                return self.fixed(chosen if self.sure(condition) else otherwise)
            case tree.Negative(tree.Number() | tree.Percent() | tree.Amount() | tree.Days() as operand):
                return -self.of(operand)
            case tree.Number() | tree.Percent() | tree.Amount() | tree.Days() | tree.Date() | tree.YesNo():
                return self.of(expr)
            case _:
                return None

    # Tables

    def table(self, expr: tree.Table) -> Fraction:
        """The value of a table of the author's."""
        if expr.filled is not None:
            before = self.of(expr.filled)
            whole = self.curve(expr.mode, expr.rows, before + self.of(expr.measure))
            return whole - self.curve(expr.mode, expr.rows, before)
        measure = self.of(expr.measure)
        across = None if expr.across is None else self.of(expr.across)
        columns = [
            self.edge(bound) for row in expr.rows if isinstance(row, tree.Columns) for bound in row.bounds
        ]
        rows = [self.row(row) for row in expr.rows if isinstance(row, tree.Row)]
        return tabled(expr.mode, rows, measure, columns, across)

    def curve(self, mode: str, rows: tuple[tree.TableRow, ...], measure: Fraction) -> Fraction:
        """What a KPI's attainment is worth by the rows under its line."""
        return tabled(mode, [self.row(row) for row in rows if isinstance(row, tree.Row)], measure, [], None)

    def edge(self, bound: tree.Bound | None) -> tuple[str, Fraction]:
        return ("else", Fraction(0)) if bound is None else (bound.side, self.of(bound.value))

    def row(self, row: tree.Row) -> Row:
        side, bound = self.edge(row.bound)
        values = [self.of(cell.value) for cell in row.cells]
        first = row.cells[0]
        goes = first.per_unit or self.kinds.of(first.value) == "percent"
        return Row(side, bound, values, goes)


def decided(found: Sequence[bool | None], *, decisive: bool) -> bool | None:
    """What some answers decide of which one of a sort is enough; None where that hangs on the others."""
    return decisive if decisive in found else None if None in found else not decisive


def quotient(one: Fraction, other: Fraction) -> Fraction:
    if other == 0:
        raise Nothing
    return one / other


def rounded(value: Fraction, unit: Fraction, direction: str) -> Fraction:
    return unit * TURNS[direction](value / unit)


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


TURNS: dict[str, Callable[[Fraction], int]] = {
    "nearest": half_away,
    "up": away,
    "down": int,
    "half_even": round,
}
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


def full_months(since: Fraction, until: Fraction) -> int:
    """The full months between two days, counted one by one."""
    start, end = (datetime.date.fromordinal(int(day // 1)) for day in (since, until))
    months = 0
    while True:
        month = start.month + months  # 0-based, of the next month that is to be full
        year, last = (
            start.year + month // 12,
            calendar.monthrange(start.year + month // 12, month % 12 + 1)[1],
        )
        if year > 9998 or datetime.date(year, month % 12 + 1, min(start.day, last)) > end:
            return months
        months += 1
