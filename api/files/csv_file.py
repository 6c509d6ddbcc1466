"""A table of people, read row by row: a row is a person, a column a fact or a target."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from dsl.faults import Fault
from dsl.marks import MOST, overladen
from dsl.words import KindName
from engine.compiled import Compiled
from engine.facts import escaped

from ..person import read_person
from .cells import unworded
from .entry import Entry
from .heading import Column, Heading, Sort, read_heading
from .opening import UTF_16

LINE = 1024 * 1024  # characters of one line
BLANK = " \t\r\n"  # what is left out around a cell

# `3,300`: three hundredths lost, or three thousand? Only a number of that form is unclear.
UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
COMMA = re.compile(r"(-?[0-9][0-9 \u00a0\u2009\u202f]*),([0-9]+%?)")
EXCEL = re.compile(r'"?sep=.[",;\s]*', re.IGNORECASE)  # a line that tells Excel, and nobody else, how to read
WHOLE: frozenset[KindName] = frozenset({"money", "count"})


def read_csv(file: BinaryIO, compiled: Compiled, *others: Compiled) -> Iterator[Entry] | tuple[Fault, ...]:
    """The people of a table, or what is wrong with its heading. The file is closed when all are read."""
    lines = _Lines(file)
    try:
        written = (line for line in lines if line.strip() and not EXCEL.fullmatch(line))
        first = next(written, "")
    except _Unreadable as signal:
        file.close()
        return (signal.args[0],)
    heading = read_heading(first, compiled, *others)
    if isinstance(heading, tuple):
        file.close()
        return heading
    return _rows(file, lines, heading)


def _rows(file: BinaryIO, lines: _Lines, heading: Heading) -> Iterator[Entry]:
    rows = csv.reader(lines, delimiter=heading.delimiter, strict=True)
    people = 0
    with file:
        while True:
            line = lines.count + 1
            try:
                cells = next(rows, None)
            except _Unreadable as signal:
                yield Entry(None, signal.args, line=line)
                return
            except csv.Error:
                # Where a row ends is no longer known, so the rest cannot be read.
                yield Entry(None, (Fault("P669", facts={"line": str(line)}),), line=line)
                return
            if cells is None:
                break
            cells = [cell.strip(BLANK) for cell in cells]
            if any(map(str.strip, cells)):
                people += 1
                yield _entry(cells, heading, line, people - 1)
    if not people:
        yield Entry(None, (Fault("P664"),))


def _entry(cells: list[str], heading: Heading, line: int, number: int) -> Entry:
    """The person of a row; an empty cell gives nothing."""
    if len(cells) != len(heading.columns):
        counts = {"line": str(line), "cells": str(len(cells)), "columns": str(len(heading.columns))}
        return Entry(None, (Fault("P667", facts=counts),), line=line)
    if any(overladen(cell) is not None for cell in cells):
        return Entry(None, (Fault("P142", facts={"line": str(line), "most": str(MOST)}),), line=line)
    facts: dict[str, object] = {}
    targets: dict[str, object] = {}
    fields: dict[str, object] = {"employee": "", "period": "", "facts": facts, "targets": targets}
    tables: dict[Sort, dict[str, object]] = {"fact": facts, "target": targets, "field": fields}
    unclear: list[Fault] = []
    for typed, column in zip(cells, heading.columns, strict=True):
        # In a personnel number a space that looks like none is told; around a number it is nothing.
        cell = typed if column.name == "employee" and column.sort == "field" else typed.strip()
        if not cell:
            continue
        field = column.sort == "field"
        value = unworded(cell) if field else _value(cell, heading, column, f"/{number}")
        if isinstance(value, Fault):
            unclear.append(value)
        else:
            tables[column.sort][column.name] = value
    employee, period = str(fields["employee"]), str(fields["period"])
    person = read_person(fields, f"/{number}")
    if isinstance(person, tuple):
        return Entry(None, (*person, *unclear), employee, period, line)
    if unclear:
        return Entry(None, tuple(unclear), employee, period, line)
    return Entry(person, line=line)


def _value(cell: str, heading: Heading, column: Column, row: str) -> str | Fault:
    """A value as the engine reads it: with a decimal point, and with a percent sign right after it."""
    if cell.endswith("%"):
        cell = f"{cell[:-1].rstrip()}%"
    if heading.delimiter == "," or "," not in cell:
        return cell
    if column.kind in WHOLE and UNCLEAR.fullmatch(cell):
        facts = {
            "value": cell,
            "column": column.heading,
            "whole": cell.replace(",", ""),
            "part": cell.replace(",", ".", 1),
        }
        return Fault("P670", pointer=f"{row}/{column.sort}s/{escaped(column.name)}", facts=facts)
    found = COMMA.fullmatch(cell)
    return f"{found[1]}.{found[2]}" if found else cell


# ── Lines of text ────────────────────────────────────────────────────────────────────────────────────────


class _Unreadable(Exception):  # noqa: N818  # a signal inside this file, never seen outside
    """The text cannot be read any further; its one argument is the fault."""


class _Lines:
    """The lines of a file, decoded one by one, so that what cannot be read is known by its line."""

    def __init__(self, file: BinaryIO) -> None:
        self.count = 0
        start = file.read(2)
        wide = start in UTF_16
        file.seek(0)
        self._read: Callable[[int], bytes | str] = (
            io.TextIOWrapper(file, "utf-16", newline="").readline if wide else file.readline
        )

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._read(LINE)
            text = line if isinstance(line, str) else line.decode("utf-8-sig" if not self.count else "utf-8")
        except UnicodeDecodeError:
            raise _Unreadable(Fault("P655", facts={"line": str(self.count + 1)})) from None
        if not text:
            raise StopIteration
        self.count += 1
        if len(line) >= LINE:
            raise _Unreadable(Fault("P669", facts={"line": str(self.count)}))
        return text
