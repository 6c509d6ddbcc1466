"""An answer that goes into a file, or onto the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dsl.faults import Fact, Fault

from ..files import save
from ..paper.forms import Answer, Form
from .reader import Reader
from .reports import refuse


def deliver(made: str | bytes | Fault, out: Path, reader: Reader) -> int:
    """Write an answer to a file and say so; 1 where it could not be made, or not be written."""
    if isinstance(made, Fault):
        return refuse([made], None, reader)
    if fault := save(out, made if isinstance(made, bytes) else made.encode()):
        return refuse([fault], None, reader)
    reader.complain(reader.words("written", path=out))
    return 0


def form(out: Path, known: Sequence[Form]) -> Form | Fault:
    """The form of a file by its suffix; a fault where it is none of those that there are."""
    suffix = out.suffix.casefold()
    facts: dict[str, Fact] = {"path": str(out), "known": tuple(f".{one}" for one in known)}
    return next((one for one in known if f".{one}" == suffix), Fault("P754", facts=facts))


def tell(answer: Answer, reader: Reader) -> int:
    """Print an answer as data, or as text; 1 where there is nothing to draw it with."""
    if reader.json:
        reader.data(answer.record())
        return 0
    text = answer.text()
    if isinstance(text, Fault):
        return refuse([text], None, reader)
    reader.say(text)
    return 0
