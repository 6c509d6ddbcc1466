"""An answer that goes into a file, or onto the screen."""

from __future__ import annotations

from pathlib import Path

from dsl.faults import Fault

from .reader import Reader
from .reports import refuse


def deliver(made: str | bytes | Fault, out: Path, reader: Reader) -> int:
    """Write an answer to a file and say so; 1 where it could not be made, or not be written."""
    if isinstance(made, Fault):
        return refuse([made], None, reader)
    try:
        out.write_bytes(made if isinstance(made, bytes) else made.encode())
    except OSError:
        return refuse([Fault("P681", facts={"path": str(out)})], None, reader)
    reader.complain(reader.words("written", path=out))
    return 0
