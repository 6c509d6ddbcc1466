"""How much the service does for anybody: what may come, how long it may take, and how many at once."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field

MEBIBYTE = 1024 * 1024
CONNECTIONS = 1000

# Bytes of a body that is longer than others: of receipts or of two plans, and with the records of a company.
SEVERAL = 4 * MEBIBYTE
COMPANY = 16 * MEBIBYTE
STREAM = 256 * MEBIBYTE  # of a body of lines, of which no more than a few lines are held at a time


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _connections() -> int:
    """Half of the files that this process may open: the rest is for plans, workers, and who comes next."""
    if sys.platform == "win32":
        return CONNECTIONS
    from resource import RLIMIT_NOFILE, getrlimit  # noqa: PLC0415  # there is none elsewhere

    files = getrlimit(RLIMIT_NOFILE)[0]
    return CONNECTIONS if files < 0 else min(CONNECTIONS, files // 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service; times are seconds.

    None of the times decides what is answered to a request that the service can answer: they end what hangs.
    """

    workers: int = field(
        default_factory=_processors
    )  # processes for work that may have to be ended; 0: threads
    processor: float = 60.0  # of a processor, for one piece of work; many times what counted work comes to
    work: float = 600.0  # by the clock, for what hangs and needs no processor
    memory: int = 1024 * MEBIBYTE  # bytes of a process of work
    waiting: int = 64  # pieces of work that may wait; what comes after them is told to come again
    connections: int = field(default_factory=_connections)  # open at once
    head: float = 10.0  # from the first byte of a request, or from a new connection, to the end of its head
    whole: float = 30.0  # from the first byte of a request to its last
    keep: int = 30  # that a connection is kept with nothing on it
    unread: float = 20.0  # in which a client has to take the next 64 KiB of its answer, or what is left of it
    unsent: int = 256 * MEBIBYTE  # bytes of all answers that are not taken yet
    grace: int = 5  # from the signal to stop to the end
