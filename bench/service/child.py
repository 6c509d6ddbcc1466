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

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Child:
    """Where a service listens, and its process."""

    port: int
    process: int

    def ask(self, body: bytes) -> dict[str, object]:
        """The answer to one body."""
        headers = {"Content-Type": "application/json"}
        question = urllib.request.Request(f"http://127.0.0.1:{self.port}/evaluate", body, headers)
        with urllib.request.urlopen(question, timeout=10) as reply:
            answer: dict[str, object] = json.load(reply)
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
