"""The records of a file: a table with a heading, a list of objects in JSON, or an object a line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from dsl.faults import Fault
from dsl.marks import composed
from dsl.source import Source
from engine.facts import PartedBy, Raw
from engine.facts.values import shown

from ..exact import read_json, size
from .disk import opened
from .entry import Unread
from .heading import DELIMITERS
from .lines import EXCEL, LINE, LINED, Encoding, Lines, Unreadable, encoding, parted, unworded
from .spool import Item, Spool, Watching
from .spots import FilePart, Spots

JSON = 64 * 1024 * 1024  # bytes of the largest file that is read as a whole
OLD: Encoding = "windows-1251"  # what Excel and 1C write in Russia where nobody asks them for another
TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class FileRecords:
    """Records, each by the names of its columns, and where they stand."""

    rows: Collection[Raw]
    spots: Spots


def read_records(path: Path, by: PartedBy | None = None, watch: Watching = iter) -> FileRecords | Unread:
    """All records of a file; what its suffix is tells how it is read.

    They are parted `by` whose they are, where that is said; `watch` sees them go by.
    """
    suffix, file = path.suffix.casefold(), opened(path)
    if isinstance(file, Fault):
        return Unread((file,))
    with file:
        if suffix == ".json":
            return _listed(path, file.read(JSON + 1), by)
    if suffix not in (*TABLES, *LINED):
        return Unread((Fault("P656", facts={"path": str(path), "known": (".json", *LINED, *TABLES)}),))
    read = _lined if suffix in LINED else _rows
    try:
        return _held(path, watch(read(path, encoding(path))), by)
    except Unreadable as signal:
        if suffix in LINED or signal.args[0].code != "P655":
            return Unread(signal.args)
    try:
        return _held(path, watch(_rows(path, OLD)), by)
    except Unreadable as signal:
        return Unread(signal.args)


def _held(path: Path, rows: Iterable[Item], by: PartedBy | None, *, listed: bool = False) -> FileRecords:
    spots, held = Spots(), Spool(by)
    spots.begin(FilePart(str(path), listed=listed))
    for number, names, values in rows:
        spots.add(number)
        held.add(names, values)
    return FileRecords(held.done(), spots)


def _listed(path: Path, data: bytes, by: PartedBy | None) -> FileRecords | Unread:
    """The records of a list in JSON."""
    if len(data) > JSON:
        return Unread((Fault("P657", facts={"path": str(path), "most": size(JSON)}),))
    value = read_json(data, JSON)
    if isinstance(value, tuple):
        placed = any(fault.place for fault in value)
        return Unread(value, Source(path.name, data.decode("utf-8-sig", "replace")) if placed else None)
    if not isinstance(value, list):
        return Unread((_none(value, ""),))
    rows = [_composed(row) for row in value if isinstance(row, dict)]
    if len(rows) < len(value):
        at = next(at for at, row in enumerate(value) if not isinstance(row, dict))
        return Unread((_none(value[at], f"/{at}"),))
    return _held(path, map(_numbered, count(1), rows), by, listed=True)


def _numbered(number: int, row: Raw) -> Item:
    return number, tuple(row), tuple(row.values())


def _lined(path: Path, encoding: Encoding) -> Iterator[Item]:
    """The records of a file with an object in each line. Raises `Unreadable` where a line is none."""
    lines = Lines(path, encoding)
    with lines.file:
        for line in lines:
            if not line.strip():
                continue
            value = read_json(line, LINE)
            if not isinstance(value, dict):
                told = value[0] if isinstance(value, tuple) else _none(value, "")
                facts = {**told.facts, "line": str(lines.count)}
                raise Unreadable(Fault(told.code, pointer=f"/{lines.count - 1}", facts=facts))
            yield _numbered(lines.count, _composed(value))


def _rows(path: Path, encoding: Encoding) -> Iterator[Item]:
    """The rows of a table; an empty cell is none. Raises `Unreadable` where a row is none."""
    lines = Lines(path, encoding)
    with lines.file:
        first = next((line for line in lines if line.strip(" ;,\t\r\n") and not EXCEL.fullmatch(line)), "")
        apart = max(DELIMITERS, key=first.count)
        names = [composed(name.strip()) for name in next(csv.reader([first], delimiter=apart))]
        twice = next((name for at, name in enumerate(names) if name and name in names[:at]), None)
        if twice is not None or not any(names):
            raise Unreadable(Fault("P802", facts={"line": str(lines.count), "name": shown(twice or "")}))
        kept = [at for at, name in enumerate(names) if name]
        columns, whole = tuple(names[at] for at in kept), len(kept) == len(names)
        # A cell of several lines makes no row more.
        for line, (_, cells) in enumerate(parted(lines, apart), lines.count + 1):
            bare = [*map(str.strip, cells)]
            if "'" in "".join(bare):
                bare = [*map(unworded, bare)]
            if not any(bare):
                continue
            if len(bare) < len(names) or any(bare[len(names) :]):
                counts = {"line": str(line), "cells": str(len(bare)), "columns": str(len(names))}
                raise Unreadable(Fault("P667", facts=counts))
            values = bare[: len(names)] if whole else [bare[at] for at in kept]
            yield line, columns, tuple([cell or None for cell in values])


def _composed(row: dict[str, object]) -> Raw:
    return row if all(map(str.isascii, row)) else {composed(name): cell for name, cell in row.items()}


def _none(value: object, pointer: str) -> Fault:
    """The fault of what is no list of records."""
    return Fault("P803", pointer=pointer, facts={"value": shown(value)})
