"""What the plans of a repository were before: earlier texts, versions, plans that were deleted."""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dsl.faults import Fault
from dsl.source import Source

from .entry import Entry
from .git import Blob, Repository, Revision
from .history import Change, History
from .reading import Readings
from .texts import nameable, plan_id, read_blob
from .timeline import Timeline, timeline

if TYPE_CHECKING:
    from .shelf import Shelf


@dataclass(frozen=True, slots=True)
class Past:
    """What the plans of a repository were before."""

    history: History
    readings: Readings
    shelves: dict[str, Shelf] = field(default_factory=dict, repr=False)  # by commit, those asked for lately

    def deleted(self, plan: str) -> Fault | None:
        """The fault of a plan that there was once."""
        change = self.history.plans.get(unicodedata.normalize("NFC", plan))
        if change is None or change.files or not change.parents:
            return None
        short = self.history.repository.revision(change.commit).short
        last = self.history.repository.revision(change.parents[0]).short
        return Fault("P714", facts={"plan": plan[:80], "commit": short, "last": last})

    def timeline(self, plan: str) -> Timeline:
        """The versions of a plan, of those of its texts that can pay."""
        change = self.history.plans[plan]
        if change.timeline is None:
            change.timeline = timeline(plan, self.texts(plan, change))
        return change.timeline

    def texts(self, plan: str, change: Change) -> Iterator[Entry]:
        """The texts of a plan up to a change that can pay, the newest first."""
        repository = self.history.repository
        seen = {id(change)}
        waiting = [(_age(repository, change), 0, change, self.history.tip)]
        count = 0
        while waiting:
            _, _, one, at = heapq.heappop(waiting)
            if one.file is not None:
                entry = self.entry(plan, one.file, one.commit, at)
                if entry.ready:
                    yield entry
            for parent, before in zip(one.parents, one.before, strict=True):
                if before is not None and id(before) not in seen:
                    seen.add(id(before))
                    count += 1
                    heapq.heappush(waiting, (_age(repository, before), count, before, parent))

    def entry(self, plan: str, blob: Blob, commit: str, at: str) -> Entry:
        """A text of a plan that a commit brought, read as of another in which it still stood."""
        repository = self.history.repository
        name = nameable(blob.path.removeprefix(self.history.below).removeprefix("/"))
        target = repository.find(at, blob.path) if blob.link else blob
        key = (name, target.id if target else None)
        load = partial(self.readings.get, key, partial(_text, repository, target, name))
        return Entry(plan, name, load, repository.revision(commit))

    def resolve(self, revision: str) -> Revision | Fault:
        """The commit that a revision names."""
        return self.history.repository.resolve(revision)

    def entries(self, commit: Revision) -> list[Entry]:
        """The plans of a commit."""
        blobs = self.history.repository.plans(commit.id, self.history.below)
        return [self.entry(plan_id(blob.path), blob, commit.id, commit.id) for blob in blobs]


def _text(repository: Repository, blob: Blob | None, name: str) -> Source | Fault:
    if blob is None:
        return Fault("P642", facts={"path": name, "reason": ("phrase:file_missing",)})
    return read_blob(repository, blob.id, name)


def _age(repository: Repository, change: Change) -> float:
    return -repository.revision(change.commit).date.timestamp()
