"""The sources that facts and tables may come from."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from ..faults.nearest import edits
from .scope import Scope

MOST = 100  # names of sources that are held against one another
LEAST = 4  # letters of a name of which one may be mistyped; shorter ones are soon alike


def origins(scope: Scope) -> Iterator[Fault]:
    """What is wrong with the sources that a plan accepts."""
    head = scope.sources
    known: dict[str, list[tree.Name]] = {}
    for line in scope.lines:
        match line:
            case tree.Sources(said):
                yield from _named(scope, said, known)
            case (
                tree.Fact(source=tree.TakenFrom() as said)
                | tree.RecordsTable(source=tree.TakenFrom() as said)
            ):
                yield from _named(scope, said, known)
                if head is not None and said.text is not None:
                    yield scope.fault("P376", said, also=head, words=said.text, head=head)
    for spelling, names in known.items() if len(known) <= MOST else ():
        if len(names) == 1 and len(spelling) >= LEAST:
            others = (other for other in known if other != spelling and edits(spelling, other, 1) == 1)
            if (near := next(others, None)) is not None and (len(known[near]) > 1 or near < spelling):
                there = known[near][0]
                yield scope.fault(
                    "P377",
                    names[0],
                    "warning",
                    also=there,
                    name=names[0].text,
                    other=there.text,
                    fix=there.text,
                )
    free = any(name not in scope.facts or scope.facts[name].source is None for name in scope.needs)
    free = free or any(table.source is None for table in scope.tables.values())
    if head is not None and scope.whole and not free:
        yield scope.fault("P378", head, "warning")


def _named(scope: Scope, said: tree.TakenFrom, known: dict[str, list[tree.Name]]) -> Iterator[Fault]:
    """The fault of a source that is named twice in one place."""
    seen: dict[str, tree.Name] = {}
    for name in said.names:
        spelling = name.text.casefold()
        if (earlier := seen.setdefault(spelling, name)) is not name:
            yield scope.fault("P375", name, also=earlier, name=name.text)
        known.setdefault(spelling, []).append(name)
