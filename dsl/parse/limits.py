"""Bounds on what is read at all and on the search for repairs, so that no text can exhaust the machine."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from fractions import Fraction

from ..faults import Fault, Quantity
from ..marks import MOST, overladen
from ..place import Place
from ..source import Source
from .lines import LISTS, TokenRow, place

TEXT = 256 * 1024  # characters of a plan
WORDS = 400  # tokens of a line without its list, or of an item of it
ITEMS = 640  # tokens of a line with its list, whose parts lie in one another when they are reckoned
LIST = 20_000  # tokens of the rows of an example, which do not nest
DIGITS = 30  # digits of one number
DEPTH = 40  # brackets inside brackets
BRACKETS = {"OPEN": 1, "CLOSE": -1}

NEVER = frozenset({"WRONG", "UNCLOSED", "MISWRITTEN_NUMBER", "MISWRITTEN_DATE"})
# What obeys nobody's eye: it moves the cursor, ends a line or a file, and XML cannot hold it.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
NUMERIC = frozenset({"NUMBER", "PERCENT"})


def unreadable(source: Source) -> Fault | None:
    """The fault of a text that is too long to read, or has too many marks on one letter."""
    if len(source.text) > TEXT:
        return Fault("P120", place=Place(0, 0), facts={"size": str(len(source.text)), "most": str(TEXT)})
    at = overladen(source.text)
    return None if at is None else Fault("P139", place=Place(at, at + 1), facts={"most": str(MOST)})


def excessive(row: TokenRow, numbers: Container[str] = NUMERIC | {"MISWRITTEN_NUMBER"}) -> Fault | None:
    """The fault of a row that is too long, too deep in brackets, or holds too long a number."""
    depth = begun = 0
    words, items = (LIST, LIST) if row.tokens[0].type in LISTS else (WORDS, ITEMS)
    for at, token in enumerate(row.tokens):
        kind = token.type
        if kind in numbers and digits(token) > DIGITS:
            return Fault("P122", place=place(token), facts={"count": str(digits(token)), "most": str(DIGITS)})
        if kind in BRACKETS:
            depth += BRACKETS[kind]
            if depth > DEPTH:
                return Fault("P123", place=place(token), facts={"most": str(DEPTH)})
        if kind == "SEMICOLON":
            begun = at + 1
        if at >= items or at - begun >= words:
            whole = place(row.tokens[0]).to(place(row.tokens[-1]))
            return Fault(
                "P121", place=whole, facts={"most": Quantity(Fraction(items if at >= items else words))}
            )
    return None


def unfit(row: TokenRow) -> bool:
    """Whether a row holds tokens that the parser should not even see."""
    never = NEVER - {"MISWRITTEN_NUMBER"} if row.tokens[0].type == "VERSION" else NEVER
    for token in row.tokens:
        kind = token.type
        if (
            kind in never
            or (kind == "NAME" and not token.isascii() and mixed(token))
            or (kind == "STRING" and not token.isprintable() and CONTROL.search(token))
        ):
            return True
    return excessive(row, NUMERIC) is not None


def digits(token: str) -> int:
    """How many digits a number is written with."""
    return sum(character.isdigit() for character in token)


LATIN = re.compile("[A-Za-z]")
CYRILLIC = re.compile("[\u0400-\u04ff]")


def mixed(word: str) -> bool:
    """Whether one part of a word (between low lines) has letters of two alphabets that look alike."""
    return any(LATIN.search(part) and CYRILLIC.search(part) for part in word.split("_"))


# ── The search for repairs ───────────────────────────────────────────────────────────────────────────────

# Steps for all mistakes of a plan and of what it includes; a token that is read again is about one.
STEPS = 80_000
# Steps for a mistake before any repair: what could stand there, and which words are near it.
OPENED = 100
# To one step: letters compared, characters cut into tokens, characters only looked through.
LETTERS = 50
CHARACTERS = 10
SCANNED = 500


@dataclass(slots=True)
class Work:
    """The steps that are left for repairs: counted, so that one text has the same answer on any machine.

    Repairs are looked for in all lines, or `near` a place alone; those that were `refused`, each the words
    for a place, are not found again.
    """

    left: int = STEPS
    near: Place | None = None
    refused: frozenset[tuple[Place, str]] = frozenset()

    @property
    def done(self) -> bool:
        """Whether no more repairs are tried."""
        return self.left <= 0

    def reaches(self, row: TokenRow) -> bool:
        """Whether repairs are looked for in a row."""
        if self.near is None:
            return not self.done
        whole = place(row.tokens[0]).to(place(row.tokens[-1]))
        return not self.done and whole.start <= self.near.end and self.near.start <= whole.end

    def spend(self, steps: int) -> None:
        """Count what is being done."""
        self.left -= steps
