"""The people of a facts file, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dsl.faults import Fault
from dsl.marks import composed
from dsl.source import Source
from engine.compiled import Compiled

from ..exact import read_json, size
from ..person import read_person
from .csv_file import read_csv
from .entry import Entry, Unread
from .opening import opened

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


def read_people(path: Path, compiled: Compiled, *others: Compiled) -> Iterator[Entry] | Unread:
    """Everybody in a facts file; one that cannot be read never stops the others.

    The suffix of its name tells what the file is: JSON, YAML, or a table (by commas, semicolons or tabs). Its
    columns are what the plan asks for, or any of several plans.
    """
    suffix = path.suffix.casefold()
    file = opened(path)
    if isinstance(file, Fault):
        return Unread((file,))
    if suffix in TABLES:
        entries = read_csv(file, compiled, *others)
        return Unread(entries) if isinstance(entries, tuple) else _told_apart(entries)
    with file:
        if suffix not in FORMS:
            return Unread((Fault("P656", facts={"path": str(path), "known": (*FORMS, *TABLES)}),))
        found = _document(path, file, *(FORMS[suffix]))
    return found if isinstance(found, Unread) else _told_apart(found)


def _document(
    path: Path, file: BinaryIO, most: int, read: Callable[[bytes], object]
) -> Iterable[Entry] | Unread:
    """The people of a file that is read as a whole: one person, or a list of them."""
    data = file.read(most + 1)
    if len(data) > most:
        return Unread((Fault("P657", facts={"path": str(path), "most": size(most)}),))
    value = read(data)
    if isinstance(value, tuple):
        placed = any(fault.place for fault in value)
        return Unread(value, Source(path.name, data.decode("utf-8-sig", "replace")) if placed else None)
    if not isinstance(value, list):
        return [_entry(value, "")]
    if not value:
        return Unread((Fault("P661", facts={"path": str(path)}),))
    return (_entry(item, f"/{index}") for index, item in enumerate(value))


def _entry(value: object, pointer: str) -> Entry:
    person = read_person(value, pointer)
    if not isinstance(person, tuple):
        return Entry(person)
    table = value if isinstance(value, dict) else {}
    employee, period = (
        given if isinstance(given := table.get(name), str) else None for name in ("employee", "period")
    )
    return Entry(None, person, employee, period)


def _told_apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; whoever stands there a second time for the same period is not paid a second time."""
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries, 1):
        person = entry.person
        if person is None:
            yield entry
            continue
        here = entry.line or number
        key = composed(person.employee), person.period
        first = seen.setdefault(key, here)
        if first == here:
            yield entry
            continue
        facts = {
            "employee": person.employee,
            "period": person.period,
            "first": str(first),
            "second": str(here),
        }
        code = "P668" if entry.line else "P662"
        fault = Fault(code, pointer=f"{person.pointer}/employee", facts=facts)
        yield Entry(None, (fault,), person.employee, person.period, entry.line)
