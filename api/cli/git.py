"""`premia git-setup` and `premia textconv`: git shows plans by their meaning; and workflows of servers do."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from dsl.write import explicit

from ..files import save, unwritten
from .reader import Reader
from .reports import drawn, sound

DRIVER = "diff.premia"
ATTRIBUTE = "*.plan diff=premia"
# A hunk is headed by the line of the plan that it is in: those of clauses are set in.
HEADS = r"^[^ \t].*$"


@dataclass(frozen=True, slots=True)
class Wired:
    """What was done: to which repository, and whether it was so already."""

    top: Path
    changed: bool


def setup(reader: Reader, *, uninstall: bool) -> None:
    """Set the repository of the current folder up, or take that back; both change nothing the second time."""
    done = sound(wire(Path.cwd(), None if uninstall else command(reader.named)), reader)
    said = f"{'un' * uninstall}wired" if done.changed else f"{'un' * uninstall}wired_already"
    if reader.json:
        reader.data({"repository": str(done.top), "changed": done.changed})
    else:
        reader.say(reader.words(said, path=done.top))


def wire(folder: Path, command: str | None) -> Wired | Fault:
    """Let git show the plans of a repository through a command; without one, as any other text again.

    The driver is in the configuration of the repository, and plan files have an attribute that names it.
    Everything else is left as it is, and to do it again changes nothing.
    """
    from ..store.git import open_repository  # noqa: PLC0415  # git runs `textconv` for each file, and waits

    found = open_repository(folder)
    if isinstance(found, Fault):
        return found
    if found.top is None:
        return Fault("P724", facts={"path": str(folder)})
    config, changed = found.config, False
    for name, value in ((f"{DRIVER}.textconv", command), (f"{DRIVER}.xfuncname", HEADS)):
        if command is None:
            # A setting of the whole machine is somebody else's.
            with suppress(KeyError):
                del config[name]
                changed = True
        elif name not in config or config[name] != value:
            config[name] = value
            changed = True
    attributes = found.top / ".gitattributes"
    try:
        lines = attributes.read_text("utf-8").splitlines() if attributes.exists() else []
    except (OSError, UnicodeDecodeError):
        return Fault("P725", facts={"path": str(attributes)})
    if (ATTRIBUTE in lines) != (command is not None):
        others = [line for line in lines if line != ATTRIBUTE]
        if fault := _write(attributes, others if command is None else [*lines, ATTRIBUTE]):
            return fault
        changed = True
    return Wired(found.top, changed)


def _write(path: Path, lines: list[str]) -> Fault | None:
    """Put lines into a file; a file of none is deleted."""
    if lines:
        return save(path, "\n".join([*lines, ""]).encode())
    try:
        path.unlink()
    except OSError:
        return unwritten(path)
    return None


def command(shown: Lang | None) -> str:
    """What git runs: premia by its name where a shell finds it, or else by the Python that runs it now."""
    known = shutil.which("premia") is not None
    words = ["premia"] if known else [sys.executable, "-m", "api.cli"]
    return shlex.join([*words, "textconv", *(["--lang", shown] if shown else [])])


def workflow(server: str) -> None:
    """Print the file with which a server checks plans and shows their differences."""
    print(files(__package__).joinpath("ci", f"{server}.yml").read_text("utf-8"), end="")


def textconv(path: Path, reader: Reader) -> int:
    """Print a plan with one clause on each line; a text that is no plan as it is, since git must go on."""
    try:
        data = path.read_bytes()
    except OSError:
        reader.complain(*drawn([Fault("P650", facts={"path": str(path)})], None, reader))
        return 1
    sys.stdout.flush()
    sys.stdout.buffer.write(_converted(data, str(path), reader.named))
    sys.stdout.buffer.flush()
    return 0


def _converted(data: bytes, name: str, lang: Lang | None) -> bytes:
    try:
        parsed = parse(Source(name, data.decode("utf-8")))
    except UnicodeDecodeError:
        return data
    return data if parsed.lacking else explicit(parsed.tree, lang).encode()
