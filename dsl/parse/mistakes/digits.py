"""Numbers and dates that are not written as a plan writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction

from ...data import table
from ...words import Lang
from .case import Broken, Repair, places_back

# Characters of the longest number that is looked at.
WIDE = 80
NUMERIC = frozenset({"NUMBER", "PERCENT", "MISWRITTEN_NUMBER"})
# What a number stands behind that has another behind itself.
FACTORED = frozenset({"ACCEL", "DECEL", "WEIGHT"})
MARKS = ".,'’"
GROUPED = re.compile(r"([0-9]{1,3}(?:[.,'’ ][0-9]{3})+)(?:([.,])([0-9]+))?")
# Spaces that went astray in a round number, and the groups of two digits of other countries.
MISGROUPED = re.compile(r"[0-9]{1,4}(?: [0-9]{2,4})* 0{2,4}(?: [0-9]{2,4})*|[0-9]{1,3}(?:,[0-9]{2,3}){2,}")
GROUP = 3  # digits
ODD_GROUP = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3})*) ([0-9]{2}|[0-9]{4})")
ONE_MARK = re.compile(r"([0-9 ]+)[.,]([0-9]+)")


def numbers(case: Broken) -> Iterator[Repair]:
    """Numbers with another decimal mark, or with something other than a space between thousands."""
    if case.kind(0) == "VERSION":
        return
    for start in places_back(case, 2):
        end = _run(case, start)
        raw = case.raw(start, end)
        # Of two numbers before a colon the second is read as a value.
        before = end - start > 1 and case.index == end and case.kind(end) == "COLON"
        if (end <= min(case.index, len(case.tokens) - 1) and not before) or len(raw) > WIDE:
            continue
        typed = " ".join(raw.split())
        body, percent = typed.removesuffix("%").rstrip(), "%" * typed.endswith("%")
        code, readings = _readings(body, case.rules.words.decimal)
        if ODD_GROUP.fullmatch(body) and (percent or case.kind(start - 1) in FACTORED):
            continue  # two numbers, with a word missing between them
        readings = [reading + percent for reading in readings if reading + percent != typed]
        if readings:
            yield Repair(
                code, start, end, readings[0], {"instead": tuple(readings)},
                beyond=int(len(readings) > 1), offered=len(readings) == 1,
            )  # fmt: skip


def _run(case: Broken, start: int) -> int:
    """The end of a number's tokens, with the marks and spaces in it; where none begins, its start."""
    end = start
    while end == start or case.kind(end - 1) != "PERCENT":
        kind = case.kind(end)
        mark = kind == "WRONG" and case.tokens[end] in MARKS and case.glued(end - (end > start), end + 1)
        goes_on = mark and case.kind(end + 1) in NUMERIC and case.glued(end, end + 2)
        if not (kind in NUMERIC or goes_on) or (end > start and case.broken(end)):
            break
        end += 1
    return end


def _readings(typed: str, decimal: str) -> tuple[str, list[str]]:
    """What a number may mean, written as a plan writes it, and the code of what is wrong with it."""
    if typed[0] in ".," and typed[1:].isdigit():
        return "P105", [f"0{decimal}{typed[1:]}"]
    if one := ONE_MARK.fullmatch(typed):
        whole, part = one.groups()
        if len(part) != 3 or whole.startswith("0") or (len(whole) > 3 and " " not in whole):
            return "P104", [grouped(whole, decimal, part)]
        if part.endswith("00"):
            return "P105", [grouped(whole + part)]  # Nobody writes a fraction with noughts behind it.
        # `3,125` is three thousand to one reader and three to another.
        return "P105", [grouped(whole + part), grouped(whole, decimal, part)]
    if many := GROUPED.fullmatch(typed):
        whole, mark, part = many.groups()
        return "P105", [grouped(whole, decimal, part or "")] if part is None or mark not in whole else []
    found = _regrouped(typed)
    return "P105", found or ([grouped(typed)] if MISGROUPED.fullmatch(typed) else [])


