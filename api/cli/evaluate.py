"""`premia evaluate`: what people are paid, and why."""

from __future__ import annotations

from dataclasses import dataclass
from io import TextIOWrapper
from itertools import tee
from pathlib import Path

from dsl.faults import Fault
from dsl.node import node
from engine.compile import Compiled
from engine.evaluate import Company, pay_all
from engine.statement.answer import Unpaid

from .. import documents, files
from ..store import NamedPlan
from .opened import opened
from .reader import Reader
from .reports import noticed, of_person, refuse
from .results import Data, Ordered, Statements, Table, Written


@node
class Unread(Unpaid):
    """Somebody of a table who could not be paid, and in which line they stand."""

    line: int


FORMS: dict[str, type[Data | Table | Statements]] = {".json": Data, ".csv": Table, ".txt": Statements}


@dataclass(frozen=True, slots=True)
class Batch:
    """A plan, and who is paid by it."""

    plan: NamedPlan
    compiled: Compiled
    facts: Path
    reader: Reader

    def refused(self, entry: files.Entry, faults: tuple[Fault, ...]) -> Unpaid:
        """The document of somebody who is not paid."""
        employee = entry.person.employee if entry.person else entry.employee or None
        period = entry.person.period if entry.person else entry.period or None
        refused = documents.refused(employee, period, faults, self.compiled.source, self.reader.lang)
        return Unread(refused.employee, refused.period, refused.faults, entry.line) if entry.line else refused


def evaluate(argument: str, facts: Path, out: Path | None, reader: Reader, *, detail: bool = False) -> int:
    """Pay everybody in a facts file; 1 where anybody could not be paid."""
    found = opened(argument, facts, reader)
    if isinstance(found, int):
        return found
    ready, people = found.compiled, found.people
    batch = Batch(found.plan, ready, facts, reader)
    usual = Data if reader.json else Statements
    if out is None:
        shown = usual(Ordered(ready, found.plan.id, found.plan.revision, reader, detail=detail))
        refused = _pay(batch, people, shown)
        return int(refused > 0)
    try:
        with files.replacing(out) as file:
            text = TextIOWrapper(file, "utf-8", newline="")
            ordered = Ordered(ready, found.plan.id, found.plan.revision, reader, text, detail)
            form = FORMS.get(out.suffix.casefold(), usual)(ordered)
            refused = _pay(batch, people, form)
            text.detach()
    except OSError:
        return refuse([files.unwritten(out)], None, reader)
    counted = reader.people(len(form.employees), form.paid)
    reader.complain(reader.words("batch_written", path=out, people=counted, refused=refused))
    if form.warned:
        reader.complain(reader.words("batch_warned", warned=form.warned, paid=form.paid))
    return int(refused > 0)


def _pay(batch: Batch, people: files.People, form: Written) -> int:
    """Pay one after another, so that a table of any length takes no more memory than its longest row.

    Answers with how many cannot be paid.
    """
    refused = 0
    entries, read = tee(people)
    company = Company(entry.person or entry.faults for entry in read)
    for entry, answer in zip(entries, pay_all(lambda _: batch.compiled, company), strict=True):
        if isinstance(answer, tuple):
            refused += 1
            form.refuse(batch.refused(entry, answer))
            if not form.holds_faults:
                source, name = batch.compiled.source, str(batch.facts)
                batch.reader.complain(*of_person(answer, entry, source, name, batch.reader), "")
        else:
            form.write(answer)
    form.end(people.notices)
    if people.notices and not form.holds_faults:
        batch.reader.complain(*noticed(people.notices, str(batch.facts), batch.reader))
    if refused and form.paid + refused > 1 and not form.holds_faults:
        batch.reader.complain(batch.reader.words("batch_refused", refused=refused, rows=form.paid + refused))
    return refused
