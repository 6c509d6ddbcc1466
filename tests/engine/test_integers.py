"""How long integers can get: what is proved of a program before any fact."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from operator import eq, ge, lt
from random import Random

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.integers import build
from engine.integers.python import source
from engine.integers.routine import (
    Choose,
    Compare,
    Const,
    Expression,
    FloorDiv,
    Let,
    Product,
    Routine,
    Sum,
    Var,
    bits,
    longest,
    times,
)
from engine.zones import Sign
from tests.support.places import EXAMPLES

SIGNS: dict[str, Callable[[int, int], bool]] = {"<": lt, "=": eq, ">=": ge}
ORDERS: tuple[Sign, ...] = ("<", "=", ">=")
HEAD = 'plan "x"\nversion 1\ncurrency RUB\n'


def routine(text: str) -> Routine:
    """The program of a plan without sorts of people, for facts as they usually are."""
    plan = read_plan(Source("x.plan", text))
    assert isinstance(plan, Compiled), plan
    usual = plan.variant(())
    return build(usual.kernel, usual.usual, traced=True).routine


@pytest.mark.parametrize(
    ("name", "most", "word"),
    [("shop-floor", 118, 128), ("hunter", 123, 128), ("inside-sales", 128, None), ("ivanov", 224, None)],
)
def test_the_integers_of_an_example_have_so_many_bits(name: str, most: int, word: int | None) -> None:
    """A fact has thirty digits before its decimal mark, so that 64 bits are too few wherever money is one."""
    found = routine((EXAMPLES / name / f"{name}.plan").read_text("utf-8"))
    assert (found.bits, found.word) == (most, word)


@pytest.mark.parametrize(
    ("fact", "most", "word"),
    [
        (
            "from 0 up to 10 000 000",
            34,
            64,
        ),  # of kopecks 30, and of what they are multiplied by 4
        ("from 0", 111, 128),
        ("can be negative from -10 000 000 up to 5", 35, 64),
        ("can be negative from -10 000 000", 112, 128),
    ],
)
def test_bounds_of_a_fact_bound_what_is_made_of_it(fact: str, most: int, word: int) -> None:
    """Both of them where it may be less than nothing."""
    found = routine(f"{HEAD}fact a money {fact}\ncommission a * 3%\n")
    assert (found.bits, found.word) == (most, word)


def test_a_table_is_as_long_as_its_longest_number() -> None:
    assert longest((1, -1000, 7)) == 10


def test_a_word_keeps_a_bit_for_the_sign() -> None:
    """Integers of 63 bits fit into 64, and of 64 bits do not."""
    wide = [Routine([Var(0, most)], [], [], [], [], []).word for most in (63, 64, 127, 128)]
    assert wide == [64, 128, 128, None]


def drawn(chance: Random, known: list[Var], depth: int) -> Expression:
    """A random expression."""
    if depth == 0:
        return chance.choice(known) if chance.randrange(5) else Const(chance.randrange(-9, 10))
    one, two = (drawn(chance, known, chance.randrange(depth)) for _ in range(2))
    match chance.randrange(4):
        case 0:
            return Sum((one, two, *chance.choices(known, k=chance.randrange(12))))
        case 1:
            return times(chance.randrange(-9, 10), one, two, *chance.choices(known, k=chance.randrange(12)))
        case 2:
            return FloorDiv(one, Sum((times(2, chance.choice(known)), Const(100))))
        case _:
            return Choose(Compare(chance.choice(ORDERS), one, two), two, one)


def worth(term: Expression, values: list[int], most: int) -> int:
    """The value of an expression, as plainly as it can be had; no part of it is longer than so many bits."""
    match term:
        case Var(place):
            found = values[place]
        case Const(value):
            found = value
        case Sum(operands):
            found = sum(worth(one, values, most) for one in operands)
        case Product(number, factors):
            found = number * prod(worth(one, values, most) for one in factors)
        case FloorDiv(top, bottom):
            found = worth(top, values, most) // worth(bottom, values, most)
        case Compare(sign, left, right):
            found = SIGNS[sign](worth(left, values, most), worth(right, values, most))
        case Choose(test, chosen, otherwise):
            found = worth(chosen if worth(test, values, most) else otherwise, values, most)
        case _:
            raise TypeError(term)
    assert found.bit_length() <= most
    return found


@pytest.mark.parametrize("seed", range(150))
def test_an_expression_is_what_it_says_and_no_longer(seed: int) -> None:
    """Written as Python, whatever stands in it; and its bits are enough for it and for all that is in it."""
    chance = Random(seed)
    inputs = [Var(place, chance.randrange(1, 6)) for place in range(4)]
    term = drawn(chance, inputs, 4)
    result = Var(4, bits(term))
    text = source(Routine(inputs, [], [Let(result, term)], [result], [result], []), traced=False)
    scope: dict[str, object] = {}
    exec(text, scope)
    run = scope["run"]
    assert callable(run)
    for _ in range(20):
        values = [chance.choice([0, 1, 2**one.bits - 1, 1 - 2**one.bits]) for one in inputs]
        # A divisor is above 0: 2 * v + 100 with v above -32.
        assert run(values, ()) == (worth(term, values, bits(term)),)
