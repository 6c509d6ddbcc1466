"""Where people and records stand in the files that they came in."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilePart:
    """What rows stand in: a text, a sheet of a file, or a list of JSON."""

    path: str
    sheet: str | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a sheet, a line of a text, or one of a list; all are counted from 1."""

    place: FilePart
    number: int


class Spots:
    """Where each of some rows stands, by its number among them, from 0."""

    def __init__(self) -> None:
        self._numbers = array("L")
        self._places: list[FilePart] = []
        self._begins: list[int] = []

    def begin(self, place: FilePart) -> None:
        """What is added from here on stands there."""
        self._places.append(place)
        self._begins.append(len(self._numbers))

    def add(self, number: int) -> None:
        """One more."""
        self._numbers.append(number)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: int) -> FileRow:
        return FileRow(self._places[bisect_right(self._begins, at) - 1], self._numbers[at])
