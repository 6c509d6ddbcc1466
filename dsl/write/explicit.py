"""A plan with one thing on each line of text, so that a change of one clause is a change of one line."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..parse.file import tabled
from ..words import Lang, Words
from ..words import words as words_of
from .line import items, lead, line
from .table import table

STEP = "    "  # before what belongs to the line above


def explicit(plan: tree.Plan, lang: Lang | None = None) -> str:
    """The text of a plan, each clause, row and item on a line of its own; without comments."""
    words = words_of(lang or plan.lang)
    return "\n".join([*(text for one in plan.statements for text in _lines(one, words)), ""])


def _lines(statement: tree.Statement, words: Words) -> Iterator[str]:
    first, *clauses = line(statement, words)
    yield " ".join(first.split("\n"))
    yield from (f"{STEP}{clause}" for clause in clauses)
    if isinstance(statement, tree.Example):
        for row in statement.rows:
            word = lead(row, words)
            yield from (f"{STEP}{word} {item}" for item in items(row, words))
    elif under := tabled(statement):
        yield from (f"{STEP}{text}" for row in under.rows for text in table([row], words))
