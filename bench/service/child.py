"""A service in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Child:
    """Where a service listens, and its process."""

    port: int
    process: int

    def sent(self, body: bytes, path: str) -> bytes:
        """What answers one body."""
        headers = {"Content-Type": "application/json"}
        question = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        with urllib.request.urlopen(question, timeout=600) as reply:
            answer: bytes = reply.read()
        return answer

    def ask(self, body: bytes, path: str = "/evaluate") -> dict[str, Any]:
        """The document that answers one body."""
        answer: dict[str, Any] = json.loads(self.sent(body, path))
        return answer

    def processor(self) -> float | None:
        """Seconds of processor time it has used; None where the system does not tell."""
        try:
            stat = Path(f"/proc/{self.process}/stat").read_text("ascii")
        except OSError:
            return None
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(name: str) -> Iterator[Child]:
    """A service that runs as long as the block does."""
    command = [sys.executable, "-m", "bench.service.serve", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            if not port:
                raise RuntimeError(f"the service {name} did not start")
            yield Child(int(port), process.pid)
        finally:
            process.terminate()
