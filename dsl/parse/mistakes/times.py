"""Stretches of time as people say them: a month, a quarter, a year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from ...data import table
from ...faults.forms import related
from ...words import Lang
from .case import Broken, Repair, short
from .digits import readings

# Words of the longest way to say a day or a stretch of time.
LONGEST = 5
YEARS = range(1990, 2100)
YEAR = r"(?:of )?([0-9]{4})(?: ?(?:г\.?|года|году|год))?"
FIGURES = r"(?:q|quarter )([1-4])|([1-4])(?:st|nd|rd|th|-?[а-я]{1,2})? ?(?:q|quarter|кв\.?|квартал[а-я]{0,2})"
ROMAN = r"(iv|i{1,3}|1v) ?(?:quarter|кв\.?|квартал[а-я]{0,2})"
QUARTER = re.compile(rf"(?:{FIGURES}|{ROMAN}),? {YEAR}")
QUARTER_LAST = re.compile(r"([0-9]{4}) ?q([1-4])")
MONTH = re.compile(rf"([^\W\d]+)\.?,? {YEAR}")
NUMBERED = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})|([0-9]{1,2})[./]([0-9]{4})")
ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def stretch(case: Broken, at: int) -> tuple[int, str, str] | None:
    """Where a stretch of time that begins at a token ends, and its first and last day."""
    for end in range(min(at + LONGEST, case.line_end(at)), at, -1) if at < len(case.tokens) else ():
        typed = " ".join(case.raw(at, end).casefold().split())
        if end == at + 1 and typed.isalpha():
            # `from September to October 2025`: the year is said once.
            years = [token for token in case.tokens[end : end + LONGEST] if re.fullmatch("20[0-9]{2}", token)]
            typed = f"{typed} {years[0]}" if years else typed
        if (months := _months(typed, case.rules.words.lang)) is not None:
            year, first, last = months
            days = calendar.monthrange(year, last)[1]
            return end, f"{year}-{first:02}-01", f"{year}-{last:02}-{days}"
    return None


def month(case: Broken, at: int, end: int) -> str | None:
    """The month that some tokens say, as a plan writes it; its year may be the only one of the plan."""
    typed = " ".join(case.raw(at, end).casefold().split()).rstrip(").,")
    years = (
        {*re.findall(r"(?<![0-9])20[0-9]{2}(?=[-./])", case.text)}
        if re.search("[0-9]", typed) is None
        else ()
    )
    for said in (typed, *(f"{typed} {year}" for year in years if len(years) == 1)):
        if (found := _months(said, case.rules.words.lang)) is not None and found[1] == found[2]:
            return f"{found[0]}-{found[1]:02}"
    return None


def version(case: Broken) -> Iterator[Repair]:
    """The quarter that a version is said to be: `version 3rd quarter of 2025`."""
    end = case.line_end(0)
    found = (
        None
        if case.kind(0) != "VERSION"
        else _months(" ".join(case.raw(1, end).casefold().split()).rstrip("."), case.rules.words.lang)
    )
    if found is not None and found[2] - found[1] == 2:
        said = f"{found[0]}-Q{found[2] // 3}"
        yield Repair("P109", 1, end, said, {"word": short(case.raw(1, end)), "instead": said}, beyond=1)


def monthly(typed: str, lang: Lang) -> bool:
    """Whether a word is the name of a month."""
    return typed.isalpha() and _months(f"{typed.casefold()} 2000", lang) is not None


def day(case: Broken, at: int) -> tuple[int, str] | None:
    """Where a day that begins at a token ends, and how a plan writes it; None where it can be read twice."""
    if at < len(case.tokens) and case.kind(at) in {"DATE", "NUMBER", "MISWRITTEN_DATE", "NAME"}:
        if case.kind(at) == "DATE":
            return at + 1, str(case.tokens[at])
        for end in range(min(at + LONGEST, case.line_end(at)), at, -1):
            found = readings(" ".join(case.raw(at, end).split()), case.rules.words.lang)
            if len(found) == 1:
                return end, found[0]
    return None


def _months(typed: str, lang: Lang) -> tuple[int, int, int] | None:
    """The year, and the first and last month of a stretch of time."""
    if (found := QUARTER.fullmatch(typed)) is not None:
        one, other, roman, year = found.groups()
        quarter = int(one or other or 0) or ROMANS[roman.replace("1", "i")]
        return int(year), 3 * quarter - 2, 3 * quarter
    if (found := QUARTER_LAST.fullmatch(typed)) is not None:
        return int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2])
    if (found := NUMBERED.fullmatch(typed)) is not None:
        year, month = (found[1] or found[4]), int(found[2] or found[3])
        return (int(year), month, month) if 1 <= month <= 12 else None
    if (found := MONTH.fullmatch(typed)) is not None:
        named = enumerate(table("grammars", "facts.toml")["months"], 1)
        months = [n for n, said in named if any(related(found[1], one, lang) for one in said)]
        return (int(found[2]), months[0], months[0]) if months else None
    if (found := re.fullmatch(YEAR, typed)) is not None and int(found[1]) in YEARS:
        return int(found[1]), 1, 12
    return None
