"""`premia serve`: the service over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

from .. import documents
from ..store import Shelf, shelve
from .door import Misuse
from .reader import Reader
from .reports import refuse

PORT = "8000"


def serve(directory: Path, host: str, port: str | None, reader: Reader) -> int:
    """Answer over HTTP until somebody stops it."""
    from ..web import serve as web  # noqa: PLC0415  # nobody else waits for FastAPI

    number = _port(port or os.environ.get("PORT") or PORT, reader)
    shelf = shelve(directory)
    if shelf.faults:
        return refuse(shelf.faults, None, reader)
    _greet(shelf, host, number, reader)
    web.serve(shelf, host, number)
    return 0


def _port(text: str, reader: Reader) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise Misuse(reader.words("bad_port"))
    return int(text)


def _greet(shelf: Shelf, host: str, port: int, reader: Reader) -> None:
    if reader.json:
        listed = [documents.listed(entry, reader.lang) for entry in shelf.entries]
        reader.data({"host": host, "port": port, "plans": listed})
        return
    plans = reader.count("files", len(shelf.ready))
    reader.say(reader.words("serving", plans=plans, directory=shelf.directory, host=host, port=port))
    for entry in shelf.broken:
        reader.say(reader.words("broken_plan", name=entry.id, path=shelf.directory / entry.file))
