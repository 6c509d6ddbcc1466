"""Signs that a plan writes in another way, and brackets without their partners."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...place import Place
from ...words import Words, currencies
from ..lines import place
from .case import NAME, Broken, Repair, places_back, short
from .quotes import called
from .spelling import synonyms

# What people write, and what a plan writes instead; the empty text is nothing at all, `@` begins a keyword.
SIGNS: dict[str, tuple[str, ...]] = {
    "–": ("-", ":", ""),
    "—": ("-", ":", ""),
    "-": (":",),
    "=": (":",),
    "->": (":",),
    "→": (":",),
    "‑": ("-", ""),
    "‐": ("-", ""),
    "―": ("-", ""),
    "==": ("=",),
    "===": ("=",),
    "!=": ("<>",),
    "=/=": ("<>",),
    "><": ("<>",),
    "=>": (">=",),
    "=<": ("<=",),
    ">=": ("@from",),
    "≥": ("@from",),
    "<=": ("@up_to",),
    "≤": ("@up_to",),
    ">": ("@above",),
    "<": ("@below",),
    "&": ("@and",),
    "&&": ("@and",),
    "|": ("@or",),
    "||": ("@or",),
    "!": ("@not",),
    ":": ("", "="),
    ":=": ("=", ""),
    "\\": ("/",),
    "x": ("*",),
    "х": ("*",),
    "∙": ("*",),
    "•": ("", "*"),
    "⋅": ("*",),
}
# Signs of a comparison, of which one may be typed in two pieces.
COMPARING = ("<=", ">=", "<>", "=<", "=>", "!=")
# Brackets of formulas elsewhere, and those around the names of fields in forms and reports.
BRACKETS = {"[": "]", "{": "}", "<": ">"}
# What is ticked off in a list of yes and no.
TICKS = {
    "+": "yes",
    "✓": "yes",
    "✔": "yes",
    "☑": "yes",
    "-": "no",
    "–": "no",
    "—": "no",
    "✗": "no",
    "✘": "no",
}
GLUED = re.compile(r"([^\W\d_]+)([0-9][0-9 .,]*%?)")


def meant(typed: str, vocabulary: Words) -> str | None:
    """What a plan writes for a sign, where that is one thing wherever it stands."""
    ways = SIGNS.get(typed, ())
    if len(ways) != 1 or typed in {"-", "="}:
        return None
    return vocabulary[ways[0][1:]] if ways[0].startswith("@") else ways[0]


def parted(case: Broken) -> Iterator[Repair]:
    """A sign of a comparison turned round, or in two pieces: `< =` for `<=`."""
    for start in places_back(case, 1):
        typed = "".join(case.tokens[start : start + 2])
        if typed in COMPARING:
            sign = typed if typed in {"<=", ">=", "<>"} else SIGNS[typed][0]
            yield Repair("P109", start, start + 2, sign, beyond=1)


def ticked(case: Broken) -> Iterator[Repair]:
    """A tick for a yes, or a dash for a no, in an example: `given trained +`."""
    for start in places_back(case, 1):
        alone = case.kind(start - 1) == "NAME" and case.kind(start + 1) in {"SEMICOLON", ""}
        if case.kind(0) == "GIVEN" and alone and case.tokens[start] in TICKS:
            yield Repair("P109", start, start + 1, case.rules.words[TICKS[case.tokens[start]]], beyond=1)


def signs(case: Broken) -> Iterator[Repair]:
    """Signs of mathematics and typography that a plan writes in another way."""
    words = case.rules.words
    for start in places_back(case, 1):
        for end in range(min(start + 3, len(case.tokens)), start, -1):
            typed = case.raw(start, end)
            for instead in SIGNS.get(typed.casefold(), ()) if case.glued(start, end) else ():
                # After a word a dash is punctuation; as a minus it would turn the value's sign.
                turning = instead == "-" and (start < 2 or case.kind(start - 1) in case.rules.keywords)
                if turning or (instead == ":" and "COLON" not in case.expected):
                    continue
                sign = words[instead[1:]] if instead.startswith("@") else instead
                if sign == ":" and start > 0 and not case.broken(start):
                    # A colon stands right behind its word.
                    where = Place(place(case.tokens[start - 1]).end, place(case.tokens[end - 1]).end)
                    yield Repair("P109", start, end, sign, place=where)
                elif sign:
                    yield Repair("P109", start, end, sign)
                else:
                    yield Repair("P134", start, end, "", {"word": (typed,)})
        if case.kind(start) == "SIGN" and case.kind(start - 1) == "CURRENCY":
            yield Repair("P109", start, start + 1, words.signs.get(case.tokens[start].casefold(), ""))
        yield from _brackets(case, start)
        yield from _percent(case, start)


def _brackets(case: Broken, start: int) -> Iterator[Repair]:
    """Square and curly brackets, as those around the name of a field: `[Hours worked]`."""
    close = BRACKETS.get(case.tokens[start])
    for end in range(start + 2, min(start + 60, len(case.tokens) + 1)) if close else ():
        if case.tokens[end - 1] == close:
            inside = case.raw(start, end)[1:-1].strip()
            name = called(case.text, case.rules.words.lang, inside)
            if name is not None or close != ">":
                words = name or (inside if NAME.fullmatch(inside) else f"({inside})")
                yield Repair("P109", start, end, words, {"instead": short(words)})


def wide(case: Broken) -> Iterator[Repair]:
    """Digits and signs as wide as the letters of the East: `４０％`."""
    for start in places_back(case, 1):
        for end in range(min(start + 6, case.line_end(start)), start, -1):
            typed = case.raw(start, end)
            plain = unicodedata.normalize("NFKC", typed)
            if plain != typed and plain.isascii() and case.glued(start, end):
                yield Repair("P109", start, end, plain)


def _percent(case: Broken, start: int) -> Iterator[Repair]:
    """`%` before its number or too far after it, and a number without a space before it: `weight40%`."""
    if case.tokens[start] == "‰" and case.kind(start - 1) == "NUMBER":
        yield Repair("P109", start - 1, start + 1, tenth(case.tokens[start - 1], case.rules.words.decimal))
    if case.tokens[start] == "%":
        if case.kind(start - 1) == "NUMBER":
            yield Repair("P109", start - 1, start + 1, f"{case.tokens[start - 1]}%")
        if case.kind(start + 1) == "NUMBER":
            yield Repair("P109", start, start + 2, f"{case.tokens[start + 1]}%")
    for end in range(min(start + 4, len(case.tokens)), start, -1):
        glued = case.kind(start) == "NAME" and case.glued(start, end)
        if glued and (apart := GLUED.fullmatch(case.raw(start, end))):
            word, figures = apart.groups()
            words = figures if word.casefold() in {"x", "х"} else f"{word} {figures}"
            yield Repair("P109", start, end, words)


def tenth(number: str, decimal: str) -> str:
    """So many per mille as a percentage."""
    whole, _, part = "".join(number.split()).partition(decimal)
    padded = whole.zfill(2)
    return f"{padded[:-1]}{decimal}{padded[-1]}{part}".rstrip("0").rstrip(decimal) + "%"


# What a value is multiplied by: there `+10%` is a tenth more.
MULTIPLYING = frozenset({"MULTIPLIED", "ACCEL"})


def plus(case: Broken) -> Iterator[Repair]:
    """`multiplied by +10%`, `times +10%`: a tenth more, which is 110%; elsewhere a rate, or so much more."""
    words = case.rules.words
    for at in range(case.index, min(case.index + TIMES, len(case.tokens) - 1)):
        rate = str(case.tokens[at + 1])
        body, mark, part = rate.removesuffix("%").strip().partition(words.decimal)
        if case.kind(at) != "PLUS" or case.kind(at + 1) != "PERCENT" or not body.isdigit():
            continue
        more = f"{int(body) + 100}{mark}{part}%"
        if case.kind(at - 1) in MULTIPLYING:
            yield Repair("P109", at, at + 2, more)
            return
        for start in range(max(at - TIMES, 1), at):
            said = " ".join(case.tokens[start:at]).casefold()
            if "multiplied" in synonyms(words.lang).get(said, ()):
                yield Repair("P109", start, at + 2, f"{words['multiplied']} {more}")
        if at == case.index and case.kind(0) != "GIVEN":
            ways = (rate, f"{words['multiplied']} {more}")
            yield Repair("P181", at, at + 2, rate, {"instead": ways}, beyond=1, offered=False)


# Words of what people say for `multiplied by`.
TIMES = 3


def money(case: Broken) -> Iterator[Repair]:
    """A currency before its amount: `salary RUB 48 000`."""
    for start in places_back(case, 1):
        code = case.tokens[start].upper()
        if case.kind(start) == "NAME" and case.kind(start + 1) == "NUMBER" and code in currencies():
            yield Repair("P109", start, start + 2, f"{case.tokens[start + 1]} {code}")


def brackets(case: Broken) -> Iterator[Repair]:
    """A bracket that nothing closes, or that closes nothing."""
    waiting: list[int] = []
    for index in range(case.index):
        kind = case.kind(index)
        if kind == "OPEN":
            waiting.append(index)
        elif kind == "CLOSE" and waiting:
            waiting.pop()
    if case.kind(case.index) == "CLOSE" and not waiting:
        yield Repair("P114", case.index, case.index + 1, "")
    if not waiting:
        return
    missing = ")" * len(waiting) if case.token is None else ")"
    opening = place(case.tokens[waiting[-1]])
    for index in range(case.index, max(waiting[-1], case.index - 2), -1):
        yield Repair("P113", index, index, missing, {"word": "("}, also=opening, fix=missing)
