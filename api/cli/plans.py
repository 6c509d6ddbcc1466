"""Plan files that were named on the command line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from dsl.faults import Fault
from dsl.source import Source
from engine.compiled import Compiled, read_plan

from .. import files
from ..store import read_file

SUFFIX = ".plan"


def gather(paths: Iterable[Path]) -> tuple[list[Path], list[Fault]]:
    """The files that were named and those in folders that were named, each once; and folders without any."""
    found: dict[Path, None] = {}
    faults: list[Fault] = []
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        inside = sorted(
            file for file in path.rglob(f"*{SUFFIX}") if not file.is_dir() and not _hidden(file, path)
        )
        found.update(dict.fromkeys(inside))
        if not inside:
            faults.append(Fault("P680", facts={"path": str(path)}))
    return list(found), faults


def _hidden(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder that lists do not show, such as `.git`."""
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def source(path: Path, name: str) -> Source | Fault:
    """The text of a plan file."""
    return files.absent(path) or read_file(path, name)


def compiled(path: Path) -> tuple[Compiled | tuple[Fault, ...], Source | None]:
    """A plan file ready to pay, or its faults; and its text, named without its folder."""
    text = source(path, unicodedata.normalize("NFC", path.name))
    if isinstance(text, Fault):
        return (text,), None
    return read_plan(text), text


def plan_id(path: Path) -> str:
    """What requests call the plan of a file."""
    return unicodedata.normalize("NFC", path.name).removesuffix(SUFFIX)
