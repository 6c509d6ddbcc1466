"""Rows that are held on disk where there are many: one after another, or parted by whose they are.

On disk they stand in a file without a name, which is gone with whoever holds it. In memory there is, of each
person, where the last piece of their rows stands, and of each row what tells its id apart.
"""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from struct import Struct
from tempfile import TemporaryFile
from typing import IO, Protocol, TypeVar
from weakref import finalize

from engine.facts import Parted, PartedBy, Raw

HELD = 50_000  # rows in memory; those before them are on disk
BUCKETS = 1024
HEAD = Struct("<qq")  # before a piece: where the one before it of the same person begins, or -1; its bytes

T = TypeVar("T")
Names = tuple[str, ...]
Item = tuple[int, Names, tuple[object, ...]]  # the number of a row, and its cells by the names of columns


class Watching(Protocol):
    """Sees things go by, as they are."""

    def __call__(self, things: Iterable[T], /) -> Iterator[T]: ...


class Spool(Collection[Raw]):
    """Rows as they are added, in their order."""

    def __init__(self, by: PartedBy | None = None, most: int = HELD) -> None:
        self.by, self.most = by, most
        self.counts = Counter[str | None]()
        self._held: list[Item] = []
        self._rows = self._end = 0
        self._file: IO[bytes] | None = None
        self._batches: list[int] = []  # where each ends
        self._last: dict[str | None, int] = {}
        self._ids = [array("q") for _ in range(BUCKETS)]
        self._places: dict[Names, tuple[int | None, int | None]] = {}

    def add(self, names: Names, values: tuple[object, ...]) -> None:
        """One more row, by the names of its columns."""
        self._held.append((self._rows, names, values))
        self._rows += 1
        if len(self._held) >= self.most:
            self._store()

    def done(self) -> Collection[Raw]:
        """All of them: a list of few, and of many on disk those of each person, where no two have one id."""
        if self._file is None:
            return [_row(item) for item in self._held]
        self._store()
        repeated = any(len({*ids}) < len(ids) for ids in self._ids)
        return self if self.by is None or repeated else SpooledApart(self, self.by)

    def of(self, who: str | None) -> list[tuple[int, Raw]]:
        """The rows of somebody that are on disk, with their numbers."""
        at, pieces = self._last.get(who, -1), list[list[Item]]()
        while at >= 0:
            at, items, _ = self._piece(at)
            pieces.append(items)
        return [(item[0], _row(item)) for items in reversed(pieces) for item in items]

    @property
    def names(self) -> Collection[str]:
        """The columns that any row has which is parted by whose it is."""
        return {*chain.from_iterable(self._places)}

    def __len__(self) -> int:
        return self._rows

    def __contains__(self, row: object) -> bool:
        return any(one == row for one in self)

    def __iter__(self) -> Iterator[Raw]:
        at = 0
        for end in self._batches:
            items: list[Item] = []
            while at < end:
                _, piece, at = self._piece(at)
                items += piece
            yield from map(_row, sorted(items, key=itemgetter(0)))
        yield from map(_row, self._held)

    def _store(self) -> None:
        """Let what is held go to disk, a piece for each person."""
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115  # it is gone with this object
            finalize(self, self._file.close)
        groups: dict[str | None, list[Item]] = {}
        for item in self._held:
            groups.setdefault(self._whose(item), []).append(item)
        self._file.seek(self._end)
        for who, items in groups.items():
            data = pickle.dumps(items, pickle.HIGHEST_PROTOCOL)
            self._file.write(HEAD.pack(self._last.get(who, -1), len(data)) + data)
            self._last[who] = self._end
            self.counts[who] += len(items)
            self._end += HEAD.size + len(data)
        self._batches.append(self._end)
        self._held = []

    def _whose(self, item: Item) -> str | None:
        """Whose a row is, as far as a text says it; its id is entered."""
        _, names, values = item
        if self.by is None:
            return None
        if names not in self._places:
            known = {name: at for at, name in enumerate(names)}
            self._places[names] = known.get(self.by.owner), known.get(self.by.id or "")
        owner, key = self._places[names]
        if key is not None and isinstance(cell := values[key], str) and (text := cell.strip()):
            number = hash(text)
            self._ids[number % BUCKETS].append(number)
        whose = None if owner is None else values[owner]
        if isinstance(whose, bool):
            return str(whose)
        return (whose.strip() or None) if isinstance(whose, str) else None

    def _piece(self, at: int) -> tuple[int, list[Item], int]:
        """A piece, where the one before it of the same person begins, and where the next in the file."""
        assert self._file is not None
        self._file.seek(at)
        before, size = HEAD.unpack(self._file.read(HEAD.size))
        return before, pickle.loads(self._file.read(size)), at + HEAD.size + size


class SpooledApart(Parted):
    """Rows on disk, parted by whose they are."""

    def __init__(self, spool: Spool, by: PartedBy) -> None:
        self.spool, self.by = spool, by

    @property
    def counts(self) -> Mapping[str | None, int]:
        return self.spool.counts

    @property
    def names(self) -> Collection[str]:
        return self.spool.names

    def of(self, who: str | None) -> Sequence[tuple[int, Raw]]:
        return self.spool.of(who)

    def __len__(self) -> int:
        return len(self.spool)

    def __contains__(self, row: object) -> bool:
        return row in self.spool

    def __iter__(self) -> Iterator[Raw]:
        return iter(self.spool)


def _row(item: Item) -> Raw:
    return dict(zip(item[1], item[2], strict=True))
