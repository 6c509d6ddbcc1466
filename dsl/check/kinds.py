"""Kinds: money, percent, count, number, days, date, yes/no; declared by the author or inferred from use.

A bare number (`1 000`) takes the kind of what it meets, except percent: `conversion > 2` is a forgotten `%`. A
quotient of two of a kind is a percentage or a plain number, whichever is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Literal, assert_never

from .. import tree
from ..faults import Fault, nearest
from ..words import KindName, words
from .scope import Scope, entries, outcomes

# Besides the kinds of the language: a bare number, a quotient of two of a kind, and None, not known (yet).
Kind = KindName | Literal["bare", "ratio"] | None

SCALARS: frozenset[Kind] = frozenset({"percent", "count", "number", "bare", "ratio"})
BARE_MEETS: frozenset[Kind] = frozenset({"money", "count", "number", "days", "ratio"})
MEASURES: frozenset[Kind] = frozenset({"money", "percent", "count", "number", "days", "bare", "ratio", None})
Combination = Callable[[Kind, Kind], tuple[Kind, bool]]

PASSES = 12  # over the whole plan, forwards and back; each settles a chain of figures, however long


def settled(kind: Kind) -> KindName:
    """The kind of something that nothing in the plan decides further."""
    match kind:
        case None | "bare":
            return "number"
        case "ratio":
            return "percent"
        case _:
            return kind


@dataclass(slots=True)
class Kinds:
    """The kind of each fact and figure by its name, and of any expression over them."""

    scope: Scope
    currency: str | None
    named: dict[str, Kind] = field(default_factory=dict)
    changed: bool = False
    loose: bool = False
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, name: str) -> KindName:
        """The kind of a fact or a figure."""
        return settled(self.named.get(name))

    def of(self, expr: tree.Expr) -> KindName:
        """The kind of an expression."""
        return settled(self._kind(expr))

    # Pushing what a context wants into what is not known yet

    def want(self, expr: tree.Expr, wanted: KindName, code: str) -> None:
        """An expression where the plan needs one kind: the fault if it has another."""
        kind = self._kind(expr)
        if kind is None:
            self._push(expr, wanted)
        elif not fits(kind, wanted):
            forgotten = wanted == "percent" and isinstance(expr, tree.Number)
            fix = f"{self.scope.text(expr)}%" if forgotten else None
            facts = {"kind": (phrase(kind),), "wanted": (phrase(wanted),), "text": self.scope.text(expr)}
            self.faults.append(Fault("P302" if forgotten else code, place=expr.place, facts=facts, fix=fix))

    def _push(self, expr: tree.Expr, kind: Kind) -> None:
        match expr:
            case tree.Name(text) | tree.TargetOf(tree.Name(text)):
                if self.named.get(text) is None and kind not in {None, "bare", "ratio"}:
                    self.named[text] = kind
                    self.changed = True
            case tree.Arithmetic("+" | "-", left, right) if kind != "date":
                self._push(left, kind)
                self._push(right, kind)
            case tree.Arithmetic("*" | "of", left, right):
                for one, other in ((left, right), (right, left)):
                    if self._kind(other) in SCALARS:
                        self._push(one, kind)
            case tree.Arithmetic("/", left, right):
                if self._kind(right) in SCALARS:
                    self._push(left, kind)
            case tree.Negative(operand) | tree.Rounded(operand, _, _):
                self._push(operand, kind)
            case tree.Excess(_, left, right) | tree.Choice(left, _, right):
                self._push(left, kind)
                self._push(right, kind)
            case tree.Extreme(_, inner):
                for operand in inner:
                    self._push(operand, kind)
            case _:
                pass

    def meets(self, name: tree.Name, value: tree.Expr) -> None:
        """A fact or a figure and a value it is held against, which must be of one kind."""
        self._join(name, value)

    def learn(self, name: tree.Name, value: tree.Expr) -> None:
        """A figure has the kind of its value. What a quotient is, its use decides first and its value last."""
        kind = self._kind(value)
        if kind not in {None, "bare", "ratio"}:
            self.named[name.text] = kind
            self.changed = True
        elif self.loose and kind is not None:
            self.named[name.text] = settled(kind)
            self.changed = True

    def scalar(self, expr: tree.Expr) -> None:
        """A factor: a number or a percentage."""
        kind = self._kind(expr)
        if kind not in SCALARS and kind is not None:
            facts = {"kind": (phrase(kind),), "text": self.scope.text(expr)}
            self.faults.append(Fault("P310", place=expr.place, facts=facts))

    def share_or_money(self, expr: tree.Expr) -> None:
        """A cap of pay: a percentage of the KPI's share of the bonus, or an amount of money.

        A bare number could be either, so it is not taken for one.
        """
        kind = self._kind(expr)
        if kind not in {"percent", "ratio", "money"}:
            facts = {"text": self.scope.text(expr), "currency": self.currency or "RUB"}
            self.faults.append(Fault("P311", place=expr.place, facts=facts))

    # The kind of an expression from its parts

    def _kind(self, expr: tree.Expr) -> Kind:
        match expr:
            case tree.Number():
                return "bare"
            case tree.Percent() | tree.AttainmentOf():
                return "percent"
            case tree.Amount() | tree.PaidSalary():
                return "money"
            case tree.Days():
                return "days"
            case tree.Date():
                return "date"
            case tree.YesNo():
                return "yes_no"
            case tree.Name(text) | tree.TargetOf(tree.Name(text)):
                return self.named.get(text)
            case tree.Negative(operand):
                return self._measure(operand)
            case tree.Arithmetic():
                return self._arithmetic(expr)
            case tree.Comparison(_, left, right):
                self._join(left, right)
                return "yes_no"
            case tree.Logic(_, left, right):
                self.want(left, "yes_no", "P304")
                self.want(right, "yes_no", "P304")
                return "yes_no"
            case tree.Denial(operand):
                self.want(operand, "yes_no", "P304")
                return "yes_no"
            case tree.Excess(_, measure, mark):
                self._measure(measure)
                return self._join(measure, mark)
            case tree.Choice(chosen, condition, otherwise):
                self.want(condition, "yes_no", "P304")
                return self._join(chosen, otherwise)
            case tree.Extreme(_, inner):
                return reduce(lambda kind, operand: self._meet(kind, operand, inner[0]), inner[1:], self._kind(inner[0]))
            case tree.Rounded(operand, unit):
                self._measure(operand)
                return self._join(operand, unit)
            case _:
                assert_never(expr)

    def _measure(self, expr: tree.Expr) -> Kind:
        """The kind of something that can be more or less; the fault if it cannot."""
        kind = self._kind(expr)
        if kind in MEASURES:
            return kind
        facts = {"kind": (phrase(kind),), "text": self.scope.text(expr)}
        self.faults.append(Fault("P305", place=expr.place, facts=facts))
        return None

    def _arithmetic(self, expr: tree.Arithmetic) -> Kind:
        match expr.sign:
            case "+" | "-":
                return self._sum(expr)
            case "*" | "of":
                return self._combine(expr, product)
            case "/":
                return self._combine(expr, quotient)
            case _:
                assert_never(expr.sign)

    def _sum(self, expr: tree.Arithmetic) -> Kind:
        left, right = self._kind(expr.left), self._kind(expr.right)
        if left == "date" and expr.sign == "-" and right == "date":
            return "days"
        if left == "date" and right in {"days", "bare", None}:
            self._push(expr.right, "days")
            return "date"
        for operand in (expr.left, expr.right):
            if self._measure(operand) is None and self._kind(operand) is not None:
                return None
        return self._join(expr.left, expr.right)

    def _combine(self, expr: tree.Arithmetic, table: Combination) -> Kind:
        left, right = self._measure(expr.left), self._measure(expr.right)
        kind, fit = table(left, right)
        if not fit:
            self._clash("P303", expr.left, left, expr.right, right)
        return kind

    def _join(self, left: tree.Expr, right: tree.Expr) -> Kind:
        return self._meet(self._kind(left), right, left)

    def _meet(self, kind: Kind, operand: tree.Expr, beside: tree.Expr) -> Kind:
        other = self._kind(operand)
        if kind is None:
            self._push(beside, other)
            return other
        if other is None:
            self._push(operand, kind)
            return kind
        joined = meet(kind, other)
        if joined is None:
            self._clash("P301", beside, kind, operand, other)
        return joined

    def _clash(self, code: str, left: tree.Expr, one: Kind, right: tree.Expr, other: Kind) -> None:
        if {one, other} == {"percent", "bare"}:
            bare, percent = (left, right) if one == "bare" else (right, left)
            fix = f"{self.scope.text(bare)}%" if isinstance(bare, tree.Number) else None
            facts = {"text": self.scope.text(bare), "kind": (phrase("number"),), "wanted": (phrase("percent"),)}
            self.faults.append(Fault("P302", place=bare.place, also=percent.place, facts=facts, fix=fix))
            return
        facts = {
            "left": self.scope.text(left),
            "left_kind": (phrase(one),),
            "right": self.scope.text(right),
            "right_kind": (phrase(other),),
        }
        self.faults.append(Fault(code, place=right.place, also=left.place, facts=facts))


def fits(kind: Kind, wanted: KindName) -> bool:
    """Whether something of a kind can stand where another is wanted."""
    match wanted:
        case "money" | "days":
            return kind in {wanted, "bare"}
        case "number":
            return kind in {"number", "count", "bare", "ratio"}
        case "count":
            return kind in {"count", "bare"}
        case "percent":
            return kind in {"percent", "ratio"}
        case "date" | "yes_no":
            return kind == wanted
        case _:
            assert_never(wanted)


def meet(one: Kind, other: Kind) -> Kind:
    """The kind of a sum, a comparison or a choice of two, None where they do not go together."""
    if one == other:
        return one
    for kind, beside in ((one, other), (other, one)):
        if kind == "bare" and beside in BARE_MEETS:
            return "number" if beside == "ratio" else beside
        if kind == "ratio" and beside in {"percent", "number", "count"}:
            return "number" if beside == "count" else beside
        if kind == "count" and beside == "number":
            return "number"
    return None


def product(one: Kind, other: Kind) -> tuple[Kind, bool]:
    """The kind of a product, and whether there is such a product at all."""
    for kind, beside in ((one, other), (other, one)):
        if kind in {"money", "days"}:
            money_for_days = kind == "money" and beside == "days"
            return kind, beside in SCALARS or beside is None or money_for_days
    if one is None or other is None:
        return None, True
    if "percent" in {one, other}:
        beside = other if one == "percent" else one
        # A percentage of a bare number is whatever the number is taken for.
        return (None if beside == "bare" else beside), True
    if one == other:
        return one, True
    return "number", True


def quotient(one: Kind, other: Kind) -> tuple[Kind, bool]:
    """The kind of a quotient, and whether there is such a quotient at all."""
    if one is None or other is None:
        return None, True
    if one == "bare" or other == "bare":
        return (one if other == "bare" else None), True
    if one == other:
        return "ratio", True
    if other == "percent" or (one in {"money", "days"} and other != "money"):
        return one, True
    return "number", one not in {"percent"} or other in SCALARS


def phrase(kind: Kind) -> str:
    """The kind's name in the phrases of the messages."""
    return f"phrase:{settled(kind)}"


