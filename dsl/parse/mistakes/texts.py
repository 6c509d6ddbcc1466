"""Texts that go on over the end of a line, where a plan has them on one; and what no text may hold."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token

from ...faults import Fault
from ...place import Place
from ..grammar import Grammar
from ..limits import CONTROL
from ..lines import TokenRow, place
from ..read import read
from ..work import Work
from .case import short
from .quotes import PAIRS, quoted

# A paragraph of so many lines is looked through for its closing mark.
LINES = 12


def long_text(
    rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work
) -> tuple[Fault, int] | None:
    """The fault of a text that begins in a row and ends in a later one, and how many rows it goes through.

    None of the lines below the first may make sense by itself: then the closing mark was forgotten instead.
    """
    opening = next((token for token in rows[index].tokens if token.type == "UNCLOSED"), None)
    if opening is None:
        return None
    start = place(opening).start
    end = _closing(text, start, PAIRS[opening[0]])
    if end is None:
        return None
    last = index + 1
    while last < len(rows) and place(rows[last].tokens[0]).start < end:
        work.spend(len(rows[last].tokens))
        if read(rows[last].tokens, rules) is not None:
            return None
        last += 1
    typed = text[start:end]
    facts = {"word": short(typed)}
    return Fault(
        "P137", place=Place(start, end), facts=facts, fix=quoted(" ".join(typed[1:-1].split()))
    ), last - index


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
        facts = {"character": f"U+{ord(found[0]):04X}"}
        faults.append(Fault("P145", place=place(token), facts=facts, fix=better))
        tokens.append(token.update(value=better))
    return tokens, faults


def _closing(text: str, start: int, mark: str) -> int | None:
    """The end of a text that begins at an offset, if its closing mark is the last thing on a later line."""
    end = start
    for _ in range(LINES):
        following = text.find("\n", end + 1)
        line_end = following if following >= 0 else len(text)
        at = text.find(mark, end + 1, line_end)
        if at >= 0:
            rest = text[at + 1 : line_end].strip()
            return at + 1 if not rest or rest.startswith("#") else None
        if following < 0:
            return None
        end = following
    return None
