"""From the shell to the first answer: a process that starts, reads a plan and pays somebody."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from .people import PLAN
from .rounds import Effort, Work, interleaved
from .table import Report, Row, seconds

TOPIC = "start of the command line"
ENTRY = "from api.cli import main; main()"  # what the installed script `premia` does
ARGUMENTS = ("evaluate", str(PLAN), "--facts", str(PLAN.with_suffix(".json")), "--json")
OURS, IMPORTS, PYTHON = "premia evaluate", 'python -c "import lark, typer"', 'python -c ""'


def started(*arguments: str) -> Work:
    """The work of running this Python with some arguments to its end."""
    command = [sys.executable, *arguments]

    def work() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[1])
        return time.perf_counter() - start

    return work


def report(effort: Effort) -> Report:
    """The topic, measured."""
    if not find_spec("api.cli"):
        return Report(TOPIC, (), ("the start of the command line is left out: there is no command line yet",))
    works = {
        OURS: started("-c", ENTRY, *ARGUMENTS),
        IMPORTS: started("-c", "import lark, typer"),
        PYTHON: started("-c", ""),
    }
    times = interleaved(works, effort.starts)
    rows = (
        Row(
            TOPIC,
            "start to first answer",
            mine,
            peer,
            seconds(times.of(peer)),
            times.ratio(OURS, peer),
            "its time",
            target,
        )
        for peer, target in ((IMPORTS, 3.0), (PYTHON, None))
        for mine in [seconds(times.of(OURS))]
    )
    return Report(TOPIC, tuple(rows))
