"""Tables of records and groups of people, with the columns that their records have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dsl import tree
from dsl.check import ways
from dsl.check.constant import constant
from dsl.check.groups import personal
from dsl.check.ways import full
from dsl.words import UNITS, KindName

from .. import kernel as k
from .lowering import Lowering, declared


def tables(low: Lowering) -> tuple[k.RecordsTable, ...]:
    """The tables of a plan and its groups, by name, each with the columns of its records.

    Those of records that they belong to are there as far as they are asked for.
    """
    scope, names = low.checked.scope, _names(low)
    brought = {
        name: [one for one in table.columns if not isinstance(one.kind, tree.Taken)]
        for name, table in scope.tables.items()
    }
    linked = _linked(low)
    at: dict[str, dict[tuple[str, ...], int]] = {}
    for name, listed in brought.items():
        worked = [(hidden.name.text,) for one in listed for hidden in _worked(low, one)]
        ways_of = [*((one.name.text,) for one in listed), *linked[name], *worked]
        at[name] = {names_of: index for index, names_of in enumerate(ways_of)}
    made: list[k.RecordsTable] = []
    for place, name in enumerate(names):
        if name in scope.groups:
            made.append(_group(low, place, name))
            continue
        table, here = scope.tables[name], at[name]
        cells = [*_cells(low, name, brought[name], names)]
        for (first, *there), way in linked[name].items():
            (cell,) = _cells(low, way.table.name.text, [way.column], names)
            leads = cells[here[first,]].leads
            assert leads is not None
            via = here[first,], at[names[leads]][*there,]
            cells.append(replace(cell, name=".".join([first, *there]), via=via, leads=None))
        for one in brought[name]:
            cells += (replace(cell, worked=True) for cell in _cells(low, name, _worked(low, one), names))
        for one in table.columns:
            _held(low, full(name, one.name.text), place, here, _way(low, name, [one.name.text]))
        own = {one.name.text: low.columns[full(name, one.name.text)][1] for one in table.columns}
        owner = ways.owner(scope.tables, table)
        shares = [(one.name.text, one.shares) for one in table.columns if one.shares is not None]
        made.append(
            k.RecordsTable(
                name,
                tuple(cells),
                None if owner is None else here[owner.names],
                next((at for at, one in enumerate(brought[name]) if one.kind == tree.Role("id")), None),
                next((own[one.name.text] for one in table.columns if one.counts), None),
                shares=tuple(_shares(own, column, one) for column, one in shares),
                sources=scope.accepted(table),
                late=None if table.late is None else table.late.way,
                horizon=0 if table.late is None else int(table.late.horizon.value),
                quoted=None if table.rates is None else _quoted(own, table, table.rates),
                exchanged=tuple(_exchanged(low, here, own, one) for one in table.columns if one.exchange),
            )
        )
    for whole, table_name, named in _deep(low):
        _held(low, whole, names.index(table_name), at[table_name], _way(low, table_name, named))
    return tuple(made)


def _held(low: Lowering, whole: str, place: int, here: Mapping[tuple[str, ...], int], way: ways.Way) -> None:
    """Where a column stands by its full name, and what turns it where it is money of another currency."""
    low.columns[whole] = place, here[way.names]
    if way.column.exchange is not None:
        beside = [here[*way.links, one.name.text] for one in _worked(low, way.column)]
        low.rated[whole] = beside[1], beside[3] if len(beside) > 3 else None


def _worked(low: Lowering, column: tree.Column) -> list[tree.Column]:
    """The columns that are worked out for money of another currency: the code, its rate, of which day.

    Where rates are of several units, these too.
    """
    if column.exchange is None:
        return []
    rates = low.checked.scope.tables[column.exchange.rates.text]
    several = any(ways.kind_of(one) == "count" for one in rates.columns)
    kinds: Mapping[str, KindName] = {"code": "text", "rate": "number", "quoted": "date", "units": "count"}
    return [
        tree.Column(tree.Name(f"{column.name.text}:{what}"), None, tree.Kind(kind, kind))
        for what, kind in kinds.items()
        if several or what != "units"
    ]


def _quoted(own: Mapping[str, int], table: tree.RecordsTable, rates: tree.Rates) -> k.Quoted:
    """What is what in a table of exchange rates, by the kinds of its columns."""
    by_kind = {ways.kind_of(one): own[one.name.text] for one in table.columns}
    horizon = 0 if rates.horizon is None else int(rates.horizon.value)
    return k.Quoted(by_kind["choice"], by_kind["date"], by_kind["number"], by_kind.get("count"), horizon)


def _exchanged(
    low: Lowering, here: Mapping[tuple[str, ...], int], own: Mapping[str, int], column: tree.Column
) -> k.Exchanged:
    """By what money of another currency is turned."""
    exchange = column.exchange
    assert exchange is not None
    code, rate, quoted, *units = (here[one.name.text,] for one in _worked(low, column))
    return k.Exchanged(
        own.get(exchange.currency.text, exchange.currency.text),
        table_of(low, exchange.rates.text),
        own[exchange.day.text],
        code,
        rate,
        quoted,
        units[0] if units else None,
    )


def _way(low: Lowering, table: str, names: Sequence[str]) -> ways.Way:
    """The way to a column that is there."""
    found = ways.way(low.checked.scope.tables, low.checked.scope.tables[table], names)
    assert found is not None
    return found


def _deep(low: Lowering) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The columns by links of which the plan speaks, by their full names: the table and the way from it."""
    for whole in low.checked.scope.columns:
        table, *names = whole.split(".")
        if len(names) > 1:
            yield whole, table, names


