"""Values and names as a language writes them."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import assert_never

from .. import tree
from ..words import UNITS, Words

# More digits than a plan may write in one number; what has no end in decimals is no number of a plan.
EXACT = Context(prec=100, traps=[Inexact])


def value(literal: tree.Value, words: Words, *, typed: bool = False) -> str:
    """A literal: `3 000 000`, `40%`, `500 RUB`, `30 days`, `2025-07-01`, `yes`.

    In its tidy form, or with each digit after the decimal mark that its author typed.
    """
    places = literal.places if typed and isinstance(literal, tree.Numeral) else 0
    match literal:
        case tree.Number(number):
            return decimal(number, words, places)
        case tree.Percent(share):
            return f"{decimal(share * 100, words, places)}%"
        case tree.Amount(number, currency):
            digits = decimal(number, words, places)
            return f"{digits if typed else coins(digits, words)} {currency}"
        case tree.Days(number):
            # A part of a day takes the word of a few days: `1,5 дня`.
            count = int(number) if number.denominator == 1 else 2
            return f"{decimal(number, words, places)} {words.days(count)}"
        case tree.Duration(seconds):
            return duration(seconds, literal.word, words, typed=places)
        case tree.Date(text):
            return text
        case tree.YesNo(yes):
            return words["yes" if yes else "no"]
        case _:
            assert_never(literal)


def duration(seconds: Fraction, unit: str, words: Words, typed: int = 0) -> str:
    """A length of time in a unit: `30 seconds`, `1.5 hours`."""
    count = seconds / UNITS[unit]
    return f"{decimal(count, words, typed)} {words.unit(unit, count)}"


def decimal(number: Fraction, words: Words, places: int = 0) -> str:
    """A number with its thousands apart, the language's decimal mark, and the digits after it that it needs.

    Or more of them: as many as there are places.
    """
    digits = EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    needed = -int(digits.as_tuple().exponent)
    return f"{digits:,.{max(places, needed)}f}".translate({ord(","): " ", ord("."): words.decimal})


def coins(number: str, words: Words) -> str:
    """An amount of money, never with a single decimal: `905 001.50`."""
    return f"{number}0" if number[-2:-1] == words.decimal else number
