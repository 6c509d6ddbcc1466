"""Columns of tables: the names in what is said of records, each with the table that its column is of.

Inside `sum of amount of deals where paid` a name is a column of `deals` before it is anything else. There it
has its full name, `deals.amount`, which no fact can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from .. import tree

Columns = Mapping[str, tree.Column]  # by their full names
T = TypeVar("T", tree.RecordsTable, tree.Group)
Groups = Mapping[str, tree.Group]  # by their names


def full(table: str, column: str) -> str:
    """The full name of a column."""
    return f"{table}.{column}"


def tables(plan: tree.Plan) -> dict[str, tree.RecordsTable]:
    """The tables of a plan, the first of each name."""
    return _declared(plan, tree.RecordsTable)


def groups(plan: tree.Plan) -> dict[str, tree.Group]:
    """The groups of a plan, the first of each name."""
    return _declared(plan, tree.Group)


def _declared(plan: tree.Plan, sort: type[T]) -> dict[str, T]:
    """The lines of a sort, the first of each name."""
    lines = [line for line in plan.statements if isinstance(line, sort)]
    return {line.name.text: line for line in reversed(lines)}


def known_of(plan: tree.Plan) -> dict[str, tree.Column]:
    """The columns of all tables, and of groups what is known of their members: facts, figures, measures."""
    found = columns(tables(plan))
    measured = (tree.Fact, tree.Figure, tree.Kpi)
    names = [line.name for line in plan.statements if isinstance(line, measured)]
    for group in groups(plan):
        for name in names:
            of = tree.Taken(tree.Name(group))
            found.setdefault(full(group, name.text), tree.Column(name, None, of, place=name.place))
    return found


def columns(known: Mapping[str, tree.RecordsTable]) -> dict[str, tree.Column]:
    """The columns of tables by their full names, with those that a record has by the record it belongs to."""
    found: dict[str, tree.Column] = {}
    for table in known.values():
        for column in table.columns:
            found.setdefault(full(table.name.text, column.name.text), taken(known, table, column) or column)
            for inner in _linked(known, column):
                found.setdefault(full(table.name.text, full(column.name.text, inner.name.text)), inner)
    return found


def taken(
    known: Mapping[str, tree.RecordsTable], table: tree.RecordsTable, column: tree.Column
) -> tree.Column | None:
    """The column of another table that one is taken from, if it is and there is one."""
    if not isinstance(column.kind, tree.Taken):
        return None
    link = next((one.kind for one in table.columns if one.name.text == column.kind.link.text), None)
    other = known.get(link.table.text) if isinstance(link, tree.Link) else None
    listed = () if other is None else other.columns
    # What is taken itself would lead on and on.
    found = (one for one in listed if not isinstance(one.kind, tree.Taken))
    return next((one for one in found if one.name.text == column.name.text), None)


def _linked(known: Mapping[str, tree.RecordsTable], column: tree.Column) -> Iterator[tree.Column]:
    """The columns of the table that a column leads to."""
    if isinstance(column.kind, tree.Link) and (table := known.get(column.kind.table.text)) is not None:
        yield from table.columns


def resolved(plan: tree.Plan) -> tree.Plan:
    """The plan with the full names of columns where it speaks of records."""
    together = groups(plan)
    if not tables(plan) and not together:
        return plan
    listed = known_of(plan)
    return replace(plan, statements=tuple(_resolved(line, listed, together) for line in plan.statements))


# What stands in a node and is no name of a value: of a table, of a value of an attribute, of a KPI or a line.
APART: Mapping[type[tree.Placed], frozenset[str]] = {
    tree.Records: frozenset({"table"}),
    tree.Pool: frozenset({"group"}),
    tree.Prizes: frozenset({"group"}),
    tree.Identity: frozenset({"value"}),
    tree.Case: frozenset({"value"}),
    tree.TargetOf: frozenset({"name"}),
    tree.AttainmentOf: frozenset({"name"}),
    tree.PayFor: frozenset({"name"}),
}


def _resolved(line: tree.Statement, listed: Columns, together: Groups) -> tree.Statement:
    """A line with full names; what has none stays the very same."""
    made: dict[tuple[int, str], Any] = {}
    # A stack of our own, since a line may nest deeper than Python nests calls. What is there is entered, made
    # of its parts, or made of what stands for it.
    waiting: list[tuple[Any, str, Any]] = [(line, "", None)]
    held: list[Any] = []  # so that the identity of each stays its own
    while waiting:
        node, table, other = waiting.pop()
        if other is None:
            if (turned := _turned(node, table, together)) is not None:
                held.append(turned)
                waiting.extend([(node, table, turned), (turned, table, None)])
            elif (renamed := _named(node, table, listed, together)) is not None:
                made[id(node), table] = renamed
            else:
                inside = node.table.text if isinstance(node, tree.Records) else table
                waiting.append((node, table, node))
                waiting.extend(
                    (inner, inside, None) for part in _parts(node).values() for inner in _nodes(part)
                )
        elif other is not node:
            made[id(node), table] = made[id(other), table]
        else:
            inside = node.table.text if isinstance(node, tree.Records) else table
            parts = _parts(node)
            changed = {name: _made(part, inside, made) for name, part in parts.items()}
            fresh = {name: part for name, part in changed.items() if part is not parts[name]}
            made[id(node), table] = replace(node, **fresh) if fresh else node
    statement: tree.Statement = made[id(line), ""]
    return statement


def leader(group: tree.Group | None) -> str:
    """What those are called who lead the members of a group, where it is of one level; else nothing."""
    return "" if group is None or group.led is None or group.led.deep else group.led.by.text


def _turned(node: Any, table: str, together: Groups) -> tree.Expr | None:
    """`a / b of team` as `a / (b of team)`: before a group the word takes what stands right before it.

    So it does before who leads the members. What a group has of a value is the sum over its members.
    """
    match node:
        case tree.Arithmetic("of", left, tree.Name(group) as name) if table != group and (
            group in together or group == leader(together.get(table))
        ):
            match left:
                case tree.Name() if group in together:
                    return tree.Records("sum", name, left, None, place=node.place)
                case tree.Arithmetic("*" | "/" | "of" as sign, before, value):
                    place = value.place.to(name.place)
                    return tree.Arithmetic(
                        sign, before, tree.Arithmetic("of", value, name, place=place), place=node.place
                    )
    return None


def _named(node: Any, table: str, listed: Columns, together: Groups) -> tree.Name | None:
    """The full name of what is a column of a table, or of the record that one of its records belongs to.

    What is of who leads the members is of who is paid.
    """
    match node:
        case tree.Name(column) if table and full(table, column) in listed:
            return replace(node, text=full(table, column))
        case tree.Arithmetic("of", tree.Name(column) as name, tree.Name(link)) if table:
            if link == leader(together.get(table)):
                return replace(name, of=link, place=node.place)
            own = full(table, full(link, column))
            return tree.Name(own, place=node.place) if own in listed else None
        case _:
            return None


def _parts(node: tree.Placed) -> dict[str, Any]:
    """The fields of a node in which names of values stand."""
    apart = APART.get(type(node), frozenset())
    return {name: part for name, part in tree.entries(node) if name not in apart}


def _nodes(part: Any) -> Iterator[tree.Placed]:
    """The nodes in a field."""
    several = part if isinstance(part, tuple) else (part,)
    return (one for one in several if isinstance(one, tree.Placed))


def _made(part: Any, table: str, made: Mapping[tuple[int, str], Any]) -> Any:
    """A field with what was made of the nodes in it; the very same where nothing changed."""
    if not isinstance(part, tuple):
        return made[id(part), table]
    inner = tuple(made[id(one), table] if isinstance(one, tree.Placed) else one for one in part)
    return inner if any(one is not other for one, other in zip(inner, part, strict=True)) else part
