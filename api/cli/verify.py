"""`premia verify`: a receipt computed again."""

from __future__ import annotations

from pathlib import Path

from engine.statement.text import money

from .. import receipts
from .reader import Reader
from .reports import drawn


def verify(path: Path, reader: Reader) -> int:
    """Say that the answer in a receipt is the same, or what differs; 1 where it is refused."""
    verdict = receipts.opened(path)
    document = receipts.document(verdict, reader.lang)
    if reader.json:
        reader.data(document)
        return int(not document.same)
    if verdict.faults:
        reader.complain(*drawn(verdict.faults, verdict.source, reader))
    if isinstance(document, receipts.Same):
        reader.say(_said(document, path, reader))
    return int(not document.same)


def _said(document: receipts.Same, path: Path, reader: Reader) -> str:
    """That everybody is paid the same, and how much."""
    plan, people = document.plan, document.people
    rows = [
        reader.words(
            "verified",
            path=path,
            people=reader.people(len({person.employee for person in people}), len(people)),
            title=plan.title if plan else "",
            version=plan.version if plan else "",
            engine=document.engine,
        )
    ]
    for person in people:
        total = f"{money(person.total, reader.lang)} {person.currency}"
        rows.append(f"  {person.employee}, {person.period}: {total}")
    return "\n".join(rows)
