"""What could stand at a place in a line, in the fewest words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..lines import ROWS
from .case import Broken

VALUES = frozenset({"NUMBER", "PERCENT", "SIGN", "DATE", "YES", "NO", "MINUS"})
FORMULAS = VALUES | {
    "NAME", "SALARY", "PAID_SALARY", "FULL_SALARY", "PAY_FOR", "TARGET_OF", "ATTAINMENT_OF", "MIN", "MAX",
    "ROUND", "OPEN", "NOT", "BY", "ALL_OF", "ANY_OF", "AT_LEAST", "DAYS_IN_PERIOD",
}  # fmt: skip
OPERATORS = frozenset({
    "PLUS", "MINUS", "TIMES", "DIVIDE", "OF", "EQ", "NE", "LT", "LE", "GT", "GE",
    "IF", "OR", "AND", "ABOVE", "BELOW", "ABOVE_TARGET", "BELOW_TARGET", "IS", "IS_NOT", "WITHOUT_TAX",
})  # fmt: skip
UNITS = frozenset({"NAME", "SIGN", "DAYS", "BPS"})
SPELLED = {"OPEN": "(", "CLOSE": ")", "SEMICOLON": ";", "EQ": "="}
PHRASES = {"STRING": "text", "NAME": "name", "DATE": "date", "MONTH": "month", "NUMBER": "number"}


def expected(case: Broken) -> tuple[str, ...]:
    """The choice of what could stand where the line goes wrong, for a message."""
    return tuple(_choice(case)) or ("phrase:end",)


def _choice(case: Broken) -> Iterator[str]:
    left = set(case.expected)
    if {"NUMBER", "NAME", "OPEN"} <= left:
        yield "phrase:value"
        left -= FORMULAS
    elif {"NUMBER", "PERCENT"} <= left:
        yield "phrase:literal"
        left -= VALUES
    elif {"DAYS", "YES_NO", "NAME"} <= left:
        yield "phrase:kind"
        left -= {"DAYS", "YES_NO", "NAME"}
    if {"PLUS", "TIMES"} <= left:
        yield "phrase:operator"
        left -= OPERATORS
    if case.kind(case.index - 1) == "NUMBER" and left & UNITS:
        # A unit may follow any number; it is worth a word where nothing else may.
        if left <= UNITS | {"$END"} and "PLUS" not in case.expected:
            yield "phrase:currency"
        left -= UNITS
    for terminal, phrase in PHRASES.items():
        if terminal in left:
            yield f"phrase:{phrase}"
    left -= PHRASES.keys()
    for terminal, sign in SPELLED.items():
        if terminal in left:
            yield sign
    if case.index == 0:
        # What belongs under another line is no help where a line is to begin.
        left -= ROWS
    yield from keywords(case, left)
    if "$END" in left:
        yield "phrase:end"


def keywords(case: Broken, terminals: Collection[str]) -> list[str]:
    """The words of some terminals; where `up to` can stand, `to` says the same and need not be named."""
    words = case.rules.words
    found = [word for word in words.spellings if word.upper() in terminals]
    return [words[word] for word in found if word != "to" or "up_to" not in found]
