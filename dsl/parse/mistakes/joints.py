"""Lines that stand together and should not, or apart and should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import tree
from ...faults import Fault
from ...place import Place
from ..grammar import Grammar
from ..limits import WORDS
from ..lines import LISTS, ROWS, SIDES, TokenRow, place
from ..read import read
from ..work import Work
from .case import NEWLINE, Broken, Repair, short


def continued(case: Broken) -> Iterator[Repair]:
    """A list that goes on in the next line without its first word."""
    if case.above and case.above[0].type in LISTS:
        words = case.rules.words
        keyword = words[case.above[0].type.lower()]
        yield Repair("P130", 0, 0, keyword, {"word": keyword}, fix=f"{keyword} ")


def parted(
    rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work
) -> tuple[Fault, tree.Line] | None:
    """A line broken before a word that begins a row of a table: `accel 1.2`, and below it `above 100%`."""
    if index + 1 == len(rows):
        return None
    above, below = rows[index].tokens, rows[index + 1].tokens
    # A colon shows that it is a row, whatever the line above it would make of it.
    if below[0].type not in SIDES or len(above) > WORDS or any(token.type == "COLON" for token in below):
        return None
    work.spend(len(above) + len(below))
    line = read([*above, *below], rules)
    if line is None:
        return None
    between = Place(place(above[-1]).end, place(below[0]).start)
    # A comment at the line's end cannot stay there.
    fix = " " if text[between.start : between.end].isspace() else None
    return Fault("P150", place=between, facts={"word": short(below[0])}, fix=fix), line


def joined(case: Broken) -> Iterator[Repair]:
    """Two lines of a plan on one line of text."""
    for index in (case.index, case.index - 1):
        if index <= 0 or index >= len(case.tokens):
            continue
        if case.kind(index) == "SEMICOLON" or case.tokens[index] in {",", ".", ":", "|"}:
            start = index + 1
        else:
            start = index
        # In a list a name begins the next item rather than a line, and only below a row comes a row.
        begins = case.rules.starters - ({"NAME"} if case.kind(0) in LISTS else set())
        begins -= frozenset() if case.kind(0) in ROWS else ROWS
        if case.kind(start) in begins:
            facts = {"word": short(case.tokens[start])}
            where = Place(place(case.tokens[index - 1]).end, place(case.tokens[start]).start)
            yield Repair("P129", index, start, NEWLINE, facts, place=where)
