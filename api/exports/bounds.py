"""How much an export may hold, and what ends the reading of one."""

from __future__ import annotations

from dsl.faults import Fault

ROWS = 2_000_000
COLUMNS = 2_000
CELLS = 40_000_000
UNPACKED = 1024 * 1024 * 1024  # bytes that a packed file may unfold to

UNSTORED = "\0"  # before a formula of which no value is stored, in place of the value

Row = tuple[int, list[str]]  # its number in the file, and its cells


class Unusable(Exception):  # noqa: N818  # a signal inside this room, never seen outside
    """An export cannot be read any further; its one argument is the fault."""


def bounded() -> dict[str, str]:
    """The bounds as they are told."""
    return {"rows": f"{ROWS:_}".replace("_", " "), "columns": f"{COLUMNS:_}".replace("_", " ")}


def within(number: int, cells: int, path: str) -> None:
    """See that there are not too many rows or cells; else nothing more is read."""
    if number > ROWS or cells > COLUMNS:
        raise Unusable(Fault("P816", facts={"path": path, **bounded()}))
