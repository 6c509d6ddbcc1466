"""Work that is done apart from the service: it says the same there, and it can be ended."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import anyio.to_thread
import pytest
from starlette.testclient import TestClient

from api.web.limits import Limits
from api.web.workers import Ended, Failed, Workers
from tests.support.places import IVANOV
from tests.support.service import PERSON, REQUEST, Json, Service, served

LIMITS = Limits(workers=1, work=200)  # a slow machine needs seconds, and what would hang is ended
TEXT = IVANOV.read_text("utf-8")
# A body that is too long to be read beside other requests.
MANY: Json = {"plan": "ivanov", "people": [{**PERSON, "period": f"{year}"} for year in range(1000, 1500)]}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """The service as it runs: what takes long is done by workers."""
    found = Service(limits=LIMITS)
    with TestClient(found.app, raise_server_exceptions=False) as client:
        found.client = client
        yield found


@pytest.fixture(scope="module")
def alone() -> Service:
    """The service within one process."""
    return served()


RECEIPT = served().post("/receipt", REQUEST)[1]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/evaluate", {"source": TEXT, **PERSON}),
        ("/evaluate", {**REQUEST, "version": "2025-07"}),
        ("/evaluate", {**REQUEST, "facts": {f"f{number}": "1" for number in range(60)}}),
        ("/evaluate/batch", {"plan": "ivanov", "people": [PERSON, {**PERSON, "period": "2025"}, {}]}),
        ("/evaluate/batch", MANY),
        ("/receipt", REQUEST),
        ("/verify", RECEIPT),
        ("/bridge", {"old": RECEIPT, "new": RECEIPT}),
        ("/simulate", {"plan": "ivanov", "people": [PERSON], "against": {"source": TEXT}}),
        ("/diff", {"old": {"plan": "ivanov"}, "new": {"plan": "grades"}}),
        ("/diff", {"old": {"plan": "nobody"}, "new": {"plan": "ivanov", "version": "7"}}),
        ("/check", {"plan": "grades"}),
        ("/check", {"source": "plan", "lang": "ru"}),
        ("/format", {"source": TEXT}),
        ("/translate", {"source": TEXT, "to": "ru"}),
        ("/check", "[" * 100_000),
        ("/plans/ivanov/curve", None),
        ("/plans/ivanov/curve?kpi=nothing", None),
        ("/plans/nobody/curve", None),
        ("/plans/ivanov/regulation?format=json", None),
    ],
)
def test_a_worker_says_the_same(service: Service, alone: Service, path: str, body: Json | str | None) -> None:
    """Of every operation, to the last byte: the plans that it needs come with the request."""

    def said(by: Service) -> tuple[int, Json]:
        return by.get(path) if body is None else by.post(path, body)

    assert service.app.room.workers is not None
    assert alone.app.room.workers is None
    assert said(service) == said(alone)


def test_more_work_than_may_wait() -> None:
    """Is to be sent again, and who needs none of it is answered."""
    full = Service(limits=replace(LIMITS, workers=0, waiting=0))
    for path, body in [("/check", {"source": TEXT}), ("/evaluate", {**REQUEST, "version": "2025-07"})]:
        response = full.client.post(path, json=body)
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
        assert [fault["code"] for fault in response.json()["faults"]] == ["P626"]
    assert full.post("/evaluate", REQUEST)[0] == 200


def within(act: Callable[[Workers], Coroutine[Any, Any, None]], limits: Limits) -> None:
    """Do something with workers, which are ended after it."""

    async def done() -> None:
        workers = Workers(limits)
        try:
            await act(workers)
        finally:
            workers.stop()

    anyio.run(done)


@pytest.mark.parametrize(
    ("work", "arguments", "limits"),
    [
        (signal.pause, (), replace(LIMITS, work=0.05)),
        (deque, (itertools.count(), 0), replace(LIMITS, processor=0.05)),
        (os._exit, (1,), LIMITS),
        (eval, ("len(bytearray(2**31))",), LIMITS),
    ],
    ids=["time", "processor", "death", "memory"],
)
def test_work_that_takes_too_much(
    work: Callable[..., object], arguments: tuple[object, ...], limits: Limits
) -> None:
    """Is ended, and another worker does what comes next."""

    async def act(workers: Workers) -> None:
        with pytest.raises(Ended):
            await workers.run(work, *arguments)
        workers.limits = LIMITS
        assert await workers.run(abs, -7) == 7

    within(act, limits)


def test_work_that_nobody_waits_for() -> None:
    """Ends at once, also while others wait for the worker."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        (process,) = (child for child in multiprocessing.active_children() if child.pid == first)
        async with anyio.create_task_group() as group:
            group.start_soon(workers.run, signal.pause)
            await anyio.wait_all_tasks_blocked()
            group.cancel_scope.cancel()
        process.join()  # it is told to end before the next begins, and ends in its own time
        assert await workers.run(os.getpid) != first

    within(act, LIMITS)


