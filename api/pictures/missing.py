"""The libraries that draw, which not everybody has installed."""

from __future__ import annotations

from importlib.util import find_spec

from dsl.faults import Fault

EXTRA = "pictures"


def missing(library: str) -> Fault | None:
    """The fault of a library that is not installed."""
    if find_spec(library) is not None:
        return None
    return Fault("P770", facts={"library": library, "extra": EXTRA})
