"""A git repository, read only: its commits, and the plan files that each of them holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import pygit2
from pygit2.enums import FileMode, ObjectType, SortMode

from dsl.faults import Fact, Fault

from .commit import Blob, Revision
from .names import choice
from .texts import is_plan

TAGS = "refs/tags/"
LONGEST = 200  # characters of a revision
COMMITS = 4096  # that are kept as they were read
LINKS = 8  # links that lead to one another

# A service often reads a repository that another account writes. Nothing in it is ever run: objects are read.
pygit2.option(pygit2.enums.Option.SET_OWNER_VALIDATION, False)


class Repository:
    """A repository on this machine: a clone with files, or a bare one."""

    def __init__(self, directory: Path, opened: pygit2.Repository) -> None:
        self.directory = directory
        self._git = opened
        self._commit = lru_cache(maxsize=COMMITS)(self._read_commit)

    @property
    def top(self) -> Path | None:
        """The directory that the files of commits lie in; None of a bare repository."""
        return Path(self._git.workdir).resolve() if self._git.workdir else None

    @property
    def config(self) -> Any:
        """The settings of the repository, which may be changed."""
        return self._git.config

    def resolve(self, revision: str) -> Revision | Fault:
        """The commit that a branch, a tag, an id or the beginning of one names."""
        facts: dict[str, Fact] = {"path": str(self.directory), "revision": revision[:LONGEST]}
        if not revision or len(revision) > LONGEST or not revision.isprintable():
            return self._unknown(revision)
        try:
            found = self._git.revparse_single(revision).peel(ObjectType.COMMIT)
        except KeyError:
            if self._git.is_empty or (revision == "HEAD" and self._git.head_is_unborn):
                return Fault("P702", facts=facts)
            return self._unknown(revision)
        except pygit2.AmbiguousError as error:
            # So few digits are not looked up at all: to git they are the beginning of no commit.
            return self._unknown(revision) if "too short" in str(error) else Fault("P704", facts=facts)
        except (ValueError, pygit2.GitError):
            return self._unknown(revision)
        return self.revision(str(found.id))

    def revision(self, commit: str) -> Revision:
        """The commit of a whole id."""
        found = self._commit(commit)
        zone = datetime.timezone(datetime.timedelta(minutes=found.author.offset))
        moment = datetime.datetime.fromtimestamp(found.author.time, zone)
        return Revision(commit, found.author.name or "", moment)

    def time(self, commit: str) -> int:
        """When a commit was made, in seconds."""
        return int(self._commit(commit).commit_time)

    def parents(self, commit: str) -> tuple[str, ...]:
        """The ids of the commits that a commit follows; what a shallow clone has cut off is none."""
        return tuple(str(parent) for parent in self._commit(commit).parent_ids if parent in self._git)

    def history(self, commit: str, without: str | None = None) -> list[str]:
        """A commit and all before it, each before those that follow it; without one and all before that."""
        walk = self._git.walk(commit, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
        if without is not None and without in self._git:
            walk.hide(without)
        return [str(found.id) for found in walk]

    def is_folder(self, commit: str, path: str) -> bool:
        """Whether there is a folder at a path of a commit; the empty path is the whole of it."""
        return self._folder(commit, path) is not None

    def plans(self, commit: str, below: str) -> list[Blob]:
        """The plan files under a folder of a commit, but for those in hidden folders."""
        folder = self._folder(commit, below)
        found = _files(folder, f"{below}/" if below else "") if folder is not None else ()
        return [blob for blob in found if is_plan(blob.path, below)]

    def find(self, commit: str, path: str) -> Blob | None:
        """The file at a path of a commit, through links; None where there is none."""
        for _ in range(LINKS):
            try:
                entry = self._commit(commit).tree[path]
            except (KeyError, ValueError):
                return None
            if entry.type != ObjectType.BLOB:
                return None
            if entry.filemode != FileMode.LINK:
                return Blob(path, str(entry.id))
            aim = within(PurePosixPath(path).parent, _text(entry.data))
            if aim is None:
                return None
            path = aim
        return None

    def changed(self, commit: str, parent: str | None) -> Iterator[tuple[str, Blob | None]]:
        """The paths that differ between a commit and one before it, each with what the commit has there."""
        tree = self._commit(commit).tree
        if parent is None:
            diff = tree.diff_to_tree(swap=True)
        else:
            diff = self._commit(parent).tree.diff_to_tree(tree)
        for delta in diff.deltas:
            old, new = delta.old_file, delta.new_file
            if delta.status_char() == "D":
                yield _text(old.raw_path), None
            else:
                path = _text(new.raw_path)
                yield path, Blob(path, str(new.id), new.mode == FileMode.LINK)

    def size(self, blob: str) -> int:
        """Bytes of a content, told without reading it."""
        return int(self._git.odb.read_header(blob)[1])

    def data(self, blob: str) -> bytes:
        """A content."""
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

    def _read_commit(self, commit: str) -> Any:
        return self._git[commit]

    def _unknown(self, revision: str) -> Fault:
        """The fault of a revision that there is none of, with the names that there are, the nearest first."""
        names = sorted({*self._git.branches, *(name.removeprefix(TAGS) for name in self._tags())})
        shown = revision[:LONGEST]
        return Fault("P703", facts={"revision": shown, "known": choice(shown, names)})

    def _tags(self) -> list[str]:
        return [name for name in self._git.references if name.startswith(TAGS)]


def open_repository(directory: Path) -> Repository | Fault:
    """The repository that a directory is, or lies in."""
    try:
        found = pygit2.discover_repository(str(directory))
        if found is None:
            return Fault("P700", facts={"path": str(directory)})
        return Repository(directory, pygit2.Repository(found))
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        return Fault("P701", facts={"path": str(directory), "reason": str(error)[:200]})


def within(folder: PurePosixPath, path: str) -> str | None:
    """A path from the top of a commit, written relative to a folder of it; None where it leads out."""
    if path.startswith("/"):
        return None
    parts: list[str] = []
    for part in (*folder.parts, *PurePosixPath(path).parts):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _files(tree: Any, head: str) -> Iterator[Blob]:
    for entry in tree:
        if entry.type == ObjectType.TREE:
            yield from _files(entry, f"{head}{_name(entry)}/")
        elif entry.type == ObjectType.BLOB:
            yield Blob(f"{head}{_name(entry)}", str(entry.id), entry.filemode == FileMode.LINK)


def _name(entry: Any) -> str:
    return _text(entry.raw_name)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
