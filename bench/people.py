"""Random people for the reference plan, crowded around every bound where its pay changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Generic, NamedTuple, TypeVar

from dsl.source import Source
from engine.compile import Compiled, read_plan
from engine.facts import Person

PLAN = Path(__file__).parents[1] / "examples" / "ivanov" / "ivanov.plan"

N = TypeVar("N")


class Month(NamedTuple, Generic[N]):
    """What one person did in a month; money in roubles, rates as fractions of 1."""

    revenue: N
    avg_deal: N
    conversion: N
    calls: N
    margin_rate: N


# In a Month of integers: kopeks, kopeks, hundredths of a percent, calls, hundredths of a percent.
SCALES = Month(2, 2, 4, 0, 4)
TARGETS = (300_000_000, 15_000_000, 200, 1_000)


def people(count: int, seed: int = 1) -> list[Month[int]]:
    """So many people, always the same for a seed."""
    random = Random(seed)
    return [
        Month(*(_actual(random, target) for target in TARGETS), random.randrange(10_001))  # type: ignore[call-arg]  # mypy does not count a starred generator
        for _ in range(count)
    ]


def _actual(random: Random, target: int) -> int:
    """An actual near the cutoff, near the target, or anywhere up to twice the target."""
    near = random.choice((target * 8 // 10, target, None))
    if near is None:
        return random.randrange(2 * target + 1)
    return near + random.choice((0, random.randint(-3, 3), random.randint(-target // 50, target // 50)))


def decimals(month: Month[int]) -> Month[Decimal]:
    """A month as exact decimal numbers."""
    return Month._make(Decimal(value).scaleb(-scale) for value, scale in zip(month, SCALES, strict=True))


def fractions(month: Month[int]) -> Month[Fraction]:
    """A month as exact fractions."""
    return Month._make(Fraction(value, 10**scale) for value, scale in zip(month, SCALES, strict=True))


def texts(month: Month[int]) -> dict[str, str]:
    """A month as the texts in which another system sends it: plain decimal numbers."""
    return {name: str(value) for name, value in zip(Month._fields, decimals(month), strict=True)}


def floats(month: Month[int]) -> dict[str, float]:
    """A month as an engine takes it that has no other numbers at its door."""
    return {name: float(text) for name, text in texts(month).items()}


def person(month: Month[int]) -> Person:
    """A month as Premia takes it: texts as written."""
    return Person("E-0001", "2025-07", texts(month))


def reference() -> Compiled:
    """The reference plan, ready to pay."""
    compiled = read_plan(Source("ivanov.plan", PLAN.read_text("utf-8")))
    if isinstance(compiled, tuple):
        raise RuntimeError(f"the reference plan has faults: {compiled}")
    return compiled
