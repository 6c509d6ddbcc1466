"""A sum that is shared among the members of a group by their weights, to the last minor unit.

By largest remainder: each has what their part comes to, cut to minor units; the units that are left go to
those from whom cutting took most, and of equal ones to the first by number.
"""

from __future__ import annotations

from fractions import Fraction

from dsl import tree

from .. import kernel as k
from .lowering import Lowering, divide, fixed
from .records import table_of


def shared(low: Lowering, pool: tree.Pool, fund: k.Node, own: k.Node, theirs: k.Node) -> k.Node:
    """What somebody has of a sum; the weight is their own, and `theirs` that of each member."""
    place, group = pool.place, table_of(low, pool.group.text)
    unit = Fraction(1, 10**low.digits)

    def step(value: k.Node) -> k.Node:
        return low.step("pooled", f"#{len(low.steps)}", value)

    def all_of(value: k.Node) -> k.Node:
        return k.Records("sum", group, value, None, kind=value.kind, place=place)

    def money(sign: k.ArithmeticSign, left: k.Node, right: k.Node) -> k.Node:
        return k.Arithmetic(sign, left, right, kind="money", place=place)

    def part(weight: k.Node) -> tuple[k.Node, k.Node]:
        """What a weight has of the sum, cut to minor units; and what cutting takes."""
        exact = divide(money("*", whole, weight), weights, "money", place)
        cut = k.Rounded(exact, unit, "down", kind="money", place=place)
        return cut, money("-", exact, cut)

    whole = step(k.Rounded(fund, unit, "nearest", kind="money", place=fund.place))
    together = all_of(theirs)
    weights = step(together)
    given, taken = part(theirs)
    mine, lost = (step(one) for one in part(own))
    left = step(money("-", whole, all_of(given)))
    me = low.period(f"{k.PLACE}{pool.group.text}", "count", place)
    number = k.Column(group, 1, kind="count", place=place)
    before = _either(
        k.Comparison(">", taken, lost, kind="yes_no", place=place),
        _both(
            k.Comparison("=", taken, lost, kind="yes_no", place=place),
            k.Comparison("<", number, me, kind="yes_no", place=place),
        ),
    )
    earlier = step(k.Records("count", group, None, before, kind="count", place=place))
    one = fixed(unit, "money", place)
    last = k.Comparison("<", money("*", one, earlier), left, kind="yes_no", place=place)
    more = k.Choice(last, one, fixed(Fraction(0), "money", place), kind="money", place=place)
    value = money("+", mine, more)
    made = k.Pooled(value, whole=whole, own=own, weights=weights, members=together, mine=mine, more=more)
    return low.drawn("", value, "money", signed=False, made=made)


def _either(left: k.Node, right: k.Node) -> k.Node:
    return k.Logic("or", left, right, kind="yes_no", place=left.place)


def _both(left: k.Node, right: k.Node) -> k.Node:
    return k.Logic("and", left, right, kind="yes_no", place=left.place)
