"""A shelf: the plans of a directory, each under its id; a broken one never stops the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dsl.check import Checked, check
from dsl.faults import Fault, nearest
from dsl.parse import parse
from dsl.source import Source
from engine.compiled import Compiled, compile_plan

from .library import library
from .texts import SUFFIX, nameable, plan_id, read_file


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan file: its id, its path below the directory, its text if it could be read, and the compiled plan.

    Where there is none, `faults` say why; else they are warnings.
    """

    id: str
    file: str
    source: Source | None
    checked: Checked | None
    compiled: Compiled | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The plans of a directory, in the order of their paths; `faults` say why there are none."""

    directory: Path
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    _ids: Mapping[str, Entry] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", {entry.id: entry for entry in self.entries})

    def find(self, plan: str) -> Entry | Fault:
        """The entry of an id, or the fault of an id that there is none of."""
        entry = self._ids.get(plan)
        return entry or self._ids.get(unicodedata.normalize("NFC", plan)) or self._unknown(plan)

    @property
    def ready(self) -> tuple[Entry, ...]:
        """The plans that can pay."""
        return tuple(entry for entry in self.entries if entry.compiled is not None)

    @property
    def broken(self) -> tuple[Entry, ...]:
        """The files that are no plans to pay by."""
        return tuple(entry for entry in self.entries if entry.compiled is None)

    def _unknown(self, plan: str) -> Fault:
        ids = [entry.id for entry in self.entries]
        known = (*sorted(ids)[:10], *(["phrase:others"] if len(ids) > 10 else [])) or ("phrase:no_plans",)
        return Fault("P617", facts={"plan": plan[:80], "known": known}, fix=nearest(plan[:80], ids))


def shelve(directory: Path) -> Shelf:
    """The shelf of a directory and all below it, each file read once."""
    if not directory.is_dir():
        return Shelf(directory, (), (Fault("P640", facts={"path": str(directory)}),))
    # What is neither a file nor missing (a broken link) is a directory or a pipe.
    paths = sorted(path for path in directory.rglob(f"*{SUFFIX}") if path.is_file() or not path.exists())
    found = [entry for path in paths if (entry := _read(directory, path)) is not None]
    entries = tuple(_told_apart(found))
    return Shelf(directory, entries, () if entries else (Fault("P645", facts={"path": str(directory)}),))


def _read(directory: Path, path: Path) -> Entry | None:
    """The entry of a file; none of a file of definitions, which is a part of the plans that include it."""
    name = nameable(path.relative_to(directory).as_posix())
    plan = plan_id(name)
    source = read_file(path, name)
    if isinstance(source, Fault):
        return Entry(plan, name, None, None, None, (source,))
    parsed = parse(replace(source, beside=library(name, lambda below: read_file(directory / below, below))))
    if parsed.definitions is not None:
        return None
    checked = check(parsed)
    compiled = compile_plan(checked)
    if isinstance(compiled, Compiled):
        return Entry(plan, name, parsed.source, checked, compiled, checked.faults)
    return Entry(plan, name, parsed.source, checked, None, compiled)


def _told_apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries; those that share an id pay no more, for nobody could tell which plan is meant."""
    files: dict[str, list[str]] = {}
    for entry in entries:
        files.setdefault(entry.id, []).append(entry.file)
    for entry in entries:
        same = tuple(files[entry.id])
        if len(same) == 1:
            yield entry
        else:
            doubled = Fault("P641", facts={"plan": entry.id, "files": same})
            yield replace(entry, compiled=None, faults=(doubled, *entry.faults))
