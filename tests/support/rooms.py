"""Each room of the code imported by itself, in a process that has imported no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from dsl.faults import codes


def untold(rooms: Sequence[str]) -> dict[str, list[str]]:
    """Of each room the codes that stand in its code and have no words once it is imported.

    A process for each is a copy of this one, which is made sooner than one that begins anew.
    """
    with get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        return dict(zip(rooms, pool.map(_untold, rooms, chunksize=1), strict=True))


def _untold(room: str) -> list[str]:
    module = import_module(room)
    folder = Path(str(module.__file__)).parent
    files = folder.rglob("*.py") if "." in room else folder.glob("*.py")
    raised = {code for path in files for code in re.findall(r'"(P[0-9]{3})"', path.read_text("utf-8"))}
    return sorted(raised - {*codes()})
