"""A git repository, read only: its commits, and the plan files that each of them holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pygit2
from pygit2.enums import FileMode, ObjectType, SortMode

from dsl.faults import Fact, Fault

from .commit import COMMIT, TIP, WHOLE, Blob, Commit, Lost, RevisionName, read_revision
from .names import beside, choice, is_plan

TAGS, HEADS, REMOTES = "refs/tags/", "refs/heads/", "refs/remotes/"  # where a name is looked for, as git does
COMMITS = 4096  # that are kept as they were read
LINKS = 8  # links that lead to one another
# The times that a date can hold; a commit may claim any.
EARLIEST, LATEST = -62_000_000_000, 253_000_000_000

# A service often reads a repository that another account writes. Nothing in it is ever run: objects are read.
pygit2.option(pygit2.enums.Option.SET_OWNER_VALIDATION, False)


P = ParamSpec("P")
T = TypeVar("T")


def reading(
    look: Callable[Concatenate[Repository, P], T],
) -> Callable[Concatenate[Repository, P], T]:
    """A look at what must be there, since a commit names it: where it is not, the repository is lost."""

    @wraps(look)
    def careful(repository: Repository, /, *args: P.args, **named: P.kwargs) -> T:
        try:
            return look(repository, *args, **named)
        except (pygit2.GitError, KeyError, OSError) as error:
            raise Lost(repository.lost()) from error

    return careful


class Repository:
    """A repository on this machine: a clone with files, or a bare one.

    Whatever looks into it raises `Lost` once it cannot be read any more.
    """

    def __init__(self, directory: Path, opened: pygit2.Repository) -> None:
        self.directory = directory
        self._git = opened
        self._commit: Any = lru_cache(maxsize=COMMITS)(opened.__getitem__)

    def lost(self) -> Fault:
        """The fault of a repository that can no longer be read."""
        return Fault("P701", facts={"path": str(self.directory), "reason": ("phrase:repository_lost",)})

    @property
    def top(self) -> Path | None:
        """The directory that the files of commits lie in; None of a bare repository."""
        return Path(self._git.workdir).resolve() if self._git.workdir else None

    @property
    def config(self) -> Any:
        """The settings of the repository, which may be changed."""
        return self._git.config

    def resolve(self, revision: str, *, typed: bool) -> Commit | Fault:
        """The commit that a branch, a tag, an id or the beginning of one names.

        Who `typed` it on this machine may also go back from there.
        """
        name = read_revision(revision, typed=typed)
        if isinstance(name, Fault):
            return name
        facts: dict[str, Fact] = {"path": str(self.directory), "revision": revision}
        try:
            found = self._named(name)
        except pygit2.AmbiguousError:
            return Fault("P704", facts=facts)
        except (ValueError, pygit2.GitError, OSError):
            found = None
        if found is not None:
            return self._before(found, name, revision)
        if not Path(self._git.path, TIP).exists():
            return self.lost()
        if self._git.is_empty or (name.of == TIP and self._git.head_is_unborn):
            return Fault("P702", facts=facts)
        return self._unknown(revision)

    def _named(self, name: RevisionName) -> str | None:
        """The id of the commit that a name is of; None where there is none of it."""
        if name.of == TIP:
            return None if self._git.head_is_unborn else str(self._git.head.peel(ObjectType.COMMIT).id)
        kept: Any = None
        if not (len(name.of) == WHOLE and COMMIT.fullmatch(name.of)):
            several = (self._git.references.get(f"{head}{name.of}") for head in (TAGS, HEADS, REMOTES))
            kept = next((one for one in several if one is not None), None)
        if kept is None and COMMIT.fullmatch(name.of):
            kept = self._git.get(name.of)
        return None if kept is None else str(kept.peel(ObjectType.COMMIT).id)

    def _before(self, commit: str, name: RevisionName, revision: str) -> Commit | Fault:
        """The commit so many before another, each time the first that it follows."""
        for done in range(name.back):
            parents = self.parents(commit)
            if not parents:
                return Fault("P784", facts={"revision": revision, "name": name.of, "most": str(done)})
            commit = parents[0]
        return self.revision(commit)

    @reading
    def revision(self, commit: str) -> Commit:
        """The commit of a whole id."""
        found = self._commit(commit)
        zone = datetime.timezone(datetime.timedelta(minutes=found.author.offset))
        time = min(max(found.author.time, EARLIEST), LATEST)
        return Commit(commit, found.author.name or "", datetime.datetime.fromtimestamp(time, zone))

    @reading
    def time(self, commit: str) -> int:
        """When a commit was made, in seconds."""
        return int(self._commit(commit).commit_time)

    @reading
    def parents(self, commit: str) -> tuple[str, ...]:
        """The ids of the commits that a commit follows; what a shallow clone has cut off is none."""
        return tuple(str(parent) for parent in self._commit(commit).parent_ids if parent in self._git)

    @reading
    def history(self, commit: str, without: str | None = None) -> list[str]:
        """A commit and all before it, each before those that follow it; without one and all before that."""
        walk = self._git.walk(commit, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
        if without is not None and without in self._git:
            walk.hide(without)
        return [str(found.id) for found in walk]

    @reading
    def is_folder(self, commit: str, path: str) -> bool:
        """Whether there is a folder at a path of a commit; the empty path is the whole of it."""
        return self._folder(commit, path) is not None

    @reading
    def plans(self, commit: str, below: str) -> list[Blob]:
        """The plan files under a folder of a commit, but for those in hidden folders."""
        folder = self._folder(commit, below)
        found = _files(folder, f"{below}/" if below else "") if folder is not None else ()
        return [blob for blob in found if is_plan(blob.path, below)]

    @reading
    def find(self, commit: str, path: str) -> Blob | None:
        """The file at a path of a commit, through links; None where there is none."""
        tree = self._commit(commit).tree
        for _ in range(LINKS):
            try:
                entry = tree[path]
            except (KeyError, ValueError):
                return None
            if entry.type != ObjectType.BLOB:
                return None
            if entry.filemode != FileMode.LINK:
                return Blob(path, str(entry.id))
            aim = beside(path, _text(entry.data))
            if aim is None:
                return None
            path = aim
        return None

    @reading
    def changed(self, commit: str, parent: str | None) -> list[tuple[str, Blob | None]]:
        """The paths that differ between a commit and one before it, each with what the commit has there."""
        tree = self._commit(commit).tree
        if parent is None:
            diff = tree.diff_to_tree(swap=True)
        else:
            diff = self._commit(parent).tree.diff_to_tree(tree)
        return [_changed(delta) for delta in diff.deltas]

    @reading
    def size(self, blob: str) -> int:
        """Bytes of a content, told without reading it."""
        return int(self._git.odb.read_header(blob)[1])

    @reading
    def data(self, blob: str) -> bytes:
        """The bytes of a content."""
        found: bytes = self._git[blob].read_raw()
        return found

    def _folder(self, commit: str, path: str) -> Any:
        tree = self._commit(commit).tree
        if not path:
            return tree
        try:
            found = tree[path]
        except (KeyError, ValueError):
            return None
        return found if found.type == ObjectType.TREE else None

    @reading
    def _unknown(self, revision: str) -> Fault:
        """The fault of a revision that there is none of, with the names that there are, the nearest first."""
        names = {
            name.removeprefix(head)
            for name in self._git.references
            for head in (TAGS, HEADS, REMOTES)
            if name.startswith(head)
        }
        return Fault("P703", facts={"revision": revision, "known": choice(revision, names)})


def open_repository(directory: Path) -> Repository | Fault:
    """The repository that a directory is, or lies in."""
    try:
        found = pygit2.discover_repository(str(directory))
        if found is None:
            return Fault("P700", facts={"path": str(directory)})
        return Repository(directory, pygit2.Repository(found))
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        return Fault("P701", facts={"path": str(directory), "reason": str(error)[:200]})


def _changed(delta: Any) -> tuple[str, Blob | None]:
    old, new = delta.old_file, delta.new_file
    if delta.status_char() == "D":
        return _text(old.raw_path), None
    path = _text(new.raw_path)
    return path, Blob(path, str(new.id), new.mode == FileMode.LINK)


def _files(tree: Any, head: str) -> Iterator[Blob]:
    for entry in tree:
        path = head + _text(entry.raw_name)
        if entry.type == ObjectType.TREE:
            yield from _files(entry, f"{path}/")
        elif entry.type == ObjectType.BLOB:
            yield Blob(path, str(entry.id), entry.filemode == FileMode.LINK)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
