"""Which human language a plan is written in."""

from __future__ import annotations

import re
from functools import cache

from ..words import LANGS, Lang, words
from .grammar import spelled

# So much of a text tells its language; a plan is no longer, and any other text is not worth more.
ENOUGH = 20_000

HEADER = (
    "plan", "definitions", "include", "version", "effect", "currency", "law", "about", "concerns", "grounds",
    "due", "fact",
)  # fmt: skip
OPENERS = (
    *HEADER, "salary", "bonus", "section", "section_end", "commission", "pay", "milestone", "piece", "spif",
    "reduction", "recovery", "variable", "total", "allow", "example", "given", "shows", "pays",
)  # fmt: skip
# Comments, and texts in quotation marks with or without their partner, are in any language.
ASIDE = re.compile(r"#[^\n]*|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)|[“„][^“”\n]*(?:[“”]|$)", re.MULTILINE)


def language(text: str) -> Lang:
    """The language a plan is written in: its first word tells.

    Where the first word is a name or misspelt, or all the lines below contradict it, the words of the lines
    decide, and then the alphabet.
    """
    text = text[:ENOUGH]
    body = ASIDE.sub(" ", text).lstrip("\ufeff \t\r\n")
    lines = {lang: len(_opening(lang, OPENERS).findall(body)) for lang in LANGS}
    for lang in LANGS:
        if _opening(lang, HEADER).match(body):
            others = max(count for other, count in lines.items() if other != lang)
            if others <= 2 * lines[lang]:
                return lang
    for counts in (lines, {lang: len(_anywhere(lang).findall(body)) for lang in LANGS}):
        best = sorted(LANGS, key=lambda lang: -counts[lang])
        if counts[best[0]] > counts[best[1]]:
            return best[0]
    letter = re.search(r"[^\W\d_]", body) or re.search(r"[^\W\d_]", text)
    return "ru" if letter and "\u0400" <= letter.group() <= "\u04ff" else "en"


@cache
def _opening(lang: Lang, keywords: tuple[str, ...]) -> re.Pattern[str]:
    """The first words of lines of a plan."""
    spellings = spelled(spelling for keyword in keywords for spelling in words(lang).spellings[keyword])
    return re.compile(rf"^[ \t]*(?:{spellings})(?!\w)", re.IGNORECASE | re.MULTILINE)


@cache
def _anywhere(lang: Lang) -> re.Pattern[str]:
    """Any word of a language."""
    spellings = spelled(spelling for them in words(lang).spellings.values() for spelling in them)
    return re.compile(rf"(?<!\w)(?:{spellings})(?!\w)", re.IGNORECASE)
