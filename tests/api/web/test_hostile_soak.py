"""The service as it is started, under the table of hostile requests: four at once, over and over."""

from __future__ import annotations

import json
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from api.exact import SIZE
from tests.support.hostile.request import Request
from tests.support.hostile.routes import GOOD, TOTAL
from tests.support.hostile.shelf import kept
from tests.support.hostile.table import TABLE
from tests.support.loopback import rest
from tests.support.places import ROOT

FILES = 1024  # that the service may open
AT_ONCE = 4
THINNED = 3  # one case of so many, which leaves more than a thousand
ROUNDS = 3
GROWN = 32  # megabytes that the later rounds may add to what the first took
ANSWERED = {200, 400, 404, 405, 408, 409, 413, 415, 422, 503}


@contextmanager
def serving(directory: Path) -> Iterator[tuple[int, int]]:
    """`premia serve` as people start it: its process and its port."""
    command = [sys.executable, "-m", "api.cli", "serve", "--plans", str(directory), "--revision", "main"]
    command += ["--port", "0", "--lang", "en"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
        try:
            assert process.stdout is not None
            said = next(line for line in process.stdout if "http" in line)
            found = re.search(r":([0-9]+)", said)
            assert found is not None
            yield process.pid, int(found[1])
            assert process.poll() is None
        finally:
            process.terminate()


def ask(port: int, request: Request) -> tuple[int, bytes]:
    """The status and the body that answer a request on a connection of its own."""
    closing = replace(request, headers=(*request.headers, (b"connection", b"close")))
    with socket.create_connection(("127.0.0.1", port)) as client:
        try:
            client.sendall(closing.over_http())
            head, _, body = rest(client).partition(b"\r\n\r\n")
        except ConnectionError:
            # Whoever sends more than is taken may be let go before the answer is read.
            return (413 if len(request.body) > SIZE else 0), b""
    return (int(head.split()[1]) if head else 0), body


def many(port: int, requests: Sequence[Request]) -> list[tuple[str, bytes, bytes, int]]:
    """What was answered wrongly, be it to the hostile requests or to the good ones between them."""
    wrong = []
    for number, request in enumerate(requests):
        status, body = ask(port, request)
        if status not in ANSWERED:
            wrong.append((request, status))
        if number % 5 == 0:
            status, body = ask(port, GOOD)
            if status != 200 or json.loads(body)["total"] != TOTAL:
                wrong.append((GOOD, status))
    return [(request.method, request.target[:80], request.body[:80], status) for request, status in wrong]


def held(process: int) -> int:
    """The memory that a process holds, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 20


def salted(request: Request, salt: int) -> Request:
    """A request that was not sent before, where it is about a person."""
    return replace(request, body=request.body.replace(b'"0042"', b'"%d"' % salt))


def sendable(request: Request) -> bool:
    """Whether a request ends by itself: one that says a false length is waited for."""
    return b"content-length" not in dict(request.headers)


@pytest.mark.soak
def test_the_running_service(tmp_path: Path) -> None:
    """It answers what is good among what is hostile, exactly and always, and grows no larger by it."""
    cases = [case.ask() for part in TABLE.values() for case in part()]
    requests = [request for request in cases[::THINNED] if sendable(request)]
    order = Random(7)
    with serving(kept(tmp_path).directory) as (process, port), ThreadPoolExecutor(AT_ONCE) as clients:
        sizes = []
        for number in range(ROUNDS):
            order.shuffle(requests)
            sent = [salted(request, 10_000 * number + at) for at, request in enumerate(requests)]
            parts = [sent[at::AT_ONCE] for at in range(AT_ONCE)]
            wrong = [one for part in clients.map(lambda part: many(port, part), parts) for one in part]
            assert not wrong
            sizes.append(held(process))
        assert max(sizes[1:]) <= sizes[0] + GROWN, sizes
