"""The versions of a plan and the days on which each is in effect."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dsl.faults import Fact, Fault
from dsl.period import Period

from .entry import ShelvedPlan
from .names import choice

DAY = datetime.timedelta(days=1)
EVER = datetime.date.min  # when a version begins that does not say when


@dataclass(frozen=True, slots=True)
class VersionSpan:
    """The newest text with a `version` of its own, and the first and the last day on which it is in effect.

    Without a first day it holds from the beginning, without a last one until it is replaced. `replaced` says
    that it is never in effect: a newer one without a first day took its place.
    """

    name: str
    entry: ShelvedPlan
    first: datetime.date | None
    last: datetime.date | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions of a plan, the newest first; `faults` say why it cannot be told which is in effect."""

    plan: str
    versions: tuple[VersionSpan, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether any version includes other files, and so may change without being written."""
        return any(one.entry.text.uses for one in self.versions)

    def named(self, version: str) -> VersionSpan | Fault:
        """The version of a name."""
        for one in self.versions:
            if one.name == version:
                return one
        known = choice(version[:80], [one.name for one in self.versions])
        return Fault("P712", facts={"plan": self.plan, "version": version[:80], "known": known})

    def at(self, period: Period) -> VersionSpan | Fault:
        """The one version in effect in a period, or why there is none, or more."""
        dated = sorted((one for one in self.versions if not one.replaced), key=lambda one: one.first or EVER)
        begun = [one for one in dated if (one.first or EVER) <= period.first]
        within = [one for one in dated if period.first < (one.first or EVER) <= period.last]
        facts: dict[str, Fact] = {"plan": self.plan, "period": period.text}
        if clash := self._clash([*begun[-1:], *within]):
            return clash
        if not begun and not within:
            first = dated[0]
            return Fault("P709", facts={**facts, "version": first.name, "first": _day(first)})
        # Where the first of all begins inside the period, it pays for all of it and says so.
        chosen, *others = [*begun[-1:], *within]
        if others:
            other = others[0]
            return Fault(
                "P711", facts={**facts, "first": _day(other), "version": chosen.name, "other": other.name}
            )
        return chosen

    def _clash(self, several: Sequence[VersionSpan]) -> Fault | None:
        """The fault of days that two of the versions asked for claim."""
        names = {one.name for one in several}
        errors = (fault for fault in self.faults if fault.severity == "error")
        return next((one for one in errors if names & {one.facts["version"], one.facts.get("other")}), None)


def timeline(plan: str, texts: Iterator[ShelvedPlan]) -> Timeline:
    """The timeline of texts that can pay, the newest first."""
    newest: dict[str, ShelvedPlan] = {}
    moved: dict[str, Fault] = {}
    for entry in texts:
        header = entry.summary.header
        assert header is not None
        name = header.version or ""
        kept = newest.setdefault(name, entry)
        if name not in moved and (fault := _moved(plan, name, kept, entry)):
            moved[name] = fault
    found = [VersionSpan(name, entry, _effect(entry)) for name, entry in newest.items()]
    return Timeline(plan, tuple(_lasting(found)), (*_clashes(plan, found), *moved.values()))


def _lasting(found: list[VersionSpan]) -> Iterator[VersionSpan]:
    """The versions with their last days: each ends where the next begins."""
    starts = sorted(one.first for one in found if one.first is not None)
    undated = next((one for one in found if one.first is None), None)
    for one in found:
        if one.first is None and one is not undated:
            yield VersionSpan(one.name, one.entry, None, replaced=True)
            continue
        after = next((day for day in starts if day > (one.first or EVER)), None)
        yield VersionSpan(one.name, one.entry, one.first, after - DAY if after else None)


def _clashes(plan: str, found: list[VersionSpan]) -> Iterator[Fault]:
    """The faults of versions that claim the same days."""
    for index, one in enumerate(found):
        for older in found[index + 1 :]:
            facts = {"plan": plan, "version": one.name, "commit": _commit(one.entry), "other": older.name}
            if one.first is not None and one.first == older.first:
                yield Fault("P710", facts={**facts, "other_commit": _commit(older.entry), "first": _day(one)})
            elif one.first is None and older.first is not None:
                yield Fault("P718", facts=facts)


def _moved(plan: str, name: str, newest: ShelvedPlan, older: ShelvedPlan) -> Fault | None:
    """The warning of a version whose first day was another in an earlier text of it."""
    before, after = _effect(older), _effect(newest)
    if before is None or before == after:
        return None
    facts = {"plan": plan, "version": name, "commit": _commit(newest), "before": before.isoformat()}
    return Fault("P716", "warning", facts={**facts, "after": after.isoformat() if after else "—"})


def _effect(entry: ShelvedPlan) -> datetime.date | None:
    header = entry.summary.header
    return header.effect if header else None


def _day(version: VersionSpan) -> str:
    return version.first.isoformat() if version.first else "—"


def _commit(entry: ShelvedPlan) -> str:
    return entry.revision.short if entry.revision else "—"
