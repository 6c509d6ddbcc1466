"""Who has how much of a sum, in groups whose shares are open to their members."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from .. import kernel as k
from ..money import Money
from ..scales import exact
from .counted import GroupShares, MemberShare
from .credit import Credit, Credits
from .drawn import made_of
from .records import apportioned, named, resting


def shares(credits: Credits, line: k.PayLine) -> Iterator[GroupShares]:
    """How the sums that a line has a part of are shared, where everybody in the group may see that."""
    groups = credits.result.compiled.checked.scope.groups
    for own in resting(credits, line):
        pool = made_of(credits.result.kernel, own.otherwise)
        if isinstance(pool, k.Pooled) and isinstance(pool.members, k.Records):
            group = credits.result.kernel.tables[pool.members.table].name
            if groups[group].open:
                yield _shares(credits, pool, pool.members)


def _shares(credits: Credits, pool: k.Pooled, members: k.Records) -> GroupShares:
    """By the same rule as everybody's own part: by largest remainder, then by number."""
    result, digits = credits.result, credits.result.kernel.digits
    fund, together = (result.value(one) or Fraction(0) for one in (pool.whole, pool.weights))
    found = [*credits.worths(members)]
    common = lcm(*(below for _, _, below in found))
    weights = {(members.table, number): top * (common // below) for number, top, below in found}
    # Each has fund × weight / all weights: whole parts of one integer.
    times, below = fund.numerator * together.denominator, fund.denominator * together.numerator * common
    credit = Credit({key: weight * times for key, weight in weights.items()}, below)
    whole = int(fund * 10**digits)
    if pool.more is None:
        whole = sum(part * 10**digits // below for part in credit.parts.values())
    parts = apportioned(credit, whole, digits)
    return GroupShares(
        *named(credits, members.table),
        Money(int(fund * 10**digits), digits),
        exact(together),
        tuple(
            MemberShare(
                str(result.facts.records[members.table][key[1]][0]),
                exact(Fraction(weight, common)),
                Money(parts[key], digits),
            )
            for key, weight in weights.items()
        ),
    )
