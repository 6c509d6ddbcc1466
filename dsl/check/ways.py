"""From the record of a table to the columns of those that it belongs to: by links, one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import tree
from ..words import KindName

Tables = Mapping[str, tree.RecordsTable]  # by their names


def full(table: str, column: str) -> str:
    """The full name of a column."""
    return f"{table}.{column}"


def kind_of(column: tree.Column) -> KindName | None:
    """The kind that a column says of itself; None where it has none, or it is that of another."""
    match column.kind:
        case tree.Choices():
            return "choice"
        case tree.Kind(kind):
            return kind
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Way:
    """A column by the links that lead to it, each a column that stands in its own table, and that table."""

    links: tuple[str, ...]
    column: tree.Column
    table: tree.RecordsTable

    @property
    def names(self) -> tuple[str, ...]:
        """The links, and then the name of the column."""
        return (*self.links, self.column.name.text)


def way(known: Tables, table: tree.RecordsTable, names: Sequence[str]) -> Way | None:
    """The way to a column by some links and its name; None where it leads nowhere.

    What is taken from a record is followed to where it stands, but never in a circle.
    """
    links: list[str] = []
    waiting = [*reversed(names)]
    seen: set[tuple[str, str]] = set()
    while True:
        name = waiting.pop()
        column = next((one for one in table.columns if one.name.text == name), None)
        match None if column is None else column.kind:
            case tree.Taken(link) if (table.name.text, name) not in seen:
                seen.add((table.name.text, name))
                waiting += [name, link.text]
            case tree.Link(tree.Name(to)) if waiting and to in known:
                links.append(name)
                table = known[to]
            case _ if column is None or waiting or isinstance(column.kind, tree.Taken):
                return None
            case _:
                return Way(tuple(links), column, table)


def led(known: Tables, table: tree.RecordsTable, link: str) -> tree.RecordsTable | None:
    """The table that a column leads to."""
    found = way(known, table, [link])
    return (
        known.get(found.column.kind.table.text)
        if found and isinstance(found.column.kind, tree.Link)
        else None
    )


def taken(known: Tables, table: tree.RecordsTable, column: tree.Column) -> tree.Column | None:
    """The column of another table that one is taken from, if it is and there is one."""
    found = way(known, table, [column.name.text]) if isinstance(column.kind, tree.Taken) else None
    return None if found is None else found.column


def owner(known: Tables, table: tree.RecordsTable) -> Way | None:
    """The way to the column that says whose the records of a table are: by the fewest links."""
    waiting = deque([Way((), one, table) for one in table.columns])
    seen = {table.name.text}
    while waiting:
        found = waiting.popleft()
        match found.column.kind:
            case tree.Role("employee"):
                return found
            case tree.Link(tree.Name(to)) if to in known and to not in seen:
                seen.add(to)
                waiting += [Way(found.names, one, known[to]) for one in known[to].columns]
    return None
