"""Grammar rules to tree: each method is a rule of the grammar and makes the node of its name.

Those of the clauses come from their declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

from lark import Token, Transformer

from .. import tree
from ..place import Place
from ..tree.declared import DECLARED, Declaring, Operand, Piece, Said, Together, Word, terminals
from ..words import Words

Children = Sequence[Any]

# What a row `shows` begins an item with, and what it then speaks of.
SEEN: dict[str, Literal["figure", "target", "attainment"]] = {
    "NAME": "figure",
    "TARGET_OF": "target",
    "ATTAINMENT_OF": "attainment",
}
SPACES = str.maketrans("", "", " \t\u00a0\u2007\u2009\u202f")

SIGNS: dict[str, Any] = {"PLUS": "+", "MINUS": "-", "TIMES": "*", "DIVIDE": "/", "OF": "of"}
COMPARISONS: dict[str, Any] = {"EQ": "=", "NE": "<>", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}


def spot(child: Any) -> Place:
    """Where a token or a node stands."""
    if isinstance(child, Token):
        return Place(child.start_pos or 0, child.end_pos or 0)
    place: Place = child.place
    return place


def span(children: Children) -> Place:
    """From the first child to the last."""
    present = [child for child in children if child is not None]
    return spot(present[0]).to(spot(present[-1]))


def said(children: Children, keyword: str) -> bool:
    """Whether a keyword is among the children of a rule."""
    return any(isinstance(child, Token) and child.type == keyword for child in children)


class Builder(Transformer[Token, Any]):
    """The callbacks that Lark runs at each reduction, so that its own trees are never built."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    # Values

    def _decimal(self, token: str) -> Fraction:
        return Fraction(token.translate(SPACES).rstrip("%").replace(self.words.decimal, "."))

    def _places(self, token: str) -> int:
        return len(token.translate(SPACES).rstrip("%").partition(self.words.decimal)[2])

    def number(self, children: Children) -> tree.Number:
        number = children[0]
        return tree.Number(self._decimal(number), places=self._places(number), place=span(children))

    def percent(self, children: Children) -> tree.Percent:
        share = children[0]
        return tree.Percent(self._decimal(share) / 100, places=self._places(share), place=span(children))

    def amount(self, children: Children) -> tree.Amount:
        one, other = children
        number, currency = (one, other) if one.type == "NUMBER" else (other, one)
        code = self.words.signs.get(currency.casefold(), str(currency))
        places = self._places(number)
        return tree.Amount(self._decimal(number), code, places=places, place=span(children))

    def days(self, children: Children) -> tree.Days:
        number = children[0]
        return tree.Days(self._decimal(number), places=self._places(number), place=span(children))

    def bps(self, children: Children) -> tree.Percent:
        points, places = self._decimal(children[0]), self._places(children[0])
        return tree.Percent(points / 10_000, places=places + 2, place=span(children))

    def date(self, children: Children) -> tree.Date:
        return tree.Date(str(children[0]), place=span(children))

    def yes(self, children: Children) -> tree.YesNo:
        return tree.YesNo(True, place=span(children))

    def no(self, children: Children) -> tree.YesNo:
        return tree.YesNo(False, place=span(children))

    # Expressions

    def name(self, children: Children) -> tree.Name:
        return self._name(children[0])

    def bare(self, children: Children) -> Token:
        name: Token = children[1]
        return name

    def paid_salary(self, children: Children) -> tree.PaidSalary:
        return tree.PaidSalary(plain=children[0].type == "SALARY", place=span(children))

    def full_salary(self, children: Children) -> tree.FullSalary:
        return tree.FullSalary(place=span(children))

    def pay_for(self, children: Children) -> tree.PayFor:
        line = children[1]
        return tree.PayFor(self._name(line) if line.type == "NAME" else None, place=span(children))

    def target_of(self, children: Children) -> tree.TargetOf:
        return tree.TargetOf(self._name(children[1]), place=span(children))

    def attainment_of(self, children: Children) -> tree.AttainmentOf:
        return tree.AttainmentOf(self._name(children[1]), place=span(children))

    def negative(self, children: Children) -> tree.Negative:
        return tree.Negative(children[1], place=span(children))

    def arithmetic(self, children: Children) -> tree.Arithmetic:
        left, sign, right = children
        return tree.Arithmetic(SIGNS[sign.type], left, right, place=span(children))

    def comparison(self, children: Children) -> tree.Comparison:
        left, sign, right = children
        return tree.Comparison(COMPARISONS[sign.type], left, right, place=span(children))

    def either(self, children: Children) -> tree.Logic:
        return tree.Logic("or", children[0], children[2], place=span(children))

    def both(self, children: Children) -> tree.Logic:
        return tree.Logic("and", children[0], children[2], place=span(children))

    def denial(self, children: Children) -> tree.Denial:
        return tree.Denial(children[1], place=span(children))

    def above(self, children: Children) -> tree.Excess:
        return tree.Excess("above", children[0], children[2], place=span(children))

    def below(self, children: Children) -> tree.Excess:
        return tree.Excess("below", children[0], children[2], place=span(children))

    def above_target(self, children: Children) -> tree.Excess:
        return self._beside_target("above", children)

    def below_target(self, children: Children) -> tree.Excess:
        return self._beside_target("below", children)

    def _beside_target(self, side: Any, children: Children) -> tree.Excess:
        measure = self._name(children[0])
        return tree.Excess(
            side, measure, tree.TargetOf(measure, place=spot(children[1])), place=span(children)
        )

    def choice(self, children: Children) -> tree.Choice:
        return tree.Choice(children[0], children[2], children[4], place=span(children))

    def extreme(self, children: Children) -> tree.Extreme:
        word = "min" if children[0].type == "MIN" else "max"
        operands = tuple(child for child in children[2:-1] if not isinstance(child, Token))
        return tree.Extreme(word, operands, place=span(children))  # type: ignore[arg-type]  # a literal of two

    def rounded(self, children: Children) -> tree.Rounded:
        *head, _, operand, _, unit, _ = children
        turn = head[1].type.lower() if len(head) > 1 and head[1] is not None else "nearest"
        return tree.Rounded(operand, unit, turn, place=span(children))  # type: ignore[arg-type]  # a literal of three

    def brackets(self, children: Children) -> tree.Expr:
        inner: tree.Expr = children[1]
        return replace(inner, place=span(children))

    def identity(self, children: Children) -> tree.Identity:
        attribute, word, value = children
        denied = word.type == "IS_NOT"
        return tree.Identity(self._name(attribute), self._name(value), denied, place=span(children))

    def case(self, children: Children) -> tree.Case:
        return tree.Case(self._name(children[0]), children[2], place=span(children))

    def other_case(self, children: Children) -> tree.Case:
        return tree.Case(None, children[2], place=span(children))

    def by(self, children: Children) -> tree.By:
        cases = tuple(child for child in children if isinstance(child, tree.Case))
        return tree.By(self._name(children[1]), cases, place=span(children))

    def several(self, children: Children) -> tree.Several:
        least = None if children[0].type == "ALL_OF" else 1
        return tree.Several(least, self._nodes(children), place=span(children))

    def at_least(self, children: Children) -> tree.Several:
        # What is no whole number is zero here, and the check says what is wrong with it.
        least = self._decimal(children[1])
        whole = int(least) if least.denominator == 1 else 0
        return tree.Several(whole, self._nodes(children), place=span(children))

    def without_tax(self, children: Children) -> tree.WithoutTax:
        return tree.WithoutTax(children[0], children[2], place=span(children))

    def days_in_period(self, children: Children) -> tree.DaysInPeriod:
        return tree.DaysInPeriod(place=span(children))

    def table(self, children: Children) -> tree.Table:
        mode: Any = children[0].type.removesuffix("_BY").lower()
        return tree.Table(mode, children[1], place=span(children))

    def matrix(self, children: Children) -> tree.Table:
        return tree.Table("matrix", children[1], children[3], place=span(children))

    def _nodes(self, children: Children) -> tuple[Any, ...]:
        return tuple(child for child in children if isinstance(child, tree.Placed))

    # Parts of lines

    def _name(self, token: Token) -> tree.Name:
        return tree.Name(str(token), place=spot(token))

    def _text(self, token: Token) -> tree.Text:
        return tree.Text(token[1:-1], place=spot(token))

    def _label(self, token: Token | None) -> tree.Text | None:
        return None if token is None else self._text(token)

    def kind(self, children: Children) -> tree.Kind:
        word = children[0]
        return tree.Kind(self.words.kinds.get(word.casefold()), str(word), place=spot(word))

    def default(self, children: Children) -> tree.Expr:
        expr: tree.Expr = children[1]
        return expr

    def source(self, children: Children) -> tree.Text:
        return self._text(children[1])

    def choices(self, children: Children) -> tree.Choices:
        names = tuple(self._name(child) for child in children if child.type == "NAME")
        return tree.Choices(names, place=span(children))

    def bound(self, children: Children) -> tree.Bound:
        word = children[0].type
        side: Any = "up_to" if word == "TO" else word.lower()
        return tree.Bound(side, children[1], place=span(children))

    def cell(self, children: Children) -> tree.Cell:
        return tree.Cell(children[0], len(children) > 1, place=span(children))

    def row(self, children: Children) -> tree.Row:
        cells = tuple(child for child in children if isinstance(child, tree.Cell))
        return tree.Row(children[0], cells, place=span(children))

    def last_row(self, children: Children) -> tree.Row:
        return tree.Row(None, self._nodes(children), place=span(children))

    def columns(self, children: Children) -> tree.Columns:
        bounds = tuple(child for child in children if isinstance(child, tree.Bound))
        return tree.Columns(bounds, place=span(children))

    def subject(self, children: Children) -> tuple[tree.Name, bool]:
        return self._name(children[0]), False

    def target_subject(self, children: Children) -> tuple[tree.Name, bool]:
        return self._name(children[1]), True

    def entry(self, children: Children) -> tree.Entry:
        (name, target), value = children
        return tree.Entry(name, target, value, place=name.place.to(value.place))

    def outcome(self, children: Children) -> tree.Outcome:
        return tree.Outcome("line", self._name(children[0]), children[1], place=span(children))

    def salary_outcome(self, children: Children) -> tree.Outcome:
        return tree.Outcome("salary", None, children[1], place=span(children))

    def bonus_outcome(self, children: Children) -> tree.Outcome:
        return tree.Outcome("bonus", None, children[1], place=span(children))

    def commission_outcome(self, children: Children) -> tree.Outcome:
        return tree.Outcome("commission", None, children[1], place=span(children))

    def total_outcome(self, children: Children) -> tree.Outcome:
        return tree.Outcome("total", None, children[1], place=span(children))

    # Lines

    def line(self, children: Children) -> tree.Line:
        line: tree.Line = children[0]
        return line

    def title(self, children: Children) -> tree.Title:
        return tree.Title(self._text(children[1]), place=span(children))

    def definitions(self, children: Children) -> tree.Definitions:
        return tree.Definitions(self._text(children[1]), place=span(children))

    def include(self, children: Children) -> tree.Include:
        return tree.Include(self._text(children[1]), place=span(children))

    def version(self, children: Children) -> tree.Version:
        token = children[1]
        text = token[1:-1] if token.type == "STRING" else str(token)
        return tree.Version(text, place=span(children))

    def effect(self, children: Children) -> tree.Effect:
        return tree.Effect(self.date(children[1:]), place=span(children))

    def law(self, children: Children) -> tree.LawLine:
        word = children[1]
        law = self.words.laws.get(word.casefold())
        return tree.LawLine(law, tree.Text(str(word), place=spot(word)), place=span(children))

    def currency(self, children: Children) -> tree.Currency:
        return tree.Currency(self._name(children[1]), place=span(children))

    def prose(self, children: Children) -> tree.Prose:
        topic, text = children[0].type.lower(), self._text(children[-1])
        word = name = None
        if len(children) > 2:
            name = self._name(children[1]) if children[1].type == "NAME" else None
            word = children[1].type.lower() if name is None else None
        return tree.Prose(topic, word, name, text, place=span(children))

    def fact(self, children: Children) -> tree.Fact:
        _, name, label, kind, *rest = children
        signed = any(isinstance(child, Token) for child in rest)
        source = next((child for child in rest if isinstance(child, tree.Text)), None)
        default = next((child for child in rest if isinstance(child, tree.Expr)), None)
        bounds = next((child for child in rest if isinstance(child, tree.Bounds)), None)
        return tree.Fact(
            self._name(name), self._label(label), kind, signed, default, source, bounds, place=span(children)
        )

    def bounds(self, children: Children) -> tree.Bounds:
        _, low, *rest = children
        return tree.Bounds(low, rest[-1] if rest else None, place=span(children))

    def greatest(self, children: Children) -> tree.Bounds:
        return tree.Bounds(None, children[-1], place=span(children))

    def salary(self, children: Children) -> tree.Salary:
        return tree.Salary(children[1], tree.ordered(children[2:]), place=span(children))

    def bonus(self, children: Children) -> tree.Bonus:
        return tree.Bonus(children[1], tree.ordered(children[2:]), place=span(children))

    def section(self, children: Children) -> tree.Section:
        _, name, label, *clauses = children
        return tree.Section(self._name(name), self._label(label), tree.ordered(clauses), place=span(children))

    def section_end(self, children: Children) -> tree.SectionEnd:
        return tree.SectionEnd(place=span(children))

    def kpi(self, children: Children) -> tree.Kpi:
        name, label, *clauses = children
        return tree.Kpi(self._name(name), self._label(label), tree.ordered(clauses), place=span(children))

    def figure(self, children: Children) -> tree.Figure:
        name, label, kind, _, value = children
        return tree.Figure(self._name(name), self._label(label), kind, value, place=span(children))

    def commission(self, children: Children) -> tree.Pay:
        _, label, amount, *clauses = children
        return tree.Pay(
            "commission", None, self._label(label), amount, tree.ordered(clauses), place=span(children)
        )

    def banded_commission(self, children: Children) -> tree.Pay:
        _, name, label, _, measure, mode, *clauses = children
        table = tree.Table(
            "bands" if mode.type == "EACH_BAND" else "whole", measure, place=spot(children[3]).to(spot(mode))
        )
        named = None if name is None else self._name(name)
        return tree.Pay(
            "commission", named, self._label(label), table, tree.ordered(clauses), place=span(children)
        )

    def named_pay(self, children: Children) -> tree.Pay:
        word, name, label, _, amount, *clauses = children
        kind: Any = word.type.lower()
        return tree.Pay(
            kind, self._name(name), self._label(label), amount, tree.ordered(clauses), place=span(children)
        )

    def recovery(self, children: Children) -> tree.Pay:
        _, name, label, _, line, _, amount, *clauses = children
        named = self._name(line) if line.type == "NAME" else None
        within = tree.PayFor(named, place=spot(line))
        text, acting = self._label(label), tree.ordered(clauses)
        return tree.Pay("recovery", self._name(name), text, amount, acting, within, place=span(children))

    def counted_pay(self, children: Children) -> tree.Pay:
        word, name, label, amount, *clauses = children
        kind: Any = word.type.lower()
        return tree.Pay(
            kind, self._name(name), self._label(label), amount, tree.ordered(clauses), place=span(children)
        )

    def allow(self, children: Children) -> tree.Allow:
        word, reason = children[1], children[-1]
        name = self._name(children[3]) if said(children, "FOR") else None
        advice = self.words.advice.get(word.casefold())
        return tree.Allow(advice, str(word), name, self._text(reason), place=span(children))

    def variable(self, children: Children) -> tree.Variable:
        return tree.Variable(tree.ordered(children[1:]), place=span(children))

    def total(self, children: Children) -> tree.Total:
        return tree.Total(tree.ordered(children[1:]), place=span(children))

    def example(self, children: Children) -> tree.Example:
        period = str(children[3]) if len(children) > 2 else None
        return tree.Example(self._text(children[1]), period, place=span(children))

    def given(self, children: Children) -> tree.Given:
        entries = tuple(child for child in children if isinstance(child, tree.Entry))
        return tree.Given(entries, place=span(children))

    def shown(self, children: Children) -> tree.Shown:
        first, name, value = children[0], children[-2], children[-1]
        return tree.Shown(SEEN[first.type], self._name(name), value, place=span(children))

    def shows(self, children: Children) -> tree.Shows:
        shown = tuple(child for child in children if isinstance(child, tree.Shown))
        return tree.Shows(shown, place=span(children))

    def pays(self, children: Children) -> tree.Pays:
        outcomes = tuple(child for child in children if isinstance(child, tree.Outcome))
        return tree.Pays(outcomes, place=span(children))

    def fill(self, pieces: Sequence[Piece], left: list[Any], fields: dict[str, Any]) -> None:
        """The fields of a clause, from what is left of its children, the first of which is last."""
        for piece in pieces:
            word = left[-1].type if left and isinstance(left[-1], Token) else ""
            match piece:
                case Word():
                    left.pop()
                case Operand(name, rule):
                    fields[name] = self.date([left.pop()]) if rule == "DATE" else left.pop()
                case Said(name, values, absent):
                    fields[name] = values[left.pop().type] if word in values else absent
                case Together(inner):
                    if word in terminals(inner):
                        self.fill(inner, left, fields)


def _method(clause: type[Declaring]) -> Callable[[Builder, Children], Declaring]:
    """The rule of a clause."""

    def method(builder: Builder, children: Children) -> Declaring:
        fields: dict[str, Any] = {}
        builder.fill(clause.declared.pieces, [*reversed(children)], fields)
        return clause(**fields, place=span(children))

    return method


for _clause in DECLARED:
    setattr(Builder, _clause.declared.rule, _method(_clause))
