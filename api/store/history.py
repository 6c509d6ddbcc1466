"""What became of each plan of a repository, commit by commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .names import is_plan, plan_id

if TYPE_CHECKING:
    from .commit import Blob
    from .git import Repository

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
    waiting: dict[str, int] = {}  # how many commits are still to be made of each
    for several in parents.values():
        for parent in several:
            waiting[parent] = waiting.get(parent, 0) + 1
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
