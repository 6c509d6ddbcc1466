"""What stands below the beginning of a line: its clauses, saying what they mean, and the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import assert_never

from .. import tree
from ..tree.declared import Operand, Piece, Said, Together, Word, operands
from ..words import Words
from .expression import ATOM, EITHER, Part, operand, out_of, phrase


def clauses(parts: Sequence[tree.Clause], words: Words) -> list[str]:
    """The text of each clause of a line, in the order in which they are printed."""
    texts: list[str] = []
    for part in reversed(parts):
        texts.insert(0, clause(part, words, texts[0] if texts else ""))
    return texts


def clause(part: tree.Clause, words: Words, after: str) -> str:
    """The text of a clause, where another text comes after it."""
    return phrase(words, *_parts(part, part.declared.pieces, words), after=after)


def _parts(part: tree.Clause, pieces: Sequence[Piece], words: Words) -> Iterator[Part]:
    for piece in pieces:
        match piece:
            case Word((first, *_)):
                yield out_of(words) if first == "OF" else words[first.lower()]
            case Operand(name, rule):
                yield (getattr(part, name), EITHER) if rule == "either" else getattr(part, name)
            case Said(name, values):
                yield from (
                    words[word.lower()] for word, value in values.items() if value == getattr(part, name)
                )
            case Together(inner):
                if all(getattr(part, one.name) is not None for one in operands(inner)):
                    yield from _parts(part, inner, words)


# ── Tables, their values below one another ───────────────────────────────────────────────────────────────


def table(rows: Sequence[tree.TableRow], words: Words) -> list[str]:
    """The text of each row: `up to 100%: 3%`, `below 5: 10%; 20%`."""
    heads = [head(row, words) for row in rows]
    width = max(map(len, heads), default=0)
    columns = zip_longest(*(_parted(_cells(row, words)) for row in rows), fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    return [
        f"{start:{width}} {' '.join(map(str.ljust, _parted(_cells(row, words)), widths))}".rstrip()
        for start, row in zip(heads, rows, strict=True)
    ]


def _parted(cells: Sequence[str]) -> list[str]:
    """Cells with a `;` after each but the last."""
    *some, last = cells
    return [*(f"{cell};" for cell in some), last]


def head(row: tree.TableRow, words: Words) -> str:
    """What a row begins with: its bound, or the word before the bounds of columns."""
    match row:
        case tree.Columns():
            return words["columns"]
        case tree.Row(bound=bound):
            return words["above"] if bound is None else f"{_bound(bound, words)}:"
        case _:
            assert_never(row)


def _cells(row: tree.TableRow, words: Words) -> list[str]:
    match row:
        case tree.Columns(bounds=bounds):
            return [_bound(bound, words) for bound in bounds]
        case tree.Row(bound=bound, cells=cells):
            # Behind a colon nothing is read as a part of the word before it.
            before = words["above"] if bound is None else ""
            return [_cell(cell, words, before if at == 0 else "") for at, cell in enumerate(cells)]
        case _:
            assert_never(row)


def _bound(bound: tree.Bound, words: Words) -> str:
    return phrase(words, words[bound.side], bound.value)


def _cell(cell: tree.Cell, words: Words, before: str) -> str:
    """A value with its sign, if it has one, and then one single thing."""
    unit = words["per_unit"] if cell.per_unit else ""
    sign, amount = ("-", cell.value.operand) if isinstance(cell.value, tree.Negative) else ("", cell.value)
    text = sign + operand(amount, ATOM, words, before="" if sign else before, after=unit)
    return f"{text} {unit}" if unit else text
