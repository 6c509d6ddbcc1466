"""Letters of two alphabets in one word, and characters that nobody sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from lark import Token

from ...faults import Fault
from ..grammar import Grammar
from ..limits import CONTROL, CYRILLIC, LATIN, mixed
from ..lines import TokenRow, place
from .case import Broken, Repair, lexed, short, standing

TO_CYRILLIC = str.maketrans("aceopxykmtABCEHKMOPTXY", "асеорхукмтАВСЕНКМОРТХУ")
TO_LATIN = str.maketrans("асеорхукмтАВСЕНКМОРТХУ", "aceopxykmtABCEHKMOPTXY")


def unmixed(tokens: Sequence[Token], rules: Grammar, most: int) -> tuple[tuple[Token, ...], list[Fault]]:
    """The line with its mixed words put right where that can be done, and the faults of those words."""
    found: list[Token] = []
    faults: list[Fault] = []
    for token in tokens:
        if token.type != "NAME" or not mixed(token) or len(faults) == most:
            found.append(token)
            continue
        word = _one_alphabet(token, rules)
        faults.append(_fault(token, word))
        found.extend([token] if word is None else lexed(word, rules, place(token), standing(token)))
    return tuple(found), faults


def _fault(token: Token, word: str | None) -> Fault:
    """What to tell about a mixed word: the letters that are out of place."""
    if word is None:
        few = LATIN if len(LATIN.findall(token)) <= len(CYRILLIC.findall(token)) else CYRILLIC
        strange = few.findall(token)
    else:
        strange = [old for old, new in zip(token, word, strict=True) if old != new]
        few = LATIN if LATIN.match(strange[0]) else CYRILLIC
    return Fault(
        "P107",
        place=place(token),
        facts={
            "word": short(token),
            "letters": ("phrase:some_en" if few is LATIN else "phrase:some_ru",),
            "strange": ", ".join(f"`{letter}`" for letter in dict.fromkeys(strange)),
        },
        fix=word,
    )


def _one_alphabet(word: str, rules: Grammar) -> str | None:
    """A word with the letters of one alphabet in each of its parts, if its letters have twins."""
    parts = [_part(part, rules) if mixed(part) else part for part in word.split("_")]
    return None if None in parts else "_".join(part for part in parts if part is not None)


def _part(part: str, rules: Grammar) -> str | None:
    cyrillic, latin = part.translate(TO_CYRILLIC), part.translate(TO_LATIN)
    whole = [one for one in (cyrillic, latin) if not mixed(one)]
    if len(whole) < 2:
        return whole[0] if whole else None
    spellings = {spelling for others in rules.words.spellings.values() for spelling in others}
    most = latin if len(LATIN.findall(part)) > len(CYRILLIC.findall(part)) else cyrillic
    return next((one for one in whole if one.casefold() in spellings), most)


SPACES = frozenset({"Zs", "Zl", "Zp"})
UNSEEN = SPACES | {"Cf", "Cc", "Co", "Cn", "Cs"}


def unseen(character: str) -> bool:
    """Whether a character leaves no mark on the page, or is not for texts at all."""
    return unicodedata.category(character) in UNSEEN


def invisible(case: Broken) -> Iterator[Repair]:
    """Characters that nobody sees: what they are pasted into reads without them, or with a space."""
    first = case.index
    if case.kind(first) != "WRONG" or not unseen(case.tokens[first]):
        return
    start, end = first, first + 1
    while start > 0 and case.glued(start - 1, start + 1) and start > first - 3:
        start -= 1
    while end < len(case.tokens) and case.glued(end - 1, end + 1) and end < first + 6:
        end += 1
    typed, character = case.raw(start, end), case.tokens[first]
    edge = start == first or end == first + 1
    apart = unicodedata.category(character) in SPACES or not (
        edge or _lettered(case.raw(start, first)[-1], case.raw(first + 1, end)[0])
    )
    for way in (" ", "") if apart else ("", " "):
        words = "".join(way if unseen(one) else one for one in typed)
        yield Repair(
            "P108", start, end, words, {"word": short(words), "character": named(character)}, beyond=1
        )


def _lettered(*characters: str) -> bool:
    """Whether what stands around a character would be one word or one number without it."""
    return all(character.isalpha() for character in characters) or all(map(str.isdigit, characters))


def named(character: str) -> str:
    """What a character is called where it cannot be shown: `U+200B`."""
    return f"U+{ord(character):04X}"


def controlled(row: TokenRow) -> tuple[list[Token], list[Fault]]:
    """The tokens of a row without control characters in its texts; a fault for each text that had some."""
    tokens: list[Token] = []
    faults: list[Fault] = []
    for token in row.tokens:
        found = CONTROL.search(token) if token.type == "STRING" else None
        if found is None:
            tokens.append(token)
            continue
        better = CONTROL.sub(lambda one: " " if one[0].isspace() else "", token)
        faults.append(Fault("P145", place=place(token), facts={"character": named(found[0])}, fix=better))
        tokens.append(token.update(value=better))
    return tokens, faults
