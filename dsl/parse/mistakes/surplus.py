"""What stands in a line and should not, or should stand behind `#`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...data import table
from ..lines import LISTS
from .case import Broken, Repair, helps, places_back, short
from .formulas import ARITHMETIC, COMPARISONS

PUNCTUATION = frozenset(".,:!?–—-()")
SIGN = re.compile(r"[^\w\s#()\"«»“”„]+")


def doubled(case: Broken) -> Iterator[Repair]:
    """The same word twice: `weight weight 40%`, `= = 5%`."""
    for start in places_back(case, 1):
        word = case.tokens[start]
        if (
            start > 0
            and (word[0].isalpha() or word == "=")
            and word.casefold() == case.tokens[start - 1].casefold()
        ):
            yield Repair("P134", start, start + 1, "", {"word": (short(word),)})


def answered(case: Broken) -> Iterator[Repair]:
    """What a milestone is reached by, which its fact says: `milestone permit = yes 35 000`."""
    start = 3 if case.kind(2) == "STRING" else 2
    if case.kind(0) not in {"MILESTONE", "PIECE"}:
        return
    end = start
    while end < start + MARKED and (case.kind(end) in ANSWERS or case.tokens[end : end + 1] == ("—",)):
        end += 1
    if end > start and case.kind(end) in {"NUMBER", "SIGN"}:
        yield Repair("P134", start, end, "", {"word": (short(case.raw(start, end)),)}, beyond=1)
    for at in range(start + 1, len(case.tokens) - 1):
        if case.kind(at) in {"IF", "ONLY_IF"} and case.kind(at + 1) == "YES":
            yield Repair("P134", at, at + 2, "", {"word": (short(case.raw(at, at + 2)),)}, beyond=1)


def sections(case: Broken) -> Iterator[Repair]:
    """The name or the label of the section that is ended: `end section team`."""
    if case.kind(0) == "SECTION_END" and case.kind(1) in {"NAME", "STRING"}:
        yield Repair("P134", 1, 2, "", {"word": (short(case.tokens[1]),)})


ANSWERS = frozenset({"EQ", "COLON", "YES", "NO", "IF", "ONLY_IF", "IS"})
MARKED = 3  # words that a milestone is said to be reached by


def within(case: Broken) -> Iterator[Repair]:
    """A sign inside a word: `reve;nue`."""
    for start in range(max(case.index - 1, 1), min(case.index + 2, len(case.tokens) - 1)):
        end = start + 1
        word = case.tokens[start - 1] + case.tokens[end]
        if _signs(case, start, end) and case.glued(start - 1, end + 1) and word.isalpha():
            yield Repair(
                "P134", start - 1, end + 1, word, {"word": (short(case.raw(start, end)),)},
                place=case.place(start, end), fix="", beyond=2,
            )  # fmt: skip


def needless(case: Broken) -> Iterator[Repair]:
    """Signs without which the line is right."""
    stray = {"WRONG", "EQ", "COLON"} | ({"SEMICOLON"} if case.kind(0) not in LISTS else set())
    for start in places_back(case, 1):
        for end in range(min(start + 8, len(case.tokens)), start, -1):
            if not case.glued(start, end) or not _signs(case, start, end) or _meaning(case, start, end):
                continue
            inside = start > 0 and end < len(case.tokens)
            apart = " " if inside and case.glued(start - 1, end + 1) else ""
            sure = start == 0 or stray.issuperset(case.kind(index) for index in range(start, end))
            word = short(case.raw(start, end))
            yield Repair("P134", start, end, "", {"word": (word,)}, fix=apart, beyond=1 if sure else 3)


def _meaning(case: Broken, start: int, end: int) -> bool:
    """Whether some signs are part of a comparison, or of a calculation whose other side is missing."""
    kinds = {case.kind(index) for index in range(start, end)}
    compared = {case.kind(start - 1), case.kind(end)} & COMPARISONS and kinds & COMPARISONS
    return bool(compared) or (kinds <= ARITHMETIC and start > 1 and case.kind(end) in {"", "CLOSE"})


def _signs(case: Broken, start: int, end: int) -> bool:
    """Whether some tokens are signs and no brackets."""
    return all(
        case.kind(index) == "WRONG" or SIGN.fullmatch(case.tokens[index]) for index in range(start, end)
    )


def numbering(case: Broken) -> Iterator[Repair]:
    """`1.` or `2)` before a line of a list that was numbered elsewhere."""
    numbered = case.kind(0) == "NUMBER" and case.kind(1) in {"WRONG", "CLOSE"}
    if numbered and case.index <= 2 < len(case.tokens):
        yield Repair("P134", 0, 2, "", {"word": (case.raw(0, 2),)})


def remarks(case: Broken) -> Iterator[Repair]:
    """A comment that does not begin with `#`."""
    for start in places_back(case, 1):
        end = case.line_end(start)
        if case.raw(start, min(start + 2, end)) in {"//", "/*", "--"}:
            yield Repair("P132", start, end, "", place=case.place(start, start + 2), fix="#")
        elif (
            case.kind(start) == "OPEN" and case.kind(start - 1) == "NAME" and case.glued(start - 1, start + 1)
        ):
            continue  # what a function is of
        elif case.kind(start) == "OPEN" and case.kind(end - 1) == "CLOSE" and _said(case, start, end):
            inside = case.raw(start + 1, end - 1)
            yield Repair("P109", start, end, inside, {"instead": short(inside)})
        elif case.tokens[start] in {"(", "–", "—"} and _prose(case, start + 1, end):
            yield Repair("P132", start, end, "", fix=f"# {case.raw(start, end)}")
    whole = case.line_end(0) == len(case.tokens) >= (4 if case.kind(0) == "NAME" else 6)
    # What made sense for three words is a line of the plan, be they one word of the language.
    if whole and " " not in case.tokens[0] and case.index < 3 and _prose(case, 0, len(case.tokens)):
        yield Repair("P132", 0, len(case.tokens), "", fix=f"# {case.raw(0, len(case.tokens))}")


def _said(case: Broken, start: int, end: int) -> bool:
    """Whether what stands in brackets is a part of the line that needs none."""
    return end - start > 2 and helps(case, Repair("P109", start, end, case.raw(start + 1, end - 1)))[1]


def spelled(case: Broken) -> Iterator[Repair]:
    """An amount once more in words: `45 000 (forty-five thousand)`."""
    numbers = table("grammars", "synonyms.toml")["multiples"][case.rules.words.lang]
    for start in places_back(case, 1):
        if case.kind(start) != "OPEN" or case.kind(start - 1) not in {"NUMBER", "PERCENT"}:
            continue
        close = next((at for at in range(start, len(case.tokens)) if case.kind(at) == "CLOSE"), start)
        inside = case.tokens[start + 1 : close]
        words = all(token[0].isalpha() or token in PUNCTUATION for token in inside)
        if words and any(token.casefold() in numbers for token in inside):
            word = (short(case.raw(start, close + 1)),)
            yield Repair("P134", start, close + 1, "", {"word": word})


def _prose(case: Broken, start: int, end: int) -> bool:
    """Whether some tokens are a sentence: words, and marks of punctuation between them."""
    tokens = case.tokens[start:end]
    return any(token[0].isalpha() for token in tokens) and all(
        token[0].isalpha() or token in PUNCTUATION for token in tokens
    )
