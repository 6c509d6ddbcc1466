"""A plan's text to its tree, with every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .. import tree
from ..faults import Fault, has_errors
from ..source import Place, Source
from ..words import Lang
from .grammar import grammar, language
from .limits import oversized, unfit
from .lines import rows
from .mistakes import mistake
from .read import read


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and what was understood of it; the tree lacks the lines that hold mistakes."""

    source: Source
    tree: tree.Plan
    faults: tuple[Fault, ...]

    @property
    def lang(self) -> Lang:
        """The language that the text is written in."""
        return self.tree.lang

    @property
    def broken(self) -> bool:
        """Whether lines are missing from the tree."""
        return has_errors(self.faults)


def parse(source: Source) -> Parsed:
    """The tree of a text; never raises. Each line is read by itself, so that a mistake stays in its line."""
    lang = language(source.text)
    if excess := oversized(source):
        return Parsed(source, tree.Plan(lang, ()), (excess,))
    rules = grammar(lang)
    found, tail = rows(source, rules)
    faults: list[Fault] = []
    lines: list[tree.Line] = []
    for row in found:
        line = None if unfit(row, rules) else read(row.tokens, rules)
        if line is not None:
            lines.append(replace(line, notes=row.notes))
        else:
            faults.append(mistake(row, rules))
    statements, stray = assemble(lines)
    if not found:
        faults.append(Fault("P101", place=Place(0, 0)))
    return Parsed(source, tree.Plan(lang, statements, tail), (*faults, *stray))


def assemble(lines: Sequence[tree.Line]) -> tuple[tuple[tree.Statement, ...], list[Fault]]:
    """Rows put under the line they belong to."""
    statements: list[tree.Statement] = []
    under: dict[int, list[tree.Given | tree.Pays]] = {}
    faults: list[Fault] = []
    for line in lines:
        if not isinstance(line, tree.Given | tree.Pays):
            statements.append(line)  # type: ignore[arg-type]  # every line that is not a row is a statement
        elif statements and isinstance(statements[-1], tree.Example):
            under.setdefault(len(statements) - 1, []).append(line)
        else:
            faults.append(Fault("P111", place=line.place))
    whole = (
        replace(line, rows=tuple(under.get(index, ()))) if isinstance(line, tree.Example) else line
        for index, line in enumerate(statements)
    )
    return tuple(whole), faults
