"""Grammar rules to tree: each method is a rule of the grammar and makes the node of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from lark import Token, Transformer

from .. import tree
from ..source import Place
from ..words import Words

Children = Sequence[Any]
N = TypeVar("N", bound=tree.Placed)

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


class Builder(Transformer[Token, Any]):
    """The callbacks that Lark runs at each reduction, so that its own trees are never built."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    # Values

    def _decimal(self, token: str) -> Fraction:
        return Fraction(token.translate(SPACES).rstrip("%").replace(self.words.decimal, "."))

    def number(self, children: Children) -> tree.Number:
        return tree.Number(self._decimal(children[0]), place=span(children))

    def percent(self, children: Children) -> tree.Percent:
        return tree.Percent(self._decimal(children[0]) / 100, place=span(children))

    def amount(self, children: Children) -> tree.Amount:
        one, other = children
        number, currency = (one, other) if one.type == "NUMBER" else (other, one)
        code = self.words.signs.get(currency.casefold(), str(currency))
        return tree.Amount(self._decimal(number), code, place=span(children))

    def days(self, children: Children) -> tree.Days:
        return tree.Days(self._decimal(children[0]), place=span(children))

    def date(self, children: Children) -> tree.Date:
        return tree.Date(str(children[0]), place=span(children))

    def yes(self, children: Children) -> tree.YesNo:
        return tree.YesNo(True, place=span(children))

    def no(self, children: Children) -> tree.YesNo:
        return tree.YesNo(False, place=span(children))

    # Expressions

    def name(self, children: Children) -> tree.Name:
        return self._name(children[0])

    def salary_name(self, children: Children) -> tree.PaidSalary:
        return tree.PaidSalary(place=span(children))

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

    def weight(self, children: Children) -> tree.Weight:
        return tree.Weight(children[1], place=span(children))

    def target(self, children: Children) -> tree.Target:
        return tree.Target(children[1], len(children) > 2, place=span(children))

    def cutoff(self, children: Children) -> tree.Cutoff:
        return tree.Cutoff(children[1], place=span(children))

    def accel(self, children: Children) -> tree.Accel:
        excess = any(isinstance(child, Token) and child.type == "ON_EXCESS" for child in children)
        mode: tree.AccelMode = "excess" if excess else "all"
        return tree.Accel(children[1], mode, children[-1], place=span(children))

    def cap(self, children: Children) -> tree.Cap:
        last = children[-1]
        on_attainment = isinstance(last, Token) and last.type == "ON_ATTAINMENT"
        return tree.Cap(children[1], "attainment" if on_attainment else "pay", place=span(children))

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

    def version(self, children: Children) -> tree.Version:
        token = children[1]
        text = token[1:-1] if token.type == "STRING" else str(token)
        return tree.Version(text, place=span(children))

    def effect(self, children: Children) -> tree.Effect:
        return tree.Effect(self.date(children[1:]), place=span(children))

    def currency(self, children: Children) -> tree.Currency:
        return tree.Currency(self._name(children[1]), place=span(children))

    def about(self, children: Children) -> tree.About:
        return tree.About(self._text(children[1]), place=span(children))

    def fact(self, children: Children) -> tree.Fact:
        _, name, label, kind, *rest = children
        signed = any(isinstance(child, Token) for child in rest)
        default = next((child for child in rest if child is not None and not isinstance(child, Token)), None)
        return tree.Fact(self._name(name), self._label(label), kind, signed, default, place=span(children))

    def salary(self, children: Children) -> tree.Salary:
        return tree.Salary(children[1], place=span(children))

    def bonus(self, children: Children) -> tree.Bonus:
        return tree.Bonus(children[1], place=span(children))

    def kpi(self, children: Children) -> tree.Kpi:
        name, label, *clauses = children
        ordered = sorted(clauses, key=lambda clause: tree.CLAUSE_ORDER.index(type(clause)))
        return tree.Kpi(self._name(name), self._label(label), tuple(ordered), place=span(children))

    def figure(self, children: Children) -> tree.Figure:
        name, label, kind, _, value = children
        return tree.Figure(self._name(name), self._label(label), kind, value, place=span(children))

    def commission(self, children: Children) -> tree.Commission:
        _, label, amount = children
        return tree.Commission(None, self._label(label), amount, place=span(children))

    def named_commission(self, children: Children) -> tree.Commission:
        _, name, label, _, amount = children
        return tree.Commission(self._name(name), self._label(label), amount, place=span(children))

    def example(self, children: Children) -> tree.Example:
        return tree.Example(self._text(children[1]), place=span(children))

    def given(self, children: Children) -> tree.Given:
        entries = tuple(child for child in children if isinstance(child, tree.Entry))
        return tree.Given(entries, place=span(children))

    def pays(self, children: Children) -> tree.Pays:
        outcomes = tuple(child for child in children if isinstance(child, tree.Outcome))
        return tree.Pays(outcomes, place=span(children))