def _linked(low: Lowering) -> Mapping[str, Mapping[tuple[str, ...], ways.Way]]:
    """Of each table the columns of other ones that are read of its records, by the names on the way to them.

    Where these lie behind several links, each table on the way has what is behind it.
    """
    scope = low.checked.scope
    found: dict[str, dict[tuple[str, ...], ways.Way]] = {name: {} for name in scope.tables}
    waiting = [(table, _way(low, table, names)) for _, table, names in _deep(low)]
    for name, table in scope.tables.items():
        waiting += [(name, _way(low, name, [one.name.text])) for one in table.columns]
        owner = ways.owner(scope.tables, table)
        waiting += [] if owner is None else [(name, owner)]
    while waiting:
        name, way = waiting.pop()
        if way.links and way.names not in found[name]:
            found[name][way.names] = way
            first, *names = way.names
            kinds = (one.kind for one in scope.tables[name].columns if one.name.text == first)
            to = next(kind.table.text for kind in kinds if isinstance(kind, tree.Link))
            waiting.append((to, _way(low, to, names)))
    for led in found.values():
        for way in [*led.values()]:
            for hidden in _worked(low, way.column):
                led[*way.links, hidden.name.text] = replace(way, column=hidden)
    return {name: dict(sorted(led.items())) for name, led in found.items()}


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
    names = (called for expr in scope.expressions for called in _called(expr))
    asked = {own for called in names if called == full(name, own := scope.member(called))}
    shared = [expr for expr in scope.expressions if isinstance(expr, tree.Pool | tree.Prizes)]
    shared = [expr for expr in shared if expr.group.text == name]
    parts = [part for expr in shared for part in (*tree.asked(expr), *personal(scope, expr))]
    asked |= {called for part in parts for inner in tree.walk(part) for called in _called(inner)}
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


def _called(expr: tree.Expr) -> Iterator[str]:
    """The name of what a value is read from, if it is read from a name."""
    match expr:
        case tree.Name(text) | tree.Identity(tree.Name(text)) | tree.By(tree.Name(text)):
            yield text


def _shares(at: Mapping[str, int], name: str, shares: tree.Shares) -> k.Divided:
    """What the cells of a column make together."""
    whole = constant(shares.whole)
    assert whole is not None
    return k.Divided(at[name], at[shares.by.text], shares.sign, whole, shares.place)


def _cells(
    low: Lowering, table: str, brought: Sequence[tree.Column], names: Sequence[str]
) -> Iterator[k.ColumnInput]:
    for column in brought:
        own, scope = full(table, column.name.text), low.checked.scope
        choices = scope.choices(own)
        default = None if column.default is None else declared(column.default, choices)
        leads = names.index(column.kind.table.text) if isinstance(column.kind, tree.Link) else None
        # What is turned by a rate is no money of the plan's own currency, and what is worked out has no name.
        kind = low.checked.kinds[own] if own in scope.columns else ways.kind_of(column) or "text"
        yield k.ColumnInput(
            column.name.text,
            kind if column.exchange is None else "number",
            choices,
            column.signed,
            default,
            leads=leads,
            unit=None if column.unit is None else UNITS[column.unit.unit or ""],
            zone=None if column.zone is None else column.zone.name or "",
        )
