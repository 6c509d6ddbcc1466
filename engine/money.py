"""Amounts: whole minor units, rounded once."""

from __future__ import annotations


def rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number to a quotient, half away from zero; the denominator is positive.

    On integers, since a decimal quotient of any precision loses exact ties.
    """
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def plain(amount: int, digits: int) -> str:
    """An amount of minor units as a decimal number, every digit of the minor unit written: `119800.00`."""
    sign, text = ("-" if amount < 0 else ""), str(abs(amount)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
