"""Plans kept in a git repository, as they are in the commit that a revision names at the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dsl.faults import Fault

from .commit import Commit, Lost
from .entry import NewerText, ShelvedPlan, doubled, held, told_apart
from .git import Repository, open_repository
from .past import CommitFiles, Edit, History, Past, history
from .shelf import Shelf
from .text import PlanText, Texts


class Branch:
    """The plans under a directory of a repository, in the commit of a branch, a tag or an id."""

    def __init__(self, directory: Path, revision: str) -> None:
        self.directory = directory
        self.revision = revision
        self._repository = open_repository(directory)
        self._texts = Texts()
        self._history: History | None = None
        self._last: Shelf | None = None
        self._made: dict[Edit, tuple[ShelvedPlan, ...]] = {}

    def look(self, served: Shelf | None) -> Shelf:  # noqa: ARG002  # its history tells what was served
        """The plans as they are now; the same shelf again where the revision still names the same commit."""
        repository = self._repository
        if isinstance(repository, Fault):
            return Shelf((), (repository,))
        commit = repository.resolve(self.revision, typed=True)
        if isinstance(commit, Fault):
            return Shelf((), (commit,))
        if self._last is None or self._last.revision != commit:
            try:
                self._last = self._shelf(repository, commit)
            except Lost as signal:
                return Shelf((), (signal.fault,))
        return self._last

    def _shelf(self, repository: Repository, commit: Commit) -> Shelf:
        found = history(repository, _below(repository, self.directory), commit.id, self._history)
        past, old = Past(found, self._texts), self._last.past if self._last else None
        files = CommitFiles(repository, commit.id, found.below)
        made: dict[Edit, tuple[ShelvedPlan, ...]] = {}
        for plan, change in found.plans.items():
            before = self._made.get(change)
            if before is None or not all(entry.text.fits(files) for entry in before):
                before = tuple(_entries(past, plan, change))
            elif old is not None and (known := old.timelines.get(plan)) and not known.shared:
                past.timelines[plan] = known
            made[change] = before
        self._history, self._made = found, made
        entries = sorted((entry for several in made.values() for entry in several), key=lambda one: one.file)
        faults = () if entries else (Fault("P645", facts={"path": f"{commit.short}:{found.below}"}),)
        return Shelf(tuple(entries), faults, commit, past)


def _entries(past: Past, plan: str, change: Edit) -> Iterator[ShelvedPlan]:
    """The plan of a change: of its text, or of the newest that can pay; none of a plan that was deleted."""
    texts = past.made(plan, change, past.history.tip)
    if not texts or (len(texts) == 1 and texts[0].ready):
        yield from texts
        return
    good = next(past.good(plan, change), None)
    if len(texts) == 1:
        yield held(texts[0], good)
    elif good is None:
        yield from told_apart(texts)
    else:
        wrong = PlanText(None, None, None, (doubled(plan, [entry.file for entry in texts]),))
        yield replace(good, newer=NewerText(texts[-1].file, texts[-1].revision, wrong))


def _below(repository: Repository, directory: Path) -> str:
    """A directory as a path from the top of its repository."""
    if repository.top is None:
        return ""
    path = directory.resolve().relative_to(repository.top).as_posix()
    return "" if path == "." else path
