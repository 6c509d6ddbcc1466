"""Plan files that were named on the command line."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from engine.compiled import Compiled, compile_plan

from .. import files
from ..store import library, read_file

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
    """The text of a plan file, which may include others of its directory."""
    text = files.absent(path) or read_file(path, name)
    if isinstance(text, Fault):
        return text
    whole = Path(os.path.normpath(path.absolute()))
    root = _root(whole)
    plan = whole.relative_to(root).as_posix()
    return replace(text, beside=library(plan, lambda below: _beside(root / below)))


def _root(path: Path) -> Path:
    """The directory of plans that a file lies in: the current one, or its own where it lies elsewhere.

    Links stay as they are named, as plans are often put in place by links.
    """
    here = Path.cwd()
    return here if path.is_relative_to(here) else path.parent


def _beside(path: Path) -> Source | Fault:
    """An included file, named as a person who works here would name it."""
    return read_file(path, os.path.relpath(path))


def compiled(path: Path) -> tuple[Compiled | tuple[Fault, ...], Source | None]:
    """A plan file ready to pay, or its faults; and its text, named without its folder."""
    text = source(path, unicodedata.normalize("NFC", path.name))
    if isinstance(text, Fault):
        return (text,), None
    found = check(parse(text))
    return compile_plan(found), found.source


def defining(compiled: Compiled | tuple[Fault, ...]) -> bool:
    """Whether a file pays nobody because it holds definitions, and no mistake."""
    return isinstance(compiled, tuple) and [fault.code for fault in compiled] == ["P449"]


def plan_id(path: Path) -> str:
    """What requests call the plan of a file."""
    return unicodedata.normalize("NFC", path.name).removesuffix(SUFFIX)
