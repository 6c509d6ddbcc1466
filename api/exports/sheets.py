"""Sheets of XLSX, XLS and ODS, and Parquet, as rows of texts: read in a process of its own.

These files are packed, and a small one may unfold to anything; so whoever reads them (`unfolding`) has only
so much memory and processor time, and ends with them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dsl.faults import Fault

from .bounds import ROWS, Row, Unusable, bounded

FORMS = (".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
CHILD = f"{__package__}.unfolding"
LONGEST = 4 * 1024 * 1024  # bytes of a line that it writes


def unfolded(path: Path, kind: str, sheet: str | None) -> tuple[str, list[str], Iterator[Row]] | Fault:
    """The sheet that is read, all there are, and its rows; what ends the reading is raised among them."""
    command = [sys.executable, "-m", CHILD, str(path), kind, *([] if sheet is None else [sheet])]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdout is not None
    first = child.stdout.readline(LONGEST)
    head: dict[str, Any] = json.loads(first) if first.endswith(b"\n") else {"fault": "P816"}
    if "fault" in head:
        child.kill()
        child.stdout.close()
        child.wait()
        return _told(path, head)
    return head["sheet"], head["sheets"], _rows(path, child)


def _told(path: Path, head: dict[str, Any]) -> Fault:
    return Fault(head["fault"], facts={"path": str(path), **bounded(), **head.get("facts", {})})


def _rows(path: Path, child: subprocess.Popen[bytes]) -> Iterator[Row]:
    assert child.stdout is not None
    try:
        for number in range(1, ROWS + 2):
            line = child.stdout.readline(LONGEST)
            if not line.endswith(b"\n"):  # it ended before it said so
                raise Unusable(Fault("P816", facts={"path": str(path), **bounded()}))
            cells = json.loads(line)
            if isinstance(cells, dict):
                if "fault" in cells:
                    raise Unusable(_told(path, cells))
                return
            yield number, cells
    finally:
        child.kill()
        child.stdout.close()
        child.wait()
