"""A git repository for tests, written commit by commit without a working tree in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

Files = Mapping[str, str | bytes | None]  # by path; None deletes


class Repo:
    """A repository; `main` is its branch, and commits are a day apart."""

    def __init__(self, directory: Path, *, bare: bool = False) -> None:
        self.directory = directory
        self.git = pygit2.init_repository(str(directory), bare=bare, initial_head="main")
        self.made = 0

    def commit(
        self,
        files: Files,
        *,
        branch: str = "main",
        parents: Sequence[str] | None = None,
        author: str = "Anna",
        links: Sequence[str] = (),
        message: str | None = None,
    ) -> str:
        """The id of a commit that adds to the branch (or to some parents) these files."""
        name = f"refs/heads/{branch}"
        if parents is None:
            parents = [str(self.git.references[name].target)] if name in self.git.references else []
        index = pygit2.Index()
        if parents:
            index.read_tree(self.git[parents[0]].peel(pygit2.Tree))
        for path, content in files.items():
            if content is None:
                index.remove(path)
                continue
            blob = self.git.create_blob(content.encode() if isinstance(content, str) else content)
            index.add(pygit2.IndexEntry(path, blob, FileMode.LINK if path in links else FileMode.BLOB))
        self.made += 1
        who = pygit2.Signature(author, "author@example.org", 1_750_000_000 + 86_400 * self.made, 180)
        tree = index.write_tree(self.git)
        made = self.git.create_commit(None, who, who, message or f"commit {self.made}", tree, list(parents))
        self.git.references.create(name, made, force=True)
        return str(made)

    def tag(self, name: str, commit: str) -> None:
        """Tag a commit."""
        self.git.references.create(f"refs/tags/{name}", commit)


def plan(
    version: str = "1", start: str | None = None, *, salary: int = 60_000, title: str = "Good", more: str = ""
) -> str:
    """A plan that pays a salary; with a first day, if one is given."""
    effect = f"in effect from {start}\n" if start else ""
    return f'plan "{title}"\nversion {version}\n{effect}currency RUB\nsalary {salary}\n{more}'


BROKEN = 'plan "Broken"\nversion 9\ncurrency RUB\nsalary 60 000 +\n'
