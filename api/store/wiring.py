"""git told to show plans by their meaning: the driver in its configuration, the attribute of plan files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dsl.faults import Fault

from ..files import save, unwritten
from .git import open_repository

DRIVER = "diff.premia"
ATTRIBUTE = "*.plan diff=premia"
# A hunk is headed by the line of the plan that it is in: those of clauses are set in.
HEADS = r"^[^ \t].*$"


@dataclass(frozen=True, slots=True)
class Wired:
    """What was done: to which repository, and whether it was so already."""

    top: Path
    changed: bool


def wire(folder: Path, command: str) -> Wired | Fault:
    """Let git show the plans of a repository through a command; to do it again changes nothing."""
    found = _opened(folder)
    if isinstance(found, Fault):
        return found
    config, top = found
    settings = {f"{DRIVER}.textconv": command, f"{DRIVER}.xfuncname": HEADS}
    changed = False
    for name, value in settings.items():
        if name not in config or config[name] != value:
            config[name] = value
            changed = True
    attributes = top / ".gitattributes"
    lines = _lines(attributes)
    if isinstance(lines, Fault):
        return lines
    if ATTRIBUTE not in lines:
        fault = _write(attributes, [*lines, ATTRIBUTE])
        if fault is not None:
            return fault
        changed = True
    return Wired(top, changed)


def unwire(folder: Path) -> Wired | Fault:
    """Take back what `wire` did, and leave everything else as it is."""
    found = _opened(folder)
    if isinstance(found, Fault):
        return found
    config, top = found
    changed = False
    for name in (f"{DRIVER}.textconv", f"{DRIVER}.xfuncname"):
        # A setting of the whole machine is somebody else's.
        with suppress(KeyError):
            del config[name]
            changed = True
    attributes = top / ".gitattributes"
    lines = _lines(attributes)
    if isinstance(lines, Fault):
        return lines
    if ATTRIBUTE in lines:
        fault = _write(attributes, [line for line in lines if line != ATTRIBUTE])
        if fault is not None:
            return fault
        changed = True
    return Wired(top, changed)


def _opened(folder: Path) -> tuple[Any, Path] | Fault:
    """The settings of a repository and its top folder; a fault where it has no files."""
    found = open_repository(folder)
    if isinstance(found, Fault):
        return found
    return Fault("P724", facts={"path": str(folder)}) if found.top is None else (found.config, found.top)


def _lines(path: Path) -> list[str] | Fault:
    if not path.exists():
        return []
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Fault("P725", facts={"path": str(path)})


def _write(path: Path, lines: list[str]) -> Fault | None:
    if lines:
        return save(path, "\n".join([*lines, ""]).encode())
    try:
        path.unlink()
    except OSError:
        return unwritten(path)
    return None
