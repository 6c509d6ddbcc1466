"""A shelf: the plans that are kept, each under its id; a broken one never stops the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsl.faults import Fault, nearest
from dsl.marks import composed
from dsl.period import Period

from .entry import ShelvedPlan, told_apart
from .names import choice
from .timeline import Timeline, timeline

if TYPE_CHECKING:  # whoever keeps plain files need not wait for git
    from .commit import Commit
    from .past import Past

UNKNOWN = ("P617", "P714", "P719")  # there is no such plan


@dataclass(frozen=True, slots=True)
class Shelf:
    """The plans of one moment, in the order of their paths; `faults` say why there are none.

    `revision` is the commit that they are of, `past` what they were before; None where they are plain files.
    `ids` has each of the plans by its id.
    """

    entries: tuple[ShelvedPlan, ...]
    faults: tuple[Fault, ...] = ()
    revision: Commit | None = None
    past: Past | None = None
    ids: Mapping[str, ShelvedPlan] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", {entry.id: entry for entry in self.entries})

    def find(self, plan: str) -> ShelvedPlan | Fault:
        """The entry of an id, or the fault of an id that there is none of."""
        entry = self.ids.get(plan) or self.ids.get(composed(plan))
        return entry or (self.past.deleted(plan) if self.past else None) or self._unknown(plan)

    @property
    def ready(self) -> tuple[ShelvedPlan, ...]:
        """The plans that can pay."""
        return tuple(entry for entry in self.entries if entry.ready)

    @property
    def broken(self) -> tuple[ShelvedPlan, ...]:
        """The plans that cannot pay."""
        return tuple(entry for entry in self.entries if not entry.ready)

    @property
    def kept(self) -> tuple[ShelvedPlan, ...]:
        """The plans that pay by an older text, since a newer one cannot."""
        return tuple(entry for entry in self.entries if entry.newer is not None)

    def timeline(self, plan: str) -> Timeline | Fault:
        """The versions of a plan."""
        entry = self.find(plan)
        if isinstance(entry, Fault):
            return entry
        if self.past is None:
            return timeline(entry.id, iter([entry] if entry.ready else []))
        return self.past.timeline(entry.id)

    def version(self, plan: str, version: str) -> ShelvedPlan | Fault:
        """The newest text of a version of a plan."""
        found = self.timeline(plan)
        named = found if isinstance(found, Fault) else found.named(version)
        return named if isinstance(named, Fault) else named.entry

    def at(self, plan: str, period: Period | None) -> ShelvedPlan | Fault:
        """The text of a plan in effect in a period; the present one without a period, or of plain files."""
        entry = self.find(plan)
        if isinstance(entry, Fault) or period is None or self.past is None or not entry.ready:
            return entry
        found = self.past.timeline(entry.id).at(period)
        return found if isinstance(found, Fault) else found.entry

    def as_of(self, plan: str, revision: str) -> ShelvedPlan | Fault:
        """The text of a plan in a commit."""
        if self.past is None:
            return Fault("P708")
        commit = self.past.resolve(revision)
        if isinstance(commit, Fault):
            return commit
        if found := self.past.at(composed(plan), commit):
            return next(told_apart(found))
        known = choice(plan[:80], self.past.ids(commit))
        return Fault("P719", facts={"plan": plan[:80], "commit": commit.short, "known": known})

    def chosen(
        self, plan: str, version: str | None = None, revision: str | None = None, when: Period | None = None
    ) -> ShelvedPlan | Fault:
        """A plan: of a version, of a revision, or in effect in a period, if one is named.

        A fault points to the field of a request that it is about.
        """
        if version is not None and revision is not None:
            return Fault("P713", pointer="/revision")
        if revision is not None:
            found, pointer = self.as_of(plan, revision), "/revision"
        elif version is not None:
            found, pointer = self.version(plan, version), "/version"
        else:
            found, pointer = self.at(plan, when), "/period"
        if not isinstance(found, Fault):
            return found
        return replace(found, pointer="/plan" if found.code in UNKNOWN else pointer)

    def revised(self, revision: str) -> Shelf | Fault:
        """The plans of a commit."""
        if self.past is None:
            return Fault("P708")
        commit = self.past.resolve(revision)
        if isinstance(commit, Fault):
            return commit
        entries = self.past.entries(commit)
        faults = () if entries else (Fault("P645", facts={"path": revision}),)
        return Shelf(entries, faults, commit, self.past)

    def at_hand(self, plan: str) -> bool:
        """Whether a plan answers at once, its versions having been looked up before."""
        return self.past is None or plan in self.past.timelines or plan not in self.ids

    def _unknown(self, plan: str) -> Fault:
        ids = [entry.id for entry in self.entries]
        known = (*sorted(ids)[:10], *(["phrase:others"] if len(ids) > 10 else [])) or ("phrase:no_plans",)
        return Fault("P617", facts={"plan": plan[:80], "known": known}, fix=nearest(plan[:80], ids))
