"""What a plan may include: the files of its directory, wherever that is kept."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from dsl.faults import Fault
from dsl.source import Library, Source

# The text of a file by its path below the directory of plans (`shared/rates.plan`), or why it cannot be read.
Reading = Callable[[str], Source | Fault]


def library(plan: str, read: Reading) -> Library:
    """What the plan of a path below the directory of plans may include; never what lies outside that."""
    folder = posixpath.dirname(plan)

    def beside(path: str) -> Source | Fault:
        below = posixpath.normpath(posixpath.join(folder, path))
        if below.startswith(("../", "/")) or below == "..":
            return Fault("P155", facts={"path": path})
        return read(below)

    return beside
