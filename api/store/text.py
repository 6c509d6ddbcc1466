"""Plan files as texts: read from a disk or a repository, made ready to pay, and kept for a while."""

from __future__ import annotations

import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from dsl.check import Checked, check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.parse.limits import TEXT
from dsl.source import Library, Source
from engine.compile import Compiled, compile_plan

from .names import beside, is_plan, nameable

if TYPE_CHECKING:  # a command that reads files need not wait for git
    from .git import Repository

AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)  # how a file is opened that might be a pipe
BYTES = 4 * TEXT  # of a file: what the longest text can take in UTF-8
KEPT = 1024  # texts that stay compiled, each some tens of kilobytes

# The text of a file by its path below the directory of plans (`shared/rates.plan`), or why it cannot be read.
Reading = Callable[[str], Source | Fault]


class Files(Protocol):
    """The files of a directory of plans, by their paths below it."""

    def read(self, path: str) -> Source | Fault:
        """The text of a file, or why it cannot be read."""

    def stamp(self, path: str) -> Hashable:
        """What differs where the file differs; None where there is none."""


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan as far as it could be read; without `compiled`, `faults` say why; else they are warnings.

    `uses` are the files that it includes, each with its stamp. A file of `definitions` is a part of the plans
    that include it, and no plan.
    """

    source: Source | None
    checked: Checked | None
    compiled: Compiled | None
    faults: tuple[Fault, ...]
    uses: tuple[tuple[str, Hashable], ...] = ()
    definitions: bool = False

    def fits(self, files: Files) -> bool:
        """Whether what it includes is the same in these files."""
        return all(files.stamp(path) == stamp for path, stamp in self.uses)


def library(plan: str, read: Reading) -> Library:
    """What the plan of a path below the directory of plans may include; never what lies outside that."""

    def included(path: str) -> Source | Fault:
        below = beside(plan, path)
        return Fault("P155", facts={"path": path}) if below is None else read(below)

    return included


def read(files: Files, path: str) -> PlanText:
    """The text of a file."""
    source = files.read(path)
    if isinstance(source, Fault):
        return PlanText(None, None, None, (source,))
    uses: dict[str, Hashable] = {}

    def used(other: str) -> Source | Fault:
        uses[other] = files.stamp(other)
        return files.read(other)

    parsed = parse(replace(source, beside=library(path, used)))
    if parsed.definitions is not None:
        return PlanText(source, None, None, parsed.faults, definitions=True)
    checked = check(parsed)
    found = compile_plan(checked)
    compiled, faults = (found, checked.faults) if isinstance(found, Compiled) else (None, found)
    return PlanText(parsed.source, checked, compiled, faults, tuple(uses.items()))


class Texts:
    """What was read lately, by path and stamp; of more than so many the longest unused falls out."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, PlanText] = OrderedDict()
        self._lock = Lock()

    def get(self, files: Files, path: str, stamp: Hashable) -> PlanText:
        """The text of a file with a stamp: one that is kept, or is read now."""
        key = (path, stamp)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is not None and found.fits(files):
            return found
        # Two threads may read one text at the same time, rather than one wait for whatever the other reads.
        made = read(files, path)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


# ── From a disk, or from a repository ──────────────────────────────────────────────────────────────────────


def plan_files(folder: Path) -> list[str] | Fault:
    """The paths of the plan files below a folder, but for hidden folders; or why it cannot be looked through.

    A folder below it that may not be read is told: the plans in it would be missed without a word.
    """
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(at) as entries:
                inside = [(Path(entry.path), entry.is_dir(follow_symlinks=False)) for entry in entries]
        except (FileNotFoundError, NotADirectoryError):
            if at == folder:
                return Fault("P640", facts={"path": str(folder)})
            continue  # deleted since it was listed
        except OSError as error:
            return Fault("P785", facts={"path": nameable(str(at)), "reason": (f"phrase:{_reason(error)}",)})
        waiting.extend(path for path, below in inside if below and not path.name.startswith("."))
        found.extend(path for path, below in inside if not below and is_plan(path.name) and _tellable(path))
    return [path.relative_to(folder).as_posix() for path in sorted(found)]


def _tellable(path: Path) -> bool:
    """Whether there is something to be said of a path: what is there and no file is a folder or a pipe."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:  # a link to nothing, or to where nobody may look
        return True


def read_file(path: Path, name: str, within: Path | None = None) -> Source | Fault:
    """The text of a plan file under a name of its own, or why it cannot be read."""
    data = content(path, name, within)
    return data if isinstance(data, Fault) else decode(data, name)


def content(path: Path, name: str, within: Path | None = None) -> bytes | Fault:
    """The bytes of a plan file, more than any has at most; or why they cannot be read.

    A file has to lie in the folder that it is to be found `within`, whatever links lead there. What is no
    file is never waited for.
    """
    try:
        whole = path.resolve(strict=True)
        if within is not None and not whole.is_relative_to(within.resolve()):
            return Fault("P786", facts={"path": name})
        # A device may not even be opened, and a pipe may have taken the place of a file in between.
        if (odd := _odd(whole.stat().st_mode)) is None:
            with os.fdopen(os.open(whole, AT_ONCE), "rb") as file:
                if (odd := _odd(os.fstat(file.fileno()).st_mode)) is None:
                    return file.read(BYTES + 1)
        return Fault("P642", facts={"path": name, "reason": (f"phrase:{odd}",)})
    except OSError as error:
        return Fault("P642", facts={"path": name, "reason": (f"phrase:{_reason(error)}",)})
    except RuntimeError:  # links that lead to one another
        return Fault("P642", facts={"path": name, "reason": ("phrase:file_missing",)})


def _odd(mode: int) -> str | None:
    """What something is that is no file: the name of a phrase."""
    return None if stat.S_ISREG(mode) else "file_directory" if stat.S_ISDIR(mode) else "file_special"


def read_blob(repository: Repository, blob: str, name: str) -> Source | Fault:
    """The text of a content of a repository under a name of its own, or why it is none."""
    return too_large(name) if repository.size(blob) > BYTES else decode(repository.data(blob), name)


def read_path(repository: Repository, commit: str, path: str, name: str) -> Source | Fault:
    """The text of a file of a commit under a name of its own, or why there is none."""
    blob = repository.find(commit, path)
    if blob is None:
        return Fault("P642", facts={"path": name, "reason": ("phrase:file_missing",)})
    return read_blob(repository, blob.id, name)


def decode(data: bytes, name: str) -> Source | Fault:
    """A text in UTF-8."""
    if len(data) > BYTES:
        return too_large(name)
    try:
        return Source(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Fault("P643", facts={"path": name, "byte": str(error.start + 1)})


def too_large(name: str) -> Fault:
    """The fault of a file that no plan is as large as."""
    return Fault("P644", facts={"path": name, "most": f"{BYTES // 1024} KiB"})


def _reason(error: OSError) -> str:
    """Why a file cannot be opened: the name of a phrase."""
    match error:
        case FileNotFoundError():
            return "file_missing"
        case PermissionError():
            return "file_forbidden"
        case IsADirectoryError():
            return "file_directory"
        case _:
            return "file_failing"
