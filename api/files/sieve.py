"""Which of very many things may have come before, in a memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Hashable

BITS = 1 << 22  # half a mebibyte: of a hundred thousand things a few are kept by mistake
MARKS = 4  # bits of a thing


class Sieve:
    """Lets through what cannot have come before; what it keeps most likely has, and is looked at again."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    def keeps(self, thing: Hashable) -> bool:
        """Whether a thing may have come before; from now on it has."""
        first = hash(thing)
        step, known = (first >> 32) | 1, True
        for number in range(MARKS):
            at = (first + number * step) % BITS
            bit = 1 << (at & 7)
            if not self._bits[at >> 3] & bit:
                self._bits[at >> 3] |= bit
                known = False
        return known
