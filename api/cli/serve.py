"""`premia serve`: the service over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

from .. import plans
from ..store import registry
from .door import Misuse
from .reader import Reader
from .reports import drawn, refuse, sound

PORT = "8000"
DIGITS = 5  # of a port


def serve(directory: Path, revision: str | None, host: str, port: str | None, reader: Reader) -> None:
    """Answer over HTTP until somebody stops it; 1 where there is nothing to serve or no such address."""
    from ..web.serve import serve as web  # noqa: PLC0415  # no other command waits for FastAPI

    typed = port or os.environ.get("PORT") or PORT
    if not (typed.isascii() and typed.isdigit() and len(typed) <= DIGITS and int(typed) < 65536):
        raise Misuse(reader.words("bad_port"))
    kept = registry(directory, revision)
    shelf = kept.shelf
    if shelf.faults:
        refuse(shelf.faults, None, reader)
    if reader.json:
        reader.data({"plans": [plans.listed(entry, reader.lang) for entry in shelf.entries]})
    else:
        for entry in shelf.kept:
            assert entry.newer is not None
            reader.complain(*drawn([entry.newer.fault], None, reader), "")
        for entry in shelf.broken:
            reader.complain(reader.words("broken_plan", name=entry.id, path=directory / entry.file))
    sound(web(kept, host, int(typed), None if reader.json else reader.lang), reader)
