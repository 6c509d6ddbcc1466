"""Numbers in words: `three`, `twenty-five percent`, `не менее трёх`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ...data import table
from ...words import Lang, words
from .case import Broken, Repair, places_back
from .digits import grouped
from .known import known

LONGEST = 5  # words of a number
WORDS = re.compile(r"[^\W\d_]+(?:[\s-]+[^\W\d_]+)*")
HUNDRED, THOUSAND = 100, 1_000


@cache
def _numbers(lang: Lang) -> Mapping[str, int]:
    """Each word for a number, in each of its forms."""
    listed = table("grammars", "synonyms.toml")["numbers"][lang]
    return {form: int(number) for number, forms in listed.items() for form in forms}


def digits_of(said: str, lang: Lang) -> str | None:
    """The digits of a number in words: `two hundred and five`, `двух тысяч`."""
    times: Mapping[str, int] = table("grammars", "synonyms.toml")["multiples"][lang]
    found = re.split(r"[\s-]+", said.casefold().replace("ё", "е")) if WORDS.fullmatch(said) else []
    total = part = 0
    for word in found:
        one = _numbers(lang).get(word)
        if one is not None:
            part = part * one if one == HUNDRED and 0 < part < HUNDRED else part + one
        elif len(word) > 1 and times.get(word, 0) >= THOUSAND:
            total, part = total + (part or 1) * times[word], 0
        elif word != words(lang)["and"]:
            return None
    return grouped(str(total + part)) if found and _numbers(lang).keys() & {*found} else None


def worded(case: Broken) -> Iterator[Repair]:
    """A number in words around the mistake, with the word for per cent behind it."""
    lang = case.rules.words.lang
    percent = table("grammars", "synonyms.toml")["percents"][lang]
    for start in places_back(case, 2):
        for end in range(min(start + LONGEST, case.line_end(start)), start, -1):
            typed = case.raw(start, end)
            digits = None if typed in known(case.text, lang) else digits_of(typed, lang)
            if digits is None:
                continue
            sign = case.tokens[end].casefold() in percent if end < len(case.tokens) else False
            text = f"{digits}%" if sign else digits
            yield Repair("P109", start, end + sign, text, {"instead": text}, beyond=1)
            break
