"""How much the service does for anybody: what may come, how long it may take, and how many at once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MEBIBYTE = 1024 * 1024


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service; times are seconds.

    None of the times decides what is answered to a request that the service can answer: they end what hangs.
    """

    workers: int = field(default_factory=_processors)  # processes for work that may have to be ended
    work: float = 60.0  # of one piece of work; many times what counted work comes to
    memory: int = 1024 * MEBIBYTE  # bytes of a process of work
    waiting: int = 64  # pieces of work that may wait; what comes after them is told to come again
    grace: int = 5  # from the signal to stop to the end
