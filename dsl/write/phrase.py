"""Words, values and formulas in a row, so that no two of them are read as one keyword."""

from __future__ import annotations

from .. import tree
from ..words import Words
from .expression import ATOM, CHOICE, EITHER, operand

# A word as it is printed, or an expression that stands beside it.
Part = str | tree.Expr | tuple[tree.Expr, int]


def phrase(words: Words, *parts: Part, after: str = "") -> str:
    """Parts with a space between them, where `after` is what follows the last.

    An expression stands for one single thing, and one with a level for all that binds at least so tightly.
    """
    present = [part for part in parts if part]
    texts: list[str] = []
    for at, part in enumerate(present):
        if isinstance(part, str):
            texts.append(part)
            continue
        expr, least = part if isinstance(part, tuple) else (part, ATOM)
        following = present[at + 1] if at + 1 < len(present) else after
        texts.append(
            operand(
                expr,
                least,
                words,
                before=texts[-1] if texts else "",
                after=following if isinstance(following, str) else "",
            )
        )
    return " ".join(texts)


def formula(expr: tree.Expr) -> Part:
    """An expression that stands where any may stand."""
    return expr, CHOICE


def condition(expr: tree.Expr) -> Part:
    """An expression that stands where a condition may stand."""
    return expr, EITHER
