"""What was made once and may be asked for again, as much of it as a bound lets be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


@dataclass(slots=True)
class Kept(Generic[Key, Made]):
    """A store whose oldest entries go when all together are larger than `most`, in a measure of its owner's.

    What is larger by itself is kept alone: it has just been asked for.
    """

    most: int
    _made: dict[Key, tuple[Made, int]] = field(default_factory=dict, repr=False)

    def get(self, key: Key) -> Made | None:
        """What was made for a key, if it is still there."""
        found = self._made.get(key)
        return None if found is None else found[0]

    def keep(self, key: Key, made: Made, size: int) -> Made:
        """Enter something of a size."""
        # Counted anew each time, on a copy: several threads may enter and drop at once.
        entries = [*self._made.items()]
        held = sum(own for _, (_, own) in entries)
        for oldest, (_, own) in entries:
            if held + size <= self.most:
                break
            self._made.pop(oldest, None)
            held -= own
        self._made[key] = (made, size)
        return made
