"""Work done in children, so many at a time; what one breaks or leaves behind is gone with it."""

from __future__ import annotations

import json
import os
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Job = TypeVar("Job")
# How much memory a child may use; how long one may wait for what never comes, which takes no processor time.
MEMORY, WAIT = 8 << 30, 1800
# How a child ends whose work has raised.
BROKEN = 70


@dataclass(frozen=True, slots=True)
class Child:
    """A child at work: where it puts its answer and whatever else it writes."""

    pid: int
    room: tempfile.TemporaryDirectory[str]
    since: float

    @property
    def answer(self) -> Path:
        """The file of its answer."""
        return Path(self.room.name) / "answer.json"


def answers(
    jobs: Iterable[Job], work: Callable[[Job, Path], None], at_once: int
) -> Iterator[tuple[Job, object | None]]:
    """Each job with the answer that `work` has written, or None where the child has died of it."""
    running: dict[int, tuple[Job, Child]] = {}
    for job in jobs:
        while len(running) >= at_once:
            yield from ended(running)
        child = started(job, work)
        running[child.pid] = job, child
    while running:
        yield from ended(running)


def started(job: Job, work: Callable[[Job, Path], None]) -> Child:
    """A child that does a job, in a session of its own."""
    room = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    pid = os.fork()
    child = Child(pid, room, time.monotonic())
    if pid == 0:
        try:
            os.setsid()
            os.environ.update(TMPDIR=room.name, PYTEST_DEBUG_TEMPROOT=room.name)
            tempfile.tempdir = None
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.RLIM_INFINITY))
            work(job, child.answer)
        except Exception:
            traceback.print_exc()
            os._exit(BROKEN)
        finally:
            os._exit(0)
    return child


def ended(running: dict[int, tuple[Job, Child]]) -> Iterator[tuple[Job, object | None]]:
    """The children that have come to an end, after a while in which some may."""
    time.sleep(0.02)
    for pid, (job, child) in [*running.items()]:
        if time.monotonic() - child.since > WAIT:
            os.kill(pid, signal.SIGKILL)
        done, status = os.waitpid(pid, os.WNOHANG)
        if done == 0:
            continue
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        del running[pid]
        answer = json.loads(child.answer.read_text("utf-8")) if child.answer.exists() else None
        child.room.cleanup()
        if os.waitstatus_to_exitcode(status) == BROKEN:
            raise SystemExit("the work itself is broken: its traceback is in the log")
        yield job, answer
