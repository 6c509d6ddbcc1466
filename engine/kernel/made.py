"""What clauses made values from, for whoever tells of it; no digest hangs on that."""

from __future__ import annotations

from dataclasses import field

from dsl.node import node

from .operations import Extreme, Node


@node
class Made:
    """What a clause, or rounding for print, made a value from: for whoever tells of it.

    Its parts are operations of the value. It stands outside equality and the canonical form, since the value
    says all that is meant.
    """

    base: Node


@node
class Gate(Made):
    """Nothing of `base` but where a condition holds; `day` is that of the period which is asked about."""

    condition: Node
    day: Node | None = None


@node
class Limit(Made):
    """`base` held to a limit, by an operation on both; `unless` is what lifts it."""

    limit: Node
    held: Extreme
    unless: Node | None = None


@node
class Netted(Limit):
    """What is owed held to what is `left` of a line of pay, or to nothing."""

    left: Node = field(kw_only=True)


@node
class Advanced(Limit):
    """What a draw promises (`base`) held to what is `left` of a line of pay, and so what it `lacks`.

    Of what the line has more, what was owed at the `opening` is taken back; `room` is how much it may grow.
    """

    left: Node = field(kw_only=True)
    lacks: Node = field(kw_only=True)
    opening: Node | None = field(default=None, kw_only=True)
    room: Extreme | None = field(default=None, kw_only=True)


@node
class Lawful(Limit):
    """What an order takes held by law to a share of all that is due."""

    share: Node = field(kw_only=True)
    due: Node = field(kw_only=True)


@node
class Proportion(Made):
    """`base` in the proportion of a part to a whole."""

    part: Node
    whole: Node


@node
class StayPay(Made):
    """What a line comes to by one of somebody's groups (`base`), and how many `days` they are in it."""

    days: Node


@node
class Stayed(Made):
    """What a line pays by the days in groups of a sort: what it comes to by each, by days of `whole`.

    A plan says it for one; whoever is in several has a kernel with so many of them.
    """

    group: str
    stays: tuple[StayPay, ...]
    whole: Node


@node
class Pooled(Made):
    """What somebody has of a sum that is shared: the `whole`, their `own` weight, all `weights` together.

    `mine` is their part cut to minor units, `more` what they have of the units that are left, unless these
    stay in the fund; `members` goes over all whose weights count, `fund` is what the sum is made from.
    """

    whole: Node
    own: Node
    weights: Node
    members: Node
    mine: Node
    more: Node | None
    fund: Node


@node
class Common(Made):
    """`base`, where none of those who share is `apart`: that has other sums to share."""

    apart: Node


@node
class Reserved(Made):
    """What is shared of a `fund`: the `rest`, or for who is `late` no more of the `reserve` than others have.

    `behind` are the weights of all who are late, `others` those of all who are not; neither is asked for
    where it is known that somebody is not late.
    """

    fund: Node
    reserve: Node
    rest: Node
    behind: Node | None
    others: Node | None
    late: Node


@node
class Prized(Made):
    """What somebody's place brings: how many of `members` are `above`, and what the prizes come to.

    Where equals share: how many of them there are `alike`, their `whole`, and their parts as of a sum.
    """

    above: Node
    members: Node
    alike: Node | None = None
    whole: Node | None = None
    mine: Node | None = None
    more: Node | None = None


@node
class Decided(Made):
    """What the attributes of the person leave of a clause that they decide: `base` is all of the value."""
