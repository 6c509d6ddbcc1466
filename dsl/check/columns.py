"""Columns of tables: the names in what is said of records, each with the table that its column is of.

Inside `sum of amount of deals where paid` a name is a column of `deals` before it is anything else. There it
has its full name, `deals.amount`, which no fact can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .. import tree
from .ways import Tables, full, taken, way

Columns = dict[str, tree.Column]  # by their full names
T = TypeVar("T", tree.RecordsTable, tree.Group)
Groups = Mapping[str, tree.Group]  # by their names


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


def _known(plan: tree.Plan) -> Columns:
    """The own columns of tables, and of groups what is known of members: facts, figures, measures."""
    listed = tables(plan)
    found: Columns = {}
    for table in listed.values():
        for column in table.columns:
            found.setdefault(full(table.name.text, column.name.text), taken(listed, table, column) or column)
    measured = (tree.Fact, tree.Figure, tree.Kpi)
    names = [line.name for line in plan.statements if isinstance(line, measured)]
    for group in groups(plan):
        for name in names:
            of = tree.Taken(tree.Name(group))
            found.setdefault(full(group, name.text), tree.Column(name, None, of, place=name.place))
    return found


def resolved(plan: tree.Plan) -> tuple[tree.Plan, Columns]:
    """The plan with the full names of columns where it speaks of records, and the columns by these.

    Of those that a record has by records that it belongs to, these are the ones of which the plan speaks.
    """
    together, listed = groups(plan), tables(plan)
    if not listed and not together:
        return plan, {}
    known = _Known(listed, together, _known(plan))
    return replace(plan, statements=tuple(_resolved(line, known) for line in plan.statements)), known.columns


@dataclass(frozen=True, slots=True)
class _Known:
    """What names of columns can be of; `columns` are by their full names, deep ones once they are met."""

    tables: Tables
    groups: Groups
    columns: Columns


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


def _resolved(line: tree.Statement, known: _Known) -> tree.Statement:
    """A line with full names; what has none stays the very same."""
    made: dict[tuple[int, str], Any] = {}
    # A stack of our own, since a line may nest deeper than Python nests calls. What is there is entered, made
    # of its parts, or made of what stands for it.
    waiting: list[tuple[Any, str, Any]] = [(line, "", None)]
    held: list[Any] = []  # so that the identity of each stays its own
    while waiting:
        node, table, other = waiting.pop()
        if other is None:
            if (turned := _turned(node, table, known)) is not None:
                held.append(turned)
                waiting.extend([(node, table, turned), (turned, table, None)])
            elif (renamed := _named(node, table, known)) is not None:
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


def _linked(node: tree.Arithmetic) -> tuple[tree.Expr, list[tree.Name]]:
    """What stands before some links, and these, the nearest first: of `rate of deal of payment` the deal."""
    links: list[tree.Name] = []
    inner: tree.Expr = node
    while isinstance(inner, tree.Arithmetic) and inner.sign == "of" and isinstance(inner.right, tree.Name):
        links.insert(0, inner.right)
        inner = inner.left
    return inner, links


def _turned(node: Any, table: str, known: _Known) -> tree.Expr | None:
    """`a / b of team` as `a / (b of team)`: before a group the word takes what stands right before it.

    So it does before who leads the members, and before a link to another record. What a group has of a value
    is the sum over its members.
    """
    together = known.groups
    match node:
        case tree.Arithmetic("of", left, tree.Name(group) as name) if table != group and (
            group in together or group == leader(together.get(table))
        ):
            match left:
                case tree.Name() if group in together:
                    return tree.Records("sum", name, left, None, place=node.place)
                case tree.Arithmetic("*" | "/" | "of" as sign, before, value):
                    return tree.Arithmetic(sign, before, _of(value, [name]), place=node.place)
        case tree.Arithmetic("of") if table in known.tables:
            inner, links = _linked(node)
            match inner:
                case tree.Arithmetic("*" | "/" as sign, before, tree.Name(column) as value):
                    names = [*(link.text for link in reversed(links)), column]
                    if way(known.tables, known.tables[table], names) is not None:
                        return tree.Arithmetic(sign, before, _of(value, links), place=node.place)
    return None


def _of(value: tree.Expr, links: Sequence[tree.Name]) -> tree.Expr:
    """A value of what some links lead to, the nearest first."""
    for link in links:
        value = tree.Arithmetic("of", value, link, place=value.place.to(link.place))
    return value


def _named(node: Any, table: str, known: _Known) -> tree.Name | None:
    """The full name of what is a column of a table, or of a record that one of its records belongs to.

    What is of who leads the members is of who is paid.
    """
    match node:
        case tree.Name(column) if table and full(table, column) in known.columns:
            return replace(node, text=full(table, column))
        case tree.Arithmetic("of", tree.Name() as name, tree.Name(link)) if table and (
            link == leader(known.groups.get(table))
        ):
            return replace(name, of=link, place=node.place)
        case tree.Arithmetic("of") if table in known.tables:
            value, links = _linked(node)
            names = [link.text for link in (*reversed(links), value) if isinstance(link, tree.Name)]
            if not isinstance(value, tree.Name):
                return None
            found = way(known.tables, known.tables[table], names)
            if found is None:
                return None
            own = full(table, ".".join(names))
            known.columns.setdefault(own, found.column)
            return tree.Name(own, place=node.place)
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
