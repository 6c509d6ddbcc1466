"""The tokens of one line, through the parser."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token
from lark.exceptions import UnexpectedInput

from .. import tree
from .grammar import Grammar


def read(tokens: Sequence[Token], rules: Grammar) -> tree.Line | None:
    """The line that some tokens make, if they make one."""
    parser = rules.lark.parse_interactive()
    try:
        for token in tokens:
            parser.feed_token(token)
        line: tree.Line = parser.feed_eof(tokens[-1])  # type: ignore[no-untyped-call]  # untyped in Lark
    except UnexpectedInput:
        return None
    return line


def reach(tokens: Sequence[Token], rules: Grammar) -> tuple[int, frozenset[str]]:
    """How many of the tokens make sense one after another, and the terminals that could stand next."""
    parser = rules.lark.parse_interactive()
    index = 0
    try:
        for token in tokens:
            parser.feed_token(token)
            index += 1
    except UnexpectedInput:
        # The failed token may have run some reductions; the tokens before it are fed again for a clean state.
        parser = rules.lark.parse_interactive()
        for token in tokens[:index]:
            parser.feed_token(token)
    return index, frozenset(parser.accepts())  # type: ignore[no-untyped-call]  # untyped in Lark
