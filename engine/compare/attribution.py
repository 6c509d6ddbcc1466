"""How much of a difference each of several changes makes, exactly.

Changes act on one another (a heavier weight pays more where more was sold), so what one of them makes depends
on those before it. Each is given its mean over the orders in which they can be made: Shapley's value, the one
split that adds up, gives a change without effect nothing, and takes as much back when everything is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

Changes = frozenset[int]  # those that are made, by their number
Amounts = Sequence[int]  # in minor units: of the lines of pay, of people, or of whatever is to be split
Worth = Callable[[Changes], Amounts | None]

ALL_ORDERS = 8  # changes of which every order is weighed; their subsets are twice as many with each one more
UNBOUNDED = 1 << ALL_ORDERS + 8  # sets that are more than are ever tried
ROTATIONS = 32  # orders that stand for all where there are more changes, each with its reverse


def orders(count: int, sets: int) -> int | None:
    """In how many orders changes are made where so many sets of them may be tried; None for every one.

    In two at least, one of them backwards; in every one where that is hardly more.
    """
    if count <= ALL_ORDERS and 2**count <= max(1, 4 * count, sets):
        return None
    return 2 * min(count, ROTATIONS, max(1, sets // (2 * count)))


def attribute(count: int, worth: Worth, sets: int = UNBOUNDED) -> tuple[tuple[int, ...], ...] | None:
    """For each change the part that it makes of each amount; None where they can be made in no order.

    `sets` is how many sets of changes may be tried; where it is too small for every order, some orders stand
    for all. `worth` tells the amounts after some of the `count` changes, None where those alone can be paid
    to nobody; it is asked once for each set. The parts of an amount are whole minor units and add up to the
    whole difference. To undo the changes makes the same parts with the other sign.
    """
    known: dict[Changes, Amounts | None] = {}

    def amounts(made: Changes) -> Amounts | None:
        if made not in known:
            known[made] = worth(made)
        return known[made]

    before, after = amounts(frozenset()), amounts(frozenset(range(count)))
    if before is None or after is None:
        return None
    some = orders(count, sets)
    steps = _weighed(count, amounts) if some is None else _sampled(count, amounts, some)
    shares = [[Fraction(0)] * len(before) for _ in range(count)]
    ways = 0
    for change, weight, old, new in steps:
        ways += weight if change == 0 else 0  # every order makes it once
        for at, (less, more) in enumerate(zip(old, new, strict=True)):
            shares[change][at] += weight * (more - less)
    if count and not ways:
        return None
    columns = ([row[at] / ways for row in shares] for at in range(len(before)))
    parts = [whole(column) for column in columns] if count else []
    return tuple(tuple(column[change] for column in parts) for change in range(count))


def whole(shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Shares whose sum is whole, made whole each: cut off, and what is left given to the largest remainders.

    Shares of the other sign come out the same with the other sign; of equal remainders the first comes first.
    """
    cut = [int(share) for share in shares]
    rest = [share - part for share, part in zip(shares, cut, strict=True)]
    left = int(sum(rest, Fraction(0)))
    sign = 1 if left > 0 else -1
    for index in sorted(range(len(shares)), key=lambda at: (-sign * rest[at], at))[: abs(left)]:
        cut[index] += sign
    return tuple(cut)


Step = tuple[
    int, int, Amounts, Amounts
]  # a change, orders in which it is made from here, amounts before and after


def _weighed(count: int, amounts: Worth) -> Iterator[Step]:
    """Each change made after each set of others, with the number of orders that go that way."""
    every = frozenset(range(count))
    sets = [frozenset(some) for size in range(count + 1) for some in combinations(range(count), size)]
    payable = {made: known for made in sets if (known := amounts(made)) is not None}
    ways_to = {frozenset[int](): 1}
    for made in payable:
        if made:
            ways_to[made] = sum(ways_to.get(made - {change}, 0) for change in made)
    ways_on = {every: 1}
    for made in reversed(payable):
        if made != every:
            ways_on[made] = sum(ways_on.get(made | {change}, 0) for change in every - made)
    for made, old in payable.items():
        for change in sorted(every - made):
            new = payable.get(made | {change})
            if new is not None:
                yield change, ways_to[made] * ways_on[made | {change}], old, new


def _sampled(count: int, amounts: Worth, some: int) -> Iterator[Step]:
    """The changes in some orders that favour none: turned round by even steps, each also backwards."""
    turns = some // 2
    for turn in range(turns):
        first = turn * count // turns
        order = [*range(first, count), *range(first)]
        yield from _in_order(order, amounts)
        yield from _in_order(order[::-1], amounts)


def _in_order(order: Iterable[int], amounts: Worth) -> list[Step]:
    """The changes one after another; nothing where that order leads through what cannot be paid."""
    made, steps = frozenset[int](), list[Step]()
    old = amounts(made)
    for change in order:
        made = made | {change}
        new = amounts(made)
        if old is None or new is None:
            return []
        steps.append((change, 1, old, new))
        old = new
    return steps
