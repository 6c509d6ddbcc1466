"""Amounts: whole minor units, rounded once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Self


class Money(str):
    """So many minor units, as the decimal number with every digit of the minor unit: `119800.00`."""

    __slots__ = ("digits", "minor")
    minor: int
    digits: int

    def __new__(cls, minor: int, digits: int) -> Self:
        made = str.__new__(cls, plain(minor, digits))  # `super()` takes as long as all the rest
        made.minor, made.digits = minor, digits
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[int, int]]:
        return type(self), (self.minor, self.digits)

    @property
    def exact(self) -> Fraction:
        """The amount in whole units of the currency."""
        return Fraction(self.minor, 10**self.digits)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: Callable[[Any], Any]) -> Any:
        return handler(str)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Callable[[Any], Any]) -> Any:
        return {
            **handler(schema),
            "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$",
            "description": "A decimal number with every digit of the currency's minor unit.",
            "examples": ["119800.00"],
        }


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
