"""The numbers that a plan states, each a little more: by one percentage point, or by one percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import lru_cache

from dsl import tree
from dsl.check.shared import flat
from dsl.node import node
from dsl.parse import parse
from dsl.place import Place
from dsl.source import Source
from dsl.words import Lang, words
from dsl.write.value import decimal

from ..compare.between import unbalanced
from ..compile import Compiled

POINT = 10  # percent, from which on one point more is little
KEPT = 16  # plans whose numbers are remembered
MOST = 60  # numbers of a plan that are tried, in the author's order
DIGITS = re.compile("[0-9](?:[0-9 \u00a0\u2009\u202f]*[0-9])?(?:[.,][0-9]+)?")
# What says when and how, and not how much: no budget hangs on a little more of it.
SILENT = tree.Example | tree.Effect | tree.Version | tree.Fact | tree.Allow | tree.Rounding | tree.During
Literal = tree.Number | tree.Percent | tree.Amount | tree.Days


@node
class Parameter:
    """A number of a plan: the clause that it stands in, what it is, and what it is changed to.

    A percentage is a part of one. `plan` is the plan with that one change; None where there is no such plan.
    """

    name: str
    clause: str
    place: Place
    old: Fraction
    new: Fraction
    percent: bool
    plan: Compiled | None


def parameters(compiled: Compiled) -> tuple[Parameter, ...]:
    """Each number of a plan in the author's order, with the plan in which it is a little more."""
    return _parameters(flat(compiled.checked.parsed).source)


@lru_cache(maxsize=KEPT)  # a budget is asked about more than once, and every number takes a plan to compile
def _parameters(source: Source) -> tuple[Parameter, ...]:
    parsed = parse(source)
    found: list[Parameter] = []
    for statement in parsed.tree.statements:
        if not isinstance(statement, SILENT):
            named = getattr(statement, "name", None)
            name = named.text if isinstance(named, tree.Name) else ""
            for literal, clause in _literals(statement, statement):
                if literal.value and len(found) < MOST:
                    found.append(_changed(source, parsed.lang, name, clause.place, literal))
    return tuple(found)


def _literals(part: object, clause: tree.Placed) -> Iterator[tuple[Literal, tree.Placed]]:
    """The numbers under a node, each with the clause, or the row of a table, that it stands in."""
    match part:
        case tree.Number() | tree.Percent() | tree.Amount() | tree.Days():
            yield part, clause
        case tuple():
            for inner in part:
                yield from _literals(inner, clause)
        case _ if is_dataclass(part) and not isinstance(part, SILENT):
            inside = part if isinstance(part, tree.Clause | tree.Row) else clause
            for one in fields(part):
                yield from _literals(getattr(part, one.name), inside)


def _changed(source: Source, lang: Lang, name: str, clause: Place, literal: Literal) -> Parameter:
    written = source.at(literal.place)
    share = isinstance(literal, tree.Percent)
    found = Parameter(
        name, source.words(clause), literal.place, literal.value, literal.value, share, None
    )  # fmt: skip
    for value in _little_more(literal) if DIGITS.search(written) else ():
        points = value * 100 if share and "%" not in written else value  # written in basis points
        new = DIGITS.sub(decimal(points, words(lang)), written, count=1)
        found = replace(found, new=value / 100 if share else value, plan=_plan(source, literal.place, new))
        if found.plan is not None:
            break
    return found


def _little_more(literal: Literal) -> tuple[Fraction, ...]:
    """A percentage of ten or more a point higher; another number one percent more, or else one more."""
    value = literal.value * (100 if isinstance(literal, tree.Percent) else 1)
    point = isinstance(literal, tree.Percent) and value >= POINT
    return (value + 1,) if point else (value * Fraction(101, 100), value + 1)


def _plan(source: Source, place: Place, new: str) -> Compiled | None:
    """The plan with something else at a place; its weights need not make 100 %, since one of them moved."""
    text = source.text[: place.start] + new + source.text[place.end :]
    return unbalanced(parse(Source(source.name, text)))
