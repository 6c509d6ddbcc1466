"""`premia versions`: the plans of a repository, and the versions of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dsl.faults import Fault
from engine.paper import Table

from .. import plans
from ..paper.terminal import columns
from ..store import Registry, Shelf, Timeline, registry
from .reader import Reader
from .reports import drawn, refuse, sound

WRITTEN = ("version_commit", "version_author", "version_date")
PLANS = ("version_plan", "version_name", "version_first", *WRITTEN)
VERSIONS = ("version_name", "version_effect", *WRITTEN, "version_digest")
SHORT = 12  # hexadecimal digits that are enough to tell two texts apart by eye


def versions(plan: str | None, directory: Path, revision: str | None, reader: Reader) -> int:
    """Print the plans, or the versions of one; 1 where it cannot be told which of them is in effect."""
    shelf = _kept(directory, revision).shelf
    if shelf.faults:
        refuse(shelf.faults, None, reader)
    if plan is None:
        return _plans(shelf, reader)
    # Whoever completes a name on the command line names the file of the plan.
    found = shelf.timeline(plan.rpartition("/")[2].removesuffix(".plan"))
    return _versions(sound(found, reader), reader)


def _kept(directory: Path, revision: str | None) -> Registry:
    """The plans of a repository as they are in its `HEAD`, if nothing else is named; else of plain files."""
    found = registry(directory, revision or "HEAD")
    if revision is None and [fault.code for fault in found.shelf.faults] == ["P700"]:
        return registry(directory)
    return found


def _plans(shelf: Shelf, reader: Reader) -> int:
    kept = plans.kept(shelf, reader.lang)
    faults = [entry.newer.fault for entry in shelf.entries if entry.newer is not None]
    _tell(kept, PLANS, (_plan(one, reader) for one in kept.plans), faults, reader)
    return 0


def _plan(one: plans.ListedPlan, reader: Reader) -> tuple[str, ...]:
    if not one.ready or one.plan is None:
        return one.id, reader.words("version_broken"), "", *_commit(one.revision)
    return one.id, one.plan.version, one.plan.in_effect_from or "", *_commit(one.revision)


def _versions(timeline: Timeline, reader: Reader) -> int:
    history = plans.history(timeline, reader.lang)
    _tell(history, VERSIONS, (_version(one, reader) for one in history.versions), timeline.faults, reader)
    return int(any(fault.severity == "error" for fault in timeline.faults))


def _version(one: plans.PlanVersion, reader: Reader) -> tuple[str, ...]:
    days = reader.words("version_days", first=one.first or "…", last=one.last or "…")
    effect = reader.words("version_replaced") if one.replaced else days
    return one.version, effect, *_commit(one.revision), (one.digest or "")[:SHORT]


def _tell(
    document: object,
    heads: Sequence[str],
    rows: Iterable[tuple[str, ...]],
    faults: Sequence[Fault],
    reader: Reader,
) -> None:
    """Print data, or the rows of a table and what is wrong beside it."""
    if reader.json:
        reader.data(document)
        return
    reader.say(*columns(Table(tuple(map(reader.words, heads)), tuple(rows)).filled))
    if faults:
        reader.complain("", *drawn(faults, None, reader))


def _commit(one: plans.Revision | None) -> tuple[str, str, str]:
    return ("", "", "") if one is None else (one.id[:SHORT], one.author, one.date.partition("T")[0])