def test_work_that_was_left_before_it_began(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is not begun by the worker that was made ready for it meanwhile."""
    asked, let, over, done = Event(), Event(), Event(), tmp_path / "done"
    made, do = Workers._worker, Workers._do

    def slowly(workers: Workers) -> object:
        asked.set()
        let.wait()
        return made(workers)

    def followed(*args: Any) -> object:
        try:
            return do(*args)
        finally:
            over.set()

    monkeypatch.setattr(Workers, "_worker", slowly)
    monkeypatch.setattr(Workers, "_do", followed)

    async def act(workers: Workers) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(workers.run, Path.touch, done)
            await anyio.to_thread.run_sync(asked.wait)
            group.cancel_scope.cancel()
        let.set()
        await anyio.to_thread.run_sync(over.wait)
        assert not done.exists()
        assert await workers.run(abs, -7) == 7

    within(act, LIMITS)


def test_a_bug_in_the_work() -> None:
    """Is told with its traceback, and the worker goes on."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        with pytest.raises(Failed, match="ValueError"):
            await workers.run(int, "seven")
        assert await workers.run(os.getpid) == first

    within(act, LIMITS)


async def taken(workers: Workers, *work: Any, most: int = 9) -> list[object]:
    """What some work yields, but not more than so many."""
    found: list[object] = []
    async with aclosing(workers.each(*work)) as several:
        async for one in several:
            found.append(one)
            if len(found) == most:
                break
    return found


def test_work_that_yields() -> None:
    """Is taken one by one by whoever asks for more, and the worker goes on."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        assert await taken(workers, iter, [1, 2, 3]) == [1, 2, 3]
        assert await taken(workers, iter, []) == []
        assert await workers.run(os.getpid) == first

    within(act, LIMITS)


def test_work_that_yields_to_nobody_any_more() -> None:
    """Ends at once, and so where somebody waits for the next."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        assert await taken(workers, itertools.count, most=3) == [0, 1, 2]
        second = await workers.run(os.getpid)
        async with anyio.create_task_group() as group:
            group.start_soon(taken, workers, map, eval, ["1", "__import__('signal').pause()"])
            await anyio.wait_all_tasks_blocked()
            group.cancel_scope.cancel()
        assert len({first, second, await workers.run(os.getpid)}) == 3

    within(act, LIMITS)


def test_work_that_fails_in_the_middle() -> None:
    """Is told as it is of any work: a bug with its traceback, and the end of what takes too much."""

    async def act(workers: Workers) -> None:
        with pytest.raises(Failed, match="ValueError"):
            await taken(workers, map, int, ["1", "seven"])
        with pytest.raises(Ended):
            await taken(workers, map, os._exit, [1])
        assert await workers.run(abs, -7) == 7

    within(act, LIMITS)


def test_a_worker_that_died_while_it_had_nothing_to_do() -> None:
    """Is replaced, and nobody is told."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        os.kill(first, 9)
        for process in multiprocessing.active_children():
            if process.pid == first:
                process.join()
        assert await workers.run(os.getpid) != first

    within(act, LIMITS)


def test_a_worker_that_is_interrupted() -> None:
    """Goes on: at a terminal an interruption reaches the service too, which ends its workers itself."""

    async def act(workers: Workers) -> None:
        first = await workers.run(os.getpid)
        os.kill(first, signal.SIGINT)
        assert await workers.run(os.getpid) == first

    within(act, LIMITS)


def test_workers_are_stopped_under_those_who_wait_for_them() -> None:
    """What a thread may be reading from is not closed under it, so that it can tell the end of the work."""

    async def act(workers: Workers) -> None:
        await workers.run(abs, -7)
        (worker,) = workers._all
        workers.stop()
        assert not worker.process.is_alive()
        assert not worker.connection.closed
        worker.end()

    within(act, LIMITS)
