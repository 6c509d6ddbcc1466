"""Plan files as texts, from a disk or from a repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dsl.faults import Fault
from dsl.marks import composed
from dsl.parse.limits import TEXT
from dsl.source import Source

if TYPE_CHECKING:  # a command that reads files need not wait for git
    from .git import Repository

SUFFIX = ".plan"
BYTES = 4 * TEXT  # of a file: what the longest text can take in UTF-8


def plan_id(file: str) -> str:
    """The id of the plan in a file: the name of the file without its folder and without `.plan`, in NFC."""
    return nameable(file.rpartition("/")[2].removesuffix(SUFFIX))


def is_plan(path: str, below: str = "") -> bool:
    """Whether a path under a folder is that of a plan: by its end, and in no hidden folder."""
    inside = path.removeprefix(below).strip("/")
    return path.endswith(SUFFIX) and not any(part.startswith(".") for part in inside.split("/"))


def nameable(name: str) -> str:
    """A name of a file system in NFC; what is no text in it becomes a question mark."""
    return composed(name.encode("utf-8", "replace").decode("utf-8"))


def read_file(path: Path, name: str) -> Source | Fault:
    """The text of a plan file under a name of its own, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(BYTES + 1)
    except OSError as error:
        return Fault("P642", facts={"path": name, "reason": (f"phrase:{_reason(error)}",)})
    return decode(data, name)


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
