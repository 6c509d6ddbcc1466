"""`premia test --edges`: what is paid just below, exactly at and just above each bound of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from dsl.node import node
from dsl.record import ABSENT
from engine.analyse import Beside, Edge, edges
from engine.compile import Compiled
from engine.money import Money
from engine.paper import Table
from engine.statement.show import quantity, said
from engine.statement.text import money

from ..paper.terminal import columns
from .reader import Reader


@node
class EdgeRow:
    """What is paid at one value of the fact: by the lines that bend, and in all."""

    value: str
    attainment: str | None
    pays: Money | None
    total: Money | None


@node
class EdgeOf:
    """A bound of a plan: where it stands, and what is paid around it."""

    file: str | None = field(metadata=ABSENT)
    line: int
    text: str
    lines: tuple[str, ...]
    fact: str
    bound: str
    sort: dict[str, str]
    rows: tuple[EdgeRow, ...]


def document(compiled: Compiled, reader: Reader) -> tuple[EdgeOf, ...]:
    """The edges of a plan, in the reader's language."""
    return tuple(_edge(compiled, edge, reader) for edge in edges(compiled))


def _edge(compiled: Compiled, edge: Edge, reader: Reader) -> EdgeOf:
    source = compiled.source
    file, place = source.part(edge.place)
    return EdgeOf(
        None if file is source else file.name,
        file.position(place.start).line,
        " ".join(source.at(edge.place).split()),
        tuple(edge.lines),
        edge.fact,
        quantity(edge.bound, edge.kind, reader.lang)[0],
        dict(edge.sort),
        tuple(_row(compiled, edge, row, reader) for row in edge.rows),
    )


def _row(compiled: Compiled, edge: Edge, row: Beside, reader: Reader) -> EdgeRow:
    digits = compiled.kernel.digits
    pays, total = (None if one is None else Money(one, digits) for one in (row.pays, row.total))
    share = None if row.attainment is None else said(row.attainment, "percent", reader.lang)
    return EdgeRow(quantity(row.value, edge.kind, reader.lang)[0], share, pays, total)


def rows_of(edge: EdgeOf, reader: Reader) -> Iterator[str]:
    """An edge as it is printed: what bends, and a table of its rows."""
    whose = "".join(f", {name} {value}" for name, value in edge.sort.items())
    named = ", ".join(f"`{name}`" for name in edge.lines)
    where = reader.words("example_line", line=edge.line)
    if edge.file is not None:
        where = f"{edge.file}:{edge.line}"
    yield f"  {where}: `{edge.text}`{whose}"
    heads = (edge.fact, reader.words("edge_attained"), named, reader.words("edge_total"))
    rows = tuple(_cells(row, reader) for row in edge.rows)
    yield from columns(Table(heads, rows, (0, 1, 2, 3)).filled, " " * 6)


def _cells(row: EdgeRow, reader: Reader) -> tuple[str, str, str, str]:
    pays, total = (
        reader.words("edge_none") if one is None else money(one, reader.lang) for one in (row.pays, row.total)
    )
    return row.value, row.attainment or "", pays, total