def infer(scope: Scope, currency: str | None) -> Kinds:
    """The kinds of a plan's facts and figures, with the faults of those that clash."""
    kinds = Kinds(scope, currency)
    kinds.named.update(dict.fromkeys([*scope.needs, *scope.figures]))
    unknown = _declared(kinds)
    statements: Sequence[tree.Statement] = scope.plan.statements
    for turn in range(PASSES):
        kinds.changed = False
        for statement in statements if turn % 2 == 0 else reversed(statements):
            _statement(kinds, statement)
        if not kinds.changed:
            if kinds.loose:
                break
            kinds.loose = True
    kinds.faults.clear()
    for statement in statements:
        _statement(kinds, statement)
    kinds.faults.extend(unknown)
    return kinds


def _declared(kinds: Kinds) -> list[Fault]:
    """Enter the kinds that the author declared; the faults of words that name none."""
    faults: list[Fault] = []
    vocabulary = words(kinds.scope.plan.lang)
    lines = (*kinds.scope.facts.values(), *kinds.scope.figures.values())
    for line in lines:
        if line.kind is None:
            continue
        kind = vocabulary.kinds.get(line.kind.text.casefold())
        if kind is None:
            facts = {"word": line.kind.text, "kinds": tuple(f"`{word}`" for word in vocabulary.kind_words.values())}
            fix = nearest(line.kind.text, vocabulary.kinds)
            faults.append(Fault("P306", place=line.kind.place, facts=facts, fix=fix))
        kinds.named[line.name.text] = kind
    return faults


