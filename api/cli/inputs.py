"""`premia inputs`: what facts a plan needs."""

from __future__ import annotations

import sys

from dsl.faults import phrase
from engine.compile import Compiled
from engine.kernel import Input
from engine.paper import Table
from engine.schema import inputs, limits, schema
from engine.statement.show import presumed

from ..files.heading import spoken
from ..paper.spreadsheet import Separated
from ..paper.terminal import columns
from .common import ready
from .reader import Reader


def asked(argument: str, reader: Reader, *, table: bool) -> None:
    """Print the inputs of a plan: for people, as a JSON Schema, or as an empty table."""
    compiled = ready(argument, reader)
    if table:
        Separated(sys.stdout, reader.lang, spoken(compiled, reader.lang), file=not sys.stdout.isatty())
    elif reader.json:
        reader.data(schema(compiled, reader.lang))
    else:
        reader.say(*_rows(compiled, argument, reader))


def _rows(compiled: Compiled, path: str, reader: Reader) -> list[str]:
    title = reader.words("inputs_title", title=compiled.title, version=compiled.kernel.version)
    heads = tuple(map(reader.words, ("input_name", "input_label", "input_kind", "input_needed")))
    names = spoken(compiled, reader.lang)[2:]
    several = zip(names, inputs(compiled), strict=True)
    rows = tuple((name, *_row(compiled, entry, reader)) for name, entry in several)
    return [title, "", *columns(Table(heads, rows)), "", reader.words("inputs_next", path=path)]


def _row(compiled: Compiled, entry: Input, reader: Reader) -> tuple[str, ...]:
    label = compiled.checked.scope.label(entry.name)
    if entry.role == "target":
        label = reader.words("input_target", label=label)
    currency = [compiled.kernel.currency] if entry.kind == "money" else []
    kind = ", ".join([phrase(entry.kind, reader.lang), *currency, *limits(entry, reader.lang)])
    if entry.default is not None:
        return label, kind, reader.words("presumed", value=presumed(entry, reader.lang))
    return label, kind, reader.words("own" if entry.optional else "needed")
