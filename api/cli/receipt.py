"""`premia receipt`: plan, facts and answer in one file that anybody can compute again."""

from __future__ import annotations

import sys
from pathlib import Path

from dsl.faults import Fault
from engine.compiled import Compiled
from engine.facts import Person

from .. import documents, files, receipts
from ..exact import size
from ..receipts.receipt import MOST
from . import plans
from .reader import Reader
from .reports import of_person, refuse


def receipt(plan: Path, facts: Path, out: Path | None, employee: str | None, reader: Reader) -> int:
    """Write the receipt of everybody in a facts file, or of one; 1 where anybody could not be paid."""
    compiled, source = plans.compiled(plan)
    if not isinstance(compiled, Compiled):
        return refuse(compiled, source, reader, str(plan))
    people = files.read_people(facts, compiled)
    if isinstance(people, files.Unread):
        return refuse(people.faults, people.source or facts, reader)
    paid: list[tuple[Person, documents.Document]] = []
    refused = 0
    for entry in people:
        person = entry.person
        if employee not in {None, person.employee if person else entry.employee}:
            continue
        answer = entry.faults
        if person is not None:
            found = documents.evaluated(compiled, person, reader.lang, plans.plan_id(plan))
            if not isinstance(found, tuple):
                paid.append((person, found))
                continue
            answer = found
        refused += 1
        reader.complain(of_person(answer, entry, compiled.source, str(facts), reader) + "\n")
    if not paid:
        return refuse([Fault("P749")], None, reader)
    data = receipts.written(receipts.issued(compiled, plans.plan_id(plan), reader.lang, paid))
    if len(data) > MOST:
        return refuse([Fault("P657", facts={"path": str(facts), "most": size(MOST)})], None, reader)
    return _deliver(data, out, reader) or int(refused > 0)


def _deliver(data: bytes, out: Path | None, reader: Reader) -> int:
    if out is None:
        sys.stdout.write(data.decode())
        return 0
    try:
        out.write_bytes(data)
    except OSError:
        return refuse([Fault("P681", facts={"path": str(out)})], None, reader)
    reader.complain(reader.words("written", path=out))
    return 0
