"""Tables of records as they come in a request or a file, read into the engine's form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dsl.faults import Fact, Fault
from dsl.marks import composed
from engine.compile import Compiled
from engine.facts import Raw, SentTables
from engine.facts.values import escaped, listed, shown

from .exact import LISTED

Sent = Mapping[str, Sequence[Raw]]


def read_tables(value: object, pointer: str, faults: list[Fault]) -> Sent | None:
    """The tables of an object of lists of rows, names in NFC as those of plans are; None where it is none."""
    if not isinstance(value, dict):
        faults.append(unlike(value, "tables", "object", pointer))
        return None
    wrong: list[Fault] = []
    read: dict[str, Sequence[Raw]] = {}
    for typed, rows in value.items():
        name, where = composed(typed), f"{pointer}/{escaped(typed)}"
        if name in read:
            wrong.append(Fault("P604", pointer=where, facts={"name": shown(typed)}))
        elif isinstance(rows, list):
            read[name] = list(_rows(rows, where, wrong))
        else:
            wrong.append(unlike(rows, name, "list", where))
    faults.extend(wrong)
    return None if wrong else read


def _rows(rows: Sequence[object], pointer: str, faults: list[Fault]) -> Iterator[Raw]:
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            if len(faults) < LISTED:
                faults.append(unlike(row, str(number), "object", f"{pointer}/{number}"))
        elif all(map(str.isascii, row)):
            yield row
        else:
            yield _composed(row, f"{pointer}/{number}", faults)


def _composed(row: dict[str, object], pointer: str, faults: list[Fault]) -> Raw:
    """A row whose columns are named in NFC."""
    read: dict[str, object] = {}
    for typed, cell in row.items():
        name = composed(typed)
        if name in read and len(faults) < LISTED:
            faults.append(Fault("P604", pointer=f"{pointer}/{escaped(typed)}", facts={"name": shown(typed)}))
        read[name] = cell
    return read


def unlike(value: object, name: str, wanted: str, pointer: str) -> Fault:
    """The fault of a value of the wrong type."""
    facts: dict[str, Fact] = {"name": shown(name), "value": shown(value)}
    return Fault("P610", pointer=pointer, facts={**facts, "wanted": (f"phrase:json_{wanted}",)})


def unknown(tables: SentTables | None, plans: Iterable[Compiled]) -> Iterator[Fault]:
    """A fault for each table of a company that no plan which is to pay them reads."""
    if tables is None:
        return
    known = {name for plan in plans for name in plan.brought}
    for name in tables.raw:
        if name not in known:
            facts: dict[str, Fact] = {"name": shown(name), "known": listed(sorted(known))}
            yield Fault("P550", pointer=f"{tables.pointer}/{escaped(name)}", facts=facts)


def records(tables: SentTables | None, people: Iterable[object] = ()) -> int:
    """How many records a company brings, and each of some people that are not read yet."""
    several = (one["tables"] for one in people if isinstance(one, dict) and "tables" in one)
    own = (rows for sent in several if isinstance(sent, dict) for rows in sent.values())
    together = () if tables is None else tables.raw.values()
    return sum(map(len, together)) + sum(len(rows) for rows in own if isinstance(rows, list))
