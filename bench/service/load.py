"""A client that keeps a few connections busy, bounded in requests and in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import httptools
import uvloop

CONNECTIONS = 8
SECONDS = 5.0  # of one load, after which no request is sent any more


def request(port: int, body: bytes) -> bytes:
    """The bytes of a request."""
    head = (
        f"POST /evaluate HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(slots=True)
class Load:
    """What was sent and what came back: seconds of each request, and of them all together."""

    waiting: Iterator[bytes]
    deadline: float
    latencies: list[float] = field(default_factory=list)
    taken: float = 0.0

    def quantile(self, share: float) -> float:
        """The latency that such a share of the requests kept within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection(asyncio.Protocol):
    """One connection: sends a request when the answer to the one before has come."""

    def __init__(self, load: Load, ended: asyncio.Future[None]) -> None:
        self.load = load
        self.ended = ended
        self.transport: asyncio.Transport | None = None
        self.parser = httptools.HttpResponseParser(self)
        self.sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by its classes
        self.send()

    def send(self) -> None:
        """The next request, or the end where none is left."""
        assert self.transport is not None
        self.sent = time.perf_counter()
        following = next(self.load.waiting, None) if self.sent < self.load.deadline else None
        if following is None:
            self.transport.close()
        else:
            self.transport.write(following)

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        """An answer as a whole."""
        self.load.latencies.append(time.perf_counter() - self.sent)
        if self.parser.get_status_code() != 200:
            self.ended.set_exception(RuntimeError(f"status {self.parser.get_status_code()}"))
            return
        self.send()

    def connection_lost(self, _: Exception | None) -> None:
        """The end."""
        if not self.ended.done():
            self.ended.set_result(None)


def load(port: int, requests: Sequence[bytes]) -> Load:
    """Send the requests over a few connections, and measure."""
    return uvloop.run(loaded(port, requests))


async def loaded(port: int, requests: Sequence[bytes]) -> Load:
    """Send the requests in a loop that runs."""
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    sending = Load(iter(requests), start + SECONDS)
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(CONNECTIONS)]
    for ended in ends:
        await loop.create_connection(lambda ended=ended: Connection(sending, ended), "127.0.0.1", port)  # type: ignore[misc]  # the default binds the loop's variable
    await asyncio.wait_for(asyncio.gather(*ends), SECONDS + 10)
    sending.taken = time.perf_counter() - start
    return sending
