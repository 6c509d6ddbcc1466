"""From the shell to the first answer: a process that starts, reads a plan and pays somebody.

Every process finds its modules compiled, as those of installed programs are, whatever the shell says of that.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from .peers import pay_int
from .people import PLAN, people, texts
from .rounds import Effort, Work, interleaved
from .table import Report, Row, seconds

TOPIC = "start of the command line"
ROOT = Path(__file__).parents[1]
ENTRY = "from api.cli import main; main()"  # what the installed script `premia` does
OURS, IMPORTS, PYTHON = "premia evaluate", 'python -c "import lark, typer"', 'python -c ""'


def report(effort: Effort) -> Report:
    """The topic, measured."""
    (month,) = people(1, seed=5)
    asked = {"employee": "E-0001", "period": "2025-07", "facts": texts(month)}
    with TemporaryDirectory() as directory:
        facts = Path(directory) / "facts.json"
        facts.write_text(json.dumps(asked), "utf-8")
        ours = ["-c", ENTRY, "evaluate", str(PLAN), "--facts", str(facts), "--json"]
        compiled = environment(Path(directory))
        (answer,) = json.loads(output(ours, compiled))["results"]
        total = answer["total"]
        if total.replace(".", "") != str(pay_int(month)[-1]):
            raise RuntimeError(f"the command line answers {total} for {month}")
        works = {
            OURS: started(ours, compiled),
            IMPORTS: started(["-c", "import lark, typer"], compiled),
            PYTHON: started(["-c", ""], compiled),
        }
        times = interleaved(works, effort.starts)
    mine = seconds(times.of(OURS))
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
    )
    return Report(TOPIC, tuple(rows))


def environment(kept: Path) -> dict[str, str]:
    """The environment of processes that keep compiled modules in a folder, and leave the sources alone."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPYCACHEPREFIX": str(kept)}


def output(arguments: Sequence[str], variables: Mapping[str, str]) -> bytes:
    """What this Python prints for some arguments."""
    run = subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.PIPE, cwd=ROOT, env=variables
    )
    return run.stdout


def spent() -> float:
    """Seconds of processor time of all processes that were started from here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def started(arguments: Sequence[str], variables: Mapping[str, str]) -> Work:
    """The work of running this Python with some arguments to its end."""

    def work() -> float:
        start = spent()
        output(arguments, variables)
        return spent() - start

    return work
