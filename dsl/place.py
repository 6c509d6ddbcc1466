"""Places in a text."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of a source's text: offsets of characters, the end excluded."""

    start: int
    end: int

    def to(self, other: Place) -> Place:
        """The stretch from the start of this place to the end of another."""
        return Place(self.start, other.end)

    def inside(self, other: Place) -> bool:
        """Whether it is a part of another place."""
        return other.start <= self.start and self.end <= other.end


NOWHERE = Place(0, 0)
