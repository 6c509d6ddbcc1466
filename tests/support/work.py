"""Work as tests measure it: calls and bytes, which are the same on any machine and on any day.

No test decides by a clock. What cannot be counted, since it is done inside of a library written in C, runs
in a process of its own, under limits that only stop a runaway.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from types import FrameType

from tests.support.places import ROOT


class Work:
    """What was measured, once the block is over."""

    calls: int = 0
    peak: int = 0


@contextmanager
def counted() -> Iterator[Work]:
    """The calls in a block, of Python's functions and of C's, in this thread and in those that it starts.

    What is in a cache already makes less work, so a bound leaves room for a cold one.
    """
    work, tally = Work(), count()

    def step(_: FrameType, __: str, ___: object) -> None:
        next(tally)  # both of a call and of its return

    before = sys.getprofile()
    threading.setprofile(step)
    sys.setprofile(step)
    try:
        yield work
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
        work.calls = next(tally) // 2


@contextmanager
def weighed() -> Iterator[Work]:
    """The most memory that Python held at once for what was made in a block, in bytes."""
    work = Work()
    gc.collect()
    tracemalloc.start()
    try:
        yield work
    finally:
        work.peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


class ApartError(Exception):
    """A process of its own did not end well: how it ended, and what it said."""


def apart(name: str, *args: object, seconds: int, megabytes: int) -> object:
    """What a function, named `module:function`, gives in a process of its own, of and in terms of JSON.

    The limits are of processor time and of memory, a score of times what is usual: they stop a runaway.
    """
    command = [sys.executable, "-m", "tests.support.work", name, str(seconds), str(megabytes)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        command,
        input=json.dumps(args),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise ApartError(f"{name} ended with {ended.returncode}:\n{ended.stderr}")
    return json.loads(ended.stdout)


def _here(name: str, seconds: str, megabytes: str) -> None:
    """The other side of `apart`: the limits first, since to import is work as well."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) << 20, int(megabytes) << 20))
    module, function = name.split(":")
    answer = getattr(import_module(module), function)(*json.load(sys.stdin))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _here(*sys.argv[1:])
