"""What stands in a line and should not, or should stand behind `#`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...source import Place
from ..lines import place
from .case import Case, Repair, places_back, short

PUNCTUATION = frozenset(".,:!?–—-()")
SIGN = re.compile(r"[^\w\s#()\"«»“”„]")


def needless(case: Case) -> Iterator[Repair]:
    """Signs without which the line is right."""
    stray = {"WRONG", "EQ"} | ({"SEMICOLON"} if case.kind(0) not in {"GIVEN", "PAYS"} else set())
    for start in places_back(case, 1):
        for end in range(min(start + 8, len(case.tokens)), start, -1):
            typed = case.raw(start, end)
            if not case.glued(start, end) or not all(SIGN.match(character) for character in typed):
                continue
            inside = start > 0 and end < len(case.tokens)
            apart = " " if inside and case.glued(start - 1, end + 1) else ""
            sure = start == 0 or stray.issuperset(case.kind(index) for index in range(start, end))
            facts = {"word": short(typed)}
            yield Repair("P134", start, end, "", facts, fix=apart, beyond=1 if sure else 3)


def spare(case: Case) -> Iterator[Repair]:
    """A word without which the line is right; what a formula may hold is not for us to take out of it."""
    if "PLUS" in case.expected:
        return
    for start in places_back(case, 2):
        for end in range(start + 1, min(start + 2, len(case.tokens)) + 1):
            kinds = {case.kind(index) for index in range(start, end)}
            if start > 0 and "NAME" in kinds and kinds <= {"NAME", "OF", "TO"}:
                yield Repair("P134", start, end, "", {"word": short(case.raw(start, end))})


def numbering(case: Case) -> Iterator[Repair]:
    """`1.` or `2)` before a line of a list that was numbered elsewhere."""
    numbered = case.kind(0) == "NUMBER" and case.kind(1) in {"WRONG", "CLOSE"}
    if numbered and case.index <= 2 < len(case.tokens):
        yield Repair("P134", 0, 2, "", {"word": case.raw(0, 2)})


def remarks(case: Case) -> Iterator[Repair]:
    """A comment that does not begin with `#`."""
    for start in places_back(case, 1):
        end = case.line_end(start)
        facts = {"word": short(case.raw(start, end))}
        where = place(case.tokens[start])
        if case.raw(start, min(start + 2, end)) in {"//", "/*", "--"}:
            yield Repair("P132", start, end, "", facts, place=case.place(start, start + 2), fix="#")
        elif case.tokens[start] in {"(", "–", "—"} and _prose(case, start + 1, end):
            yield Repair("P132", start, end, "", facts, place=Place(where.start, where.start), fix="# ")
    fewest = 4 if case.kind(0) == "NAME" else 6
    whole = case.line_end(0) == len(case.tokens) >= fewest
    if whole and case.index <= 4 and _prose(case, 0, len(case.tokens)):
        start = place(case.tokens[0]).start
        facts = {"word": short(case.raw(0, len(case.tokens)))}
        yield Repair("P132", 0, len(case.tokens), "", facts, place=Place(start, start), fix="# ")


def _prose(case: Case, start: int, end: int) -> bool:
    """Whether some tokens are a sentence: words, and marks of punctuation between them."""
    tokens = case.tokens[start:end]
    return any(token[0].isalpha() for token in tokens) and all(
        token[0].isalpha() or token in PUNCTUATION for token in tokens
    )
