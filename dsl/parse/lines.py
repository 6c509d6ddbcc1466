"""Tokens of a text, gathered into the lines of the plan.

A line of a plan goes on over a line break where the next line begins with what cannot begin a line (a clause
word, a number, a sign) or inside brackets. Nothing else joins lines, so a mistake hardly ever swallows its
neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lark import Token

from ..source import Place, Source
from ..tree import Notes
from .grammar import Grammar


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of one line of the plan, and its comments."""

    tokens: list[Token]
    notes: Notes


def place(token: Token) -> Place:
    """Where a token stands."""
    return Place(token.start_pos or 0, token.end_pos or 0)


def rows(source: Source, grammar: Grammar) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of a text, and the comments after the last (an empty one is blank space)."""
    tokens = list(grammar.lark.lex(source.text))
    following = _following(tokens)
    found: list[Row] = []
    current: list[Token] = []
    above: list[str] = []
    inside: list[str] = []
    beside: str | None = None
    depth = breaks = 0
    apart = False
    for index, token in enumerate(tokens):
        if token.type == "NEWLINE":
            breaks += 1
            continue
        comment = token.type == "COMMENT"
        if current and breaks and not _continues(grammar, tokens, following, following[index], depth):
            found.append(Row(current, Notes(tuple(above), tuple(inside), beside, apart)))
            current, above, inside, beside, depth = [], [], [], None, 0
        if not current and not above:
            apart = breaks > 1
        elif not current and breaks > 1:
            above.append("")
        if current and beside is not None:
            inside.append(beside)
            beside = None
        if not comment:
            depth += (token.type == "OPEN") - (token.type == "CLOSE")
            current.append(token)
        elif not current:
            above.append(token.rstrip())
        elif breaks:
            inside.append(token.rstrip())
        else:
            beside = token.rstrip()
        breaks = 0
    if current:
        found.append(Row(current, Notes(tuple(above), tuple(inside), beside, apart)))
        return found, ()
    return found, ("", *above) if above and apart else tuple(above)


# What after a name shows that the name begins a line, even inside a bracket that somebody forgot to close.
CLAUSES = frozenset({"WEIGHT", "TARGET", "CUTOFF", "ACCEL", "CAP", "STRING"})


def _continues(
    grammar: Grammar, tokens: Sequence[Token], following: Sequence[int], index: int, depth: int
) -> bool:
    """Whether the word at `index`, the first of its line, goes on with the line above it."""
    if index == len(tokens):
        return False
    token = tokens[index]
    if token.type not in grammar.starters:
        return depth > 0 or token.type not in {"UNCLOSED", "WRONG"}
    if depth <= 0:
        return False
    if token.type == "NAME":
        after = following[index + 1]
        return after == len(tokens) or tokens[after].type not in CLAUSES
    return token.type == "SALARY"


def _following(tokens: Sequence[Token]) -> list[int]:
    """For each index, that of the first word from there on; the number of tokens where there is none."""
    following = [len(tokens)] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        word = tokens[index].type not in {"NEWLINE", "COMMENT"}
        following[index] = index if word else following[index + 1]
    return following
