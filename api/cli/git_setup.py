"""`premia git-setup`: git shows plans by their meaning; and the workflows with which a server does."""

from __future__ import annotations

import shlex
import shutil
import sys
from importlib.resources import files
from pathlib import Path

from dsl.faults import Fault
from dsl.words import Lang

from ..store.wiring import unwire, wire
from .reader import Reader
from .reports import refuse


def setup(reader: Reader, *, uninstall: bool) -> int:
    """Set the repository of the current folder up, or take that back; both change nothing the second time."""
    here = Path.cwd()
    done = unwire(here) if uninstall else wire(here, command(reader.named))
    if isinstance(done, Fault):
        return refuse([done], None, reader)
    said = f"{'un' * uninstall}wired" if done.changed else f"{'un' * uninstall}wired_already"
    if reader.json:
        reader.data({"repository": str(done.top), "changed": done.changed})
    else:
        reader.say(reader.words(said, path=done.top))
    return 0


def command(shown: Lang | None) -> str:
    """What git runs: premia by its name where a shell finds it, or else by the Python that runs it now."""
    known = shutil.which("premia") is not None
    words = ["premia"] if known else [sys.executable, "-m", "api.cli"]
    return shlex.join([*words, "textconv", *(["--lang", shown] if shown else [])])


def workflow(server: str) -> int:
    """Print the file with which a server checks plans and shows their differences."""
    print(files(__package__).joinpath("ci", f"{server}.yml").read_text("utf-8"), end="")
    return 0
