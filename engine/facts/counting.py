"""Which records count in a period, and what becomes of those that are late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dsl.faults import Fact, Fault, Severity
from dsl.period import Period

from ..compile import Variant
from ..kernel import RecordsTable
from .columns import Cell
from .records import OwnRecords, Row, Rows, Wait
from .values import escaped, shown


@dataclass(slots=True)
class CountingRecords:
    """The records of a person that count in a period, of each table; their places; and what is wrong.

    `beside` are, of each table, how many count in another period, how many have no day, and how many are
    late: among those that count, or left to their months, as the plan says. `away` is who is absent of each
    group.
    """

    rows: list[Rows] = field(default_factory=list)
    scales: list[tuple[int, ...]] = field(default_factory=list)
    beside: list[tuple[int, int, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    away: dict[str, Mapping[str, None]] = field(default_factory=dict)


def drawn(
    variant: Variant,
    records: Mapping[str, OwnRecords],
    when: Period | None,
    days: Sequence[tuple[int, int]] | None = None,
    others: Collection[Period] = (),
    pointer: str = "/tables",
) -> CountingRecords:
    """What counts of the records of a person, on some days alone where these are said.

    For the `others` of these periods they are paid as well in the same call.
    """
    found = CountingRecords()
    for table, usual in zip(variant.kernel.tables, variant.usual.tables, strict=True):
        own = records.get(table.key, OwnRecords(scales=usual))
        found.faults.extend(fault for fault in own.faults if fault not in found.faults)
        found.waits.extend(own.waits)
        if own.away:
            found.away[table.name] = {**found.away.get(table.name, {}), **dict.fromkeys(own.away)}
        dated = _Dated(own.rows)
        if table.counts is not None and when is not None:
            dated = _within(own.rows, table, when, others)
            found.faults.extend(_belated(table, dated, f"{pointer}/{escaped(table.name)}"))
            if days is not None:
                dated.counting = [row for row in dated.counting if _among(row[table.counts], days)]
        found.rows.append(dated.counting)
        found.scales.append(own.scales or usual)
        kept = len(dated.counting) + (len(dated.late) if table.late == "to_their_month" else 0)
        found.beside.append((len(own.rows) - kept - dated.undated, dated.undated, len(dated.late)))
    return found


def _among(day: Cell, days: Iterable[tuple[int, int]]) -> bool:
    return isinstance(day, int) and any(first <= day <= last for first, last in days)


@dataclass(slots=True)
class _Dated:
    """Records by their days: those that count, those that are late, and those that are too late."""

    counting: Rows
    late: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    undated: int = 0


def _within(rows: Rows, table: RecordsTable, when: Period, others: Collection[Period]) -> _Dated:
    """The records of a period, and those of earlier ones that come now; those of `others` count there."""
    first, last = date.toordinal(when.first), date.toordinal(when.last)
    counting: list[Row] = []
    found = _Dated(counting)
    for row in rows:
        day = row[table.counts or 0]
        if not isinstance(day, int):
            found.undated += 1
        elif first <= day <= last:
            counting.append(row)
        elif day < first and table.late is not None and not _paid(day, others):
            if first - day > table.horizon:
                found.lost.append(row)
                continue
            found.late.append(row)
            if table.late == "on_arrival":
                counting.append(row)
    return found


def fall(table: RecordsTable, rows: Rows, when: Period, *, unknown: bool = False) -> bool:
    """Whether any of some records counts in a period; an `unknown` day may be in it, where that is asked."""
    if table.counts is None:
        return bool(rows)
    dated = _within(rows, table, when, ())
    return bool(dated.counting) or (unknown and dated.undated > 0)


def _paid(day: int, others: Collection[Period]) -> bool:
    """Whether a day lies in a period that is paid as well."""
    return any(one.first.toordinal() <= day <= one.last.toordinal() for one in others)


TOLD = 5  # late records that are named


def _belated(table: RecordsTable, dated: _Dated, pointer: str) -> Iterator[Fault]:
    """That there are late records, and what became of them."""
    ways: Sequence[tuple[str, Severity, list[Row]]] = (
        ("P570" if table.late == "on_arrival" else "P571", "notice", dated.late),
        ("P572", "warning", dated.lost),
    )
    for code, severity, several in ways:
        if several:
            named = [_called(table, row) for row in several[:TOLD]]
            facts: dict[str, Fact] = {
                "table": table.name,
                "rows": str(len(several)),
                "records": "; ".join(named) + ("; …" if len(several) > TOLD else ""),
                "horizon": str(table.horizon),
            }
            yield Fault(code, severity, pointer=pointer, facts=facts)


def _called(table: RecordsTable, row: Row) -> str:
    """A late record by its id, where it has one, and its month."""
    day = row[table.counts or 0]
    assert isinstance(day, int)
    month = f"{date.fromordinal(day):%Y-%m}"
    return month if table.id is None else f"{shown(row[table.id])} ({month})"
