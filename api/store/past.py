"""What became of each plan of a repository: earlier texts, versions, plans that were deleted."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from dsl.faults import Fault
from dsl.marks import composed
from dsl.source import Source

from .commit import Blob, Commit
from .entry import ShelvedPlan, told_apart
from .git import Repository
from .names import is_plan, nameable, plan_id
from .text import Texts, read_path
from .timeline import Timeline, timeline

LISTED = 16  # commits whose plans stay listed

Plans = Mapping[str, "Edit"]  # by id: what each plan is at a commit


@dataclass(eq=False, slots=True)
class Edit:
    """A commit that made a plan what it is: its files since then, and what it was in each parent commit.

    A plan has one file; none once it is deleted, and several where nobody can tell which of them is meant.
    Its id is the name of the file, so what moves to another folder stays the same plan.
    """

    commit: str
    files: tuple[Blob, ...]
    parents: tuple[str, ...]
    before: tuple[Edit | None, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The plans under a folder of a repository as they are at a commit, with all that they were before."""

    repository: Repository
    below: str
    tip: str
    plans: Plans


def history(repository: Repository, below: str, tip: str, known: History | None = None) -> History:
    """The history up to a commit; only what follows it is read where an earlier commit's is `known`.

    At a merge a plan is followed where it came from, as `git log` does: a branch in which it was not touched
    has nothing to say of it.
    """
    if known is not None:
        fresh = repository.history(tip, without=known.tip)
        inside = {known.tip, *fresh}
        # A branch that was moved back, or elsewhere, does not follow from what is known.
        above = {parent for commit in fresh for parent in repository.parents(commit)}
        if tip in inside and above <= inside:
            return History(repository, below, tip, _followed(repository, below, fresh, known, tip))
    return History(repository, below, tip, _followed(repository, below, repository.history(tip), None, tip))


def _followed(
    repository: Repository, below: str, commits: list[str], known: History | None, tip: str
) -> Plans:
    if not commits:
        return known.plans if known else {}
    parents = {commit: repository.parents(commit) for commit in commits}
    waiting = Counter(chain.from_iterable(parents.values()))  # how many commits are still to be made of each
    states: dict[str, dict[str, Edit]] = {known.tip: dict(known.plans)} if known else {}
    for commit in commits:
        above = parents[commit]
        states[commit] = _state(repository, below, commit, above, states)
        for parent in above:
            waiting[parent] -= 1
            if not waiting[parent]:
                del states[parent]
    return states[tip]


def _state(
    repository: Repository,
    below: str,
    commit: str,
    parents: tuple[str, ...],
    states: Mapping[str, dict[str, Edit]],
) -> dict[str, Edit]:
    """The plans at a commit, from those at its parents."""
    first = parents[0] if parents else None
    plans = dict(states[first]) if first else {}
    changed: dict[str, dict[str, Blob]] = {}
    for path, blob in repository.changed(commit, first):
        if not path.startswith(f"{below}/" if below else "") or not is_plan(path, below):
            continue
        plan = plan_id(path)
        if plan not in changed:
            was = plans.get(plan)
            changed[plan] = {file.path: file for file in was.files} if was else {}
        if blob is None:
            changed[plan].pop(path, None)
        else:
            changed[plan][path] = blob
    for plan, files in changed.items():
        now = tuple(files[path] for path in sorted(files))
        before = tuple(states[parent].get(plan) for parent in parents)
        same = next((one for one in before[1:] if one is not None and one.files == now), None)
        plans[plan] = same or Edit(commit, now, parents, before)
    return plans


# ── Looked up when somebody asks ───────────────────────────────────────────────────────────────────────────


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
        if plan not in self.timelines:
            self.timelines[plan] = timeline(plan, self.good(plan, self.history.plans[plan]))
        return self.timelines[plan]

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
        return _plans(self._entry(plan, blob, change.commit, at) for blob in change.files)

    def at(self, plan: str, commit: Commit) -> list[ShelvedPlan]:
        """The texts of a plan in a commit."""
        return _plans(entry for entry in self._all(commit) if entry.id == plan)

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
            found = tuple(told_apart(_plans(self._all(commit))))
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
        path = blob.path.removeprefix(below).removeprefix("/")
        files = CommitFiles(repository, at, below)
        stamp = files.stamp(path) if blob.link else blob.id
        load = partial(self.texts.get, files, path, stamp)
        entry = ShelvedPlan(plan, nameable(path), load, repository.revision(commit))
        if commit != at and entry.text.uses:
            return replace(entry, revision=repository.revision(at))
        return entry


def _plans(entries: Iterable[ShelvedPlan]) -> list[ShelvedPlan]:
    """Those that are plans, and not definitions for plans."""
    return [entry for entry in entries if not entry.text.definitions]
