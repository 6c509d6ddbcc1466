"""`premia new`: a plan to begin with, a template or what the answers of whoever is asked make of one."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path

from dsl.faults import Fault

from ..templates import Outline, names, template
from .check import check
from .common import deliver
from .door import INTERRUPTED
from .help import columns
from .interview import Interview, taken, unknown
from .reader import Reader
from .reports import refuse, sound


def templates(reader: Reader) -> None:
    """Print which templates there are."""
    known = [(name, template(name, reader.lang)) for name in names()]
    if reader.json:
        reader.data([{"name": name, "title": one.title, "about": one.about} for name, one in known])
    else:
        reader.say(*columns((name, one.about) for name, one in known))


def begin(name: str | None, out: Path | None, reader: Reader) -> int:
    """Write a template as it is, or without a name what becomes of one by the answers of who is asked.

    Without a file a template is printed. No file is written over, and none before the last answer.
    """
    if name is not None and name not in names():
        refuse([unknown(name)], None, reader)
    if out is not None:
        sound(taken(out), reader)
    if name is not None:
        return _made(template(name, reader.lang), name, out, reader)
    if sys.stdin is None or not sys.stdin.isatty():
        refuse([Fault("P790")], None, reader)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text is told of like any other slip
    try:
        name, outline, out = Interview(reader, sys.stdin).held(out)
    except (EOFError, KeyboardInterrupt):
        reader.complain("", reader.words("new_stopped"))
        return INTERRUPTED
    return _made(outline, name, out, reader)


def _made(outline: Outline, name: str, out: Path | None, reader: Reader) -> int:
    """Write the plan, or print it; then say what a check says of it."""
    text = outline.settled().text
    if out is not None:
        deliver(text.encode(), out, reader)
    if reader.json:
        reader.data({"template": name, "file": None if out is None else str(out), "text": text})
    elif out is None:
        print(text, end="")
    else:
        code = check([str(out)], reader)
        reader.say(reader.words("inputs_next", path=out))
        return code
    return 0
