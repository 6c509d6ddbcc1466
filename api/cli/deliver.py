"""An answer that goes into a file, or onto the screen."""

from __future__ import annotations

from pathlib import Path

from dsl.faults import Fault

from ..files import save
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