def _regrouped(typed: str) -> list[str]:
    """What a number may be whose last group has a digit too few or too many: mended, and with all digits."""
    if (odd := ODD_GROUP.fullmatch(typed)) is None:
        return []
    head, last = odd.groups()
    # A nought is what is lost or doubled most easily, and then a digit beside its like.
    if len(last) == GROUP - 1:
        three = f"{last}0"
    else:
        twice = next((at for at in range(GROUP, 0, -1) if last[at] == last[at - 1]), GROUP)
        three = last[:twice] + last[twice + 1 :]
    return [grouped(head + three), grouped(head + last)]


def grouped(whole: str, mark: str = "", part: str = "") -> str:
    """A number with a space between its thousands."""
    thousands = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", " ", re.sub("[^0-9]", "", whole))
    return thousands + (f"{mark}{part}" if part else "")


def hundredth(number: str, decimal: str) -> str:
    """A hundredth of a number: `5 cents` are `0.05`."""
    whole, _, part = "".join(number.split()).partition(decimal)
    padded = whole.zfill(3)
    return f"{grouped(padded[:-2])}{decimal}{padded[-2:]}{part}"


def multiplied(case: Broken, start: int) -> tuple[int, str] | None:
    """Where a number with a word in place of its zeros ends, and its digits: `25 тыс.`, `1.5 mln`."""
    times: Mapping[str, int] = table("grammars", "synonyms.toml")["multiples"][case.rules.words.lang]
    if case.kind(start) not in {"NUMBER", "MISWRITTEN_NUMBER"} or case.kind(start + 1) != "NAME":
        return None
    many = times.get(case.tokens[start + 1].casefold())
    if many is None:
        return None
    plain = "".join(case.tokens[start].split()).replace(",", ".")
    whole = Fraction(plain) * many if plain.count(".") < 2 else Fraction(1, 2)
    if whole.denominator > 1:
        return None
    end = start + 2
    dotted = end < len(case.tokens) and case.tokens[end] == "." and case.glued(end - 1, end + 1)
    return end + dotted, grouped(str(whole))


# The letters that are typed for digits.
LOOKALIKES = "oOоОlIзЗ"
FIGURES = str.maketrans(LOOKALIKES, "00001133")
LETTERED = re.compile(r"(?=.*[0-9])[0-9oOоОlIзЗ]+(?: [0-9oOоОlIзЗ]{3})*%?")


def lettered(case: Broken) -> Iterator[Repair]:
    """A letter for a digit: `6O 000`."""
    for start in places_back(case, 2):
        for end in range(min(start + 6, case.line_end(start)), start + 1, -1):
            typed = " ".join(case.raw(start, end).split())
            better = figures(typed)
            if case.kind(start) == "NUMBER" and better is not None:
                yield Repair("P391", start, end, better, {"letters": lookalikes(typed)}, beyond=1)


def figures(typed: str) -> str | None:
    """A number with letters in it, all in digits; None for anything else."""
    if LETTERED.fullmatch(typed) is None or not lookalikes(typed):
        return None
    return grouped(typed.translate(FIGURES)) + "%" * typed.endswith("%")


def lookalikes(typed: str) -> tuple[str, ...]:
    """The letters in a number, each once."""
    return tuple(dict.fromkeys(one for one in typed if one in LOOKALIKES))


