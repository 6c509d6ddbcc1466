"""`premia evaluate`: what people are paid, and why."""

from __future__ import annotations

import sys
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
from .results import Data, PayrollTable, Statements, Written


@node
class UnreadPerson(Unpaid):
    """Somebody of a table who could not be paid, and in which line they stand."""

    line: int


FORMS: dict[str, type[Data | PayrollTable | Statements]] = {
    ".json": Data,
    ".csv": PayrollTable,
    ".txt": Statements,
}


@dataclass(frozen=True, slots=True)
class Payees:
    """A plan, and who is paid by it."""

    plan: NamedPlan
    compiled: Compiled
    facts: Path
    reader: Reader

    def refused(self, entry: files.FileEntry, faults: tuple[Fault, ...]) -> Unpaid:
        """The document of somebody who is not paid."""
        employee = entry.person.employee if entry.person else entry.employee or None
        period = entry.person.period if entry.person else entry.period or None
        refused = documents.refused(employee, period, faults, self.compiled.source, self.reader.lang)
        return (
            UnreadPerson(refused.employee, refused.period, refused.faults, entry.line)
            if entry.line
            else refused
        )


def evaluate(argument: str, facts: Path, out: Path | None, reader: Reader, *, detail: bool = False) -> int:
    """Pay everybody in a facts file; 1 where anybody could not be paid."""
    found = opened(argument, facts, reader)
    if isinstance(found, int):
        return found
    ready, people = found.compiled, found.people
    batch = Payees(found.plan, ready, facts, reader)
    form = Data if reader.json else Statements
    revision = found.plan.revision.id if found.plan.revision else None
    if out is None:
        return _pay(batch, people, form(ready, found.plan.id, revision, reader, sys.stdout, detail))
    try:
        with files.replacing(out) as file:
            text = TextIOWrapper(file, "utf-8", newline="")
            kind = FORMS.get(out.suffix.casefold(), form)
            answers = kind(ready, found.plan.id, revision, reader, text, detail)
            code = _pay(batch, people, answers)
            text.detach()
    except OSError:
        return refuse([files.unwritten(out)], None, reader)
    counted = reader.people(len(answers.employees), answers.paid)
    reader.complain(reader.words("batch_written", path=out, people=counted, refused=answers.refused))
    if answers.warned:
        reader.complain(reader.words("batch_warned", warned=answers.warned, paid=answers.paid))
    return code


def _pay(batch: Payees, people: files.People, form: Written) -> int:
    """Pay one after another, so that a table of any length takes no more memory than its longest row.

    Answers with 1 where anybody cannot be paid.
    """
    entries, read = tee(people)
    company = Company(entry.person or entry.faults for entry in read)
    for entry, answer in zip(entries, pay_all(lambda _: batch.compiled, company), strict=True):
        if isinstance(answer, tuple):
            form.refuse(batch.refused(entry, answer))
            if not form.holds_faults:
                source, name = batch.compiled.source, str(batch.facts)
                batch.reader.complain(*of_person(answer, entry, source, name, batch.reader), "")
        else:
            form.write(answer)
    form.end(people.notices)
    if people.notices and not form.holds_faults:
        batch.reader.complain(*noticed(people.notices, str(batch.facts), batch.reader))
    if form.refused and form.paid + form.refused > 1 and not form.holds_faults:
        rows = form.paid + form.refused
        batch.reader.complain(batch.reader.words("batch_refused", refused=form.refused, rows=rows))
    return int(form.refused > 0)
