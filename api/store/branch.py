"""Plans kept in a git repository, as they are in the commit that a revision names at the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dsl.faults import Fault

from .entry import Entry, Newer
from .git import Repository, Revision, open_repository
from .history import Change, History, history
from .past import Past
from .reading import Reading, Readings
from .shelf import Shelf, doubled, held, told_apart


class Branch:
    """The plans under a directory of a repository, in the commit of a branch, a tag or an id."""

    def __init__(self, directory: Path, revision: str) -> None:
        self.directory = directory
        self.revision = revision
        self._repository = open_repository(directory)
        self._readings = Readings()
        self._history: History | None = None
        self._last: Shelf | None = None
        self._made: dict[Change, tuple[Entry, ...]] = {}

    def look(self, served: Shelf | None) -> Shelf:  # noqa: ARG002  # its history tells what was served
        """The plans as they are now; the same shelf again where the revision still names the same commit."""
        repository = self._repository
        if isinstance(repository, Fault):
            return Shelf((), (repository,))
        commit = repository.resolve(self.revision)
        if isinstance(commit, Fault):
            return Shelf((), (commit,))
        if self._last is None or self._last.revision != commit:
            self._last = self._shelf(repository, commit)
        return self._last

    def _shelf(self, repository: Repository, commit: Revision) -> Shelf:
        self._history = history(repository, _below(repository, self.directory), commit.id, self._history)
        past = Past(self._history, self._readings)
        made: dict[Change, tuple[Entry, ...]] = {}
        for plan, change in self._history.plans.items():
            if change.files:
                made[change] = self._made.get(change) or tuple(_entries(past, plan, change))
        self._made = made
        entries = sorted((entry for several in made.values() for entry in several), key=lambda one: one.file)
        faults = () if entries else (Fault("P645", facts={"path": f"{commit.short}:{self._history.below}"}),)
        return Shelf(tuple(entries), faults, commit, past)


def _entries(past: Past, plan: str, change: Change) -> Iterator[Entry]:
    """The plan of a change: of its text, or of the newest that can pay."""
    texts = [past.entry(plan, blob, change.commit, past.history.tip) for blob in change.files]
    if len(texts) == 1 and texts[0].ready:
        yield texts[0]
        return
    good = next(past.texts(plan, change), None)
    if len(texts) == 1:
        yield held(texts[0], good)
    elif good is None:
        yield from told_apart(texts)
    else:
        files = [entry.file for entry in texts]
        wrong = Reading(None, None, None, (doubled(plan, files),))
        yield replace(good, newer=Newer(files[-1], texts[-1].revision, wrong))


def _below(repository: Repository, directory: Path) -> str:
    """A directory as a path from the top of its repository."""
    if repository.top is None:
        return ""
    path = directory.resolve().relative_to(repository.top).as_posix()
    return "" if path == "." else path
