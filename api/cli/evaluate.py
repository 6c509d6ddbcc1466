"""`premia evaluate`: what people are paid, and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from io import TextIOWrapper
from itertools import tee
from pathlib import Path

from dsl.faults import Fault
from dsl.node import node
from engine.evaluate import Company, pay_all
from engine.statement.answer import Unpaid

from .. import documents, files
from .common import opened
from .papers import Markdown, Page, WordFile, Workbook
from .progress import watched
from .reader import Reader
from .reports import noticed, of_person, refuse
from .results import Data, DataLines, PayrollTable, Statements, Written


@node
class UnreadPerson(Unpaid):
    """Somebody of a table who could not be paid, and in which line they stand."""

    line: int


FORMS: dict[str, type[Written]] = {
    ".json": Data,
    **dict.fromkeys(files.LINED, DataLines),
    ".csv": PayrollTable,
    ".txt": Statements,
    ".html": Page,
    ".md": Markdown,
    ".docx": WordFile,
    ".xlsx": Workbook,
}


def evaluate(
    argument: str,
    facts: Path,
    out: Path | None,
    reader: Reader,
    tables: Sequence[str] = (),
    maps: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    detail: bool = False,
) -> int:
    """Pay everybody in a facts file; 1 where anybody, or a line of anybody's, could not be paid."""
    found = opened(argument, facts, reader, tables, maps, sources, once=True)
    form = DataLines if str(facts) == files.STDIN else Data if reader.json else Statements
    if out is None:
        return _pay(facts, form(found, reader, sys.stdout, detail))
    try:
        with files.replacing(out) as file:
            text = TextIOWrapper(file, "utf-8", newline="")
            answers = FORMS.get(out.suffix.casefold(), form)(found, reader, text, detail)
            code = _pay(facts, answers)
            text.detach()
    except OSError:
        refuse([files.unwritten(out)], None, reader)
    reader.complain(reader.words("batch_written", path=out, people=answers.people, refused=answers.refused))
    if answers.warned:
        reader.complain(reader.words("batch_warned", warned=answers.warned, paid=answers.paid))
    if answers.waiting:
        reader.complain(reader.words("batch_open", open=answers.waiting))
    return code


def _pay(facts: Path, form: Written) -> int:
    """Pay one after another, so that a table of any length takes no more memory than its longest row.

    Answers with 1 where anybody cannot be paid, or not in all lines.
    """
    compiled, people, reader = form.opened.compiled, form.opened.people, form.reader
    if form.stream is not sys.stdout or not sys.stdout.isatty():
        people = replace(people, entries=watched(people.entries, "people", reader))
    entries, read = tee(people)
    company, told = Company(entry.somebody for entry in read), list[Fault]()
    for entry, answer in zip(entries, pay_all(lambda _: compiled, company), strict=True):
        if isinstance(answer, tuple):
            form.refuse(_refused(entry, answer, form))
            # What is wrong with a table of all is told once.
            new = [one for one in answer if not (one.pointer or "").startswith("/tables/") or one not in told]
            told += (one for one in new if (one.pointer or "").startswith("/tables/"))
            if new and not form.holds_faults:
                reader.complain(*of_person(new, entry, compiled.source, str(facts), reader), "")
        else:
            form.write(answer)
    form.end(people.notices)
    if people.notices and not form.holds_faults:
        reader.complain(*noticed(people.notices, str(facts), reader, people.tables))
    if form.refused and form.paid + form.refused > 1 and not form.holds_faults:
        rows = form.paid + form.refused
        reader.complain(reader.words("batch_refused", refused=form.refused, rows=rows))
    broken = any(notice.severity == "error" for notice in people.notices)
    return int(broken or form.refused + form.waiting > 0)


def _refused(entry: files.FileEntry, faults: tuple[Fault, ...], form: Written) -> Unpaid:
    """The document of somebody who is not paid."""
    who = entry.person or entry
    employee, period = who.employee or None, who.period or None
    told = documents.found(faults, form.opened.compiled.source, form.reader.lang)
    if entry.line is not None:
        return UnreadPerson(employee, period, told, entry.line)
    return Unpaid(employee, period, told)
