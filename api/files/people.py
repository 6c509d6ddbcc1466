"""The people of a facts file, one after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dsl.faults import Fault
from dsl.source import Source
from engine.compile import Compiled
from engine.facts import Illegible, Origins, Person

from ..alike import repeated, total
from ..exact import Misread, read_json, size
from ..person import TYPED, named, read_list, read_somebody
from .csv_file import read_csv
from .disk import opened
from .entry import FileEntry, People, Unread
from .lines import LINE, LINED
from .spots import FileRow

# Bytes of the largest file; a table has no such bound, since it is read row by row.
JSON = 64 * 1024 * 1024
YAML = 4 * 1024 * 1024


def _yaml(data: bytes) -> object:
    from .yaml_file import read_yaml  # noqa: PLC0415  # its parser is slow to import, and JSON and tables need none

    return read_yaml(data)


FORMS: dict[str, tuple[int, Callable[[bytes], object]]] = {
    ".json": (JSON, partial(read_json, most=JSON)),
    ".yaml": (YAML, _yaml),
    ".yml": (YAML, _yaml),
}
TABLES = (".csv", ".tsv")
STDIN = "-"  # in place of a file: a person a line


def read_people(path: Path, compiled: Compiled, *others: Compiled) -> People | Unread:
    """Everybody in a facts file; one that cannot be read never stops the others.

    The suffix of its name tells what the file is: JSON, a person a line, YAML, or a table (by commas,
    semicolons or tabs). Its columns are what the plan asks for, or any of several plans.
    """
    if str(path) == STDIN:
        return _listed(_lined(sys.stdin.buffer), compiled)
    suffix = path.suffix.casefold()
    file = opened(path)
    if isinstance(file, Fault):
        return Unread((file,))
    if suffix in LINED:
        return _listed(_lined(file), compiled)
    with file:
        if suffix in TABLES:
            return read_csv(path, compiled, *others)
        if suffix not in FORMS:
            return Unread((Fault("P656", facts={"path": str(path), "known": (*FORMS, *LINED, *TABLES)}),))
        return _document(path, file, *(FORMS[suffix]))


def _lined(file: BinaryIO) -> Iterator[object]:
    """The values of the lines of a file, blank ones left out, or what stood in their place."""
    with file:
        while line := file.readline(LINE):
            if line.strip():
                value = read_json(line, LINE)
                if isinstance(value, tuple):
                    # Its place is in the line, and whoever tells of it would look in another text.
                    value = Misread(tuple(replace(fault, place=None) for fault in value))
                yield value


def _listed(values: Iterator[object], compiled: Compiled) -> People:
    """People who come a line each: one after another, but where groups are paid, which need them all."""
    if compiled.kernel.groups:
        return listing([*values])
    return People(entered(one, read_somebody(one, f"/{at}")) for at, one in enumerate(values))


def _document(path: Path, file: BinaryIO, most: int, read: Callable[[bytes], object]) -> People | Unread:
    """The people of a file that is read as a whole: one person, or a list of them."""
    data = file.read(most + 1)
    if len(data) > most:
        return Unread((Fault("P657", facts={"path": str(path), "most": size(most)}),))
    value = read(data)
    if isinstance(value, tuple):
        placed = any(fault.place for fault in value)
        return Unread(value, Source(path.name, data.decode("utf-8-sig", "replace")) if placed else None)
    if not isinstance(value, list):
        return People(iter([entered(value, read_somebody(value, ""))]))
    if not value:
        return Unread((Fault("P661", facts={"path": str(path)}),))
    return listing(value)


def listing(
    values: Sequence[object],
    pointer: str = "",
    *,
    together: bool = False,
    origins: Origins = TYPED,
    spots: Sequence[tuple[FileRow, Mapping[str, FileRow]]] = (),
) -> People:
    """Everybody in a list; totals, and whoever stands there again, are left out and told.

    Their records may come for all of them `together`, and not with each; `origins` say where what all of them
    bring came from. `spots` are where each stands, and their facts, if in an export.
    """
    entries: list[FileEntry] = []
    totals: dict[str, list[int]] = {}
    listed = read_list(values, pointer, together=together, origins=origins)
    again = {*listed.again}
    for number, (value, person) in enumerate(zip(values, listed.people, strict=True), 1):
        faults = {fault.code: fault for fault in person.faults} if isinstance(person, Illegible) else {}
        if "P675" in faults and len(faults) == 1:
            totals.setdefault(named(value)[0] or "", []).append(number)
        elif number not in again and not _told(faults.get("P662"), number):
            entry = entered(value, person)
            if spots:
                spot, cells = spots[number - 1]
                entry = replace(entry, spot=spot, cells=cells)
            entries.append(entry)
    notices = [total(name, places, "in_list") for name, places in totals.items()]
    if again:
        notices.append(repeated(listed.again, "in_list"))
    return People(iter(entries or [FileEntry(None, tuple(notices))]), notices if entries else [])


def _told(contradiction: Fault | None, number: int) -> bool:
    """Whether a contradiction is told already, by the first of those who stand there."""
    return contradiction is not None and contradiction.facts["first"] != str(number)


def entered(value: object, person: Person | Illegible) -> FileEntry:
    """Somebody, or why they cannot be read."""
    if isinstance(person, Person):
        return FileEntry(person)
    return FileEntry(None, person.faults, *named(value), meant=person)
