"""`premia import`: how exports of other programs are read, before anything is paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from dsl.faults import Fault
from engine.facts import Origin, PartedBy
from engine.facts.values import shown

from .. import exports, files
from ..documents import found
from .progress import watched
from .reader import Reader
from .reports import noticed, refuse, sound


def bring(paths: Sequence[str], name: str, out: Path | None, folder: Path, reader: Reader) -> int:
    """Say how each file was read, and write what it holds; 1 where anything is unclear."""
    asked = sound(exports.mapping(name, folder), reader)
    read = exports.read_export([*map(Path, paths)], asked)
    if isinstance(read, tuple):
        refuse(read, None, reader)
    if out is not None:
        sound(files.save(out, exports.written(read)), reader)
    if reader.json:
        reader.data(_document(read, reader, whole=out is None))
        return 0
    for summary in read.summaries:
        reader.say(*_told(summary, reader))
    if out is None:
        reader.say("", reader.words("import_next"))
    else:
        reader.say("", reader.words("import_written", path=out, rows=reader.count("rows", len(read.values))))
    return 0


@dataclass(slots=True)
class Mapped:
    """People and tables of exports that somebody is paid by, and how these were read."""

    people: files.People | None = None
    tables: dict[str, files.FileRecords] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    notices: list[Fault] = field(default_factory=list)


def mapped(maps: Sequence[str], plan: str, facts: Path, reader: Reader, by: Mapping[str, PartedBy]) -> Mapped:
    """What exports of `NAME=FILE`s hold, and the facts file where it is one; the command ends with faults.

    Several files of one name are one export. Tables are parted `by` whose their records are.
    """
    found = Mapped()
    several: dict[str, list[Path | None]] = {}
    for one in maps:
        name, given, path = one.partition("=")
        several.setdefault(name.strip(), []).append(Path(path) if given else None)
    beside = Path(plan).parent if Path(plan).is_file() else Path()
    for name, paths in several.items():
        asked = sound(exports.mapping(name, beside), reader)
        bare = None in paths
        if bare != (asked.table is None) or (bare and (len(paths) > 1 or found.people is not None)):
            refuse([Fault("P827", facts={"name": shown(name)})], None, reader)
        if asked.table in found.tables:
            refuse([Fault("P801", facts={"name": shown(asked.table)})], None, reader)
        rows = partial(watched, word="rows", reader=reader)
        read = exports.read_export([path or facts for path in paths], asked, by.get(asked.table or ""), rows)
        if isinstance(read, tuple):
            refuse(read, None, reader)
        if asked.table is None:
            found.people = exports.people(read)
        else:
            found.tables[asked.table] = files.FileRecords(read.rows, read.spots)
            if read.origin.said:
                found.origins[asked.table] = read.origin
        for summary in read.summaries:
            found.notices += [replace(one, pointer=summary.file) for one in summary.notices]
            if not reader.json:
                reader.complain(*noticed(summary.notices, summary.file, reader))
    return found


def _told(summary: exports.FileRead, reader: Reader) -> Iterator[str]:
    """How a file was read, line by line."""
    rows = reader.count("rows", summary.rows)
    yield reader.words(
        "import_read", path=summary.file, form=summary.form.upper(), rows=rows, taken=summary.taken
    )
    if summary.sheet is not None:
        yield reader.words("import_sheet", sheet=summary.sheet)
    if summary.encoding == "utf-8":  # any other is told as a notice
        yield reader.words("import_encoding", encoding="UTF-8")
    for notice in noticed(summary.notices, "", reader):
        yield f"  {notice.removeprefix(': ')}"
    for column in summary.columns:
        if column.source is None:
            yield reader.words("import_constant", name=column.name, value=column.value)
        else:
            yield reader.words("import_column", name=column.name, source=column.source)


def _document(read: exports.Import, reader: Reader, *, whole: bool) -> dict[str, object]:
    """How each file was read, and what they hold."""
    told = [
        {
            "file": one.file,
            "form": one.form,
            "encoding": one.encoding,
            "separator": one.separator,
            "sheet": one.sheet,
            "rows": one.rows,
            "taken": one.taken,
            "columns": one.columns,
            "notices": found(one.notices, None, reader.lang),
        }
        for one in read.summaries
    ]
    table = read.mapping.table
    held: dict[str, object] = {"people": read.values} if table is None else {"tables": {table: read.values}}
    return {"files": told, **(held if whole else {})}
