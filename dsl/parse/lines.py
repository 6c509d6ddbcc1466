"""Tokens of a text, gathered into the lines of the plan.

A line of a plan goes on over a line break where the next line begins with what cannot begin a line (a clause
word, a number, a sign), inside brackets, and in a list after a `;`. Nothing else joins lines, so a mistake
hardly ever swallows its neighbour. What begins with `above`, `below`, `up to`, `from` or `at` is a row of a
table, so outside brackets no line is broken before these words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lark import Token

from ..place import Place
from ..source import Source
from ..tree import Notes
from ..tree.declared import DECLARED
from .grammar import Grammar
from .naming import BETWEEN


@dataclass(frozen=True, slots=True)
class TokenRow:
    """The tokens of one line of the plan, and its comments."""

    tokens: list[Token]
    notes: Notes


def place(token: Token) -> Place:
    """Where a token stands."""
    return Place(token.start_pos or 0, token.end_pos or 0)


def rows(source: Source, grammar: Grammar, base: int = 0) -> tuple[list[TokenRow], tuple[str, ...]]:
    """The rows of a text, and the comments after the last (an empty one is blank space).

    Places are counted from `base`.
    """
    tokens = grammar.named(source.text)
    if base:
        for token in tokens:
            token.start_pos, token.end_pos = (token.start_pos or 0) + base, (token.end_pos or 0) + base
    following = _following(tokens)
    found: list[TokenRow] = []
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
        if (
            current
            and breaks
            and not (
                _continues(grammar, tokens, following, following[index], depth)
                or (breaks == 1 and _lists(grammar, tokens, following[index], current))
            )
        ):
            found.append(TokenRow(current, Notes(tuple(above), tuple(inside), beside, apart)))
            current, above, inside, beside, depth = [], [], [], None, 0
        if not current and not above:
            apart = breaks > 1
        elif not current and breaks > 1:
            above.append("")
        if current and beside is not None:
            inside.append(beside)
            beside = None
        if token.type != "COMMENT":
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
        found.append(TokenRow(current, Notes(tuple(above), tuple(inside), beside, apart)))
        return found, ()
    return found, ("", *above) if above and apart else tuple(above)


# What after a name shows that the name begins a line, even inside a bracket that somebody forgot to close.
CLAUSES = frozenset(word for one in DECLARED for word in one.declared.begins)
# The words for a side, each of which begins a row of a table where a line begins with it.
SIDES = frozenset({"UP_TO", "TO", "BELOW", "FROM", "ABOVE", "AT"})
ROWS = SIDES | {"COLUMNS"}


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
        return after == len(tokens) or tokens[after].type not in CLAUSES | {"STRING"}
    return token.type == "SALARY" or (token.type in SIDES and not _tabled(tokens, index))


def _tabled(tokens: Sequence[Token], index: int) -> bool:
    """Whether a colon stands after a bound: a row of a table, then, below a bracket that nobody closed."""
    ends = {"NEWLINE", "COMMENT", "OPEN", "CLOSE", "SEMICOLON", "COLON"}
    kinds = (tokens[at].type for at in range(index + 1, len(tokens)))
    return next((kind for kind in kinds if kind in ends), "") == "COLON"


# The rows of an example.
LISTS = frozenset({"GIVEN", "SHOWS", "PAYS"})
# What the items of a list begin with, and what may follow there.
ITEMS = {
    "GIVEN": frozenset({"NAME"}),
    "SHOWS": frozenset({"NAME"}),
    "PAYS": frozenset({"NAME", "SALARY", "BONUS", "COMMISSION", "TOTAL", "VARIABLE"}),
    "COLUMNS": SIDES,
}
VALUES = frozenset({
    "NUMBER", "PERCENT", "SIGN", "DATE", "YES", "NO", "MINUS", "NAME", "DAYS", "BPS", "OPEN", "CLOSE",
})  # fmt: skip


def _lists(grammar: Grammar, tokens: Sequence[Token], index: int, current: Sequence[Token]) -> bool:
    """Whether the word at `index`, the first of its line, begins an item of a list that a `;` leaves open."""
    items = ITEMS.get(current[0].type, ())
    if current[-1].type != "SEMICOLON" or index == len(tokens) or tokens[index].type not in items:
        return False
    start, fresh = index + 1, False
    for at in range(start, len(tokens)):
        kind = tokens[at].type
        if kind in BETWEEN:
            fresh = True
        elif kind == "SEMICOLON" or (fresh and kind in grammar.starters):
            return at > start
        elif kind not in VALUES:
            return False
    return True


def _following(tokens: Sequence[Token]) -> list[int]:
    """For each index, that of the first word from there on; the number of tokens where there is none."""
    following = [len(tokens)] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        following[index] = following[index + 1] if tokens[index].type in BETWEEN else index
    return following
