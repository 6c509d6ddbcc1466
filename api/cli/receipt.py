"""`premia receipt`: plan, facts and answer in one file that anybody can compute again."""

from __future__ import annotations

import sys
from pathlib import Path

from dsl.faults import Fault
from engine.facts import Person
from engine.statement.answer import Statement

from .. import documents, receipts
from ..exact import size
from ..receipts.receipt import MOST
from .deliver import deliver
from .opened import opened
from .reader import Reader
from .reports import of_person, refuse


def receipt(argument: str, facts: Path, out: Path | None, employee: str | None, reader: Reader) -> int:
    """Write the receipt of everybody in a facts file, or of one; 1 where anybody could not be paid."""
    found = opened(argument, facts, reader)
    if isinstance(found, int):
        return found
    compiled, plan = found.compiled, found.plan.id
    revision = found.plan.revision.id if found.plan.revision else None
    paid: list[tuple[Person, Statement]] = []
    refused = 0
    for entry in found.people:
        person = entry.person
        if employee not in {None, person.employee if person else entry.employee}:
            continue
        answer = entry.faults
        if person is not None:
            statement = documents.evaluated(compiled, person, reader.lang, plan, revision)
            if not isinstance(statement, tuple):
                paid.append((person, statement))
                continue
            answer = statement
        refused += 1
        reader.complain(*of_person(answer, entry, compiled.source, str(facts), reader), "")
    if not paid:
        return refuse([Fault("P749")], None, reader)
    data = receipts.written(receipts.issued(compiled, plan, reader.lang, paid, revision))
    if len(data) > MOST:
        return refuse([Fault("P657", facts={"path": str(facts), "most": size(MOST)})], None, reader)
    if out is not None:
        return deliver(data, out, reader) or int(refused > 0)
    sys.stdout.write(data.decode())
    return int(refused > 0)
