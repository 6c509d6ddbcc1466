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
    if not digits:
        return str(amount)
    if amount < 0:
        return "-" + plain(-amount, digits)
    text = str(amount).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}"
