"""A file opened, or why it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from dsl.faults import Fault

UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a file in UTF-16 begins: the "Unicode text" of Excel
LOOK = 4096  # bytes that tell text from what is none


def absent(path: Path) -> Fault | None:
    """The fault of a path that leads to no file."""
    try:
        if path.is_file():
            return None
        code = "P651" if path.is_dir() else "P650" if not path.exists() else "P652"
    except OSError:  # too long a name, or a directory that may not be looked into
        code = "P652"
    return Fault(code, facts={"path": str(path)})


def opened(path: Path) -> BinaryIO | Fault:
    """A file of text that is not empty, at its beginning."""
    if fault := absent(path):
        return fault
    facts = {"path": str(path)}
    try:
        file = path.open("rb")
        start = file.read(LOOK)
        file.seek(0)
    except OSError:
        return Fault("P652", facts=facts)
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        file.close()
        return Fault("P653", facts=facts)
    if b"\0" in start and not start.startswith(UTF_16):
        file.close()
        return Fault("P654", facts=facts)
    return file
