"""The table of the command line as a process of its own runs it: each command typed, and how it ended."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner, Result

from api.cli.commands import app
from tests.support.places import IVANOV
from tests.support.repository import Repo

from .commands import Typed, laid, typed
from .run import Row, Run, chosen
from .shelf import MESSAGE

CODE = re.compile(r"\bP[0-9]{3}\b")
LONGEST = 64 * 1024  # characters of what a command says of something hostile
AS_IT_IS = ("textconv",)  # what git reads, and no terminal
GOOD = ("evaluate", "ivanov.plan", "--facts", "ivanov.json")
TOTAL = "119 800.00 RUB"


def run(whole: bool) -> Run:
    """Type the commands, every other one first; what stands on the error stream last ended the process."""
    with _placed():
        cases = chosen(typed(), whole)
        rows = [_row(case) for case in (*cases[::2], *cases[1::2])]
        good = _typed(GOOD).output
        if TOTAL not in good:
            rows[-1]["wrong"] += f"after all: {good}"
        return {"rows": rows, "grown": 0}


@contextmanager
def _placed() -> Iterator[None]:
    """In a folder of plans that is a repository, with something beside it."""
    with tempfile.TemporaryDirectory() as outside, tempfile.TemporaryDirectory() as folder:
        here = Path.cwd()
        repo = Repo(Path(folder))
        repo.commit({"ivanov.plan": IVANOV.read_text("utf-8")}, message=MESSAGE)
        os.chdir(folder)
        laid(Path(folder), Path(outside))
        try:
            yield
        finally:
            os.chdir(here)


def _row(case: Typed) -> Row:
    print(case.where, "×", case.what, file=sys.stderr, flush=True)
    file = None
    if case.file is not None:
        file = Path(next(arg for arg in case.args if arg.startswith("hostile.")))
        file.write_bytes(case.file())
    result = _typed(case.args)
    if file is not None:
        file.unlink()
    found = CODE.search(result.output)
    return {
        "where": case.where,
        "what": case.what,
        "status": result.exit_code,
        "code": found[0] if found else "",
        "wrong": _judged(case, result),
        "sent": 0,
        "calls": 0,
    }


def _typed(args: tuple[str, ...]) -> Result:
    return CliRunner(env={"LANG": "en_US.UTF-8", "LC_ALL": ""}).invoke(app, list(args))


def _judged(case: Typed, result: Result) -> str:
    """What is wrong with how a command ended; nothing where all is well."""
    if result.exit_code not in {0, 1, 2}:
        return f"ended with {result.exit_code}: {result.output[-500:]}"
    if len(result.output) > LONGEST:
        return f"said {len(result.output)} characters"
    if "\x1b" in result.output and case.args[0] not in AS_IT_IS:
        return f"a terminal would obey {result.output[:300]!r}"
    return ""
