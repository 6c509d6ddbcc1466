"""The nearest name to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable

# Latin letters that look like Cyrillic ones: a name typed in the wrong alphabet is nearest to its twin.
LOOKALIKES = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a typist most likely meant, if any is near enough to be worth saying."""
    plain = word.casefold().translate(LOOKALIKES)
    best, least = None, 1 + len(word) // 3
    for candidate in sorted(set(candidates)):
        distance = edits(plain, candidate.casefold().translate(LOOKALIKES), least)
        if distance < least or (distance == least and best is None):
            best, least = candidate, distance
    return best


def edits(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap to make one word of the other; `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    lowest = 0
    for i, a in enumerate(one, 1):
        # Letters that are swapped come from two rows above, so two are too many.
        above, lowest = lowest, min(row)
        if lowest > most < above:
            return most + 1
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
