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
    "due", "facts_from", "fact",
)  # fmt: skip
OPENERS = (
    *HEADER, "salary", "bonus", "section", "section_end", "commission", "pay", "milestone", "piece", "spif",
    "reduction", "recovery", "draw", "balance", "variable", "total", "allow", "example", "given", "shows",
    "pays",
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
    lines = {lang: len(_pattern(lang, OPENERS).findall(body)) for lang in LANGS}
    for lang in LANGS:
        if _pattern(lang, HEADER).match(body):
            others = max(count for other, count in lines.items() if other != lang)
            if others <= 2 * lines[lang]:
                return lang
    for counts in (lines, {lang: len(_pattern(lang).findall(body)) for lang in LANGS}):
        best = sorted(LANGS, key=lambda lang: -counts[lang])
        if counts[best[0]] > counts[best[1]]:
            return best[0]
    letter = re.search(r"[^\W\d_]", body) or re.search(r"[^\W\d_]", text)
    return "ru" if letter and "\u0400" <= letter.group() <= "\u04ff" else "en"


@cache
def _pattern(lang: Lang, openers: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A word of a language: one of those that lines open with, at the start of a line, or any, anywhere."""
    known = words(lang).spellings
    spellings = spelled(spelling for keyword in openers or known for spelling in known[keyword])
    before = r"^[ \t]*" if openers else r"(?<!\w)"
    return re.compile(rf"{before}(?:{spellings})(?!\w)", re.IGNORECASE | re.MULTILINE)
