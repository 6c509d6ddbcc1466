"""`premia bridge`: why somebody's pay changed."""

from __future__ import annotations

from pathlib import Path

from dsl.faults import Fault

from .. import bridges, receipts
from .deliver import deliver, form, tell
from .reader import Reader
from .reports import drawn, refuse


def bridge(old: Path, new: Path, employee: str | None, out: Path | None, reader: Reader) -> int:
    """Say what each change makes for everybody in two receipts; 1 where it cannot be told."""
    before, after = receipts.opened(old), receipts.opened(new)
    for path, verdict in ((old, before), (new, after)):
        if not verdict.same:
            return refuse(verdict.faults, verdict.source or path, reader)
    found = bridges.bridges(before, after, employee)
    if isinstance(found, tuple):
        return refuse(found, None, reader)
    answer = bridges.answer(bridges.document(found, reader.lang), reader.lang)
    if out is not None:
        suffix = form(out, ("html", "svg", "png", "json", "txt"))
        return deliver(suffix if isinstance(suffix, Fault) else answer.written(suffix), out, reader)
    if found.faults and not reader.json:
        reader.complain(*drawn(found.faults, None, reader))
    return tell(answer, reader)
