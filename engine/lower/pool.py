"""Sums that the members of a group share, and prizes for their places, to the last minor unit.

By largest remainder: each has what their part comes to, cut to minor units; the units that are left go to
those from whom cutting took most, and of equal ones to the first by number.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Literal

from dsl import tree
from dsl.check.groups import personal

from .. import kernel as k
from .lowering import ONE, ZERO, Lowering, divide, fixed, natural, where
from .lowering import multiply as times
from .tables import table_of

Formula = Callable[[tree.Expr], k.Node]


class Sharing:
    """The operations of what one group shares, all from one place of the plan."""

    def __init__(self, low: Lowering, expr: tree.Pool | tree.Prizes) -> None:
        self.low, self.place = low, expr.place
        self.name = expr.group.text
        self.group = table_of(low, self.name)
        self.unit = Fraction(1, 10**low.digits)

    def step(self, value: k.Node, made: k.Made | None = None) -> k.Node:
        """A step on the way, called by its number."""
        return self.low.step("pooled", f"#{len(self.low.steps)}", value, made)

    def both(self, formula: Formula, expr: tree.Expr) -> tuple[k.Node, k.Node]:
        """What is asked, of oneself and of each member."""
        own = formula(expr)
        self.low.member = self.name
        theirs = formula(expr)
        self.low.member = ""
        return own, theirs

    def all_of(self, value: k.Node, where: k.Node | None) -> k.Node:
        """What a value comes to over the members where a condition holds."""
        return k.Records("sum", self.group, value, where, kind=value.kind, place=self.place)

    def count(self, where: k.Node) -> k.Node:
        """How many members there are of whom a condition holds."""
        return k.Records("count", self.group, None, where, kind="count", place=self.place)

    def money(self, sign: k.ArithmeticSign, left: k.Node, right: k.Node) -> k.Node:
        """An amount of two."""
        return k.Arithmetic(sign, left, right, kind="money", place=self.place)

    def cut(self, value: k.Node) -> k.Node:
        """An amount without what is less than a minor unit."""
        return k.Rounded(value, self.unit, "down", kind="money", place=self.place)

    def compared(self, sign: Literal["=", "<>", "<", "<=", ">"], left: k.Node, right: k.Node) -> k.Node:
        """Whether two values compare so."""
        return k.Comparison(sign, left, right, kind="yes_no", place=self.place)

    def joined(self, word: Literal["and", "or"], left: k.Node | None, right: k.Node) -> k.Node:
        """Two conditions, or the other where there is no first."""
        return right if left is None else k.Logic(word, left, right, kind="yes_no", place=self.place)

    def before(self) -> k.Node:
        """Whether a member comes before oneself by number."""
        me = self.low.period(f"{k.PLACE}{self.name}", "count", self.place)
        return self.compared("<", k.Column(self.group, 1, kind="count", place=self.place), me)

    def more(self, earlier: k.Node, left: k.Node) -> k.Node:
        """One of the minor units that are left, where fewer have theirs before."""
        one = fixed(self.unit, "money", self.place)
        last = self.compared("<", self.money("*", one, earlier), left)
        return k.Choice(last, one, fixed(ZERO, "money", self.place), kind="money", place=self.place)

    def common(self, formula: Formula, expr: tree.Pool | tree.Prizes, value: k.Node) -> k.Node:
        """A value that has none where somebody has other sums to share than oneself."""
        apart: k.Node | None = None
        for one in personal(self.low.checked.scope, expr):
            own, theirs = self.both(formula, one)
            apart = self.joined("or", apart, self.compared("<>", theirs, own))
        if apart is None:
            return value
        several, place = self.count(apart), expr.group.place
        none, one_ = (fixed(number, "count", place) for number in (ZERO, ONE))
        same = where(self.compared("=", several, none), one_, "count", place)
        known = k.Arithmetic("/", value, same, kind=value.kind, place=place)
        return self.step(known, k.Common(value, apart=several))

    def value(self, found: k.Node, made: k.Made) -> k.Node:
        """What somebody has, for which somebody may say what it comes to."""
        return self.low.drawn("", found, "money", signed=False, made=made)


def shared(low: Lowering, pool: tree.Pool, formula: Formula) -> k.Node:
    """What somebody has of a sum."""
    sharing, place = Sharing(low, pool), pool.place
    own, theirs = sharing.both(formula, pool.weight)
    late = None if pool.reserve is None else sharing.both(formula, pool.reserve.late)
    fund = formula(pool.fund)
    if not (isinstance(fund, k.Constant) and fund.value >= 0):
        fund = natural(fund, "money", fund.place)
    common = sharing.common(formula, pool, fund)
    whole = sharing.step(k.Rounded(common, sharing.unit, "nearest", kind="money", place=fund.place))
    alike = None if late is None else sharing.compared("=", late[1], late[0])
    if late is not None and pool.reserve is not None:
        whole = _reserved(sharing, whole, formula(pool.reserve.size), theirs, late)
    together = sharing.all_of(theirs, alike)
    weights = sharing.step(_above_nothing(sharing, pool.weight, theirs, together))

    def part(weight: k.Node) -> tuple[k.Node, k.Node]:
        """What a weight has of the sum, cut to minor units; and what cutting takes."""
        exact = divide(sharing.money("*", whole, weight), weights, "money", place)
        return sharing.cut(exact), sharing.money("-", exact, sharing.cut(exact))

    more: k.Node | None = None
    if pool.left:
        value = mine = sharing.step(part(own)[0])
    else:
        given, taken = part(theirs)
        mine, lost = (sharing.step(one) for one in part(own))
        left = sharing.step(sharing.money("-", whole, sharing.all_of(given, alike)))
        greater, equal = (sharing.compared(sign, taken, lost) for sign in MORE)
        before = sharing.joined("or", greater, sharing.joined("and", equal, sharing.before()))
        more = sharing.more(sharing.step(sharing.count(sharing.joined("and", alike, before))), left)
        value = sharing.money("+", mine, more)
    made = k.Pooled(
        value, whole=whole, own=own, weights=weights, members=together, mine=mine, more=more, fund=fund
    )
    return sharing.value(value, made)


MORE: tuple[Literal[">"], Literal["="]] = (">", "=")


def _reserved(
    sharing: Sharing, fund: k.Node, size: k.Node, theirs: k.Node, late: tuple[k.Node, k.Node]
) -> k.Node:
    """What is shared of a fund with a reserve: the rest of it; among those who are late what others have.

    So nobody who was there loses by who comes late.
    """
    place, (own, of_each) = sharing.place, late
    held = times(fund, size, "money", place) if size.kind == "percent" else size
    held = k.Rounded(natural(held, "money", place), sharing.unit, "nearest", kind="money", place=place)
    reserve = sharing.step(k.Extreme("min", (fund, held), kind="money", place=place))
    rest = sharing.step(sharing.money("-", fund, reserve))
    behind = sharing.step(sharing.all_of(theirs, of_each))
    others = sharing.step(sharing.all_of(theirs, k.Denial(of_each, kind="yes_no", place=place)))
    due = sharing.cut(divide(sharing.money("*", rest, behind), others, "money", place))
    least = k.Extreme("min", (reserve, due), kind="money", place=place)
    whole = k.Choice(own, least, rest, kind="money", place=place)
    made = k.Reserved(whole, fund=fund, reserve=reserve, rest=rest, behind=behind, others=others, late=whole)
    return sharing.step(whole, made)


def _above_nothing(sharing: Sharing, weight: tree.Expr, theirs: k.Node, together: k.Node) -> k.Node:
    """All weights together: nothing, by which nobody can be paid, where one of them lies below it."""
    scope = sharing.low.checked.scope

    def signed(part: tree.Expr) -> bool:
        match part:
            case tree.Name(name):
                fact = scope.facts.get(name)
                return name in scope.figures or (fact is not None and fact.signed)
            case _:
                return isinstance(part, tree.Negative) or (
                    isinstance(part, tree.Arithmetic) and part.sign == "-"
                )

    if not any(map(signed, tree.walk(weight))):
        return together
    none = fixed(ZERO, theirs.kind, sharing.place)
    below = sharing.count(sharing.compared("<", theirs, none))
    clear = sharing.compared("=", below, fixed(ZERO, "count", sharing.place))
    return k.Choice(clear, together, none, kind=together.kind, place=sharing.place)


def prized(low: Lowering, expr: tree.Prizes, formula: Formula) -> k.Node:
    """What somebody's place brings: equals share the prizes of their places, or all have the highest."""
    sharing, place = Sharing(low, expr), expr.place
    own, theirs = sharing.both(formula, expr.value)
    prizes = [formula(prize) for prize in expr.prizes]
    members = sharing.count(sharing.compared(">", theirs, own))
    above = sharing.step(sharing.common(formula, expr, members))

    def counted(number: int) -> k.Node:
        return fixed(Fraction(number), "count", place)

    none = fixed(ZERO, "money", place)
    if expr.equals == "higher":
        value = none
        for number, prize in reversed([*enumerate(prizes)]):
            test = sharing.compared("=", above, counted(number))
            value = k.Choice(test, prize, value, kind="money", place=place)
        found = sharing.step(value)
        return sharing.value(found, k.Prized(found, above=above, members=members))
    same = sharing.compared("=", theirs, own)
    alike = sharing.step(sharing.count(same))
    until = k.Arithmetic("+", above, alike, kind="count", place=place)
    brought: list[k.Node] = []
    for number, prize in enumerate(prizes):
        begun = sharing.compared("<=", above, counted(number))
        taken = sharing.joined("and", begun, sharing.compared(">", until, counted(number)))
        brought.append(k.Choice(taken, prize, none, kind="money", place=place))
    together = reduce(lambda one, other: sharing.money("+", one, other), brought)
    whole = sharing.step(k.Rounded(together, sharing.unit, "nearest", kind="money", place=place))
    mine = sharing.step(sharing.cut(divide(whole, alike, "money", place)))
    left = sharing.step(sharing.money("-", whole, sharing.money("*", mine, alike)))
    earlier = sharing.step(sharing.count(sharing.joined("and", same, sharing.before())))
    more = sharing.more(earlier, left)
    value = sharing.money("+", mine, more)
    made = k.Prized(value, above=above, members=members, alike=alike, whole=whole, mine=mine, more=more)
    return sharing.value(value, made)
