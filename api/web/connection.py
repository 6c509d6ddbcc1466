"""Connections: a client that sends or takes too slowly, or is one too many, is let go."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from starlette.datastructures import MutableHeaders
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from dsl.faults import Fault

from .headers import dressed, header, named, preferred
from .limits import Limits
from .problems import Refusal, problem

HEAD = 32 * 1024  # bytes of the head of a request
PIPELINED = 64  # requests of a connection that may wait for the answer to the one before them
STEP = 64 * 1024  # bytes of an answer; a client that takes fewer in its time does not read it


class Watch:
    """The open connections of a service; it looks them over once a second.

    Those that wait for their client stand in the order since when; when there are too many, the first goes.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.open: set[Connection] = set()
        self.waiting: dict[Connection, None] = {}

    def enter(self, connection: Connection) -> None:
        """A new connection."""
        self.open.add(connection)
        if len(self.open) > self.limits.connections:
            longest = next(iter(self.waiting), connection)
            self.leave(longest)
            longest.transport.abort()
        if connection in self.open:
            self.waiting[connection] = None

    def leave(self, connection: Connection) -> None:
        """A connection that is gone."""
        self.open.discard(connection)
        self.waiting.pop(connection, None)

    async def look(self) -> None:
        """Let those go that take too long, and where answers pile up, who has not read the longest."""
        now = asyncio.get_running_loop().time()
        unsent = {connection: connection.look(now) for connection in tuple(self.open)}
        total = sum(unsent.values())
        for connection in sorted(filter(unsent.get, unsent), key=lambda one: one.unread_since):
            if total <= self.limits.unsent:
                return
            connection.transport.abort()
            total -= unsent[connection]


class Connection(HttpToolsProtocol):
    """A connection of uvicorn that knows since when it waits for its client.

    A request is `arriving` from the making of a connection, or from its first byte, to its last one, and
    `headless` until its head is there.
    """

    def __init__(self, watch: Watch, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.watch = watch
        self.since = self.loop.time()
        self.arriving = self.headless = True
        self.url, self.headers = b"", []
        self.number = self.head = self.chunk = 0
        self.unread = self.answers = self.answered = 0
        self.unread_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """The client is there."""
        super().connection_made(transport)
        self.watch.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self.watch.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes of one request, or of several."""
        self.chunk = len(data)
        # The one request that all of these bytes can belong to: the one that is arriving, else the next one.
        number = self.number + (not self.arriving or not self.number)
        super().data_received(data)
        if self.headless and self.number <= number:
            self.head += len(data)
            if self.head > HEAD:
                self.refuse("P633")

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self.since = self.loop.time()
        self.arriving = self.headless = True
        self.number, self.head = self.number + 1, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        # An exception ends the parser, which then takes the request for one that cannot be read.
        if self.head + self.chunk > HEAD and self._size() > HEAD:
            raise OverflowError
        if len(self.pipeline) >= PIPELINED:
            raise ValueError
        self.headless = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self.arriving = False
        if not self.cycle.response_complete:
            self.watch.waiting.pop(self, None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The last byte of an answer, written but perhaps not taken yet."""
        self.since = self.loop.time()
        self.answers += 1
        super().on_response_complete()
        if not self.pipeline and self in self.watch.open:
            self.watch.waiting[self] = None

    def send_400_response(self, _: str) -> None:
        """What came is no HTTP, or too much of it."""
        self.refuse("P633" if self.arriving and self.headless and self._size() > HEAD else "P634")

    def refuse(self, code: str) -> None:
        """Answer what is arriving with a problem and close; without one where another answer is under way."""
        cycle: RequestResponseCycle | None = self.cycle
        own = None if self.headless else cycle  # what works on the request that is arriving
        busy = cycle is not None and not cycle.response_complete and (own is None or cycle.response_started)
        if busy or self.pipeline:
            self.transport.abort()
            return
        if own is None or not own.response_complete:
            self.transport.write(self._refusal(code))
        self.transport.close()

    def _size(self) -> int:
        """The bytes of the head that is arriving, as far as it was read."""
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _refusal(self, code: str) -> bytes:
        scope: dict[str, Any] = {"headers": [], **cast(dict[str, Any], self.scope or {})}
        response = problem(
            Refusal((Fault(code),)), preferred(header(scope, b"accept-language").decode("latin-1"))
        )
        MutableHeaders(raw=response.raw_headers)["connection"] = "close"
        fields = (b"%b: %b\r\n" % field for field in dressed(response.raw_headers, named(scope)))
        return b"".join([STATUS_LINE[response.status_code], *fields, b"\r\n", response.body])

    def look(self, now: float) -> int:
        """Let the client go if it takes too long; the bytes that it has not taken yet."""
        left = self._unread(now)
        if self.transport.is_closing():
            return left
        if self.arriving and self.flow.read_paused:
            self.since = now  # the service is behind, and not the client
        limits, waited = self.watch.limits, now - self.since
        if self.arriving and not self.pipeline:
            if waited > (limits.head if self.headless else limits.whole) and not self._behind():
                self.refuse("P631")
        elif self in self.watch.waiting and waited > limits.keep:
            self.transport.close()
        return left

    def _behind(self) -> bool:
        """Whether what is arriving stands behind a request that is being answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return self.headless and cycle is not None and not cycle.response_complete

    def _unread(self, now: float) -> int:
        """The bytes of answers that the client has not taken; without progress it is let go."""
        left = self.transport.get_write_buffer_size()
        if not left or self.answers != self.answered or left <= self.unread - STEP or not self.unread:
            self.unread, self.unread_since, self.answered = left, now, self.answers
        elif now - self.unread_since > self.watch.limits.unread:
            self.transport.abort()
        return left
