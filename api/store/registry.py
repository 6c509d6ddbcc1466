"""The registry: the plans that are served, always those of one moment, and what is new taken up whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol

from dsl.faults import Fault
from dsl.source import Source
from engine.compatibility import compatible

from .folder import Folder
from .shelf import Shelf

LOG = logging.getLogger("premia")
SECONDS = 1.0  # between two looks at what may be new


class Keeper(Protocol):
    """Where plans are kept."""

    def look(self, served: Shelf | None) -> Shelf:
        """The plans as they are now: the same shelf again where nothing is new."""


@dataclass(frozen=True, slots=True)
class News:
    """What a look found: the plans whose text is another, and what there is to be said, with its texts."""

    shelf: Shelf
    changed: tuple[str, ...]
    told: tuple[tuple[Fault, Source | None], ...]


class Registry:
    """Plans that are kept somewhere, and the shelf of them that is served.

    `trouble` says why what is kept there now cannot be served; what was served before still is.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._turn = Lock()
        self.shelf = keeper.look(None)
        self.trouble = self.shelf.faults

    def refresh(self) -> News | None:
        """Take up what is new, whole; None where nothing is. Meanwhile what was goes on answering."""
        with self._turn:
            old = self.shelf
            found = self._keeper.look(old)
            if found is old:
                self.trouble = found.faults
                return None
            if found.faults and old.entries:
                fresh = found.faults != self.trouble
                self.trouble = found.faults
                return News(old, (), tuple((fault, None) for fault in found.faults)) if fresh else None
            self.shelf, self.trouble = found, found.faults
        plans = sorted(old.ids.keys() | found.ids.keys())
        changed = tuple(plan for plan in plans if old.ids.get(plan) is not found.ids.get(plan))
        told = [said for plan in changed for said in _told(plan, old, found)]
        return News(found, changed, (*((fault, None) for fault in found.faults), *told))


def registry(directory: Path, revision: str | None = None) -> Registry:
    """The plans under a directory: its files as they are, or as they are in a revision of its repository.

    A bare repository has no files but in its commits; without a revision its `HEAD` is meant.
    """
    if revision is None and not _bare(directory):
        return Registry(Folder(directory))
    from .branch import Branch  # noqa: PLC0415  # plain files need not wait for git

    return Registry(Branch(directory, revision or "HEAD"))


def watch(kept: Registry, tell: Callable[[News], None], every: float = SECONDS) -> Callable[[], None]:
    """Look for what is new, again and again, in a thread of its own; what it answers ends that."""
    ended = Event()

    def look() -> None:
        while not ended.wait(every):
            try:
                news = kept.refresh()
            except Exception:  # a bug of ours, or a disk that fails, must not end the looking
                LOG.exception("plans")
                continue
            if news is not None:
                tell(news)

    thread = Thread(target=look, name="registry", daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join(every)  # a look that hangs ends with the process

    return end


def _bare(directory: Path) -> bool:
    """Whether a directory is a bare repository: git's own files and no plan's."""
    return all((directory / name).exists() for name in ("HEAD", "objects", "refs"))


def _told(plan: str, old: Shelf, new: Shelf) -> Iterator[tuple[Fault, Source | None]]:
    """What is to be said of a plan that changed: what is wrong with it, and what it breaks for others."""
    was, now = old.ids.get(plan), new.ids.get(plan)
    if now is None:
        return
    wrong = now.newer
    if wrong is not None:
        yield wrong.fault, None
        yield from ((fault, wrong.text.source) for fault in wrong.text.faults)
    elif not now.ready:
        yield from ((fault, now.source) for fault in now.faults)
    found = new.timeline(plan)
    if not isinstance(found, Fault):
        yield from ((fault, None) for fault in found.faults)
    if was is not None and was.compiled is not None and now.compiled is not None:
        yield from ((fault, None) for fault in compatible(was.compiled, now.compiled))
