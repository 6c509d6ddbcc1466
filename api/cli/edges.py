"""`premia test --edges`: what is paid just below, exactly at and just above each bound of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.analyse import Beside, Edge, edges
from engine.compiled import Compiled
from engine.money import plain
from engine.statement.show import quantity, said
from engine.statement.text import money

from .. import documents
from .reader import Reader


def document(compiled: Compiled, reader: Reader) -> list[documents.Document]:
    """The edges of a plan as data, amounts with every digit of the minor unit."""
    return [_edge(compiled, edge, reader) for edge in edges(compiled)]


def _edge(compiled: Compiled, edge: Edge, reader: Reader) -> documents.Document:
    source = compiled.source
    file, place = source.part(edge.place)
    return {
        **({} if file is source else {"file": file.name}),
        "line": file.position(place.start).line,
        "text": " ".join(source.at(edge.place).split()),
        "lines": list(edge.lines),
        "fact": edge.fact,
        "bound": quantity(edge.bound, edge.kind, reader.lang)[0],
        "sort": dict(edge.sort),
        "rows": [_row(compiled, edge, row, reader) for row in edge.rows],
    }


def _row(compiled: Compiled, edge: Edge, row: Beside, reader: Reader) -> documents.Document:
    digits = compiled.kernel.digits
    return {
        "value": quantity(row.value, edge.kind, reader.lang)[0],
        "attainment": _share(row, reader),
        "pays": None if row.pays is None else plain(row.pays, digits),
        "total": None if row.total is None else plain(row.total, digits),
    }


def _share(row: Beside, reader: Reader) -> str | None:
    return None if row.attainment is None else said(row.attainment, "percent", reader.lang)


def rows_of(edge: documents.Document, reader: Reader) -> Iterator[str]:
    """An edge as it is printed: what bends, and a table of its rows."""
    data: Any = edge
    whose = "".join(f", {name} {value}" for name, value in data["sort"].items())
    named = ", ".join(f"`{name}`" for name in data["lines"])
    where = reader.words("example_line", line=data["line"])
    if "file" in data:
        where = f"{data['file']}:{data['line']}"
    yield f"  {where}: `{data['text']}`{whose}"
    heads = (data["fact"], reader.words("edge_attained"), named, reader.words("edge_total"))
    table = [heads, *(_cells(row, reader) for row in data["rows"])]
    columns = [index for index in range(4) if index != 1 or any(row["attainment"] for row in data["rows"])]
    yield from _table([[cells[index] for index in columns] for cells in table])


def _cells(row: Any, reader: Reader) -> tuple[str, str, str, str]:
    pays, total = (
        reader.words("edge_none") if row[name] is None else money(row[name], reader.lang)
        for name in ("pays", "total")
    )
    return row["value"], row["attainment"] or "", pays, total


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield (
            "      " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
