"""Edits of a line that leave its words: values, two of its parts turned round, one mark for another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lark import Token

from ...place import NOWHERE, Place
from ..lines import place
from .case import lexed
from .phrasing import Phrasing, Single, Value
from .worth import MARK, NUMERIC, VALUE, nothing

PHRASE = 9  # tokens of what is turned round


def sized(line: Phrasing, at: int) -> Iterator[Single]:
    """A number with a percent sign or a currency, or without what stands behind it."""
    if at == len(line.tokens) or line.tokens[at].type not in NUMERIC:
        return
    plain = line.tokens[at].rstrip("%").rstrip()
    share = [f"{plain}%"] if len(plain) <= len("100") else []
    for said in (plain, *share, *(f"{plain} {one}" for one in line.money)):
        if said != line.tokens[at] and line.reads(
            line.states[at], lexed(said, line.rules, NOWHERE, 0), at + 1
        ):
            yield Single(line.at(at, at + 1), said, "instead", MARK + 1)


def valued(line: Phrasing, at: int) -> Iterator[Single]:
    """A value that is forgotten, or that stands in the place of another or of words that say nothing."""
    ways: tuple[tuple[Value, str], ...] = (("number", "NUMBER"), ("percent", "PERCENT"))
    unread = len(line.states) <= len(line.tokens)
    for end in range(at, min(at + 2, len(line.tokens)) + 1):
        tokens = line.tokens[at:end]
        other = len(tokens) == 1 and tokens[0].type in NUMERIC
        if not (other or (unread and all(nothing(line, one) for one in tokens))):
            continue
        for value, sign in ways:
            if line.reads(line.states[at], [Token(sign, "1")], end):
                cost = VALUE + 2 * (len(tokens) > 1) + (other and tokens[0].type != sign)
                yield line.edit(at, end, "", "instead" if tokens else "added", cost, value)


def turned(line: Phrasing, at: int) -> Iterator[Single]:
    """Two neighbouring phrases turned round, with the small words around them or without."""
    for middle in range(at + 1, min(at + PHRASE, len(line.tokens)) + 1):
        for end in range(middle + 1, min(middle + PHRASE, len(line.tokens)) + 1):
            first, second = line.tokens[at:middle], line.tokens[middle:end]
            if not (_whole(first) and _whole(second)):
                continue
            plain = [line.stripped(one) for one in (second, first)]
            lost = len(first) + len(second) - sum(map(len, plain))
            ways = [(second, "", first, 0)]
            ways += [(plain[0], "", plain[1], lost)] if lost and all(plain) else []
            ways += [(second, line.rules.words["of"], first, 1)] if len(first) == len(second) == 1 else []
            for head, joint, tail, cost in ways:
                said = " ".join(filter(None, [line.said(head), joint, line.said(tail)]))
                new = lexed(said, line.rules, NOWHERE, 0)
                if line.reads(line.states[at], new, end) or line.joined(at, said, end):
                    yield line.edit(at, end, said, "turned", 2 + cost)


def exchanged(line: Phrasing, at: int) -> Iterator[Single]:
    """Two numbers in each other's place."""
    for other in range(at + 1, len(line.tokens)):
        first, second = line.tokens[at], line.tokens[other]
        if first.type not in NUMERIC or second.type not in NUMERIC or first == second:
            continue
        between = line.tokens[at + 1 : other]
        if between and line.reads(line.states[at], [second, *between, first], other + 1):
            joint = line.text[place(first).end : place(second).start]
            yield line.edit(at, other + 1, f"{second}{joint}{first}", "turned", MARK + 1)


def everywhere(line: Phrasing) -> Iterator[Single]:
    """A mark that stands several times, each time read as another."""
    typed = [str(token) for token in line.tokens]
    for mark in dict.fromkeys(typed):
        spots = [at for at, one in enumerate(typed) if one == mark]
        first, last = spots[0], spots[-1]
        if mark.isalnum() or first == last or not 0 < first < len(line.states):
            continue
        for word in (";", ":", f" {line.rules.words['and']}"):
            new = lexed(word, line.rules, NOWHERE, 0)
            rest = [one for token in line.tokens[first:] for one in (new if token == mark else [token])]
            if word != mark and line.reads(line.states[first], rest, len(line.tokens)):
                said = line.raw(first, last + 1)
                for blank in (f" {mark}", mark):
                    said = said.replace(blank, word)
                start, end = place(line.tokens[first - 1]).end, place(line.tokens[last]).end
                yield Single(Place(start, end), said, "instead", MARK)


def _whole(tokens: Sequence[Token]) -> bool:
    """Whether brackets that open among some tokens close there."""
    depth = 0
    for token in tokens:
        depth += {"OPEN": 1, "CLOSE": -1}.get(token.type, 0)
        if depth < 0:
            return False
    return depth == 0
