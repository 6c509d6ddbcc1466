"""`premia textconv`: a plan as git shows it, so that its differences are differences of meaning."""

from __future__ import annotations

import sys
from pathlib import Path

from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang
from dsl.write import explicit

from .reader import Reader
from .reports import drawn


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
