"""Names that there are, told to somebody who asked for one that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from dsl.faults import nearest

KNOWN = 10  # names in a sentence


def choice(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """Some of the names, as a fact of a fault: the one most likely meant first."""
    listed = sorted(names)
    near = nearest(word, listed)
    ordered = [*([near] if near else []), *(name for name in listed if name != near)]
    return (*ordered[:KNOWN], *(["phrase:other_names"] if len(ordered) > KNOWN else [])) or (
        "phrase:no_names",
    )
