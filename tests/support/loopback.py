"""A service as a process of its own, on a free port.

Whoever asks it waits for its answer, however long that takes; only a runaway is ended, by the system.
"""

from __future__ import annotations

import json
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api.store import registry
from api.web import create_app
from api.web.limits import Limits
from api.web.serve import config
from api.web.service import apart
from tests.support.places import EXAMPLES, ROOT

RUNAWAY = 300  # seconds, a score of times what the tests of a service take
LARGE = 32 * 1024 * 1024  # bytes, more than the system takes off the hands of a service


@dataclass(frozen=True, slots=True)
class Process:
    """A service that runs."""

    process: subprocess.Popen[str]
    port: int

    def connect(self, data: bytes = b"", taken: int | None = None) -> socket.socket:
        """A connection on which something was sent, and which takes so many bytes off the service's hands."""
        client = socket.socket()
        if taken is not None:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, taken)
        client.connect(("127.0.0.1", self.port))
        client.sendall(data)
        return client

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status and the document that answer a request on a connection of its own."""
        content = b"" if body is None else json.dumps(body).encode()
        kind = "Content-Type: application/json\r\nConnection: close"
        head = f"{method} {path} HTTP/1.1\r\n{kind}\r\nContent-Length: {len(content)}\r\n\r\n"
        with self.connect(head.encode() + content) as client:
            return answer(client)


def answer(client: socket.socket) -> tuple[int, Any]:
    """The status and the document of what a connection says until its end."""
    head, _, body = rest(client).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def rest(client: socket.socket) -> bytes:
    """What a connection says until its end."""
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


def until(true: Callable[[], bool]) -> None:
    """Ask for a condition until it holds."""
    while not true():
        pass


@contextmanager
def running(limits: Limits, files: int) -> Iterator[Process]:
    """A service that may open so many files, as long as the block runs."""
    command = [sys.executable, "-m", "tests.support.loopback", json.dumps(asdict(limits)), str(files)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = Process(process, int(process.stdout.readline()))
            assert found.ask("GET", "/healthz")[0] == 200
            yield found
        finally:
            process.kill()


async def sleeping(request: Request) -> Response:
    """Work that does not end by itself."""
    await apart(request, "en", signal.pause)
    return PlainTextResponse("")


async def large(_: Request) -> Response:
    """An answer that somebody has to read."""
    return PlainTextResponse(b"x" * LARGE)


def main(limits: str, files: str) -> None:
    """Serve, with what holds on to the service beside its own operations."""
    signal.alarm(RUNAWAY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(files), int(files)))
    app = create_app(registry(EXAMPLES / "ivanov"), Limits(**json.loads(limits)))
    server = uvicorn.Server(config(app))

    async def connections(_: Request) -> Response:
        return PlainTextResponse(str(len(server.server_state.connections)))

    for endpoint in (sleeping, large, connections):
        app.router.add_api_route(f"/{endpoint.__name__}", endpoint, response_model=None)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        print(listening.getsockname()[1], flush=True)
        server.run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
