"""What the plans of a repository were before: earlier texts, versions, plans that were deleted."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from dsl.faults import Fault
from dsl.marks import composed
from dsl.source import Source

from .commit import Blob, Commit
from .entry import ShelvedPlan, told_apart
from .git import Repository
from .history import Edit, History
from .names import nameable, plan_id
from .text import Texts
from .texts import read_path
from .timeline import Timeline, timeline

LISTED = 16  # commits whose plans stay listed


@dataclass(frozen=True, slots=True)
class CommitFiles:
    """The files under a directory of a commit."""

    repository: Repository
    commit: str
    below: str

    def read(self, path: str) -> Source | Fault:
        """The text of a file, or why it cannot be read."""
        return read_path(self.repository, self.commit, self._whole(path), path)

    def stamp(self, path: str) -> Hashable:
        """The id of its content; None where there is none."""
        found = self.repository.find(self.commit, self._whole(path))
        return found.id if found else None

    def _whole(self, path: str) -> str:
        return f"{self.below}/{path}" if self.below else path


@dataclass(frozen=True, slots=True)
class Past:
    """What the plans of a repository were before the commit that is served; what was looked up stays."""

    history: History
    texts: Texts
    timelines: dict[str, Timeline] = field(default_factory=dict, repr=False)  # by id
    listed: dict[str, tuple[ShelvedPlan, ...]] = field(
        default_factory=dict, repr=False
    )  # of the last commits

    def deleted(self, plan: str) -> Fault | None:
        """The fault of a plan that there was once."""
        change = self.history.plans.get(composed(plan))
        if change is None or change.files or not change.parents:
            return None
        short = self.history.repository.revision(change.commit).short
        last = self.history.repository.revision(change.parents[0]).short
        return Fault("P714", facts={"plan": plan[:80], "commit": short, "last": last})

    def timeline(self, plan: str) -> Timeline:
        """The versions of a plan, of those of its texts that can pay."""
        found = self.timelines.get(plan)
        if found is None:
            good = self.good(plan, self.history.plans[plan])
            found = self.timelines[plan] = timeline(plan, good)
        return found

    def good(self, plan: str, change: Edit) -> Iterator[ShelvedPlan]:
        """The texts of a plan up to a change that can pay, the newest first."""
        repository = self.history.repository
        seen, count = {id(change)}, 0
        waiting = [(0, count, change, self.history.tip)]
        while waiting:
            _, _, one, at = heapq.heappop(waiting)
            entries = self.made(plan, one, at)
            if len(entries) == 1 and entries[0].ready:
                yield entries[0]
            for parent, before in zip(one.parents, one.before, strict=True):
                if before is not None and id(before) not in seen:
                    seen.add(id(before))
                    count += 1
                    heapq.heappush(waiting, (-repository.time(before.commit), count, before, parent))

    def made(self, plan: str, change: Edit, at: str) -> list[ShelvedPlan]:
        """What a change made of a plan: one text, or none, or more; read as of a commit where it stood."""
        entries = [self._entry(plan, blob, change.commit, at) for blob in change.files]
        return [entry for entry in entries if not entry.text.definitions]

    def at(self, plan: str, commit: Commit) -> list[ShelvedPlan]:
        """The texts of a plan in a commit."""
        named = [entry for entry in self._all(commit) if entry.id == plan]
        return [entry for entry in named if not entry.text.definitions]

    def resolve(self, revision: str) -> Commit | Fault:
        """The commit that a revision names which came with a request."""
        return self.history.repository.resolve(revision, typed=False)

    def ids(self, commit: Commit) -> list[str]:
        """The ids of the files in a commit."""
        blobs = self.history.repository.plans(commit.id, self.history.below)
        return [plan_id(blob.path) for blob in blobs]

    def entries(self, commit: Commit) -> tuple[ShelvedPlan, ...]:
        """The texts of all plans in a commit."""
        found = self.listed.get(commit.id)
        if found is None:
            found = tuple(told_apart([one for one in self._all(commit) if not one.text.definitions]))
            while len(self.listed) >= LISTED:
                self.listed.pop(next(iter(self.listed)), None)
            self.listed[commit.id] = found
        return found

    def _all(self, commit: Commit) -> list[ShelvedPlan]:
        blobs = self.history.repository.plans(commit.id, self.history.below)
        return [self._entry(plan_id(blob.path), blob, commit.id, commit.id) for blob in blobs]

    def _entry(self, plan: str, blob: Blob, commit: str, at: str) -> ShelvedPlan:
        """A text that a commit brought, read as of another; what it includes may have changed in between."""
        repository, below = self.history.repository, self.history.below
        name = nameable(blob.path.removeprefix(below).removeprefix("/"))
        path = blob.path.removeprefix(below).removeprefix("/")
        files = CommitFiles(repository, at, below)
        stamp = files.stamp(path) if blob.link else blob.id
        load = partial(self.texts.get, files, path, stamp)
        entry = ShelvedPlan(plan, name, load, repository.revision(commit))
        if commit != at and entry.text.uses:
            return replace(entry, revision=repository.revision(at))
        return entry
