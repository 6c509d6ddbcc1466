"""Plans as texts, read and made ready to pay; what was read lately is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol

from dsl.check import Checked, check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from engine.compile import Compiled, compile_plan

from .library import library

KEPT = 1024  # texts that stay compiled, each some tens of kilobytes


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
