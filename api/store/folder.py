"""Plans kept as plain files of a directory."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from dsl.faults import Fault

from .entry import Entry
from .reading import Reading, read
from .shelf import Shelf, held, told_apart
from .texts import SUFFIX, is_plan, nameable, plan_id, read_file

Stamp = Hashable  # what differs after a file was written


class Folder:
    """A directory and all below it, each file read once until it is written again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: dict[Path, tuple[Stamp, Entry]] = {}
        self._last: Shelf | None = None

    def look(self, served: Shelf | None) -> Shelf:
        """The plans as they are now; the same shelf again where no file was written, made or deleted."""
        if not self.directory.is_dir():
            return Shelf((), (Fault("P640", facts={"path": str(self.directory)}),))
        stamps = {path: _stamp(path) for path in sorted(self._paths())}
        if self._last is not None and stamps == {path: stamp for path, (stamp, _) in self._known.items()}:
            return self._last
        found = {path: (stamp, self._entry(path, stamp)) for path, stamp in stamps.items()}
        self._known = found
        good = {entry.id: entry for entry in served.entries if entry.ready} if served else {}
        apart = told_apart([entry for _, entry in found.values()])
        entries = {entry.file: held(entry, good.get(entry.id)) for entry in apart}
        faults = () if entries else (Fault("P645", facts={"path": str(self.directory)}),)
        self._last = Shelf(tuple(entries.values()), faults)
        return self._last

    def _paths(self) -> list[Path]:
        # What is neither a file nor missing (a broken link) is a directory or a pipe.
        return [
            path
            for path in self.directory.rglob(f"*{SUFFIX}")
            if is_plan(path.relative_to(self.directory).as_posix()) and (path.is_file() or not path.exists())
        ]

    def _entry(self, path: Path, stamp: Stamp) -> Entry:
        before = self._known.get(path)
        if before is not None and before[0] == stamp:
            return before[1]
        name = nameable(path.relative_to(self.directory).as_posix())
        # The text is kept with its entry: once the file is written anew it could not be read again.
        reading = read(read_file(path, name))
        return Entry(plan_id(name), name, Held(reading))


class Held:
    """A reading that is kept for as long as whoever asks for it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __call__(self) -> Reading:
        return self._reading


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
