"""A choice by sorts of people without its brackets, signs or first words: `by grade: a 100, b 200`."""

from __future__ import annotations

from collections.abc import Iterator

from ...words import currencies
from .case import Broken, Repair
from .known import known

PARTING = frozenset({"SEMICOLON", "AND"})
SAYING = frozenset({"COLON", "EQ", "MINUS"})
SIGNS = frozenset({"–", "—", ",", "|", "->", "→"})
VALUES = frozenset({"NUMBER", "PERCENT"})
LEAST = 2  # sorts of people of one choice


def choices(case: Broken) -> Iterator[Repair]:
    """The choice as a plan writes it, where each of its parts is a value of one attribute and an amount."""
    attributes = {
        name: one.values for name, one in known(case.text, case.rules.words.lang).items() if one.values
    }
    for start in range(1, min(case.index, len(case.tokens) - 1) + 1):
        if case.kind(start) == "BY":
            name, first = str(case.tokens[start + 1]) if start + 1 < len(case.tokens) else "", start + 2
        else:
            owners = [name for name, values in attributes.items() if str(case.tokens[start]) in values]
            name, first = owners[0] if len(owners) == 1 and case.kind(0) in {"SALARY", "BONUS"} else "", start
        if name in attributes and (found := _parts(case, first, attributes[name])) is not None:
            end, parts = found
            if _signs_alone(case, first, end, len(parts)):
                return  # each of them is told by itself
            words = case.rules.words
            way = f"{words['by']} {name} ({'; '.join(parts)})"
            yield Repair("P109", start, end, way, {"instead": way}, beyond=1)
            return


def _signs_alone(case: Broken, first: int, end: int, parts: int) -> bool:
    """Whether a choice in its brackets lacks nothing, and its signs alone are others, all in one way."""
    inside = range(first, end)
    commas = sum(case.tokens[at] == "," for at in inside)
    others = sum(
        _is(case, at, SAYING) and case.kind(at) != "COLON" and case.tokens[at] != "," for at in inside
    )
    said = others + sum(case.kind(at) == "COLON" for at in inside)
    return case.kind(first) == "OPEN" and said >= parts and not (commas and others)


def _parts(case: Broken, at: int, values: tuple[str, ...]) -> tuple[int, list[str]] | None:
    """Where the parts of a choice end, each as a plan writes it."""
    found: list[str] = []
    while at < len(case.tokens):
        while _is(case, at, PARTING | SAYING | {"OPEN"}):
            at += 1
        named = at < len(case.tokens) and (str(case.tokens[at]) in values or case.kind(at) == "OTHERWISE")
        if not named:
            break
        value = at + 1
        while _is(case, value, SAYING):
            value += 1
        if case.kind(value) not in VALUES:
            return None
        money = case.kind(value + 1) == "NAME" and str(case.tokens[value + 1]) in currencies()
        priced = money or case.kind(value + 1) == "SIGN"
        end = value + 1 + priced
        found.append(f"{case.tokens[at]}: {case.raw(value, end)}")
        at = end
    at += case.kind(at) == "CLOSE"
    return (at, found) if len(found) >= LEAST else None


def _is(case: Broken, at: int, kinds: frozenset[str]) -> bool:
    """Whether a token only parts others."""
    return at < len(case.tokens) and (case.kind(at) in kinds or case.tokens[at] in SIGNS)
