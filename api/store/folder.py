"""Plans kept as plain files of a directory."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from dsl.faults import Fault
from dsl.source import Source

from .entry import Entry
from .shelf import Shelf, held, told_apart
from .text import Text, read
from .texts import SUFFIX, is_plan, nameable, plan_id, read_file


class Held:
    """A text that is kept for as long as its entry: once the file is written anew it cannot be read again."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __call__(self) -> Text:
        return self.text


class Folder:
    """A directory and all below it, each file read once until it, or what it includes, is written again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: dict[str, tuple[Hashable, Entry]] = {}
        self._last: Shelf | None = None

    def look(self, served: Shelf | None) -> Shelf:
        """The plans as they are now; the same shelf again where no file was written, made or deleted."""
        if not self.directory.is_dir():
            return Shelf((), (Fault("P640", facts={"path": str(self.directory)}),))
        stamps = {path: self.stamp(path) for path in self._paths()}
        found = {path: (stamp, self._entry(path, stamp)) for path, stamp in stamps.items()}
        if self._last is not None and found == self._known:
            return self._last
        self._known = found
        good = {entry.id: entry for entry in served.entries if entry.ready} if served else {}
        apart = told_apart([entry for _, entry in found.values() if not entry.text.definitions])
        # Where several files share an id, the one text that could pay before goes on paying once.
        entries = {(kept := held(entry, good.get(entry.id))).file: kept for entry in apart}
        faults = () if entries else (Fault("P645", facts={"path": str(self.directory)}),)
        self._last = Shelf(tuple(entries.values()), faults)
        return self._last

    def read(self, path: str) -> Source | Fault:
        """The text of a file, or why it cannot be read."""
        return read_file(self.directory / path, nameable(path))

    def stamp(self, path: str) -> Hashable:
        """When a file was written, how long it is and which file it is; None where there is none."""
        try:
            found = (self.directory / path).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _paths(self) -> list[str]:
        # What is neither a file nor missing (a broken link) is a directory or a pipe.
        inside = sorted(self.directory.rglob(f"*{SUFFIX}"))
        paths = [path for path in inside if path.is_file() or not path.exists()]
        named = [path.relative_to(self.directory).as_posix() for path in paths]
        return [name for name in named if is_plan(name)]

    def _entry(self, path: str, stamp: Hashable) -> Entry:
        before = self._known.get(path)
        if before is not None and before[0] == stamp and before[1].text.fits(self):
            return before[1]
        name = nameable(path)
        return Entry(plan_id(name), name, Held(read(self, path)))
