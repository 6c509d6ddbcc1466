"""`premia import`: how exports of other programs are read, before anything is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import exports, files
from ..documents import found
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


def _told(summary: exports.Summary, reader: Reader) -> Iterator[str]:
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
