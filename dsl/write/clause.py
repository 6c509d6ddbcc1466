"""Clauses, saying aloud what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import tree
from ..tree.declared import Operand, Piece, Said, Together, Word, operands
from ..words import Words
from .expression import EITHER, Part, out_of, phrase


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
