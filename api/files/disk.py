"""A file opened, or why it cannot be; and one written whole or not at all.

What was there stays until the new one has reached the disk.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    empty = not start.removeprefix(b"\xef\xbb\xbf").strip()
    if empty or (b"\0" in start and not start.startswith(UTF_16)):
        file.close()
        return Fault("P653" if empty else "P654", facts=facts)
    return file


def save(path: Path, data: bytes) -> Fault | None:
    """Put some bytes into a file; the fault of one that cannot be written and is still what it was."""
    try:
        with replacing(path) as file:
            file.write(data)
    except OSError:
        return unwritten(path)
    return None


def unwritten(path: Path) -> Fault:
    """The fault of a file that cannot be written."""
    return Fault("P681", facts={"path": str(path)})


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file in the making, which takes the place of another only when nothing went wrong.

    A link is followed, so that the file is replaced and not the link; it keeps its owner and its permissions.
    A device or a pipe has nothing to be kept and is written straight.
    """
    there = _found(path)
    if there is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if there is not None and not stat.S_ISREG(there.st_mode):
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    beside = target.parent / f".premia-{secrets.token_hex(8)}"
    # What takes the place of a private file is private while it is made.
    mode = 0o666 if there is None else 0o600
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if there is not None:
            _like(beside, there)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _settle(target.parent)


def _found(path: Path) -> os.stat_result | None:
    """What is there already, through links."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _like(path: Path, there: os.stat_result) -> None:
    """Let a file have the owner and the permissions of another; an owner is given by the superuser only."""
    with suppress(PermissionError):
        os.chown(path, there.st_uid, there.st_gid)
    path.chmod(stat.S_IMODE(there.st_mode))


def _settle(folder: Path) -> None:
    """Let the new name of a file reach the disk too, where the system can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
