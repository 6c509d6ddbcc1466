"""A choice by sorts of people without its brackets, signs or first words: `by grade: a 100, b 200`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...faults.forms import inflected
from ...words import Lang
from ..lines import TokenRow
from .case import Broken, Repair, places_back, short
from .known import Familiar, known
from .near import small
from .slots import value
from .spelling import synonyms

PARTING = frozenset({"SEMICOLON", "AND"})
SAYING = frozenset({"COLON", "EQ", "MINUS"})
SIGNS = frozenset({"–", "—", ",", "|", "->", "→"})
VALUES = frozenset({"NUMBER", "PERCENT"})
LEAST = 2  # sorts of people of one choice
AHEAD = 3  # words behind the mistake
# What people say before what something hangs on.
DEPENDING = frozenset({
    "depending", "dependent", "on", "according", "to", "based", "for", "per", "each", "with",
    "в", "зависимости", "от", "согласно", "для", "каждого", "исходя", "из",
})  # fmt: skip


def choices(case: Broken) -> Iterator[Repair]:
    """The choice as a plan writes it, where each of its parts is a value of one attribute and an amount."""
    words = case.rules.words
    yield from _others(case)
    asked = [one for one in known(case.text, words.lang).values() if one.values]
    for start, first, attribute in _begun(case, asked):
        if (found := _parts(case, first, attribute)) is not None:
            end, parts = found
            way = f"{words['by']} {attribute.name} ({'; '.join(parts)})"
            sold = [one.name for one in known(case.text, words.lang).values() if one.kind == "money"]
            if case.kind(0) == "COMMISSION" and end == len(case.tokens) and len(sold) == 1:
                way = f"{way} {words['of']} {sold[0]}"
            yield Repair("P109", start, end, way, {"instead": short(way, 80)}, beyond=1)


def _others(case: Broken) -> Iterator[Repair]:
    """All whom a choice does not name, in several words: `the rest: 46 000`, `для остальных: 46 000`."""
    otherwise = case.rules.words["otherwise"]
    for start in places_back(case, LEAST):
        end = next((at for at in range(start, len(case.tokens)) if case.kind(at) == "COLON"), start)
        said = LEAST <= end - start + 1 <= AHEAD + 1 and case.kind(start - 1) in {"OPEN", "SEMICOLON"}
        if said and "otherwise" in synonyms(case.rules.words.lang).get(case.tokens[end - 1].casefold(), ()):
            yield Repair("P109", start, end, otherwise, {"instead": otherwise}, beyond=1)


def below(rows: Sequence[TokenRow], index: int, text: str, lang: Lang) -> int:
    """How many rows below one that ends in an attribute begin with its values: `by grade` and its parts."""
    names = [token for token in rows[index].tokens[-2:] if token.type == "NAME"]
    asked = known(text, lang).get(str(names[-1])) if names else None
    if asked is None:
        return 0
    parts = takewhile(lambda row: str(row.tokens[0]) in asked.values, rows[index + 1 :])
    return sum(1 for _ in parts)


def _begun(case: Broken, asked: Sequence[Familiar]) -> Iterator[tuple[int, int, Familiar]]:
    """Where a choice begins, where its first part, and of which attribute it is."""
    ahead = range(min(case.index + AHEAD, len(case.tokens) - 1), case.index, -1)
    for at in (*ahead, *places_back(case)):
        for one in asked:
            if inflected(case.tokens[at], one.name, case.rules.words.lang):
                start = at
                while start > 1 and (
                    case.kind(start - 1) == "BY" or case.tokens[start - 1].casefold() in DEPENDING
                ):
                    start -= 1
                yield start, at + 1, one
                break
    if case.kind(0) in {"SALARY", "BONUS", "COMMISSION"}:
        for at in range(1, min(case.index + AHEAD, len(case.tokens))):
            owners = [one for one in asked if _sort(case, at, one)]
            if len(owners) == 1:
                start = at
                while start > 1 and (case.kind(start - 1) in VALUES or _loose(case, start - 1, owners[0])):
                    start -= 1
                yield start, start, owners[0]
                return


def _sort(case: Broken, at: int, attribute: Familiar) -> str | None:
    """The value of an attribute that a word is, also in another form."""
    typed, lang = str(case.tokens[at]) if at < len(case.tokens) else "", case.rules.words.lang
    alike = (one for one in attribute.values if typed and inflected(typed, one, lang))
    return typed if typed in attribute.values else next(alike, None)


def _loose(case: Broken, at: int, attribute: Familiar) -> bool:
    """Whether a word only says that what follows is one of an attribute: `for`, or its name."""
    typed, lang = case.tokens[at] if at < len(case.tokens) else "", case.rules.words.lang
    joins = typed.casefold() in DEPENDING | small(lang)
    return bool(typed) and (joins or inflected(typed, attribute.name, lang))


def _freed(case: Broken, at: int, attribute: Familiar) -> int:
    """The first token from one on that is more than that."""
    while _loose(case, at, attribute):
        at += 1
    return at


def _parts(case: Broken, at: int, attribute: Familiar) -> tuple[int, list[str]] | None:
    """Where the parts of a choice end, in any order, whatever signs part them; and they, as written."""
    first, at = at, _past(case, at, SAYING | {"OPEN"})
    opened = any(case.kind(one) == "OPEN" for one in range(first, at))
    colons, others, found = 0, 0, list[str]()
    while at < len(case.tokens):
        at = _freed(case, at, attribute)
        turned = value(case, at) if case.kind(at) in VALUES else None
        name = _freed(case, _past(case, turned[0]), attribute) if turned is not None else at
        sort = _sort(case, name, attribute)
        if sort is None:
            break
        said = turned is None and _is(case, name + 1, SAYING)
        colons += said and case.kind(name + 1) == "COLON"
        others += said and case.kind(name + 1) != "COLON"
        behind = _past(case, name + 1)
        paid = turned or value(case, _freed(case, behind, attribute))
        if paid is None:
            break
        found.append(f"{sort}: {paid[1]}")
        behind = _freed(case, name + 1, attribute) if turned is not None else paid[0]
        at = _past(case, behind, PARTING)
    closed = opened and case.kind(at) == "CLOSE"
    # Where only what parts them is wrong, or one sign is missing or another, that alone is told.
    both = others and "," in case.tokens[first:at]
    alone = opened and colons >= len(found) - 1 and not both
    return (at + closed, found) if len(found) >= LEAST and closed == opened and not alone else None


def _past(case: Broken, at: int, kinds: frozenset[str] = SAYING) -> int:
    """The first token from one on that does not only part others."""
    while _is(case, at, kinds):
        at += 1
    return at


def _is(case: Broken, at: int, kinds: frozenset[str]) -> bool:
    """Whether a token only parts others."""
    return at < len(case.tokens) and (case.kind(at) in kinds or case.tokens[at] in SIGNS)
