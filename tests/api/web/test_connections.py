"""Clients that are slow, leave, or are too many: others are served, and the service ends in time."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn
from uvicorn.server import ServerState

from api.web.connection import STEP, Connection, Watch
from api.web.limits import Limits
from tests.support.loopback import LARGE, Process, answer, rest, running, until
from tests.support.places import IVANOV
from tests.support.service import REQUEST

FILES = 128  # that the service may open
LONG = 200  # seconds: more than a slow machine needs, and the end of what would hang
ENDLESS = 10**9
GET = b"GET /%b HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"
POST = b"POST /evaluate HTTP/1.1\r\nHost: x\r\nAccept-Language: ru\r\nContent-Type: application/json\r\n"
HALF_HEAD = POST
HALF_BODY = POST + b"Content-Length: 100\r\n\r\n{"
COOKIE = b"GET /healthz HTTP/1.1\r\nCookie: " + b"x" * 40_000


@pytest.fixture(scope="module")
def service() -> Iterator[Process]:
    """A service without much patience, with one worker."""
    limits = Limits(workers=1, work=LONG, head=2, whole=2, unread=2, connections=FILES // 2)
    with running(limits, FILES) as found:
        yield found


def alone(service: Process) -> bool:
    """Whether the service has no connection but that of the question."""
    return service.ask("GET", "/connections") == (200, 1)


def test_slow_clients(service: Process) -> None:
    """Are told where they have not sent, and let go where they do not read."""
    with ExitStack() as stack:
        sent = (b"", HALF_HEAD, HALF_BODY)
        nothing, head, body = (stack.enter_context(service.connect(data)) for data in sent)
        unread = stack.enter_context(service.connect(GET % b"large", taken=4096))
        for client, title in (
            (nothing, "the request did not come in time"),
            (head, "запрос не пришёл вовремя"),
            (body, "запрос не пришёл вовремя"),
        ):
            status, problem = answer(client)
            assert (status, problem["type"], problem["title"]) == (408, "/faults/P631", title)
        until(lambda: alone(service))
        assert len(rest(unread)) < LARGE


def test_more_clients_than_there_are_files(service: Process) -> None:
    """Those that hold a connection the longest go, and everybody who asks is answered."""
    with ExitStack() as stack:
        for number in range(FILES + 20):
            stack.enter_context(service.connect((b"", HALF_HEAD, HALF_BODY)[number % 3]))
            if number % 10 == 0:
                assert service.ask("POST", "/evaluate", REQUEST)[0] == 200
        assert service.ask("GET", "/connections")[1] <= FILES // 2


def test_clients_that_leave(service: Process) -> None:
    """Leave no work behind: the one worker is free for the next."""
    for _ in range(3):
        service.connect(GET % b"sleeping").close()
    status, found = service.ask("POST", "/check", {"source": IVANOV.read_text("utf-8")})
    assert (status, found["ok"]) == (200, True)


def test_requests_before_the_answer(service: Process) -> None:
    """Wait for it, one after another; too many of them are no conversation."""
    with service.connect(GET % b"healthz" * 20 + LAST) as few:
        assert rest(few).count(b"HTTP/1.1 200") == 21
    with service.connect() as many, suppress(ConnectionError):
        many.sendall(GET % b"healthz" * 10_000)
        assert rest(many).count(b"HTTP/1.1 200") < 10_000
    until(lambda: alone(service))


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [(COOKIE + b"\r\n\r\n", 431, "P633"), (COOKIE, 431, "P633"), (b"\x16\x03\x01\x02\x00\x01", 400, "P634")],
    ids=["long", "endless", "encrypted"],
)
def test_a_head_that_is_none(service: Process, sent: bytes, status: int, code: str) -> None:
    """Is answered with a problem."""
    with service.connect(sent) as client:
        found, problem = answer(client)
    assert (found, problem["faults"][0]["code"]) == (status, code)


def test_the_end() -> None:
    """Comes in time whatever is open, and work that is cut off is told to come again."""
    with running(Limits(workers=1, work=LONG, grace=1), FILES) as service, ExitStack() as stack:
        for data in (b"", HALF_HEAD, HALF_BODY):
            stack.enter_context(service.connect(data))
        stack.enter_context(service.connect(GET % b"large", taken=4096))
        work = stack.enter_context(service.connect(GET % b"sleeping"))
        until(lambda: service.ask("GET", "/connections")[1] == 6)
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait() == -signal.SIGTERM
        status, problem = answer(work)
        assert (status, problem["faults"][0]["code"]) == (503, "P632")


# ── One look, at a time that is told ─────────────────────────────────────────────────────────────────────


class Wire(asyncio.Transport):
    """What a service writes on: so many bytes of answers are not taken yet."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left
        self.end = ""

    def get_write_buffer_size(self) -> int:
        """The bytes that wait."""
        return self.left

    def is_closing(self) -> bool:
        """Whether somebody ended it."""
        return bool(self.end)

    def abort(self) -> None:
        """End it now."""
        self.end = "aborted"

    def close(self) -> None:
        """End it once everything is taken."""
        self.end = "closed"

    def write(self, data: Any) -> None:
        """Say something."""
        self.left += len(data)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop for what needs one."""
    with asyncio.Runner() as runner:
        yield runner.get_loop()


def connected(watch: Watch, loop: asyncio.AbstractEventLoop, left: int = 0) -> tuple[Connection, Wire]:
    """A connection since the second 0, and what is written on."""
    settings = uvicorn.Config(lambda: None, log_config=None, lifespan="off")
    connection, wire = Connection(watch, settings, ServerState(), {}, loop), Wire(left)
    connection.connection_made(wire)
    connection.since = 0
    return connection, wire


def test_answers_that_pile_up(loop: asyncio.AbstractEventLoop) -> None:
    """Whoever has not read the longest is let go, and no more than have to be."""
    watch = Watch(Limits(head=ENDLESS, unread=ENDLESS, unsent=200))
    clients = {second: connected(watch, loop, 90) for second in (3, 1, 4, 2)}
    taken, done = connected(watch, loop)
    for second, (connection, _) in clients.items():
        assert connection.look(second) == 90
    assert taken.look(0) == 0
    loop.run_until_complete(watch.look())
    assert {second: wire.end for second, (_, wire) in clients.items()} == {
        1: "aborted",
        2: "aborted",
        3: "",
        4: "",
    }
    assert not done.end


def test_an_answer_that_is_not_taken(loop: asyncio.AbstractEventLoop) -> None:
    """Each step of it has its time, and so has each answer; a byte now and then is no reading."""
    watch = Watch(Limits(head=ENDLESS, unread=10))
    connection, wire = connected(watch, loop, 3 * STEP)
    for second, left, answers, end in (
        (1, 3 * STEP, 1, ""),
        (10, 2 * STEP, 1, ""),
        (19, 2 * STEP - 1, 1, ""),
        (20, 2 * STEP - 2, 2, ""),
        (30, 2 * STEP - 3, 2, ""),
        (31, 2 * STEP - 4, 2, "aborted"),
    ):
        wire.left, connection.answers = left, answers
        assert (connection.look(second), wire.end) == (left, end)


def test_a_connection_with_nothing_on_it(loop: asyncio.AbstractEventLoop) -> None:
    """Is closed in its time, once its answer is there."""
    watch = Watch(Limits(head=ENDLESS, keep=10))
    connection, wire = connected(watch, loop)
    connection.arriving = connection.headless = False
    for second, end in ((10, ""), (11, "closed")):
        connection.look(second)
        assert wire.end == end


def test_half_a_request_behind_one_that_is_answered(loop: asyncio.AbstractEventLoop) -> None:
    """Has its time once that answer is there."""
    connection, wire = connected(Watch(Limits(head=10)), loop)
    answering = SimpleNamespace(response_complete=False, response_started=True)
    connection.cycle = cast(Any, answering)
    connection.look(11)
    assert (wire.left, wire.end) == (0, "")
    answering.response_complete = True
    connection.look(11)
    assert (wire.left > 0, wire.end) == (True, "closed")
