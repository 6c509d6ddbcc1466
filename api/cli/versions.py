"""`premia versions`: the plans of a repository, and the versions of one of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from dsl.faults import Fault
from engine.paper import Table

from .. import plans
from ..paper.terminal import columns
from ..store import Registry, Shelf, ShelvedPlan, Timeline, VersionSpan, registry
from .reader import Reader
from .reports import drawn, refuse

WRITTEN = ("version_commit", "version_author", "version_date")
PLANS = ("version_plan", "version_name", "version_first", *WRITTEN)
VERSIONS = ("version_name", "version_effect", *WRITTEN, "version_digest")
SHORT = 12  # hexadecimal digits of a digest that are enough to tell two texts apart by eye


def versions(plan: str | None, directory: Path, revision: str | None, reader: Reader) -> int:
    """Print the plans, or the versions of one; 1 where it cannot be told which of them is in effect."""
    shelf = _kept(directory, revision).shelf
    if shelf.faults:
        return refuse(shelf.faults, None, reader)
    if plan is None:
        return _plans(shelf, reader)
    # Whoever completes a name on the command line names the file of the plan.
    found = shelf.timeline(plan.rpartition("/")[2].removesuffix(".plan"))
    if isinstance(found, Fault):
        return refuse([found], None, reader)
    return _versions(found, reader)


def _kept(directory: Path, revision: str | None) -> Registry:
    """The plans of a repository as they are in its `HEAD`, if nothing else is named; else of plain files."""
    found = registry(directory, revision or "HEAD")
    if revision is None and [fault.code for fault in found.shelf.faults] == ["P700"]:
        return registry(directory)
    return found


def _plans(shelf: Shelf, reader: Reader) -> int:
    if reader.json:
        reader.data(plans.kept(shelf, reader.lang))
        return 0
    heads = tuple(map(reader.words, PLANS))
    reader.say(*_table(heads, (_plan(entry, reader) for entry in shelf.entries)))
    for entry in shelf.entries:
        if entry.newer is not None:
            reader.complain("", *drawn([entry.newer.fault], None, reader))
    return 0


def _plan(entry: ShelvedPlan, reader: Reader) -> tuple[str, ...]:
    header = entry.summary.header
    if not entry.ready or header is None:
        return entry.id, reader.words("version_broken"), "", *_commit(entry)
    first = header.effect.isoformat() if header.effect else ""
    return entry.id, header.version, first, *_commit(entry)


def _versions(timeline: Timeline, reader: Reader) -> int:
    if reader.json:
        reader.data(plans.history(timeline, reader.lang))
    else:
        heads = tuple(map(reader.words, VERSIONS))
        reader.say(*_table(heads, (_version(version, reader) for version in timeline.versions)))
        if timeline.faults:
            reader.complain("", *drawn(timeline.faults, None, reader))
    return int(any(fault.severity == "error" for fault in timeline.faults))


def _version(version: VersionSpan, reader: Reader) -> tuple[str, ...]:
    digest = (version.entry.summary.digest or "")[:SHORT]
    return version.name, _days(version, reader), *_commit(version.entry), digest


def _days(version: VersionSpan, reader: Reader) -> str:
    """When a version is in effect, in words."""
    if version.replaced:
        return reader.words("version_replaced")
    return reader.words("version_days", first=_day(version.first), last=_day(version.last))


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else "…"


def _commit(entry: ShelvedPlan) -> tuple[str, ...]:
    revision = entry.revision
    if revision is None:
        return "", "", ""
    return revision.short, revision.author, revision.date.date().isoformat()


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table as it is printed; of plain files some columns are empty and left out."""
    listed = [heads, *rows]
    filled = [column for column in zip(*listed, strict=True) if any(column[1:]) or len(listed) == 1]
    shown = tuple(zip(*filled, strict=True))
    return columns(Table(shown[0], shown[1:]))