# Year first, or last.
YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})")
YEAR_WORD = re.compile(r" ?(?:г\.|г|года|year)$")
IN_WORDS = re.compile(
    r"(?:(?:the )?([0-9]{1,2})(?:st|nd|rd|th|-?го)?(?: of)? )?([^\W\d]+)\.?"
    r"(?: ([0-9]{1,2})(?:st|nd|rd|th)?,?)? ([0-9]{4})"
)
# An order has its day in quotation marks: `«01» августа 2025 г.`
QUOTES = re.compile("[«»“”„\"']")
SAID_BACKWARDS = re.compile(
    r"(?P<year>[0-9]{4})(?: ?(?:г\.|г|года|year))?,? "
    r"(?:(?P<month>[^\W\d]+)\.?,? (?P<day>[0-9]{1,2})|(?P<first>[0-9]{1,2}) (?P<second>[^\W\d]+))"
)
# Lines that may say a month.
DATED = frozenset({"VERSION", "EXAMPLE"})
MONTHS = 12
DAY = 8  # words and marks of one day: `2025 г., август, 1`
MONTH_LAST = re.compile(r"(?P<year>[0-9]{4}) ?[./] ?(?P<month>[0-9]{1,2})")
MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2}) ?[-./] ?(?P<year>[0-9]{4})")
MONTH_SAID = re.compile(r"(?P<month>[^\W\d]{3,})\.?,? (?P<year>[0-9]{4})")


def dates(case: Broken) -> Iterator[Repair]:
    """Dates in another order, with other marks, or in words."""
    for start in places_back(case, 2):
        for end in range(min(start + DAY, case.line_end(start)), start, -1):
            typed = " ".join(case.raw(start, end).split())
            if found := readings(typed, case.rules.words.lang, first_day=case.kind(0) == "EFFECT"):
                yield Repair("P106", start, end, found[0], {"instead": tuple(found)}, offered=len(found) == 1)


def readings(typed: str, lang: Lang, *, first_day: bool = False) -> list[str]:
    """The days that a date may mean; with `first_day`, a month means its first."""
    typed = YEAR_WORD.sub("", " ".join(QUOTES.sub(" ", typed).split()))
    if found := SAID_BACKWARDS.fullmatch(typed.casefold()):
        day, month = found["day"] or found["first"], found["month"] or found["second"]
        typed = f"{day} {month} {found['year']}"
    if found := YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
        return _days((year, month, day or "1")) if day or first_day else []
    if found := YEAR_LAST.fullmatch(typed):
        one, mark, other, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
        # Points go with the day first, and so do strokes where the month first is not in use.
        if mark == "." or lang == "ru":
            return _days((year, other, one))
        return list(dict.fromkeys(_days((year, other, one), (year, one, other))))
    if found := IN_WORDS.fullmatch(typed.casefold()):
        before, word, after, year = found.groups()
        # The list has the beginnings of the names of months.
        months = table("grammars", "synonyms.toml")["months"][lang]
        month = next((n for n, stem in enumerate(months, 1) if word.startswith(stem)), 0)
        day = before or after or ("1" if first_day else "")
        return _days((year, str(month), day)) if day else []
    return []


def months(case: Broken) -> Iterator[Repair]:
    """A month in another order, with other marks, or in words: `version July 2025`, `for 07/2025`."""
    if case.kind(0) not in DATED:
        return
    for start in places_back(case, 2):
        for end in range(min(start + 3, case.line_end(start)), start, -1):
            typed = " ".join(case.raw(start, end).split())
            if start and (found := _month(typed, case.rules.words.lang)) is not None:
                yield Repair("P109", start, end, found, {"instead": found})


def _month(typed: str, lang: Lang) -> str | None:
    """The month that is written in another order, with other marks, or in words."""
    typed = YEAR_WORD.sub("", typed)
    if (found := MONTH_LAST.fullmatch(typed) or MONTH_FIRST.fullmatch(typed)) is not None:
        year, number = found["year"], int(found["month"])
    elif (said := MONTH_SAID.fullmatch(typed.casefold())) is not None:
        months = table("grammars", "synonyms.toml")["months"][lang]
        number = next((n for n, stem in enumerate(months, 1) if said["month"].startswith(stem)), 0)
        year = said["year"]
    else:
        return None
    return f"{year}-{number:02}" if 1 <= number <= MONTHS else None


def _days(*parts: Sequence[str]) -> list[str]:
    """Those that the calendar has."""
    found = []
    for year, month, day in parts:
        with suppress(ValueError):
            found.append(datetime.date(int(year), int(month), int(day)).isoformat())
    return found
