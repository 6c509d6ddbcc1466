"""Tables of records, and what values come to over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from dsl import tree
from dsl.check.columns import full
from dsl.check.constant import constant
from dsl.check.kinds import COUNTING
from dsl.place import Place
from dsl.tree.clauses import among
from dsl.words import UNITS, ColumnRole, KindName

from .. import kernel as k
from .lowering import ONE, Lowering, declared, divide, fixed, number


def tables(low: Lowering) -> tuple[k.RecordsTable, ...]:
    """The tables of a plan and its groups, by name, each with all columns that its records have."""
    scope = low.checked.scope
    names = _names(low)
    brought = {
        name: [one for one in table.columns if not _taken(one)] for name, table in scope.tables.items()
    }
    own = {name: tuple(_cells(low, name, listed, names)) for name, listed in brought.items()}
    found = {name: [*own[name], *_linked(own, names, own[name])] for name in own}
    owners = [_at(brought.get(name, []), "employee") for name in names]
    made = []
    for place, name in enumerate(names):
        if name in scope.groups:
            made.append(_group(low, place, name))
            continue
        at = {one.name: index for index, one in enumerate(found[name])}
        for column in scope.tables[name].columns:
            if isinstance(column.kind, tree.Taken):
                at[column.name.text] = at[full(column.kind.link.text, column.name.text)]
        low.columns.update({full(name, inner): (place, index) for inner, index in at.items()})
        listed = scope.tables[name].columns
        owner, key = owners[place], _at(brought[name], "id")
        if owner is None:
            owner = _owner(found[name], owners)
        counts = next((at[one.name.text] for one in listed if one.counts), None)
        shares = tuple(_shares(at, one.name.text, one.shares) for one in listed if one.shares is not None)
        accepted = scope.accepted(scope.tables[name])
        late = scope.tables[name].late
        made.append(
            k.RecordsTable(
                name,
                tuple(found[name]),
                owner,
                key,
                counts,
                shares=shares,
                sources=accepted,
                late=None if late is None else late.way,
                horizon=0 if late is None else int(late.horizon.value),
            )
        )
    return tuple(made)


def _names(low: Lowering) -> list[str]:
    """The names of all tables and groups, in the order of the kernel."""
    return sorted([*low.checked.scope.tables, *low.checked.scope.groups])


def table_of(low: Lowering, name: str) -> int:
    """A table or a group, by its number in the kernel."""
    return _names(low).index(name)


def _group(low: Lowering, place: int, name: str) -> k.RecordsTable:
    """A group: its members' numbers, and what the plan asks of each of them.

    A number is held as a quotient of two integers, since a figure need not end in decimals.
    """
    scope = low.checked.scope
    asked = {
        own
        for expr in scope.expressions
        if isinstance(expr, tree.Name) and (own := scope.member(expr.text)) != expr.text
        if expr.text == full(name, own)
    }
    shared = [expr for expr in scope.expressions if isinstance(expr, tree.Pool | tree.Prizes)]
    parts = [part for expr in shared if expr.group.text == name for part in tree.asked(expr)]
    weighed = [inner for part in parts for inner in tree.walk(part)]
    asked |= {inner.text for inner in weighed if isinstance(inner, tree.Name)}
    asked |= {inner.attribute.text for inner in weighed if isinstance(inner, tree.Identity | tree.By)}
    cells = [k.ColumnInput("", "text"), k.ColumnInput(k.PLACE, "count")]
    for own in sorted(asked):
        kind = low.checked.kinds[own]
        low.columns[full(name, own)] = place, len(cells)
        if kind in WHOLE:
            cells.append(k.ColumnInput(own, kind, scope.choices(own)))
        else:
            low.quotients.add(full(name, own))
            fact = scope.facts.get(own)
            signed = own in scope.figures or (fact is not None and fact.signed)
            cells += [
                k.ColumnInput(own, "count", signed=signed),
                k.ColumnInput(f"{own}/", "count", positive=True),
            ]
    group = scope.groups[name]
    inside = sorted(
        inner for inner, one in scope.groups.items() if one.within is not None and one.within.text == name
    )
    table = k.RecordsTable(name, tuple(cells), id=0, group=True, inside=tuple(inside))
    led = group.led
    return table if led is None else replace(table, led=led.by.text, deep=led.deep)


WHOLE: frozenset[KindName] = frozenset({"yes_no", "choice", "date"})


def _taken(column: tree.Column) -> bool:
    return isinstance(column.kind, tree.Taken)


def _at(listed: Sequence[tree.Column], what: ColumnRole) -> int | None:
    """The column that says whose a record is, or its id, by its index."""
    return next((at for at, column in enumerate(listed) if column.kind == tree.Role(what)), None)


def _shares(at: Mapping[str, int], name: str, shares: tree.Shares) -> k.Divided:
    """What the cells of a column make together."""
    whole = constant(shares.whole)
    assert whole is not None
    return k.Divided(at[name], at[shares.by.text], shares.sign, whole, shares.place)


def _owner(cells: Sequence[k.ColumnInput], owners: Sequence[int | None]) -> int | None:
    """The column that says whose the record is that one belongs to."""
    for at, cell in enumerate(cells):
        if cell.via is not None:
            link, there = cell.via
            leads = cells[link].leads
            if leads is not None and owners[leads] == there:
                return at
    return None


def _cells(
    low: Lowering, table: str, brought: Sequence[tree.Column], names: Sequence[str]
) -> Iterator[k.ColumnInput]:
    for column in brought:
        own = full(table, column.name.text)
        choices = low.checked.scope.choices(own)
        default = None if column.default is None else declared(column.default, choices)
        leads = names.index(column.kind.table.text) if isinstance(column.kind, tree.Link) else None
        kind = low.checked.kinds[own]
        unit = None if column.unit is None else UNITS[column.unit.unit or ""]
        yield k.ColumnInput(column.name.text, kind, choices, column.signed, default, leads=leads, unit=unit)


def _linked(
    own: Mapping[str, tuple[k.ColumnInput, ...]], names: Sequence[str], cells: Sequence[k.ColumnInput]
) -> Iterator[k.ColumnInput]:
    """The columns of the records that others belong to."""
    for at, cell in enumerate(cells):
        if cell.leads is not None:
            for there, inner in enumerate(own[names[cell.leads]]):
                yield replace(inner, name=full(cell.name, inner.name), via=(at, there), leads=None)


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
    if name.text not in low.quotients:
        return k.Column(table, index, kind=kind, place=place)
    over = k.Column(table, index, kind=kind, place=place)
    under = k.Column(table, index + 1, kind="count", place=place)
    return k.Arithmetic("/", over, under, kind=kind, place=place)


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
