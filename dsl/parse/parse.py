"""A plan's text to its tree, with every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from .. import tree
from ..faults import Fault, has_errors, in_order
from ..source import Place, Source
from ..words import Lang, Words
from .grammar import Grammar, grammar
from .language import language
from .limits import oversized, unfit
from .lines import LISTS, ROWS, Row, place, rows
from .read import read

if TYPE_CHECKING:
    from .mistakes import Mended

# After so many lines that do not parse, the rest of a text is not read.
BROKEN = 50


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
    lines, faults = understood(found, source, rules)
    statements, stray = assemble(lines, source, rules.words)
    if not found:
        faults.append(Fault("P101", place=Place(0, 0)))
    return Parsed(source, tree.Plan(lang, statements, tail), in_order((*faults, *stray)))


def understood(
    found: Sequence[Row], source: Source, rules: Grammar
) -> tuple[list[tree.Line | Mended], list[Fault]]:
    """The lines of a text as far as they make sense, and what is wrong in the others."""
    lines: list[tree.Line | Mended] = []
    faults: list[Fault] = []
    index = broken = 0
    while index < len(found):
        row = found[index]
        line = None if unfit(row) else read(row.tokens, rules)
        if line is not None:
            lines.append(replace(line, notes=row.notes))
            index += 1
            continue
        if broken == BROKEN:
            faults.append(Fault("P124", place=place(row.tokens[0]), facts={"most": str(BROKEN)}))
            break
        broken += 1
        # Most texts have no mistake, and what finds one takes longer to import than they take to read.
        from .mistakes import mended  # noqa: PLC0415

        part = mended(found, index, source.text, rules)
        if part.joins and faults and faults[-1].code == "P115":
            # The line above only lacked what this one says.
            faults.pop()
        lines.extend(replace(line, notes=row.notes) for line in part.lines)
        lines.append(part)
        faults.extend(part.faults)
        index += part.rows
    return lines, faults


# What the rows that stand under another line begin with.
UNDER = ROWS | LISTS


def assemble(
    lines: Sequence[tree.Line | Mended], source: Source, vocabulary: Words
) -> tuple[tuple[tree.Statement, ...], list[Fault]]:
    """Rows put under the line they belong to: those of an example under it, bounds under a table.

    What stands under a broken line is left out with it.
    """
    statements: list[tree.Statement] = []
    under: dict[int, list[Any]] = {}
    faults: list[Fault] = []
    inside: Literal["example", "table", "broken", "nothing"] = "nothing"
    for line in lines:
        if not isinstance(line, tree.Line):
            inside = "broken" if inside == "nothing" or line.begins not in UNDER else inside
            continue
        row = isinstance(line, tree.ExampleRow | tree.Row | tree.Columns)
        if not row:
            statements.append(line)  # type: ignore[arg-type]  # every line that is not a row is a statement
            example, table = isinstance(line, tree.Example), tabled(statements[-1]) is not None
            inside = "example" if example else "table" if table else "nothing"
        elif inside == ("example" if isinstance(line, tree.ExampleRow) else "table"):
            under.setdefault(len(statements) - 1, []).append(line)
        elif inside != "broken":
            faults.append(_stray(line, source, vocabulary))
            inside = "broken"  # Once is enough for all rows of the example.
    whole = (
        _with(line, tuple(under[index])) if index in under else line for index, line in enumerate(statements)
    )
    return tuple(whole), faults


def _stray(line: tree.Line, source: Source, vocabulary: Words) -> Fault:
    """The fault of a row that belongs to no line."""
    start, text = line.place.start, source.at(line.place)
    word = text.split(maxsplit=1)[0]
    if isinstance(line, tree.Row) and line.bound is not None:
        word = text[: line.bound.value.place.start - start].rstrip()
    place = Place(start, start + len(word))
    if isinstance(line, tree.ExampleRow):
        return Fault("P111", place=place, facts={"word": word, "example": vocabulary["example"]})
    return Fault("P151", place=place, facts={"word": word, "steps": vocabulary["steps_by"]})


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
            curved = (replace(one, rows=rows) if isinstance(one, tree.Curve) else one for one in clauses)
            return replace(line, clauses=tuple(curved))
        case _:
            return line
