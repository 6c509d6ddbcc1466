"""Plans that somebody names: a file, a folder, or `REV:path`, a file or a folder of a commit."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dsl.check import check
from dsl.faults import Fault
from dsl.marks import composed
from dsl.parse import parse
from dsl.source import Source
from engine.compile import Compiled, compile_plan

from ..files import absent, save
from .names import choice, plan_id
from .text import library, plan_files, read_blob, read_file, read_path

if TYPE_CHECKING:  # a command that reads files need not wait for git
    from .commit import Blob, Commit
    from .git import Repository

DRIVE = re.compile(r"[A-Za-z]:[\\/]")  # how a path of Windows begins


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan file as somebody names it: of this machine, or of a commit, and then its name is `REV:path`.

    `path` is where it lies, from the top where it is of a commit. `load` reads the text under a name.
    """

    name: str
    path: Path
    revision: Commit | None
    load: Callable[[str], Source | Fault] = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        """What requests call the plan."""
        return plan_id(self.path.name)

    @property
    def short(self) -> str:
        """Its name without its folder."""
        return composed(self.path.name)

    def read(self, name: str | None = None) -> Source | Fault:
        """The text, under a name of its own."""
        return self.load(self.name if name is None else name)

    def rewrite(self, text: str) -> Fault | None:
        """Put another text into the file, whole or not at all; a fault where it cannot be, as in a commit."""
        if self.revision is not None:
            return Fault("P707", facts={"path": self.name})
        return save(self.path, text.encode())


def _on_disk(path: Path, within: Path | None = None) -> NamedPlan:
    """A plan file of this machine; one that was found in a folder has to lie `within` it."""

    def load(name: str) -> Source | Fault:
        text = absent(path) or read_file(path, name, within)
        if isinstance(text, Fault):
            return text
        # Plans lie in the current directory, or in their own where that is elsewhere. Links stay as they are
        # named, as plans are often put in place by links.
        whole, here = Path(os.path.normpath(path.absolute())), Path.cwd()
        root = here if whole.is_relative_to(here) else whole.parent

        def shown_from_here(below: str) -> Source | Fault:
            return read_file(root / below, os.path.relpath(root / below))

        return replace(text, beside=library(whole.relative_to(root).as_posix(), shown_from_here))

    return NamedPlan(str(path), path, None, load)


def _in_commit(name: str, blob: Blob, commit: Commit, repository: Repository) -> NamedPlan:
    """A plan file of a commit."""

    def load(own: str) -> Source | Fault:
        text = read_blob(repository, blob.id, own)
        return text if isinstance(text, Fault) else replace(text, beside=library(blob.path, other))

    def other(path: str) -> Source | Fault:
        return read_path(repository, commit.id, path, f"{name.partition(':')[0]}:{path}")

    return NamedPlan(name, Path(blob.path), commit, load)


def named(argument: str) -> NamedPlan | Fault:
    """The one plan that an argument of the command line names.

    A file that is there is meant before a commit is looked for, whatever its name has in it.
    """
    revision, path = split(argument)
    if revision is None:
        return _on_disk(Path(argument))
    found = _commit(argument, revision)
    if isinstance(found, Fault):
        return found
    repository, commit = found
    place = _from_top(repository, path)
    blob = repository.find(commit.id, place) if place else None
    if blob is not None:
        return _in_commit(argument, blob, commit, repository)
    known = choice(place or path, [blob.path for blob in repository.plans(commit.id, "")])
    return Fault("P705", facts={"path": path, "revision": revision, "commit": commit.short, "known": known})


def gather(arguments: Iterable[str]) -> tuple[list[NamedPlan], list[Fault]]:
    """The plans that were named and those in folders that were named, each once; and what names none."""
    found: dict[NamedPlan, None] = {}
    faults: list[Fault] = []
    for argument in arguments:
        inside = _folder(argument)
        if inside is None:
            plan = named(argument)
            inside = [plan] if not isinstance(plan, Fault) else plan
        if isinstance(inside, Fault):
            faults.append(inside)
        elif not inside:
            faults.append(Fault("P680", facts={"path": argument}))
        else:
            found.update(dict.fromkeys(inside))
    return list(found), faults


def compiled(
    plan: NamedPlan | Fault, *, short: bool = True
) -> tuple[Compiled | tuple[Fault, ...], Source | None]:
    """A named plan ready to pay, or its faults; and its text, without its folder where it is `short`."""
    text = plan if isinstance(plan, Fault) else plan.read(plan.short if short else plan.name)
    if isinstance(text, Fault):
        return (text,), None
    found = check(parse(text))
    return compile_plan(found), found.source


def is_folder(argument: str) -> bool:
    """Whether an argument names the plans in a folder, and not one file."""
    return isinstance(_folder(argument), list)


def split(argument: str) -> tuple[str | None, str]:
    """The revision and the path of `REV:path`; no revision where the argument is a path of this machine."""
    revision, colon, path = argument.partition(":")
    if not colon or DRIVE.match(argument) or os.path.lexists(argument):
        return None, argument
    return revision, path


def _folder(argument: str) -> list[NamedPlan] | Fault | None:
    """The plans in a folder, but for hidden folders such as `.git`; None of what is no folder."""
    revision, path = split(argument)
    if revision is None:
        folder = Path(argument)
        files = plan_files(folder) if os.path.isdir(folder) else None  # noqa: PTH112  # it never raises
        if files is None or isinstance(files, Fault):
            return files
        return [_on_disk(folder / file, folder) for file in files]
    found = _commit(argument, revision)
    if isinstance(found, Fault):
        return found
    repository, commit = found
    below = _from_top(repository, path)
    if below is None or not repository.is_folder(commit.id, below):
        return None
    return [
        _in_commit(f"{revision}:{blob.path}", target, commit, repository)
        for blob in repository.plans(commit.id, below)
        if (target := repository.find(commit.id, blob.path)) is not None
    ]


def _commit(argument: str, revision: str) -> tuple[Repository, Commit] | Fault:
    """The repository of the current folder, and the commit of it that an argument begins with."""
    from .git import open_repository  # noqa: PLC0415  # who names a file need not wait for git

    repository = open_repository(Path.cwd())
    if isinstance(repository, Fault):
        # Most likely a name of a file with a colon in it, so both are said.
        return Fault("P706", facts={"path": argument, "folder": str(Path.cwd())})
    commit = repository.resolve(revision, typed=True)
    return commit if isinstance(commit, Fault) else (repository, commit)


def _from_top(repository: Repository, path: str) -> str | None:
    """A path from the top of a commit: as git takes it, `./` and `../` begin at the current folder."""
    if path in {".", ".."} or path.startswith(("./", "../")):
        if repository.top is None:
            return None
        try:
            path = Path(os.path.normpath(Path.cwd() / path)).relative_to(repository.top).as_posix()
        except ValueError:
            return None
    return "" if path == "." else path.strip("/")
