"""How much is done to find repairs, so that a text of nothing but mistakes costs little more than another."""

from __future__ import annotations

from dataclasses import dataclass

# Steps for all mistakes of a plan and of what it includes; a token that is read again is about one.
STEPS = 80_000
# Steps for a mistake before any repair: what could stand there, and which words are near it.
OPENED = 100
# To one step: letters compared, characters cut into tokens, characters only looked through.
LETTERS = 50
CHARACTERS = 10
SCANNED = 500


@dataclass(slots=True)
class Work:
    """The steps that are left for repairs: counted, so that one text has the same answer on any machine."""

    left: int = STEPS

    @property
    def done(self) -> bool:
        """Whether no more repairs are tried."""
        return self.left <= 0

    def spend(self, steps: int) -> None:
        """Count what is being done."""
        self.left -= steps
