"""A table of people, read row by row: a row is a person, a column a fact or a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dsl.faults import Fault
from dsl.marks import MOST, overladen
from engine.compile import Compiled
from engine.facts import Person
from engine.facts.decimals import ReadNumber
from engine.facts.values import escaped, shown

from ..alike import contradiction, key
from ..person import illegible, read_person
from .entry import FileEntry, People, Unread
from .heading import Column, Sort, known
from .lines import Unreadable
from .spots import FilePart, FileRow
from .survey import NUMERIC, Survey, survey


def read_csv(path: Path, compiled: Compiled, *others: Compiled) -> People | Unread:
    """The people of a table, or what is wrong with its heading.

    The table is looked through once before, since some of it is told only by all rows together; then it is
    read row by row, so that one of any length takes no more memory than its longest row and the numbers of
    its people.
    """
    found = survey(path, known(compiled, *others))
    return Unread(found) if isinstance(found, tuple) else People(_people(found), found.notices)


def _people(table: Survey) -> Iterator[FileEntry]:
    people = 0
    somebodys = ((line, cells) for line, cells in table.rows() if line not in table.left)
    try:
        for people, (line, cells) in enumerate(somebodys, 1):
            yield _entry(table, cells, line, people - 1)
    except Unreadable as signal:
        yield FileEntry(None, signal.args, spot=_spot(table, int(signal.args[0].facts["line"])))
        return
    if not people:
        yield FileEntry(None, (Fault("P664"),))
    table.notices += table.marks.told()


def _entry(table: Survey, cells: list[str], line: int, number: int) -> FileEntry:
    """The person of a row; an empty cell gives nothing, and so do empty cells beyond the last column."""
    columns = table.heading.columns
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        counts = {"line": str(line), "cells": str(len(cells)), "columns": str(len(columns))}
        return FileEntry(None, (Fault("P667", facts=counts),), spot=_spot(table, line))
    if any(overladen(cell) is not None for cell in cells):
        dense = Fault("P142", facts={"line": str(line), "most": str(MOST)})
        return FileEntry(None, (dense,), spot=_spot(table, line))
    fields: dict[str, object] = {"employee": "", "period": ""}
    tables: dict[Sort, dict[str, object]] = {"fact": {}, "target": {}, "field": fields}
    origins: dict[str, dict[str, object]] = {}
    unclear: list[Fault] = []
    named = [*zip(columns, cells, strict=False)]
    for column, cell in named:
        if not cell:
            continue
        if column.sort in {"source", "as_of"}:
            origins.setdefault(column.name, {})[column.sort] = cell
            continue
        value = _value(table, cell, column, f"/{number}")
        if isinstance(value, Fault):
            unclear.append(value)
        else:
            tables[column.sort][column.name] = value
    employee, period = str(fields["employee"]), str(fields["period"])
    said = {"origin": origins.pop("", {}), "origins": origins} if origins else {}
    whole = {**fields, "facts": tables["fact"], "targets": tables["target"], **said}
    person = read_person(whole, f"/{number}")
    if not employee and isinstance(person, tuple):
        held = ", ".join(f"{column.heading}: `{shown(cell)}`" for column, cell in named if cell)
        nobody = Fault("P684", pointer=f"/{number}/employee", facts={"cells": held})
        person = (nobody, *(one for one in person if one.code != "P613"))
    several = table.twins.get(key(employee, period)) if isinstance(person, Person) else None
    if several is not None and several.differing is not None:
        unclear = [contradiction("P668", key(employee, period), several, f"/{number}/employee")]
        agreed = {column.name for column in columns if column.heading in several.agreed}
        whole["facts"] = {name: given for name, given in tables["fact"].items() if name in agreed}
    if isinstance(person, tuple) or unclear:
        faults = (*(person if isinstance(person, tuple) else ()), *unclear)
        meant = replace(illegible(whole, faults, f"/{number}"), line=line)
        return FileEntry(None, faults, employee, period, _spot(table, line), meant)
    return FileEntry(person, spot=_spot(table, line))


def _spot(table: Survey, line: int) -> FileRow:
    return FileRow(FilePart(str(table.path)), line)


def _value(table: Survey, cell: str, column: Column, row: str) -> str | Fault:
    """A value with the marks that facts are written with."""
    if column.kind not in NUMERIC:
        return cell
    bare = f"{cell[:-1].rstrip()}%" if cell.endswith("%") else cell
    value = table.marks.plain(column.heading, bare, whole=column.whole)
    if isinstance(value, str):
        return value if value == cell else ReadNumber(value, cell)
    pointer = f"{row}/{column.sort}s/{escaped(column.name)}"
    return Fault(
        value.code, pointer=pointer, facts={"name": column.name, "value": shown(cell), **value.facts}
    )
