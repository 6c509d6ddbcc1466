"""A plan's text to its tree, with every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    """Rows put under the line they belong to: facts and pay under an example, rows of a table under its head."""
    statements: list[tree.Statement] = []
    under: dict[int, list[Any]] = {}
    faults: list[Fault] = []
    for line in lines:
        match line:
            case tree.Given() | tree.Pays():
                fits, code = bool(statements) and isinstance(statements[-1], tree.Example), "P111"
            case tree.Row() | tree.Columns():
                fits, code = bool(statements) and tabled(statements[-1]) is not None, "P131"
            case _:
                statements.append(line)  # type: ignore[arg-type]  # every line that is not a row is a statement
                continue
        if fits:
            under.setdefault(len(statements) - 1, []).append(line)
        else:
            faults.append(Fault(code, place=line.place))
    whole = [_with(line, tuple(under[index])) if index in under else line for index, line in enumerate(statements)]
    return tuple(whole), faults


def tabled(line: tree.Statement) -> tree.Table | tree.Curve | None:
    """The table of a line that has one."""
    match line:
        case tree.Figure(value=tree.Table() as table) | tree.Pay(amount=tree.Table() as table):
            return table
        case tree.Kpi(clauses=clauses):
            return next((clause for clause in clauses if isinstance(clause, tree.Curve)), None)
        case _:
            return None


def _with(line: tree.Statement, rows: tuple[Any, ...]) -> tree.Statement:
    match line:
        case tree.Example():
            return replace(line, rows=rows)
        case tree.Figure(value=tree.Table() as table):
            return replace(line, value=replace(table, rows=rows))
        case tree.Pay(amount=tree.Table() as table):
            return replace(line, amount=replace(table, rows=rows))
        case tree.Kpi(clauses=clauses):
            return replace(
                line,
                clauses=tuple(replace(one, rows=rows) if isinstance(one, tree.Curve) else one for one in clauses),
            )
        case _:
            return line
