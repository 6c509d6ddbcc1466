"""The heading of a table: which column holds what."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dsl.faults import Fact, Fault, nearest
from dsl.marks import MOST, composed, overladen
from dsl.words import KindName, Lang
from engine.compiled import Compiled
from engine.facts import shown
from engine.inputs import inputs, needed
from engine.kernel import Input

from ..exact import LISTED

Sort = Literal["field", "fact", "target"]

# The words of a heading in either language. A fact that is called as a field is stands after `fact:`.
FIELDS = {"employee": "employee", "period": "period", "сотрудник": "employee", "период": "period"}
MARKS: dict[str, Sort] = {"target": "target", "план": "target", "fact": "fact", "факт": "fact"}
SPOKEN: dict[Lang, dict[str, str]] = {
    "en": {"employee": "employee", "period": "period", "target": "target:", "fact": "fact:"},
    "ru": {"employee": "сотрудник", "period": "период", "target": "план:", "fact": "факт:"},
}
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a field of the person, a fact or a target, and the kind of its values."""

    sort: Sort
    name: str
    heading: str
    kind: KindName | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table in their order, and what stands between them."""

    columns: tuple[Column, ...]
    delimiter: str


def read_heading(line: str, compiled: Compiled, *others: Compiled) -> Heading | tuple[Fault, ...]:
    """The heading of a table for a plan, or for several, or everything that is wrong with it."""
    delimiter = max(DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return (Fault("P669", facts={"line": "1"}),)
    if any(overladen(cell) is not None for cell in cells):
        return (Fault("P142", facts={"line": "1", "most": str(MOST)}),)
    names = [composed(cell).strip() for cell in cells]
    asked = [{(_sort(entry), entry.name): entry for entry in inputs(plan)} for plan in (compiled, *others)]
    known = {key: entry for plan in reversed(asked) for key, entry in plan.items()}
    lang: Lang = "ru" if any(name.casefold() in SPOKEN["ru"].values() for name in names) else "en"
    columns: list[Column] = []
    faults: list[Fault] = []
    for number, name in enumerate(names, 1):
        column = _column(name, known)
        if column is None:
            faults.append(_unknown(name, number, known, lang))
        elif any((column.sort, column.name) == (other.sort, other.name) for other in columns):
            faults.append(Fault("P666", facts={"name": name}))
        else:
            columns.append(column)
    if not columns:  # the first row is a person already, or no table at all
        return (Fault("P663", facts={"name": SPOKEN[lang]["employee"]}),)
    common = {key: entry for key, entry in asked[0].items() if all(key in plan for plan in asked)}
    faults.extend(_missing(compiled, columns, common, lang, stray=len(columns) < len(names)))
    return tuple(faults[:LISTED]) or Heading(tuple(columns), delimiter)


def spoken(compiled: Compiled, lang: Lang) -> list[str]:
    """The heading of an empty table for a plan, in a language."""
    words = SPOKEN[lang]
    return [words["employee"], words["period"], *(_heading(entry, lang) for entry in inputs(compiled))]


def _heading(entry: Input, lang: Lang) -> str:
    if entry.role == "target":
        return SPOKEN[lang]["target"] + entry.name
    return SPOKEN[lang]["fact"] * (entry.name.casefold() in FIELDS) + entry.name


def _sort(entry: Input) -> Sort:
    return "fact" if entry.role == "actual" else "target"


def _column(name: str, known: dict[tuple[Sort, str], Input]) -> Column | None:
    if field := FIELDS.get(name.casefold()):
        return Column("field", field, name)
    mark, colon, rest = name.partition(":")
    sort: Sort | None = MARKS.get(mark.strip().casefold()) if colon else "fact"
    entry = known.get((sort, rest.strip() if colon else name)) if sort else None
    return Column(sort, entry.name, name, entry.kind) if sort and entry else None


def _unknown(name: str, number: int, known: dict[tuple[Sort, str], Input], lang: Lang) -> Fault:
    if not name:
        return Fault("P672", facts={"number": str(number)})
    names = [_heading(entry, lang) for entry in known.values()]
    near = nearest(name, (*names, SPOKEN[lang]["employee"], SPOKEN[lang]["period"]))
    facts: dict[str, Fact] = {"name": shown(name)}
    return (
        Fault("P671", facts={**facts, "near": near})
        if near
        else Fault("P665", facts={**facts, "known": tuple(names)})
    )


def _missing(
    compiled: Compiled,
    columns: list[Column],
    known: dict[tuple[Sort, str], Input],
    lang: Lang,
    *,
    stray: bool,
) -> Iterator[Fault]:
    """What no column holds; of facts nothing, where an unknown column may be the one that is missed."""
    have = {(column.sort, column.name) for column in columns}
    for field in ("employee", "period"):
        if ("field", field) not in have:
            yield Fault("P663", facts={"name": SPOKEN[lang][field]})
    for (sort, name), entry in known.items():
        if needed(entry) and (sort, name) not in have and not stray:
            yield Fault(
                "P673", facts={"name": _heading(entry, lang), "label": compiled.checked.scope.label(name)}
            )
