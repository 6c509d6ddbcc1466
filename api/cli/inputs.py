"""`premia inputs`: what facts a plan needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from dsl.check.ways import full
from dsl.faults import Fact, Fault, phrase
from dsl.write.line import exchanged, zoned
from engine.compile import Compiled
from engine.facts.values import listed, shown
from engine.kernel import Input
from engine.paper import Table
from engine.schema import inputs, limits, schema
from engine.statement.show import presumed

from ..files.heading import spoken
from ..paper.spreadsheet import Separated
from ..paper.terminal import columns
from .common import ready
from .reader import Reader
from .reports import refuse


def asked(argument: str, reader: Reader, *, csv: bool, table: str | None) -> None:
    """Print the inputs of a plan: for people, as a JSON Schema, or as an empty table of people or records."""
    compiled = ready(argument, reader)
    if table is not None:
        _empty(_known(compiled, table, reader), reader)
    elif csv:
        _empty(spoken(compiled, reader.lang), reader)
    elif reader.json:
        reader.data(schema(compiled, reader.lang))
    else:
        reader.say(*_rows(compiled, argument, reader))


def _empty(heading: Sequence[str], reader: Reader) -> None:
    """An empty table."""
    Separated(sys.stdout, reader.lang, heading, file=not sys.stdout.isatty())


def _known(compiled: Compiled, name: str, reader: Reader) -> Sequence[str]:
    """The columns of a table of records, or of who belongs to what; the command ends where there is none."""
    tables = {table.name: table for table in compiled.kernel.sent}
    if name in tables:
        return [cells.name for cells in tables[name].columns if cells.brought]
    if name not in compiled.brought:
        facts: dict[str, Fact] = {"name": shown(name), "known": listed(sorted(compiled.brought))}
        refuse([Fault("P550", facts=facts)], None, reader)
    words = compiled.checked.scope.words
    if name == words.calendar:
        return words.day, words.working
    if name == words.absences:
        return words.role_words["employee"], words.since, words.until, words.why
    inside = [inner for table in compiled.kernel.tables if table.told == name for inner in table.inside]
    return [*(inside or [words.role_words["employee"]]), name, words.since, words.until]


def _records(compiled: Compiled, reader: Reader) -> Iterator[str]:
    """The tables of records, each with its columns."""
    heads = tuple(map(reader.words, ("input_name", "input_kind", "input_needed")))
    for table in compiled.kernel.sent:
        rows = []
        for at, cells in enumerate(table.columns):
            if cells.brought:
                roles = {table.owner: "column_owner", table.id: "column_id", table.counts: "column_counts"}
                about = [reader.words(roles[at])] if at in roles else [phrase(cells.kind, reader.lang)]
                about += _said(compiled, full(table.name, cells.name))
                empty = cells.default is not None or at == table.counts
                needed = reader.words("column_empty" if empty else "needed")
                rows.append((cells.name, ", ".join([*about, *cells.choices]), needed))
        yield from ("", reader.words("input_table", name=table.name), *columns(Table(heads, tuple(rows))))


def _said(compiled: Compiled, name: str) -> Iterator[str]:
    """What a plan says of money of another currency and of times, in its words."""
    scope = compiled.checked.scope
    column = scope.columns[name]
    if column.exchange is not None:
        yield exchanged(column.exchange, scope.words)
    if column.zone is not None:
        yield zoned(column.zone, scope.words)


def _rows(compiled: Compiled, path: str, reader: Reader) -> list[str]:
    title = reader.words("inputs_title", title=compiled.title, version=compiled.kernel.version)
    heads = tuple(map(reader.words, ("input_name", "input_label", "input_kind", "input_needed")))
    names = spoken(compiled, reader.lang)[2:]
    several = zip(names, inputs(compiled), strict=True)
    rows = tuple((name, *_row(compiled, entry, reader)) for name, entry in several)
    records = _records(compiled, reader)
    facts = ["", *columns(Table(heads, rows))] if rows else []
    sent = (table.name for table in compiled.kernel.sent)
    empty = [reader.words("inputs_table", path=path, name=name) for name in sent]
    return [title, *facts, *records, "", reader.words("inputs_next", path=path), *empty]


def _row(compiled: Compiled, entry: Input, reader: Reader) -> tuple[str, ...]:
    label = compiled.checked.scope.label(entry.name)
    if entry.role == "target":
        label = reader.words("input_target", label=label)
    currency = [compiled.kernel.currency] if entry.kind == "money" else []
    kind = ", ".join([phrase(entry.kind, reader.lang), *currency, *limits(entry, reader.lang)])
    if entry.default is not None:
        return label, kind, reader.words("presumed", value=presumed(entry, reader.lang))
    optional = "own" if entry.role == "target" else "not_needed"
    return label, kind, reader.words(optional if entry.optional else "needed")
