"""Words of the language that some typed words are near to, and how near."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from operator import itemgetter

from ...data import table
from ...faults.forms import related
from ...faults.nearest import edits
from ...words import LANGS, Lang, words
from .spelling import WAYS, synonyms, tolerance

# What it costs to read words as others: forms of them, what people say for them, small words for small words.
FORM, SAID, SMALL = 1, 2, 3
# What stands for a value is another one in other words.
VALUES = frozenset({
    "days_in_period", "workdays_in_period", "workhours_in_period", "full_salary", "paid_salary", "target_of",
    "attainment_of", "pay_for", "total", "salary", "variable",
})  # fmt: skip
# The signs that people say in words.
SIGNS = {"times": "*", "plus": "+", "minus": "-", "divide": "/", "eq": "="}

# Tables are called by many words, and are all by something.
TABLED = ("steps_by", "line_by", "bands_by", "matrix_by")
# A keyword, its spelling, and the cost.
Meant = tuple[str, str, int]


@cache
def small(lang: Lang) -> frozenset[str]:
    """Words that only join others, and say nothing by themselves."""
    return frozenset(table("grammars", "synonyms.toml")["small"][lang])


@cache
def denials(lang: Lang) -> frozenset[str]:
    """Words that turn what is said into its contrary, so that none is lost."""
    return frozenset(table("grammars", "synonyms.toml")["denials"][lang])


@cache
def signs(lang: Lang) -> Mapping[str, tuple[str, ...]]:
    """What people say for signs, each with the terminals of those that it may mean."""
    said = table("grammars", "synonyms.toml")["signs"][lang]
    return {one: tuple(sign for sign in said if one in said[sign]) for many in said.values() for one in many}


@lru_cache(maxsize=4096)
def meant(typed: str, lang: Lang) -> tuple[Meant, ...]:
    """Words of the language that some words in small letters are near to."""
    found: dict[str, tuple[int, str]] = {}
    for keyword in synonyms(lang).get(typed, ()):
        found[keyword] = SAID, words(lang)[keyword]
    for keyword in signs(lang).get(typed, ()):
        found[keyword] = SAID, SIGNS[keyword]
    for keyword, spellings in words(lang).spellings.items():
        for spelling in spellings:
            tabled = keyword in TABLED
            cost = (
                None if spelling[0] == "," else _apart(typed.split(), spelling.split(), lang, tabled=tabled)
            )
            if cost is not None and (cost == FORM or keyword not in VALUES):
                # Before the way of a commission stands a comma.
                said = f", {spelling}" if keyword in WAYS else spelling
                found[keyword] = min(found.get(keyword, (cost, said)), (cost, said), key=itemgetter(0))
    return tuple((keyword, spelling, cost) for keyword, (cost, spelling) in found.items())


def _apart(typed: list[str], fixed: list[str], lang: Lang, *, tabled: bool) -> int | None:
    """How far some words are from a fixed phrase; None for too far.

    Words in common, in whatever order or form, bring both near; small words count less.
    """
    lacking, strange, shared = list(fixed), list[str](), 0
    for word in typed:
        same = next((one for one in lacking if _alike(word, one, lang)), None)
        if same is None:
            strange.append(word)
        else:
            lacking.remove(same)
            shared += _weight(same)
    if not lacking and not strange:
        return FORM
    # By a small word or two only tables are told, each of which is by something.
    common = [word for word in fixed if word not in lacking]
    if not tabled and len(common) < FEW and all(_weight(word) == 1 for word in common):
        return None
    if not denials(lang).isdisjoint(strange):
        return None
    # What has a counterpart is only said in another way; what has none would be lost.
    lost, open_ = (sum(_weight(word) > 1 for word in some) for some in (strange, lacking))
    if not shared or 3 * shared < _whole(fixed) or lost > open_:
        return None
    return SAID + max(_whole(strange), _whole(lacking))


def _alike(one: str, other: str, lang: Lang) -> bool:
    """Whether two words are one, in other forms or with a slip of the hand."""
    most = min(tolerance(other), 1) if len(one) > SHORT else 0
    return one == other or related(one, other, lang) or edits(one, other, most) <= most


SHORT = 3  # letters of words that a slip makes others
FEW = 3  # small words that say as much as one that says something


def _whole(several: list[str]) -> int:
    return sum(map(_weight, several))


def _weight(word: str) -> int:
    """How much a word says."""
    return 1 if any(word in small(lang) for lang in LANGS) else 2
