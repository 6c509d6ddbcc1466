"""The canonical form of operations and tables: no places, no labels, no word of a human language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import assert_never

from .inputs import Exchanged, Input, Quoted, RecordsTable
from .operations import (
    Actual,
    Arithmetic,
    Choice,
    Clamp,
    Column,
    Comparison,
    Constant,
    Denial,
    Earlier,
    Elapsed,
    Extreme,
    Logic,
    Node,
    Own,
    Paid,
    Piece,
    Piecewise,
    Records,
    Rounded,
)
from .within import inward


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def of_input(entry: Input) -> Mapping[str, object]:
    """What a plan reads in the canonical form."""
    return {
        "name": entry.name,
        "role": entry.role,
        "kind": entry.kind,
        "signed": entry.signed,
        "default": _text(entry.default),
        "optional": entry.optional,
        "choices": entry.choices,
        # Only where there are bounds, so that a plan without any keeps the digest that it has.
        **({"low": _text(entry.low), "high": _text(entry.high)} if entry.bounded else {}),
        **({} if entry.opens is None else {"opens": [entry.opens.anew, entry.opens.in_month]}),
        **({} if entry.unit is None else {"unit": entry.unit}),
        **_from(entry.sources),
    }


def of_table(table: RecordsTable) -> Mapping[str, object]:
    """A table in the canonical form."""
    columns = [
        [one.name, one.kind, one.choices, one.signed, _text(one.default), one.via, one.leads]
        + ([] if one.unit is None else [one.unit])
        + ([] if one.zone is None else ["zone", one.zone])
        for one in table.columns
    ]
    belonging = ["group", *table.inside, *(["led", table.led, table.deep] if table.led else [])]
    roles = [table.owner, table.id, table.counts, *(belonging if table.group else [])]
    shares = [[one.column, one.by, one.sign, _text(one.whole)] for one in table.shares]
    return {
        "name": table.name,
        "columns": columns,
        "roles": roles,
        **({"shares": shares} if shares else {}),
        **({"quoted": _fields(table.quoted)} if table.quoted else {}),
        **({"exchanged": [*map(_fields, table.exchanged)]} if table.exchanged else {}),
        **_from(table.sources),
        **({"late": [table.late, table.horizon]} if table.late else {}),
    }


def _fields(node: Quoted | Exchanged) -> list[str | int | None]:
    return [getattr(node, one.name) for one in fields(node)]


def _from(sources: Sequence[str]) -> Mapping[str, object]:
    return {"sources": sorted({source.casefold() for source in sources})} if sources else {}


Form = list[object]


def form(root: Node) -> Form:
    """An operation in the canonical form, made from its innermost operands on, however deep they are."""
    made: dict[int, Form] = {}
    for one in inward(root):
        made[id(one)] = _form(one, lambda operand: made[id(operand)])
    return made[id(root)]


def _form(node: Node, inner: Callable[[Node], Form]) -> Form:  # noqa: PLR0911  # one for each operation
    match node:
        case Constant(value):
            return ["constant", str(value)]
        case Actual(index):
            return ["given", index]
        case Own(index, otherwise):
            return ["own", index, inner(otherwise)]
        case Column(table, index):
            return ["column", table, index]
        case Records(word, table, value, where, order):
            parts = [None if part is None else inner(part) for part in (value, where, order)]
            return ["records", word, table, *parts]
        case Earlier(index):
            return ["step", index]
        case Paid(lines):
            return ["paid", *lines]
        case (
            Arithmetic(word, left, right)
            | Comparison(word, left, right)
            | Logic(word, left, right)
            | Elapsed(word, left, right)
        ):
            return [word, inner(left), inner(right)]
        case Denial(operand):
            return ["not", inner(operand)]
        case Choice(condition, chosen, otherwise):
            return ["if", inner(condition), inner(chosen), inner(otherwise)]
        case Extreme(word, several):
            return [word, *map(inner, several)]
        case Clamp(operand, floor):
            return ["clamp", inner(operand), inner(floor)]
        case Piecewise(measure, pieces):
            return ["curve", inner(measure), *(_piece(piece, inner) for piece in pieces)]
        case Rounded(operand, unit, direction):
            return ["round", inner(operand), str(unit), direction]
        case _:
            assert_never(node)


def _piece(piece: Piece, inner: Callable[[Node], Form]) -> Form:
    bound = None if piece.bound is None else inner(piece.bound)
    return [piece.sign, bound, inner(piece.slope), inner(piece.constant), piece.reason]
