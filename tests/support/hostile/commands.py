"""The table of the command line: hostile words for arguments, and hostile files for whatever is read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from tests.support.places import IVANOV
from tests.support.service import PERSON

from .bodies import BODIES
from .files import BYTES, DOCUMENTS, TABLES
from .plans import PLANS, included
from .routes import ONE, receipt
from .shelf import hostile
from .words import ANY, PATHS, REVISIONS, SHOWN

WORD = "…"  # where a word or the name of a file stands in a command


class Typed(NamedTuple):
    """A row: the command, what is hostile in it, what is typed, and the file that it reads."""

    where: str
    what: str
    args: tuple[str, ...]
    file: Callable[[], bytes] | None = None


ARGUMENTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("check …", {**ANY, **PATHS}),
    ("evaluate … --facts ivanov.json", ANY),
    ("evaluate ivanov.plan --facts …", {**ANY, **PATHS}),
    ("evaluate …:ivanov.plan --facts ivanov.json", {**REVISIONS, **ANY}),
    ("diff …:ivanov.plan ivanov.plan", ANY),
    ("versions --revision …", {**REVISIONS, **ANY}),
    ("versions …", {**ANY, **PATHS}),
    ("explain …", {**ANY, **SHOWN}),
    ("curve ivanov.plan --kpi …", {**ANY, **SHOWN}),
    ("curve grades.plan --for grade=…", ANY),
    ("curve ivanov.plan --facts ivanov.json --employee …", ANY),
    ("curve ivanov.plan --out …", {name: word for name, word in ANY.items() if "way out" not in name}),
    ("receipt ivanov.plan --facts ivanov.json --employee …", ANY),
    ("bridge receipt.json receipt.json --employee …", {**ANY, **SHOWN}),
    ("translate ivanov.plan --to …", ANY),
    ("check ivanov.plan --lang …", ANY),
    ("serve --port …", ANY),
    ("simulate ivanov.plan --facts ivanov.json --quick --against …", ANY),
    ("verify …", ANY),
    ("textconv …", ANY),
    ("…", {**ANY, **SHOWN}),
)
FACTS = ("evaluate ivanov.plan --facts …", "simulate ivanov.plan --quick --facts …")
READ = ("check …", "evaluate … --facts x.json", "textconv …", "format --check …")


def typed() -> Iterator[Typed]:
    """Every row."""
    for command, words in ARGUMENTS:
        for name, word in words.items():
            if typable(word):
                yield Typed(command, name, tuple(part.replace(WORD, word) for part in command.split(" ")))
    for suffix, files in ((".csv", TABLES), (".yaml", DOCUMENTS)):
        for number, (name, write) in enumerate(files.items()):
            yield _reading(FACTS[number % 2], suffix, name, write)
    for number, (name, write) in enumerate(_plans().items()):
        yield _reading(READ[number % len(READ)], ".plan", name, write)
    for name in ODD:
        yield Typed("check …", name, ("check", name))
        with_it = partial(_encoded, partial(included, name))
        yield _reading("check …", ".plan", f"an include of {name}", with_it)
        yield Typed("evaluate ivanov.plan --facts …", name, ("evaluate", "ivanov.plan", "--facts", name))
    whole = json.dumps(receipt()).encode()
    for name, make in BODIES.items():
        yield _reading("verify …", ".json", name, partial(make, whole))


def typable(word: str) -> bool:
    """Whether a word can be an argument of a process at all."""
    try:
        return "\0" not in word and bool(os.fsencode(word) or True)
    except UnicodeEncodeError:
        return False


def _plans() -> Mapping[str, Callable[[], bytes]]:
    # What the service is asked about long tables it is asked once.
    texts = {name: partial(_encoded, write) for name, write in PLANS.items() if "3 000" not in name}
    return {**texts, **{f"{name} for a plan": write for name, write in BYTES.items()}}


def _encoded(write: Callable[[], str]) -> bytes:
    return write().encode()


def _reading(command: str, suffix: str, name: str, write: Callable[[], bytes]) -> Typed:
    where = command.replace(WORD, f"{WORD}{suffix}")
    return Typed(where, name, tuple(command.replace(WORD, f"hostile{suffix}").split(" ")), write)


ODD = ("fifo.plan", "device.plan", "outside.plan", "ring.plan", "folder.plan", "gone.plan")


def laid(folder: Path, outside: Path) -> None:
    """What the commands find beside what is hostile; and under `ODD` what is no file of the folder."""
    (folder / "ivanov.json").write_text(json.dumps(PERSON), "utf-8")
    (folder / "x.json").write_text(json.dumps(ONE), "utf-8")
    (folder / "receipt.json").write_text(json.dumps(receipt()), "utf-8")
    for name, text in {"ivanov.plan": IVANOV.read_text("utf-8"), **hostile()}.items():
        (folder / name).write_text(text, "utf-8")
    (outside / "secret.plan").write_text("definitions\nrate = 5\n", "utf-8")
    os.mkfifo(folder / "fifo.plan")
    Thread(target=_fed, args=(folder / "fifo.plan",), daemon=True).start()
    for name, aim in (("device", "/dev/zero"), ("outside", outside / "secret.plan"), ("ring", "ring.plan")):
        (folder / f"{name}.plan").unlink(missing_ok=True)
        (folder / f"{name}.plan").symlink_to(aim)
    (folder / "folder.plan").mkdir()


def _fed(pipe: Path) -> None:
    """Feed whoever reads a pipe, so that reading one is seen in the answer and is no waiting without end."""
    while True:
        pipe.write_text("definitions\nrate = 5\n", "utf-8")
