"""Chance in the tests: a seed that hypothesis draws, and how many examples a property sees.

A random plan is drawn from one number. So it is drawn quickly, a failure names it in a few digits, and a
failure is not made smaller for minutes: a smaller number is no smaller plan.
"""

from __future__ import annotations

from random import Random

from hypothesis import currently_in_test_context, note, settings
from hypothesis import strategies as st


class Chance(Random):
    """Random numbers that are told by their seed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __repr__(self) -> str:
        return f"Chance({self.number})"


CHANCE = st.builds(Chance, st.integers(0, 2**64 - 1))


def examples(usual: int) -> settings:
    """So many examples where a change is judged; more where there is time (see `conftest.py`)."""
    return settings(max_examples=max(1, usual * settings().max_examples // 100))


def told(drawn: object) -> None:
    """Say what was drawn, where a property fails by it."""
    if currently_in_test_context():
        note(str(drawn))
