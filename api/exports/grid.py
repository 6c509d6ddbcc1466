"""An export as rows of texts by the names of their columns, whatever file it comes in."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from pathlib import Path

from dsl.faults import Fault
from dsl.marks import composed
from engine.facts.decimals import JsonNumber
from engine.facts.values import shown

from ..exact import read_json, size, text_of
from ..files.disk import absent, opened
from ..files.heading import TOLD, told
from ..files.lines import Encoding, Lines, Unreadable, encoding, parted
from .bounds import UNSTORED, Row, Unusable, within
from .mapping import Mapping
from .sheets import FORMS, unfolded

LOOK = 40  # rows among which the heading is
DELIMITERS = (";", "\t", ",", "|")
JSON = 64 * 1024 * 1024
TEXTS = (".csv", ".tsv", ".txt", ".tab")
LINES = (".ndjson", ".jsonl")
OLD: Encoding = "windows-1251"
NESTED = 8  # names in a path to a value of an answer

Record = tuple[int, dict[str, str]]  # its number in the file, and its cells by the names of columns


@dataclass(slots=True)
class Grid:
    """How a file was read: what stands between its cells, in which lines its heading is; and its rows.

    `first` are the rows that it begins with, those above the heading too.
    """

    path: Path
    form: str
    names: list[str]
    records: Iterator[Record]
    encoding: str | None = None
    delimiter: str | None = None
    heading: tuple[int, ...] = ()
    sheet: str | None = None
    others: tuple[str, ...] = ()
    notices: list[Fault] = field(default_factory=list)
    first: Sequence[Row] = ()


def bare(name: str) -> str:
    """A name of a column as it is told from others: letters of either size and any spaces are one."""
    return " ".join(composed(name).split()).casefold()


def grid(path: Path, asked: Mapping) -> Grid | tuple[Fault, ...]:
    """The rows of an export; the suffix of its name tells what it is."""
    if fault := absent(path):
        return (fault,)
    kind = path.suffix.casefold()
    if kind in FORMS:
        return _sheet(path, kind, asked)
    if kind not in {*TEXTS, *LINES, ".json"}:
        known = (*TEXTS, *FORMS, ".json", *LINES)
        return (Fault("P656", facts={"path": str(path), "known": known}),)
    file = opened(path)
    if isinstance(file, Fault):
        return (file,)
    file.close()
    if kind in TEXTS:
        return _text(path, asked)
    return _lines(path) if kind in LINES else _answer(path, asked)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(path: Path, kind: str, asked: Mapping) -> Grid | tuple[Fault, ...]:
    found = unfolded(path, kind, asked.sheet)
    if isinstance(found, Fault):
        return (found,)
    sheet, sheets, rows = found
    try:
        first = [*islice(rows, LOOK)]
    except Unusable as signal:
        return signal.args
    headed = _headed([(at, _stripped(cells)) for at, cells in first], asked, str(path))
    if isinstance(headed, Fault):
        return (headed,)
    names, above = headed
    records = _recorded(chain(first, rows), names, above[-1] if above else 0, str(path))
    others = tuple(one for one in sheets if one != sheet) if asked.sheet is None else ()
    return Grid(
        path, kind[1:], names, records, heading=above, sheet=sheet or None, others=others, first=first
    )


def _text(path: Path, asked: Mapping) -> Grid | tuple[Fault, ...]:
    """A table of text: its encoding and what stands between its cells are told by its heading."""
    said = asked.encoding or encoding(path)
    wrong: Fault | None = None
    for tried in (said,) if asked.encoding or said == "utf-16" else (said, OLD):
        first: list[str] = []
        lines = Lines(path, tried)
        with lines.file:
            try:
                first.extend(islice(lines, LOOK))
                if tried == "utf-8":  # the first lines may well be in letters that every encoding has
                    for _ in lines:
                        pass
            except Unreadable as signal:
                if wrong is None:
                    wrong = signal.args[0]
                continue
        several = [(one, _headed(_parted(first, one), asked, str(path))) for one in _delimiters(first, asked)]
        for delimiter, headed in several:
            if isinstance(headed, tuple):
                names, above = headed
                rows = _rows(path, tried, delimiter)
                records = _recorded(rows, names, above[-1] if above else 0, str(path))
                begun = _parted(first, delimiter)
                return Grid(path, "csv", names, records, tried, delimiter, above, first=begun)
        # Where nothing in the file says what its encoding is, a heading of words of the mapping does.
        if wrong is None:
            wrong = min(
                (headed for _, headed in several if isinstance(headed, Fault)),
                key=lambda one: len(one.facts["names"]),
            )
    assert wrong is not None
    return (wrong,)


def _delimiters(lines: Sequence[str], asked: Mapping) -> list[str]:
    """What may stand between the cells, the likeliest first."""
    counted = {one: sum(line.count(one) for line in lines) for one in DELIMITERS}
    if asked.heading:  # no names tell it
        fits = [
            one
            for one in DELIMITERS
            if any(len(cells) == len(asked.heading) for _, cells in _parted(lines, one))
        ]
        return [max(fits or DELIMITERS, key=lambda one: counted[one])]
    return sorted(DELIMITERS, key=lambda one: -counted[one])


def _parted(lines: Sequence[str], delimiter: str) -> list[Row]:
    """The cells of the first lines, as far as they can be told."""
    found: list[Row] = []
    reader = csv.reader(lines, delimiter=delimiter)
    with suppress(csv.Error):
        found.extend((number, _stripped(cells)) for number, cells in enumerate(reader, 1))
    return found


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip().removeprefix(UNSTORED) for cell in cells]


def _rows(path: Path, said: Encoding, delimiter: str) -> Iterator[Row]:
    lines = Lines(path, said)
    with lines.file:
        try:
            for number, (_, cells) in enumerate(parted(lines, delimiter), 1):
                yield number, cells
        except Unreadable as signal:
            raise Unusable(signal.args[0]) from None


def _headed(rows: Sequence[Row], asked: Mapping, path: str) -> tuple[list[str], tuple[int, ...]] | Fault:
    """The names of the columns and the rows that they stand in: of one, or groups above and names below."""
    if asked.heading:
        first = next((row for row in rows if any(row[1])), (0, []))
        same = [*map(bare, first[1])] == [*map(bare, asked.heading)]
        return [*asked.heading], (first[0],) if same else ()
    wanted = {bare(name): name for name in asked.sources()}
    best: tuple[int, list[str]] = (0, [])
    alone = [(cells, (number,)) for number, cells in rows]
    pairs = [(_merged(above[1], below[1]), (above[0], below[0])) for above, below in pairwise(rows)]
    for names, spans in (*alone, *pairs):
        have = {bare(name) for name in names}
        if wanted.keys() <= have:
            below = dict(rows).get(spans[-1] + 1, [])
            if asked.across == "indicator" and _groups(names, below, wanted):
                return [*map(composed, _merged(names, below))], (*spans, spans[-1] + 1)
            return [*map(composed, names)], spans
        if (met := len(wanted.keys() & have)) > best[0] or not best[1]:
            best = met, names
    there = {bare(name) for name in best[1]}
    missing = [name for key, name in wanted.items() if key not in there]
    return Fault(
        "P813",
        facts={
            "path": path,
            "map": asked.name,
            "names": told(missing),
            "known": told(name for name in best[1] if name),
        },
    )


def _merged(cells: Sequence[str], below: Sequence[str]) -> list[str]:
    """A heading of two rows."""
    if not any(cells) or not any(below):
        return []
    wide = max(len(cells), len(below))
    upper, lower = ([*row, *[""] * (wide - len(row))] for row in (cells, below))
    return [under or over for over, under in zip(upper, lower, strict=True)]


def _groups(names: Sequence[str], below: Sequence[str], wanted: Collection[str]) -> bool:
    """Whether a heading has groups of columns, and their names stand in the row below."""
    return any(below) and not any(
        cell for name, cell in zip(names, below, strict=False) if bare(name) in wanted
    )


def _recorded(rows: Iterator[Row], names: Sequence[str], above: int, path: str) -> Iterator[Record]:
    """The rows below the heading that have a cell."""
    for number, cells in rows:
        within(number, len(cells), path)
        if number > above and any(map(str.strip, cells)):
            if any(map(str.strip, cells[len(names) :])):
                facts = {"line": str(number), "cells": str(len(cells)), "columns": str(len(names))}
                raise Unusable(Fault("P667", facts=facts))
            named = zip(names, cells, strict=False)
            yield number, {name: kept for name, cell in named if name and (kept := cell.strip())}


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────


def _answer(path: Path, asked: Mapping) -> Grid | tuple[Fault, ...]:
    """The rows of an answer in JSON."""
    with path.open("rb") as file:
        data = file.read(JSON + 1)
    if len(data) > JSON:
        return (Fault("P657", facts={"path": str(path), "most": size(JSON)}),)
    value = read_json(data, most=JSON)
    if isinstance(value, tuple):
        return value
    found = _led(value, asked.rows or "")
    if not isinstance(found, list):
        lists = told(islice(_lists(value, ""), TOLD + 1))
        return (Fault("P814", facts={"path": str(path), "rows": asked.rows or "[]", "known": lists}),)
    records = _records(((at, one) for at, one in enumerate(found, 1)), str(path))
    return Grid(path, "json", [], records, "utf-8")


def _led(value: object, way: str) -> object:
    """What a path such as `_embedded.leads[]` leads to; a list is where no name is left."""
    for name in filter(None, way.replace("[]", "").split(".")):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _lists(value: object, way: str) -> Iterator[str]:
    if isinstance(value, list):
        yield f"{way}[]"
    elif isinstance(value, dict) and way.count(".") < NESTED:
        for name, inner in value.items():
            yield from _lists(inner, f"{way}.{name}" if way else shown(name))


def _lines(path: Path) -> Grid:
    """A document of JSON in each line."""
    return Grid(path, "ndjson", [], _records(_documents(path), str(path)), "utf-8")


def _documents(path: Path) -> Iterator[tuple[int, object]]:
    lines = Lines(path, "utf-8")
    with lines.file:
        while True:
            try:
                line = next(lines, None)
            except Unreadable as signal:
                raise Unusable(signal.args[0]) from None
            if line is None:
                return
            if line.strip():
                value = read_json(line)
                if isinstance(value, tuple):
                    raise Unusable(Fault("P818", facts={"path": f"{path}:{lines.count}", "reason": "JSON"}))
                yield lines.count, value


def _records(values: Iterator[tuple[int, object]], path: str) -> Iterator[Record]:
    for number, value in values:
        if not isinstance(value, dict):
            raise Unusable(Fault("P814", facts={"path": f"{path}:{number}", "rows": "{…}", "known": "`[]`"}))
        cells = dict(_flat(value, ""))
        within(number, len(cells), path)
        yield number, cells


def _flat(value: object, way: str) -> Iterator[tuple[str, str]]:
    """The values of an object under their paths; what is nothing is left out."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from _flat(inner, f"{way}.{composed(name)}" if way else composed(name))
        case list():
            for at, inner in enumerate(value):
                yield from _flat(inner, f"{way}.{at}")
        case bool():
            yield way, "true" if value else "false"
        case JsonNumber():
            yield way, value
        case str() if text := (text_of(value) or "").strip():
            yield way, text
        case _:
            pass
