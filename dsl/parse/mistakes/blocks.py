"""Lines that are one thing, told as one mistake: a section with its end, the rows of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from lark import Token

from ...faults import Fault
from ...place import Place
from ..grammar import Grammar, read
from ..lines import SIDES, TokenRow, place
from .case import Facts, Mended, short
from .spelling import synonyms

# What is understood of some tokens by themselves.
Mend = Callable[[tuple[Token, ...]], Mended]
# What bounds and cells are, and what may part them.
CELLS = frozenset({"NUMBER", "PERCENT"})
LEAST = 2  # edits that are one mistake
SECTIONS = frozenset({"SECTION", "SECTION_END"})
BETWEEN = frozenset({"SEMICOLON", "COLON"})


def told(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, mended: Mend) -> Mended | None:
    """What begins with a broken row, as one mistake with the rows that belong to it."""
    return _section(rows, index, text, rules, mended) or _matrix(rows, index, text, rules)


def _section(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, mended: Mend) -> Mended | None:
    """A section that is wrong where it begins, and where it ends as well: `section "Results" 60%` … `end`."""
    tokens = tuple(rows[index].tokens)
    head = mended(tokens) if tokens[0].type == "SECTION" else None
    if head is None or not head.healed:
        return None
    inside = list(takewhile(lambda row: row.tokens[0].type not in SECTIONS, rows[index + 1 :]))
    end = next((at for at, row in enumerate(inside) if _ends(row, text, rules)), -1)
    lines = [read(row.tokens, rules) for row in inside[: end + 1][:-1]]
    if None in lines:
        end = -1  # What is wrong within it is told first.
    edits = [(one.place, one.fix) for one in head.faults if one.place is not None and one.fix is not None]
    if end >= 0:
        edits.append((_whole(inside[end]), rules.words["section_end"]))
    if len(edits) < max(len(head.faults), LEAST):
        return None
    at, whole = Place(min(edits)[0].start, max(edits)[0].end), _whole(rows[index])
    fix, said = text[at.start : at.end], text[whole.start : whole.end]
    for spot, words in sorted(edits, reverse=True):
        fix = f"{fix[: spot.start - at.start]}{words}{fix[spot.end - at.start :]}"
        if spot.inside(whole):
            said = f"{said[: spot.start - whole.start]}{words}{said[spot.end - whole.start :]}"
    shown = (said, rules.words["section_end"])[: 1 + (end >= 0)]
    return _told(rows, index, end + 1, at, fix, shown, text)


def _ends(row: TokenRow, text: str, rules: Grammar) -> bool:
    """Whether a row says in other words that a section ends."""
    at = _whole(row)
    said = " ".join(text[at.start : at.end].casefold().split())
    return "section_end" in synonyms(rules.words.lang).get(said, ())


def _matrix(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar) -> Mended | None:
    """The columns of a matrix by their bounds alone, and rows whose cells nothing parts: `columns 10 20`.

    With a cell more than bounds each bound is the end of its column, which a repair says.
    """
    head, words = rows[index].tokens, rules.words
    bounds = [str(one) for one in head[1:] if one.type in CELLS]
    if head[0].type != "COLUMNS" or not bounds or not all(one.type in CELLS | BETWEEN for one in head[1:]):
        return None
    taken = list(takewhile(lambda row: row.tokens[0].type in SIDES, rows[index + 1 :]))
    cells = [_cells(row) for row in taken]
    counts = {len(one) for one in cells}
    known = len(counts) == 1 and counts <= {len(bounds), len(bounds) + 1}
    ends = bounds if counts == {len(bounds) + 1} or not known else bounds[:-1]
    if not ends:
        return None
    columns = [*(f"{words['up_to']} {one}" for one in ends), f"{words['above']} {ends[-1]}"]
    said = [f"{words['columns']} {'; '.join(columns)}"]
    for row, own in zip(taken, cells, strict=True) if known else ():
        bound = text[place(row.tokens[0]).start : place(own[0]).start].rstrip(" \t:")
        said.append(f"{bound}{' ' if bound == words['above'] else ': '}{'; '.join(own)}")
    at = _whole(rows[index]).to(_whole(rows[index + len(taken)]))
    fix = "\n  ".join(said) if known and ends is bounds else None
    return _told(rows, index, len(taken), at, fix, said, text)


def _told(
    rows: Sequence[TokenRow],
    index: int,
    below: int,
    at: Place,
    fix: str | None,
    said: Sequence[str],
    text: str,
) -> Mended:
    """A row and so many below it as one mistake, with how its lines are written."""
    whole = _whole(rows[index])
    facts: Facts = {
        "word": short(text[whole.start : whole.end]),
        "rows": ", ".join(f"`{one}`" for one in said),
    }
    begins = rows[index].tokens[0].type
    return Mended(
        (), (Fault("P348", place=at, facts=facts, fix=fix),), healed=False, begins=begins, rows=1 + below
    )


def _whole(row: TokenRow) -> Place:
    """Where a row stands."""
    return place(row.tokens[0]).to(place(row.tokens[-1]))


def _cells(row: TokenRow) -> list[Token]:
    """The cells of a row of a matrix: its numbers behind its colon, or behind its bound."""
    kinds = [one.type for one in row.tokens]
    bound = kinds.index("COLON") if "COLON" in kinds else int(kinds[0] != "ABOVE")
    return [one for one in row.tokens[1 + bound :] if one.type in CELLS]
