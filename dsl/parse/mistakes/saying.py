"""How it is told that some words of a line are said in another way: no more is marked than is to change."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token

from ...faults.forms import inflected
from ...place import Place
from ..lines import place
from .case import AHEAD, Broken, Facts, Repair, short, unsigned
from .expected import shown
from .spelling import synonyms


def said(case: Broken, start: int, end: int, ways: Sequence[str], *, offered: bool) -> Repair:
    """The repair that puts the first of some ways in the place of some tokens; all of them are told."""
    whole = [*case.rules.lex(ways[0])]
    begin, stop, new = _changed(case, start, end, whole)
    if not new:
        signs = case.raw(begin, stop)
        less = Repair("P134", begin, stop, "", {"word": (short(signs),)}, beyond=1)
        if not any(map(str.isalnum, signs)) and not unsigned(case, less):
            return less
        # A word that goes is shown beside one that stays, of the language rather than a name.
        named = stop < end and case.kind(begin - 1) == "NAME" and case.kind(stop) in case.rules.keywords
        ahead = begin > start and not named
        begin, stop = begin - ahead, stop + (not ahead)
        new = whole[begin - start :][:1]
    head, tail = new[0].start_pos or 0, len(ways[0]) - (new[-1].end_pos or 0)
    told = tuple(way[head : len(way) - tail] for way in ways)
    if begin == stop:
        return _missing(case, begin, told, offered=offered)
    where, fix = _set(case, begin, stop, told[0])
    day = [token.type for token in new] == ["DATE"]
    if case.kind(begin) == "IF" and {"IF", "OTHERWISE"} <= {token.type for token in new}:
        about: Facts = {"word": short(case.tokens[begin]), "instead": short(told[0], 80)}
        return Repair("P126", begin, stop, told[0], about, place=where, fix=fix, offered=offered)
    several = stop - begin > 1 and case.kind(begin) == "NAME" and new[0] not in case.tokens[begin:stop]
    kind = new[0].casefold() in case.rules.words.kinds
    name = several and not kind and [token.type for token in new] == ["NAME"]
    facts: Facts = {"instead": told if day or name else told[0]}
    word = len(new) == 1 and _another(case, " ".join(case.raw(begin, stop).casefold().split()), new[0])
    code = "P106" if day else "P127" if name else "P102" if word else "P109"
    beyond = further(case, begin, stop)
    return Repair(code, begin, stop, told[0], facts, place=where, fix=fix, beyond=beyond, offered=offered)


def further(case: Broken, start: int, end: int) -> int:
    """How much further other words for some tokens must lead: for one of the language, through the line."""
    return AHEAD + 1 if end - start == 1 and case.kind(start) in case.rules.keywords else 1


def _another(case: Broken, typed: str, keyword: Token) -> bool:
    """Whether some words are another form of a keyword, or are said for it."""
    lang = case.rules.words.lang
    return keyword.type.lower() in synonyms(lang).get(typed, ()) or (
        keyword.type in case.rules.keywords and inflected(typed, keyword, lang)
    )


def _changed(case: Broken, start: int, end: int, new: list[Token]) -> tuple[int, int, list[Token]]:
    """The tokens that change, and what stands there then: without what is alike at both ends.

    Where more than one thing changes, all of it.
    """
    old = [one.casefold() for one in case.tokens[start:end]]
    texts = [one.casefold() for one in new]
    back = 0
    while back < min(len(old), len(texts)) and old[-1 - back] == texts[-1 - back]:
        back += 1
    front, most = 0, min(len(old), len(texts)) - back
    while front < most and start + front < case.index and old[front] == texts[front]:
        front += 1
    if front and front < len(new) and new[front].type == "OPEN":
        front -= 1  # A bracket belongs to the word before it.
    if {*old[front : len(old) - back]} & {*texts[front : len(texts) - back]}:
        return start, end, new
    return start + front, end - back, new[front : len(new) - back]


def _missing(case: Broken, at: int, told: tuple[str, ...], *, offered: bool) -> Repair:
    """Words that are missing before a token, or at the end of the line."""
    if at < len(case.tokens):
        where = place(case.tokens[at]).start
        return Repair(
            "P138", at, at, told[0], {"word": short(case.tokens[at]), "instead": told},
            place=Place(where, where), fix=f"{told[0]} ", beyond=1, offered=offered,
        )  # fmt: skip
    facts: Facts = {"after": short(case.tokens[at - 1]), "expected": told, "sample": shown(case)}
    return Repair("P115", at, at, told[0], facts, fix=f" {told[0]}", beyond=1, offered=offered)


def _set(case: Broken, start: int, end: int, way: str) -> tuple[Place, str]:
    """Where words are put right and by what: no blank stands before a comma, and one around a word."""
    where = case.place(start, end)
    if start == 0:
        return where, way
    before = case.place(start - 1, start).end
    if way.startswith(","):
        return Place(before, where.end), way
    behind = case.glued(end - 1, end + 1) and case.kind(end) not in {"", "CLOSE", "SEMICOLON"}
    apart = " " * (before == where.start and way[0].isalpha()), " " * (behind and way[-1].isalnum())
    return where, f"{apart[0]}{way}{apart[1]}"
