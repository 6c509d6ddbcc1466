"""Parts of a difference: they add up, turn round with it, and nothing is made of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from engine.compare import attribute
from engine.compare.attribution import Changes, Worth, whole

Table = dict[Changes, tuple[int, ...] | None]


def sets(count: int) -> list[Changes]:
    """All sets of so many changes."""
    return [frozenset(at for at in range(count) if mask >> at & 1) for mask in range(1 << count)]


@st.composite
def games(draw: st.DrawFn, fewest: int = 0, most: int = 6) -> tuple[int, Table]:
    """Changes with any amounts after each set of them; some sets cannot be paid, but the ends can."""
    count, width = draw(st.integers(fewest, most)), draw(st.integers(1, 3))
    amounts = st.tuples(*[st.integers(-1000, 1000)] * width)
    table: Table = {made: draw(amounts | st.none()) for made in sets(count)}
    for end in (frozenset[int](), frozenset(range(count))):
        table[end] = draw(amounts)
    return count, table


def undone(count: int, table: Table) -> Worth:
    """The same changes, taken back."""
    every = frozenset(range(count))
    return lambda made: table[every - made]


def mean(count: int, table: Table) -> list[list[Fraction]] | None:
    """Shapley's value as it is defined: the mean over all orders that can be paid."""
    ways = list[list[Sequence[int]]]()
    for order in permutations(range(count)):
        path = [table[frozenset(order[:size])] for size in range(count + 1)]
        known = [amounts for amounts in path if amounts is not None]
        if len(known) == len(path):
            steps = {
                change: [b - a for a, b in zip(known[at], known[at + 1], strict=True)]
                for at, change in enumerate(order)
            }
            ways.append([steps[change] for change in range(count)])
    if not ways:
        return None
    width = len(table[frozenset()] or ())
    return [
        [Fraction(sum(way[change][at] for way in ways), len(ways)) for at in range(width)]
        for change in range(count)
    ]


@given(games())
def test_parts_are_the_mean_over_all_orders_to_the_nearest_unit_and_add_up(game: tuple[int, Table]) -> None:
    count, table = game
    parts, exact = attribute(count, table.__getitem__), mean(count, table)
    assert (parts is None) == (exact is None)
    if parts is None or exact is None:
        return
    before, after = table[frozenset()] or (), table[frozenset(range(count))] or ()
    if not count:
        assert parts == ()
        return
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        assert sum(part[at] for part in parts) == new - old
    for part, share in zip(parts, exact, strict=True):
        assert all(abs(made - due) < 1 for made, due in zip(part, share, strict=True))


@given(games())
def test_to_undo_everything_flips_every_sign(game: tuple[int, Table]) -> None:
    count, table = game
    there, back = attribute(count, table.__getitem__), attribute(count, undone(count, table))
    flipped = there and tuple(tuple(-made for made in part) for part in there)
    assert back == flipped


@given(st.lists(st.integers(-50, 50), min_size=9, max_size=40), st.sets(st.integers(0, 8), max_size=4))
def test_many_changes_add_up_and_turn_round_as_few_do(sizes: list[int], void: set[int]) -> None:
    count = len(sizes)
    every = frozenset(range(count))

    def worth(made: Changes) -> tuple[int, int] | None:
        if void and made and made != every and made == frozenset(void):
            return None
        sold = sum(sizes[at] for at in made)
        return sold * sold, 7 * sold

    there, back = attribute(count, worth), attribute(count, lambda made: worth(every - made))
    assert there is not None
    assert back == tuple(tuple(-made for made in part) for part in there)
    assert sum(part[0] for part in there) == sum(sizes) ** 2
    # What changes make without acting on one another is theirs alone.
    assert [part[1] for part in there] == [7 * size for size in sizes]


def test_a_change_without_effect_makes_nothing_even_where_units_are_left_over() -> None:
    amounts = {0: 0, 1: 1, 2: 1, 3: 1}
    parts = attribute(3, lambda made: (amounts[sum(1 << at for at in made if at < 2)],))
    assert parts == ((1,), (0,), (0,))


@given(st.lists(st.fractions(max_denominator=50), max_size=12))
def test_whole_shares_keep_their_sum_and_their_sign(shares: list[Fraction]) -> None:
    total = sum(shares, Fraction(0))
    shares = [*shares, -(total - int(total))]
    made = whole(shares)
    assert sum(made) == sum(shares)
    assert whole([-share for share in shares]) == tuple(-part for part in made)
    assert all(abs(part - share) < 1 for part, share in zip(made, shares, strict=True))
