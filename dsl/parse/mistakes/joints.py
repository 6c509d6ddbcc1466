"""Lines that stand together and should not, or apart and should not."""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Place
from ..lines import place
from .case import NEWLINE, Case, Repair, short


def continued(case: Case) -> Iterator[Repair]:
    """A list that goes on in the next line without its first word."""
    if case.above and case.above[0].type in {"GIVEN", "PAYS"}:
        words = case.rules.words
        keyword = words[case.above[0].type.lower()]
        yield Repair("P130", 0, 0, keyword, {"word": keyword}, fix=f"{keyword} ")


def joined(case: Case) -> Iterator[Repair]:
    """Two lines of a plan on one line of text."""
    for index in (case.index, case.index - 1):
        if index <= 0 or index >= len(case.tokens):
            continue
        if case.kind(index) == "SEMICOLON" or case.tokens[index] in {",", ".", ":", "|"}:
            start = index + 1
        else:
            start = index
        # In a list a name begins the next item rather than a line.
        begins = case.rules.starters - ({"NAME"} if case.kind(0) in {"GIVEN", "PAYS"} else set())
        if case.kind(start) in begins:
            facts = {"word": short(case.tokens[start])}
            where = Place(place(case.tokens[index - 1]).end, place(case.tokens[start]).start)
            yield Repair("P129", index, start, NEWLINE, facts, place=where)
