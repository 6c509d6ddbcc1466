"""A plan's text to its tree, with every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .. import tree
from ..faults import Fault, has_errors, in_order
from ..source import Place, Source
from ..words import Lang, Words
from .grammar import Grammar, grammar
from .language import language
from .limits import oversized, unfit
from .lines import Row, place, rows
from .mistakes import Mended, mended
from .read import read

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
        part = mended(found, index, source.text, rules)
        if part.joins and faults and faults[-1].code == "P115":
            # The line above only lacked what this one says.
            faults.pop()
        lines.extend(replace(line, notes=row.notes) for line in part.lines)
        lines.append(part)
        faults.extend(part.faults)
        index += part.rows
    return lines, faults


def assemble(
    lines: Sequence[tree.Line | Mended], source: Source, vocabulary: Words
) -> tuple[tuple[tree.Statement, ...], list[Fault]]:
    """Rows put under the example they belong to; what stands under a broken example is left out with it."""
    statements: list[tree.Statement] = []
    under: dict[int, list[tree.Given | tree.Pays]] = {}
    faults: list[Fault] = []
    inside: Literal["example", "broken", "nothing"] = "nothing"
    for line in lines:
        if isinstance(line, Mended):
            inside = "broken" if inside == "nothing" or line.begins not in {"GIVEN", "PAYS"} else inside
        elif not isinstance(line, tree.Given | tree.Pays):
            statements.append(line)  # type: ignore[arg-type]  # every line that is not a row is a statement
            inside = "example" if isinstance(line, tree.Example) else "nothing"
        elif inside == "example":
            under.setdefault(len(statements) - 1, []).append(line)
        elif inside == "nothing":
            word = source.at(line.place).split(maxsplit=1)[0]
            start = line.place.start
            facts = {"word": word, "example": vocabulary["example"]}
            faults.append(Fault("P111", place=Place(start, start + len(word)), facts=facts))
            inside = "broken"  # Once is enough for all rows of the example.
    whole = (
        replace(line, rows=tuple(under.get(index, ()))) if isinstance(line, tree.Example) else line
        for index, line in enumerate(statements)
    )
    return tuple(whole), faults