def _statement(kinds: Kinds, statement: tree.Statement) -> None:
    """Hold the expressions of a statement against what it needs."""
    match statement:
        case tree.Salary(amount=amount) | tree.Commission(amount=amount):
            kinds.want(amount, "money", "P307")
        case tree.Bonus(pool=pool):
            kinds.want(pool, "money", "P307")
        case tree.Figure(name=name, kind=declared, value=value):
            _figure(kinds, name, declared, value)
        case tree.Fact(name=name, default=tree_default) if tree_default is not None:
            kinds.meets(name, tree_default)
        case tree.Kpi(name=name, clauses=clauses):
            for clause in clauses:
                _clause(kinds, name, clause)
        case tree.Example():
            for entry in entries(statement):
                kinds.meets(entry.name, entry.value)
            for outcome in outcomes(statement):
                kinds.want(outcome.value, "money", "P307")
        case _:
            pass


def _figure(kinds: Kinds, name: tree.Name, declared: tree.Kind | None, value: tree.Expr) -> None:
    known = kinds.named.get(name.text)
    if declared is not None and known is not None:
        kinds.want(value, settled(known), "P308")
    elif known is None:
        kinds.learn(name, value)
    else:
        kinds.meets(name, value)


def _clause(kinds: Kinds, measure: tree.Name, clause: tree.Clause) -> None:
    match clause:
        case tree.Weight(share):
            kinds.want(share, "percent", "P309")
        case tree.Target(value):
            kinds.meets(measure, value)
        case tree.Cutoff(bound):
            kinds.want(bound, "percent", "P309")
        case tree.Accel(factor, _, bound):
            kinds.scalar(factor)
            kinds.want(bound, "percent", "P309")
        case tree.Cap(limit, "attainment"):
            kinds.want(limit, "percent", "P309")
        case tree.Cap(limit, "pay"):
            kinds.share_or_money(limit)
        case _:
            assert_never(clause)
