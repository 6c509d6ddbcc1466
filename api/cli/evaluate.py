"""`premia evaluate`: what people are paid, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dsl.faults import Fault
from engine.compiled import Compiled

from .. import documents, files
from ..store import NamedPlan
from .opened import opened
from .reader import Reader
from .reports import of_person, refuse
from .results import Data, Statements, Table, Written

FORMS: dict[str, type[Data | Table | Statements]] = {".json": Data, ".csv": Table, ".txt": Statements}


@dataclass(frozen=True, slots=True)
class Batch:
    """A plan, and who is paid by it."""

    plan: NamedPlan
    compiled: Compiled
    facts: Path
    reader: Reader

    def paid(self, entry: files.Entry) -> documents.Document | tuple[Fault, ...]:
        """The statement of somebody in the facts file, or why there is none."""
        if entry.person is None:
            return entry.faults
        revision = self.plan.revision.id if self.plan.revision else None
        return documents.evaluated(self.compiled, entry.person, self.reader.lang, self.plan.id, revision)

    def refused(self, entry: files.Entry, faults: tuple[Fault, ...]) -> documents.Document:
        """The document of somebody who is not paid."""
        employee = entry.person.employee if entry.person else entry.employee or None
        period = entry.person.period if entry.person else entry.period or None
        return documents.refused(employee, period, faults, self.compiled.source, self.reader.lang)


def evaluate(argument: str, facts: Path, out: Path | None, reader: Reader) -> int:
    """Pay everybody in a facts file; 1 where anybody could not be paid."""
    found = opened(argument, facts, reader)
    if isinstance(found, int):
        return found
    ready, people = found.compiled, found.people
    batch = Batch(found.plan, ready, facts, reader)
    if out is None:
        return _pay(batch, people, Data(ready, reader) if reader.json else Statements(ready, reader))
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            return _write(batch, people, file, out)
    except OSError:
        return refuse([Fault("P681", facts={"path": str(out)})], None, reader)


def _write(batch: Batch, people: Iterator[files.Entry], file: TextIO, out: Path) -> int:
    form = FORMS.get(out.suffix.casefold(), Data if batch.reader.json else Statements)
    code = _pay(batch, people, form(batch.compiled, batch.reader, file))
    batch.reader.complain(batch.reader.words("written", path=out))
    return code


def _pay(batch: Batch, people: Iterator[files.Entry], form: Written) -> int:
    """Pay one after another, so that a table of any length takes no more memory than its longest row."""
    refused = 0
    for entry in people:
        answer = batch.paid(entry)
        if isinstance(answer, tuple):
            refused += 1
            form.add(batch.refused(entry, answer), paid=False)
            if not form.holds_faults:
                source, name = batch.compiled.source, str(batch.facts)
                batch.reader.complain(of_person(answer, entry, source, name, batch.reader) + "\n")
        else:
            form.add(answer, paid=True)
    form.end()
    return int(refused > 0)
