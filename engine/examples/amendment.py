"""A change of a plan's text."""

from __future__ import annotations

from dataclasses import dataclass

from dsl.place import Place

Edit = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class Amendment:
    """Other words at a place of a plan, or at several that are one change."""

    rank: int
    edits: tuple[Edit, ...]
    numeric: bool = False
    """Whether a number alone is another."""
    smaller: tuple[Edit, ...] = ()
    """Another change of the same number, less or just beyond: where that does as well, none is known."""
    without: Place | None = None
    """Of a change of a number, the limit that it is of, which an example may as well forget."""

    odd: bool = False
    """Whether a number is another that is of another size than all those beside it."""

    @property
    def place(self) -> Place:
        """Where the first of it stands."""
        return self.edits[0][0]
