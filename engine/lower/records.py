"""What values come to over the records of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dsl import tree
from dsl.check.kinds import COUNTING
from dsl.place import Place
from dsl.tree.clauses import among
from dsl.words import KindName

from .. import kernel as k
from .lowering import ONE, Lowering, divide, fixed, number
from .tables import table_of


def records(
    low: Lowering,
    expr: tree.Records,
    value: k.Node | None,
    where: k.Node | None,
    kind: KindName,
    name: str = "",
) -> k.Node:
    """What a value comes to over records: a step, for which somebody may say what it comes to.

    What is said in the same words again is the same, and told once.
    """
    table = table_of(low, expr.table.text)
    place = expr.place
    words = low.checked.source.bare(place)
    if not name and words in low.said:
        return low.earlier("drawn", low.said[words], place)
    order = None if expr.order is None else column(low, expr.order)

    def gathered(word: k.Gathering, of: k.Node | None) -> k.Node:
        kind_of = "count" if of is None or word == "distinct" else of.kind
        return k.Records(word, table, of, where, order, kind=kind_of, place=place)

    match expr.word:
        case "average":
            count = gathered("count", None)
            found = divide(gathered("sum", value), count, kind, place)
        case "each":
            found = gathered("sum", value)
        case "rank":
            one = fixed(ONE, "count", place)
            found = k.Arithmetic("+", gathered("count", None), one, kind="count", place=place)
        case word:
            found = gathered(word, value)
    drawn = low.drawn(name, found, kind, signed=expr.word not in COUNTING)
    if isinstance(drawn, k.Earlier):
        low.said[words] = low.steps[drawn.index].name
    return drawn


def column(low: Lowering, name: tree.Name) -> k.Node:
    """A column by its full name."""
    table, index = low.columns[name.text]
    kind, place = low.checked.kinds[name.text], name.place
    if name.text in low.rated:
        return _exchanged(low, name)
    if name.text not in low.quotients:
        return k.Column(table, index, kind=kind, place=place)
    over = k.Column(table, index, kind=kind, place=place)
    under = k.Column(table, index + 1, kind="count", place=place)
    return k.Arithmetic("/", over, under, kind=kind, place=place)


def _exchanged(low: Lowering, name: tree.Name) -> k.Node:
    """Money of another currency as that of the plan: by a rate, which may be of several units."""
    (table, index), (rate, units) = low.columns[name.text], low.rated[name.text]
    place = name.place
    amount = k.Column(table, index, kind="number", place=place)
    by = k.Column(table, rate, kind="number", place=place)
    found = k.Arithmetic("*", amount, by, kind="money", place=place)
    if units is None:
        return found
    return k.Arithmetic(
        "/", found, k.Column(table, units, kind="count", place=place), kind="money", place=place
    )


Scope = Literal["each", "in_all"]


def each(clauses: Sequence[tree.Clause]) -> list[tree.Clause]:
    """The clauses of a line that hold for each of its records."""
    kinds = (tree.Cap, tree.Floor, tree.Rounding)
    return [one for kind in kinds for one in among(clauses, kind) if getattr(one, "scope", None) == "each"]


def limited(value: k.Node, clause: tree.Clause, limit: k.Node, place: Place) -> k.Node:
    """What a clause that holds for each record makes of what the record pays."""
    match clause:
        case tree.Cap():
            return k.Extreme("min", (value, limit), kind="money", place=place)
        case tree.Floor():
            return k.Extreme("max", (value, limit), kind="money", place=place)
        case tree.Rounding(unit, direction):
            return k.Rounded(value, number(unit), direction, kind="money", place=place)
        case _:
            return value
