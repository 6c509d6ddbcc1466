"""Processes apart from the service, in which work is done that may have to be ended."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from traceback import format_exc
from typing import Any, Literal, TypeVar, cast

from anyio import CapacityLimiter, get_cancelled_exc_class
from anyio.to_thread import run_sync

from .limits import Limits

T = TypeVar("T")

# Forked from a process that has read all modules and holds no threads: a new one is there in milliseconds.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
READ = ["__main__", "api.web"]
NICE = 5  # the service itself gets three times as much of a processor that both want


# Of a piece of work: that it is done and its value, or that it failed and the traceback of the bug; of what
# it yields, that there is one more and which, at last that there is none; and what it asks of the service.
Outcome = tuple[Literal["done", "failed", "none", "asks"], Any]
Ask = Callable[[object], Any]  # what the service answers to work that is done apart
Reply = Callable[[Any], Coroutine[Any, Any, object]]


class Ended(Exception):  # noqa: N818  # no error of anybody: the end of work that took too much
    """The work was ended before it was done: its time or its memory ran out."""


class Failed(Exception):  # noqa: N818  # what failed is in its text
    """A bug of ours in the work, with its traceback."""


@dataclass(slots=True)
class _Job:
    """A piece of work, the worker that has it, and whether nobody waits for it any more."""

    content: bytes
    worker: _Worker | None = None
    left: bool = False
    _turn: Lock = field(default_factory=Lock)

    def begin(self, worker: _Worker) -> bool:
        """Whether the worker is to begin."""
        with self._turn:
            self.worker = worker
            return not self.left

    def done(self) -> None:
        """The worker has nothing more to do with it."""
        with self._turn:
            self.worker = None

    def leave(self) -> None:
        """Nobody waits for it: whoever is at it is ended, and nobody who is at something else."""
        with self._turn:
            self.left = True
            if self.worker is not None:
                self.worker.process.kill()


class _Worker:
    """A process that does one piece of work at a time."""

    def __init__(self, limits: Limits) -> None:
        context = multiprocessing.get_context(METHOD)
        context.set_forkserver_preload(READ)
        self.connection, theirs = context.Pipe()
        # The stubs know no `Process` of a context that is chosen by name.
        self.process = cast(Any, context).Process(target=_serve, args=(theirs, limits), daemon=True)
        self.process.start()
        theirs.close()

    def next(self, seconds: float) -> Outcome:
        """What comes next of the work that was sent to it."""
        if not self.connection.poll(seconds):
            raise Ended
        found: Outcome = pickle.loads(self.connection.recv_bytes())
        return found

    def end(self) -> None:
        """Whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


