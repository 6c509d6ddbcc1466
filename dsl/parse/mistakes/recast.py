"""A line that begins with its condition, or with other words than it should."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...faults.forms import inflected
from ..lines import LISTS
from .case import Broken, Facts, Repair, helps, places_back, short
from .known import known, lines_of_pay
from .slots import value
from .spelling import synonyms

# What a line of a plan begins with, but for names.
HEADS = (
    "fact", "salary", "bonus", "commission", "section", "pay", "milestone", "piece", "spif", "reduction",
    "recovery", "variable", "total", "table", "group", "currency", "effect",
)  # fmt: skip
CONDITIONS = frozenset({"if", "only_if"})
# What may stand between a condition and what it is for.
BETWEEN = frozenset({",", ":", "-", "–", "—", "then", "то", "тогда"})
SPOKEN, FAR = 3, 24  # words of an opening, and of a condition before its line


def fronted(case: Broken) -> Iterator[Repair]:
    """A condition before the line that it is for: `if returns < 3% pay bonus_month = 200`."""
    start = _opening(case)
    if start is None:
        return
    word = case.rules.words["only_if"]
    for middle in range(start + 1, min(len(case.tokens), FAR)):
        end = middle
        while end > start and case.tokens[end - 1].casefold() in BETWEEN:
            end -= 1
        line = case.raw(middle, len(case.tokens))
        if case.kind(middle) == "NAME" and middle == end:
            continue  # a part of the condition
        if case.kind(middle) == "NAME" or case.kind(middle).lower() in HEADS:
            turned = f"{line} {word} {case.raw(start, end)}"
            repair = Repair("P171", 0, len(case.tokens), turned, {"instead": short(turned, 80)})
            if end > start and helps(case, repair)[1]:
                yield repair
                return


def _opening(case: Broken) -> int | None:
    """Where a condition goes on after the word that it begins a line with."""
    if case.kind(0).lower() in CONDITIONS:
        return 1
    for end in range(min(SPOKEN, len(case.tokens)), 0, -1):
        typed = " ".join(case.raw(0, end).casefold().split())
        if CONDITIONS & {*synonyms(case.rules.words.lang).get(typed, ())}:
            return end
    return None


def heads(case: Broken) -> Iterator[Repair]:
    """The one word of a line with which all that follows makes sense; of an example, each of its rows."""
    rows = bool(case.above) and case.above[0].type in LISTS | {"EXAMPLE"}
    words = case.rules.words
    if case.kind(0) != "NAME" and not (rows and case.kind(0) == "TOTAL"):
        return
    for end in (1, 2):
        if end > 1 and case.kind(1) != "NAME":
            return
        several = _rows(case) if rows else HEADS
        repairs = [Repair("P102", 0, end, words[one]) for one in several if case.kind(0) != one.upper()]
        whole = [one for one in repairs if helps(case, one)[1]]
        if rows or len(whole) == 1:
            yield from whole


def _rows(case: Broken) -> tuple[str, ...]:
    """The words of the rows of an example, first the one that comes next."""
    first = case.above[0].type == "EXAMPLE" and case.kind(0) != "TOTAL"
    return ("given", "shows", "pays") if first else ("pays", "shows", "given")


def netted(case: Broken) -> Iterator[Repair]:
    """What is no line of its own as that within which something is netted: `within salary`."""
    at, lines = case.index, lines_of_pay(case.text, case.rules.words.lang)
    if case.kind(at - 1) != "WITHIN" or case.kind(at) not in WHOLES or not lines:
        return
    if len(lines) == 1:
        yield Repair("P102", at, at + 1, lines[0])
    else:
        facts: Facts = {"word": short(case.tokens[at]), "instead": lines}
        yield Repair("P181", at, at + 1, lines[0], facts, offered=False)


# Keywords of what is paid within which nothing can be netted.
WHOLES = frozenset({"SALARY", "BONUS", "VARIABLE", "TOTAL"})


def cases(case: Broken) -> Iterator[Repair]:
    """What holds for each of some people, in a list of other signs: `by grade junior 800, senior 1 200`."""
    words = case.rules.words
    choices = [one for one in known(case.text, words.lang).values() if one.values]
    ahead = range(min(case.index + AHEAD, len(case.tokens) - 1), case.index, -1)
    for at in (*ahead, *places_back(case)):
        asked = next((one for one in choices if inflected(case.tokens[at], one.name, words.lang)), None)
        if asked is None or (found := _cases(case, at + 1, asked.values)) is None:
            continue
        end, several = found
        start = at
        while start > 1 and (case.kind(start - 1) == "BY" or case.tokens[start - 1].casefold() in DEPENDING):
            start -= 1
        listed = f"{words['by']} {asked.name} ({'; '.join(f'{one}: {amount}' for one, amount in several)})"
        yield Repair("P109", start, end, listed, {"instead": short(listed, 80)}, beyond=1)


def parted(case: Broken) -> Iterator[Repair]:
    """A name that makes a word of the language with the one behind it: `share of loads`, of a `share`."""
    names = known(case.text, case.rules.words.lang)
    for at in places_back(case, 2):
        first, _, rest = str(case.tokens[at]).partition(" ")
        if rest and first in names:
            apart = f"({first}) {rest.strip()}"
            facts: Facts = {"word": short(case.tokens[at]), "instead": (apart,)}
            yield Repair("P119", at, at + 1, apart, facts, beyond=1)


# What people say before what something hangs on.
AHEAD = 3  # of them that stand behind the mistake
DEPENDING = frozenset({
    "depending", "dependent", "on", "according", "to", "based", "for", "per", "each", "with",
    "в", "зависимости", "от", "согласно", "для", "каждого", "исходя", "из",
})  # fmt: skip


def _cases(case: Broken, at: int, values: Collection[str]) -> tuple[int, list[tuple[str, str]]] | None:
    """Where pairs of a word and a value end, in any order and with any signs between them, and the pairs."""
    opened, found = case.kind(at) == "OPEN", list[tuple[str, str]]()
    at += opened
    colons = 0
    while at < len(case.tokens):
        turned = case.kind(at) in {"NUMBER", "PERCENT"}
        first = value(case, at) if turned else None
        name = first[0] if first is not None else at
        while first is not None and case.kind(name) in SIGNS:
            name += 1
        if name >= len(case.tokens) or case.tokens[name] not in values:
            break
        end = name + 1
        colons += first is None and case.kind(end) == "COLON"
        while first is None and case.kind(end) in SIGNS:
            end += 1
        second = first or value(case, end)
        if second is None:
            break
        found.append((str(case.tokens[name]), second[1]))
        at = name + 1 if turned else second[0]
        while case.kind(at) in {"SEMICOLON", "AND"} or case.tokens[at : at + 1] == (",",):
            at += 1
    closed = opened and case.kind(at) == "CLOSE"
    # Where only what parts them is wrong, or one sign is missing, that alone is told.
    signed = colons < len(found) - 1
    return (at + closed, found) if len(found) > 1 and closed == opened and (signed or not opened) else None


SIGNS = frozenset({"COLON", "EQ", "MINUS"})
