"""People of the rows of an export; their facts may stand one under another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dsl.faults import Fact, Fault
from engine.facts.values import shown

from ..alike import key
from ..exact import LISTED
from ..files import FileRow, Spots
from ..files.heading import FIELDS, MARKS
from .mapping import Mapping
from .origins import Provenance

Row = dict[str, str]


@dataclass(slots=True)
class Gathered:
    """Somebody of an export: as a request says it, where they stand, and where each of their facts does."""

    value: dict[str, object]
    spot: FileRow
    cells: dict[str, FileRow] = field(default_factory=dict)


def gathered(
    rows: Iterable[Row], said: Sequence[Provenance], spots: Spots, asked: Mapping
) -> list[Gathered] | tuple[Fault, ...]:
    """The people of rows; those whose facts stand one under another are put together."""
    if asked.indicators is None:
        told = enumerate(zip(rows, said, strict=True))
        return [
            Gathered({**_person(row), **({"origin": one.record()} if any(one) else {})}, spots[at])
            for at, (row, one) in told
        ]
    whole: dict[tuple[str, ...], tuple[Row, Gathered]] = {}
    faults: list[Fault] = []
    for at, (row, one) in enumerate(zip(rows, said, strict=True)):
        who = {FIELDS.get(name.casefold(), name): cell for name, cell in row.items()}
        owner = key(who.get("employee", ""), who.get("period", ""))
        before, somebody = whole.setdefault(owner, ({}, Gathered({}, spots[at])))
        for name, cell in row.items():
            known = before.setdefault(name, cell)
            if name.casefold() in FIELDS:
                continue
            somebody.cells.setdefault(name, spots[at])
            if any(one):
                somebody.value.setdefault("origins", {})[name] = one.record()  # type: ignore[index]  # made here
            if known != cell and len(faults) < LISTED:
                facts: dict[str, Fact] = {
                    "employee": shown(owner[0]),
                    "period": owner[1],
                    "name": shown(name),
                }
                values: dict[str, Fact] = {"first": shown(known), "second": shown(cell)}
                faults.append(Fault("P823", facts={**facts, **values}))
    for before, somebody in whole.values():
        somebody.value = {**_person(before), **somebody.value}
    return tuple(faults) or [somebody for _, somebody in whole.values()]


def _person(row: Row) -> dict[str, object]:
    facts: Row = {}
    targets: Row = {}
    person: dict[str, object] = {"employee": "", "period": ""}
    for name, cell in row.items():
        mark, colon, rest = name.partition(":")
        if (spoken := FIELDS.get(name.casefold())) is not None:
            person[spoken] = cell
        elif colon and (sort := MARKS.get(mark.strip().casefold())) is not None:
            (targets if sort == "target" else facts)[rest.strip()] = cell
        else:
            facts[name] = cell
    return {**person, "facts": facts, **({"targets": targets} if targets else {})}
