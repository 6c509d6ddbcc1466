"""The service as a process: it says what to try, answers, and ends when it is told to."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

from api.store import registry
from api.web.serve import serve
from dsl.faults import draw
from dsl.words import LANGS
from tests.support.places import EXAMPLES, ROOT

PROGRAM = f"""
from pathlib import Path
from api.store import registry
from api.web.serve import serve
print(serve(registry(Path({str(EXAMPLES)!r})), "127.0.0.1", 0, "ru"))
"""


def test_a_process_answers_until_it_is_interrupted() -> None:
    """The line to try that it prints first is answered, and an interruption is no failure."""
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if "/evaluate" in line)
            found = re.search(r"curl (\S+) .* -d '(.*)'", line)
            assert found is not None
            headers = {"Content-Type": "application/json"}
            question = urllib.request.Request(found[1], found[2].encode(), headers)
            with urllib.request.urlopen(question) as reply:
                assert json.load(reply)["total"] == "119800.00"
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
            assert process.wait() == 0
            assert rest.strip() == "None"
        finally:
            process.kill()


def test_an_address_that_is_taken() -> None:
    """Is told in words, before anything is served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        fault = serve(registry(EXAMPLES), "127.0.0.1", taken.getsockname()[1])
    assert fault is not None
    assert fault.facts["reason"] == ("phrase:address_taken",)
    assert all(draw(fault, None, lang) for lang in LANGS)


def test_an_address_that_is_none() -> None:
    """A name that no machine has."""
    fault = serve(registry(EXAMPLES), "nowhere.invalid", 0)
    assert fault is not None
    assert fault.code == "P630"
