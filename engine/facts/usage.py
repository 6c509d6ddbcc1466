"""Words that stand in facts: answers, months, totals. What they are in each language is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dsl.data import table

LONGEST_TOTAL = 60  # characters of what is looked at for a total


@dataclass(frozen=True, slots=True)
class Usage:
    """The words, small letters all: of both languages, since a system writes its own whoever reads."""

    answers: Mapping[str, int]
    months: Mapping[str, int]
    year: frozenset[str]
    quarter: frozenset[str]
    totals: tuple[str, ...]


@cache
def usage() -> Usage:
    """The words that stand in facts."""
    data = table("grammars", "facts.toml")
    months = {name: number for number, names in enumerate(data["months"], 1) for name in names}
    answers = dict.fromkeys(data["yes"], 1) | dict.fromkeys(data["no"], 0)
    totals = tuple(data["totals"])
    return Usage(answers, months, frozenset(data["year"]), frozenset(data["quarter"]), totals)


def is_total(name: str) -> bool:
    """Whether somebody is called as a row of totals is: by its word, alone or before what is summed."""
    if len(name) > LONGEST_TOTAL:
        return False
    plain = " ".join(name.casefold().split()).rstrip(" :.")
    return any(plain == word or plain.startswith((f"{word} ", f"{word}:")) for word in usage().totals)
