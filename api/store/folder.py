"""Plans kept as plain files of a directory."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dsl.faults import Fault
from dsl.source import Source

from .entry import ShelvedPlan, held, told_apart
from .names import nameable, plan_id
from .shelf import Shelf
from .text import content, plan_files, read, read_file


@dataclass(slots=True)
class SeenFile:
    """A file as it was last read: when it said that it was written, what it held, and at which look."""

    when: Hashable
    digest: Hashable
    turn: int
    settled: bool = False


class Folder:
    """A directory and all below it, each file read anew when it, or what it includes, is another."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: dict[str, tuple[Hashable, ShelvedPlan]] = {}
        self._last: Shelf | None = None
        self._seen: dict[str, SeenFile] = {}
        self._turn = 0

    def look(self, served: Shelf | None) -> Shelf:
        """The plans as they are now; the same shelf again where no file was written, made or deleted."""
        paths = plan_files(self.directory)
        if isinstance(paths, Fault):
            return Shelf((), (paths,))
        self._turn += 1
        stamps = {path: self.stamp(path) for path in paths}
        found = {path: (stamp, self._entry(path, stamp)) for path, stamp in stamps.items()}
        self._seen = {path: seen for path, seen in self._seen.items() if seen.turn == self._turn}
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
        return read_file(self.directory / path, nameable(path), self.directory)

    def stamp(self, path: str) -> Hashable:
        """What a file holds, as a digest; None where there is none.

        It is read when the system says that it changed, and once more at the next look: what is written twice
        within a tick of the system's clock says so only once.
        """
        when = self._written(path)
        seen = self._seen.get(path)
        if seen is None or seen.when != when:
            seen = self._seen[path] = SeenFile(when, self._digest(path), self._turn)
        elif seen.turn != self._turn:
            if not seen.settled:
                seen.digest, seen.settled = self._digest(path), True
            seen.turn = self._turn
        return seen.digest

    def _written(self, path: str) -> Hashable:
        """When a file was written, how long it is and which file it is; None where there is none."""
        try:
            found = (self.directory / path).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    def _digest(self, path: str) -> Hashable:
        data = content(self.directory / path, path, self.directory)
        return str(data) if isinstance(data, Fault) else sha256(data).digest()

    def _entry(self, path: str, stamp: Hashable) -> ShelvedPlan:
        before = self._known.get(path)
        if before is not None and before[0] == stamp and before[1].text.fits(self):
            return before[1]
        name = nameable(path)
        # The text is kept for as long as its entry: once the file is written anew it cannot be read again.
        text = read(self, path)
        return ShelvedPlan(plan_id(name), name, lambda: text)
