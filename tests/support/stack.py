"""Calls from under others, as many as are open when a server comes to do its work."""

from __future__ import annotations

from collections.abc import Callable

STACK = 250  # calls that are open already when a server comes to compile a plan


def deeper(calls: int, answer: Callable[[], None]) -> None:
    """Call something from under so many other calls."""
    if calls:
        deeper(calls - 1, answer)
    else:
        answer()
