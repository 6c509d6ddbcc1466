"""Faults as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, TypeVar

import typer

from dsl.faults import Fault, report, wording
from dsl.source import Source

from ..documents import found
from ..files import FileEntry, FileRow, Spots
from ..files.heading import SPOKEN
from .reader import Reader

T = TypeVar("T")


def drawn(
    faults: Iterable[Fault], source: Source | None, reader: Reader, name: str | None = None
) -> list[str]:
    """Reports one under another; `name` is what the reader calls the source, if not as it calls itself."""
    if source is not None and name is not None:
        source = replace(source, name=name)
    return [row for fault in faults for row in ("", *report(fault, source, reader.lang))][1:]


def refuse(
    faults: Iterable[Fault], source: Source | Path | None, reader: Reader, name: str | None = None
) -> NoReturn:
    """Say why a command does nothing, and end it with 1; of a file that is no text its path is the source."""
    text = None if isinstance(source, Path) else source
    if reader.json:
        reader.data({"faults": found(faults, text, reader.lang)})
    else:
        if isinstance(source, Path):
            faults = [replace(fault, pointer=_spot(fault.pointer, source)) for fault in faults]
        reader.complain(*drawn(faults, text, reader, name))
    raise typer.Exit(1)


def sound(made: T | Fault, reader: Reader) -> T:
    """What was made; a fault of what cannot be is said and ends the command."""
    return refuse([made], None, reader) if isinstance(made, Fault) else made


def of_person(
    faults: Iterable[Fault], entry: FileEntry, source: Source, file: str, reader: Reader
) -> list[str]:
    """The reports about somebody in a facts file: in the file, or in the plan where the plan fails."""
    told = (
        fault if fault.place is not None else replace(fault, pointer=_place(fault, entry, file, reader))
        for fault in faults
    )
    return drawn(told, source, reader)


def noticed(
    notices: Iterable[Fault], file: str, reader: Reader, tables: Mapping[str, Spots] = MappingProxyType({})
) -> Iterator[str]:
    """How a facts file was read as a whole, a line for each thing that is to be said.

    `tables` tell where the records of all people stand.
    """
    for notice in notices:
        said, where = wording(notice, reader.lang), file
        if (notice.pointer or "").startswith("/tables/"):
            where = _record(str(notice.pointer), reader, tables)
        yield f"{where}: {notice.code}: {said.text} {said.advice}".rstrip()


def _place(fault: Fault, entry: FileEntry, file: str, reader: Reader) -> str:
    """Where a fault is in a facts file, as a person finds it: by line and column in a table."""
    if (fault.pointer or "").startswith("/tables/"):
        return _record(str(fault.pointer), reader, entry.tables)
    if entry.spot is None:
        return _spot(fault.pointer, file)
    # The pointer of a row is `/row/facts/name`; a column is called by the name.
    _, _, table, *rest = [*(fault.pointer or "").split("/"), "", ""]
    words = SPOKEN[reader.lang]
    name = next(iter(rest), "").replace("~1", "/").replace("~0", "~")
    column = words["target"] * (table == "targets") + name if name else words.get(table, "")
    return _row(entry.cells.get(column, entry.spot), reader) + (f", {column}" if column else "")


def _record(pointer: str, reader: Reader, tables: Mapping[str, Spots]) -> str:
    """Where a fault is in the tables of a company: the table or its file, which record, and which column."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[2:]]
    table, number, column = [*parts, "", ""][:3]
    known = tables.get(table)
    said = known[0].place.path if known else table
    if number.isdigit():
        said = reader.words("record_at", table=table, number=int(number) + 1)
        said = said if known is None else _row(known[int(number)], reader)
    return f"{said}, {column}" if column else said


def _row(spot: FileRow, reader: Reader) -> str:
    """A row of a file, as a person finds it."""
    place, number = spot.place, spot.number
    if place.sheet is not None:
        return reader.words("row_of_sheet", path=place.path, sheet=place.sheet, number=number)
    if place.listed:
        return reader.words("record_at", table=place.path, number=number)
    return f"{place.path}:{number}"


def _spot(pointer: str | None, file: Path | str) -> str:
    """A place in a document as people write it: the file, and what is in it after a `#`."""
    return f"{file}#{pointer}" if pointer else str(file)
