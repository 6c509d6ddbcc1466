"""Forms of one word: `выручки` of `выручка`, `deals` of `deal`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ..data import table
from ..words import Lang

# Letters that forms of one word share at least, and those of them that may belong to an ending.
SHARED, ENDING = 2, 4
WORDS = re.compile(r"[^\W_]+")


@cache
def paradigms(lang: Lang) -> Mapping[str, frozenset[int]]:
    """For each ending the numbers of the paradigms that have it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(table("grammars", "endings.toml")[lang]):
        for ending in row.split():
            found[ending.removeprefix("-")].add(number)
    return {ending: frozenset(numbers) for ending, numbers in found.items()}


def related(one: str, other: str, lang: Lang) -> bool:
    """Whether two words in small letters are forms of one word."""
    one, other = one.replace("ё", "е"), other.replace("ё", "е")
    shared, known = common(one, other), paradigms(lang)
    return one == other or any(
        known.get(one[stem:], frozenset()) & known.get(other[stem:], frozenset())
        for stem in range(shared, max(shared - ENDING, SHARED) - 1, -1)
    )


def common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def inflected(one: str, other: str, lang: Lang) -> bool:
    """Whether two names, or two phrases, are the same words in other forms."""
    mine, others = WORDS.findall(one.casefold()), WORDS.findall(other.casefold())
    return len(mine) == len(others) and all(related(a, b, lang) for a, b in zip(mine, others, strict=True))
