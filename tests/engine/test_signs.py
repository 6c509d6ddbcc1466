"""What may be below zero is never reckoned as if it could not: it is rounded and divided by its sign."""

from __future__ import annotations

import pytest

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person

HEAD = 'plan "A"\nversion 1\ncurrency RUB\nfact x money can be negative\nfact y money\n'


def paid(formula: str, x: str, y: str = "0") -> int | str:
    """What a commission pays in kopecks, or the code of the fault."""
    compiled = read_plan(Source("a.plan", f"{HEAD}commission {formula}\n"))
    assert isinstance(compiled, Compiled), compiled
    result = pay(compiled, Person("a", "2025-01", {"x": x, "y": y}))
    return result.amounts[0] if isinstance(result, Result) else result[0].code


@pytest.mark.parametrize(
    ("formula", "x", "kopecks"),
    [
        # Half a kopeck below zero goes away from zero, as half a kopeck above it does.
        ("5% of (x + 1 RUB) + 0 * y", "-1.10", -1),
        ("5% of (x + 1 RUB) + 0 * y", "-0.90", 1),
        ("5% of (1 RUB + (y + x))", "-1.10", -1),
        ("5% of (1 RUB - y - x)", "1.10", -1),
        ("50% of max(x; 0 RUB - 0.01 RUB) + 0 * y", "-5", -1),
        ("50% of min(x; y + 1 RUB)", "-0.01", -1),
        ("50% of (x if y >= 0 otherwise 1 RUB)", "-0.01", -1),
        ("round(x + 0.10 RUB to 0.20 RUB) + 0 * y", "-0.20", -20),
        ("round up(x + 0.10 RUB to 0.20 RUB) + 0 * y", "-0.20", -20),
        ("round down(x + 0.10 RUB to 0.20 RUB) + 0 * y", "-0.20", 0),
    ],
)
def test_half_a_kopeck_goes_away_from_zero(formula: str, x: str, kopecks: int) -> None:
    assert paid(formula, x) == kopecks


@pytest.mark.parametrize(
    ("x", "paid_"),
    [("-1", "P521"), ("-3", -500), ("1", 500)],
)
@pytest.mark.parametrize("divisor", ["x + 1 RUB", "1 RUB + x", "1 RUB + y + x", "x + max(1 RUB; y)"])
def test_a_divisor_that_may_be_anything(divisor: str, x: str, paid_: int | str) -> None:
    """Is looked at before it divides: nothing is a fault, and below zero it turns the sign."""
    assert paid(f"10 RUB * (1 RUB / ({divisor})) + 0 * y", x) == paid_