@dataclass(slots=True)
class Workers:
    """The processes: as many as may work at once, each begun when it is first needed."""

    limits: Limits
    _turns: CapacityLimiter = field(init=False)
    _idle: list[_Worker] = field(default_factory=list)
    _all: set[_Worker] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._turns = CapacityLimiter(self.limits.workers)

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """What a function of a module comes to; the work ends when whoever waits for it is cancelled."""
        job = _Job(_sent((work, args, False)))
        try:
            word, value = await run_sync(self._do, job, abandon_on_cancel=True, limiter=self._turns)
        except get_cancelled_exc_class():
            job.leave()
            raise
        if word == "failed":
            raise Failed(value)
        return cast(T, value)

    async def each(
        self, work: Callable[..., Iterator[T]], *args: object, reply: Reply | None = None
    ) -> AsyncGenerator[T]:
        """What a function of a module yields, as it is asked for.

        Its time is that in which it is waited for. The worker ends with whoever asks no more. Where there is
        a `reply`, the first argument of the work is what asks for it.
        """
        content, left, asking = _sent((work, args, reply is not None)), self.limits.work, False
        async with self._turns:
            worker = await run_sync(self._begun, content)
            try:
                while True:
                    asking, began = True, monotonic()
                    word, value = await run_sync(self._next, worker, left, abandon_on_cancel=True)
                    asking, left = False, left - (monotonic() - began)
                    if word == "none":
                        break
                    if word == "failed":
                        raise Failed(value)
                    if word == "asks" and reply is not None:
                        await run_sync(worker.connection.send_bytes, _sent(await reply(value)))
                    else:
                        yield value
            except Ended:
                raise
            except BaseException:
                self._all.discard(worker)
                worker.process.kill()  # the thread that reads from it, if there is one, does the rest
                if not asking:
                    worker.end()
                raise
            self._idle.append(worker)

    def stop(self) -> None:
        """End them all; what leads to one is closed by the thread that may be reading from it."""
        for worker in tuple(self._all):
            worker.process.kill()
            worker.process.join()
        self._all.clear()

    def _do(self, job: _Job) -> Outcome:
        """The thread of a piece of work: it waits for the process that does it."""
        worker = self._worker()
        with self._ending(worker):
            if not job.begin(worker):
                raise Ended
            worker.connection.send_bytes(job.content)
            found = worker.next(self.limits.work)
        job.done()
        self._idle.append(worker)
        return found

    def _begun(self, content: bytes) -> _Worker:
        """A worker that has something to do."""
        worker = self._worker()
        with self._ending(worker):
            worker.connection.send_bytes(content)
        return worker

    def _next(self, worker: _Worker, seconds: float) -> Outcome:
        """The thread that waits for what a worker yields next."""
        with self._ending(worker):
            return worker.next(seconds)

    @contextmanager
    def _ending(self, worker: _Worker) -> Iterator[None]:
        """Whatever ends the work in a block ends its worker."""
        try:
            yield
        except (Ended, EOFError, OSError):
            self._all.discard(worker)
            worker.end()
            raise Ended from None

    def _worker(self) -> _Worker:
        """One that is idle and alive, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            self._all.discard(worker)
            worker.end()
        worker = _Worker(self.limits)
        self._all.add(worker)
        return worker


def ready() -> None:
    """The work of a worker that is only to be there."""


def _serve(connection: Connection, limits: Limits) -> None:
    """The whole life of a worker."""
    _settle(limits.memory)
    while True:
        try:
            content = connection.recv_bytes()
        except EOFError:
            return
        _timed(limits.processor)
        for outcome in _outcomes(content, partial(_ask, connection)):
            connection.send_bytes(_sent(outcome))


def _ask(connection: Connection, value: object) -> Any:
    connection.send_bytes(_sent(("asks", value)))
    return pickle.loads(connection.recv_bytes())


def _sent(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _outcomes(content: bytes, ask: Ask) -> Iterator[Outcome]:
    """What comes of a piece of work: its value, or each that it yields; a bug of it at the end."""
    try:
        work, args, asking = pickle.loads(content)
        value = work(ask, *args) if asking else work(*args)
        if not isinstance(value, Iterator):
            yield "done", value
            return
        for one in value:
            yield "done", one
        yield "none", None
    except MemoryError:
        os._exit(1)  # what is left would fail at the next piece of work
    except Exception:
        yield "failed", format_exc()


def _settle(memory: int) -> None:
    """Come after the service, go first where memory runs out, and be gone with the service."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption at a terminal goes to all of a group
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each would take memory, and nothing here is so large
    Thread(target=_follow, daemon=True).start()
    if sys.platform == "linux":
        from resource import RLIMIT_DATA, getrlimit, setrlimit  # noqa: PLC0415  # there is none elsewhere

        os.nice(NICE)
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
        hard = getrlimit(RLIMIT_DATA)[1]
        most = memory if hard < 0 else min(memory, hard)
        setrlimit(RLIMIT_DATA, (most, most))


def _timed(seconds: float) -> None:
    """Have so much of a processor for what comes next; what needs more ends with this process.

    By the clock, whoever shares the machine with others would be ended for what these do.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _follow() -> None:
    """Wait for the end of the service, and end with it in the middle of whatever is done."""
    service = multiprocessing.parent_process()
    assert service is not None
    service.join()
    os._exit(1)
