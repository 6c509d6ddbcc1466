"""The words of the plan language in each human language, and how that language writes numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal, get_args

from .data import table

Lang = Literal["en", "ru"]
LANGS: tuple[Lang, ...] = get_args(Lang)

Law = Literal["RF"]  # whose rules a plan is held to

KindName = Literal[
    "money", "percent", "count", "number", "days", "duration", "date", "yes_no", "choice", "text"
]
# What the cells of a column are, where they are no value: whose a record is, and what it is called.
ColumnRole = Literal["employee", "id"]
# The units of a duration, and how many seconds each is.
UNITS: Mapping[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600}


@dataclass(frozen=True, slots=True)
class Words:
    """One human language: its keywords, kinds, currency signs, laws and decimal mark.

    `least` is the keyword that is before the least value that a fact can have. `since` and `until` are the
    columns of the days from which and to which somebody belongs to a group. `absences` (with the column
    `why`) and `calendar` (with `day`, `working` and `hours`) may come as tables with the facts of any plan.
    """

    lang: Lang
    decimal: str
    mistaken: str
    least: str
    since: str
    until: str
    absences: str
    why: str
    calendar: str
    day: str
    working: str
    hours: str
    spellings: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, KindName]
    kind_words: Mapping[KindName, str]
    roles: Mapping[str, ColumnRole]
    role_words: Mapping[ColumnRole, str]
    units: Mapping[str, str]
    unit_words: Mapping[str, Sequence[str]]
    signs: Mapping[str, str]
    laws: Mapping[str, Law]
    law_words: Mapping[Law, str]
    advice: Mapping[str, str]
    advice_words: Mapping[str, str]

    def __getitem__(self, keyword: str) -> str:
        """The canonical spelling of a keyword, e.g. `weight`."""
        return self.spellings[keyword][0]

    @property
    def time(self) -> str:
        """The word for a date that is kept with its time."""
        return [word for word, kind in self.kinds.items() if kind == "date"][-1]

    def days(self, count: int) -> str:
        """The word for that many days."""
        return self._plural(self.spellings["days"], count)

    def unit(self, unit: str, count: Fraction) -> str:
        """The word for so many of a unit of durations; a part of one takes the word of a few."""
        return self._plural(self.unit_words[unit], int(count) if count.denominator == 1 else 2)

    def _plural(self, forms: Sequence[str], count: int) -> str:
        """The form for a number, by the plural rules of CLDR."""
        if self.lang == "en":
            return forms[1] if count == 1 else forms[0]
        if count % 10 == 1 and count % 100 != 11:
            return forms[1]
        few = count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}
        return forms[2] if few else forms[0]


def language(code: str) -> Lang:
    """The language of a code; `ValueError` where there is none of that code."""
    return LANGS[LANGS.index(code)]


@cache
def words(lang: Lang) -> Words:
    """The words of a language, from its word list."""
    data = table("grammars", f"{lang}.toml")
    kinds: dict[KindName, list[str]] = data["kinds"]
    roles: dict[ColumnRole, list[str]] = data["roles"]
    laws: dict[Law, list[str]] = data["laws"]
    return Words(
        lang=lang,
        decimal=data["decimal"],
        mistaken=data["mistaken"],
        least=data["least"],
        since=data["since"],
        until=data["until"],
        absences=data["absences"],
        why=data["why"],
        calendar=data["calendar"],
        day=data["day"],
        working=data["working"],
        hours=data["hours"],
        spellings={keyword: tuple(spellings) for keyword, spellings in data["words"].items()},
        kinds={spelling: kind for kind, spellings in kinds.items() for spelling in spellings},
        kind_words={kind: spellings[0] for kind, spellings in kinds.items()},
        roles={spelling: role for role, spellings in roles.items() for spelling in spellings},
        role_words={role: spellings[0] for role, spellings in roles.items()},
        unit_words=data["units"],
        units={spelling: unit for unit, spellings in data["units"].items() for spelling in spellings},
        signs=data["signs"],
        laws={spelling.casefold(): law for law, spellings in laws.items() for spelling in spellings},
        law_words={law: spellings[0] for law, spellings in laws.items()},
        advice={spelling: advice for advice, spelling in data["advice"].items()},
        advice_words=data["advice"],
    )


def currencies() -> Mapping[str, int]:
    """Currency codes of ISO 4217 and the digits of their minor units."""
    digits: dict[str, int] = table("grammars", "currencies.toml")["digits"]
    return digits
