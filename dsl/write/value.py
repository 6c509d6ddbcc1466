"""Values, names and quoted words as a language writes them."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import assert_never

from .. import tree
from ..words import Words

# More digits than a plan may write in one number; what has no end in decimals is no number of a plan.
EXACT = Context(prec=100, traps=[Inexact])


def value(literal: tree.Value, words: Words) -> str:
    """A literal: `3 000 000`, `40%`, `500 RUB`, `30 days`, `2025-07-01`, `yes`."""
    match literal:
        case tree.Number(number):
            return decimal(number, words)
        case tree.Percent(share):
            return f"{decimal(share * 100, words)}%"
        case tree.Amount(number, currency):
            return f"{coins(decimal(number, words), words)} {currency}"
        case tree.Days(number):
            # A part of a day takes the word of a few days: `1,5 дня`.
            count = int(number) if number.denominator == 1 else 2
            return f"{decimal(number, words)} {words.days(count)}"
        case tree.Date(text):
            return text
        case tree.YesNo(yes):
            return words["yes" if yes else "no"]
        case _:
            assert_never(literal)


def decimal(number: Fraction, words: Words) -> str:
    """A number with its thousands apart, the language's decimal mark, and no more digits than it needs."""
    digits = EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{digits:,f}".translate({ord(","): " ", ord("."): words.decimal})


def coins(number: str, words: Words) -> str:
    """An amount of money, never with a single decimal: `905 001.50`."""
    return f"{number}0" if number[-2:-1] == words.decimal else number


def quoted(text: str) -> str:
    """Words in the first pair of quotation marks that can hold them."""
    if '"' not in text:
        return f'"{text}"'
    return f"“{text}”" if "«" in text or "»" in text else f"«{text}»"
