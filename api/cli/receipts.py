"""`premia receipt`, `verify` and `bridge`: receipts written, computed again, and held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dsl.faults import Fault
from engine.evaluate import Company, pay_all
from engine.facts import Person
from engine.statement.besides import money

from .. import bridges, receipts
from ..exact import size
from ..receipts.receipt import MOST
from .common import deliver, form, opened, tell
from .reader import Reader
from .reports import drawn, of_person, refuse


def receipt(
    argument: str,
    facts: Path,
    out: Path | None,
    employee: str | None,
    reader: Reader,
    tables: Sequence[str] = (),
    maps: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> int:
    """Write the receipt of everybody in a facts file, or of one; 1 where anybody could not be paid."""
    found = opened(argument, facts, reader, tables, maps, sources)
    compiled = found.compiled
    everybody = [*found.people]
    entries = [one for one in everybody if employee in {None, (one.person or one).employee}]
    paid: list[Person] = []
    company = Company(entry.somebody for entry in entries)
    for entry, answer in zip(entries, pay_all(lambda _: compiled, company), strict=True):
        if entry.person is None or isinstance(answer, tuple):
            faults = answer if isinstance(answer, tuple) else entry.faults
            reader.complain(*of_person(faults, entry, compiled.source, str(facts), reader), "")
            continue
        paid.append(receipts.held(compiled, entry.person))
    if compiled.kernel.groups and paid and len(paid) < len(everybody):
        refuse([Fault("P726", facts={"lacking": str(len(everybody) - len(paid))})], None, reader)
    if not paid:
        refuse([Fault("P749")], None, reader)
    data = receipts.written(receipts.issued(compiled, found.plan, reader.lang, paid, found.revision))
    if len(data) > MOST:
        refuse([Fault("P657", facts={"path": str(facts), "most": size(MOST)})], None, reader)
    deliver(data, out, reader)
    return int(len(paid) < len(entries))


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
    verified = reader.words(
        "verified",
        path=path,
        people=reader.people(len({person.employee for person in people}), len(people)),
        title=plan.title if plan else "",
        version=plan.version if plan else "",
        engine=document.engine,
    )
    paid = (f"{one.employee}, {one.period}: {money(one.total, reader.lang)} {one.currency}" for one in people)
    return "\n  ".join([verified, *paid])


def bridge(old: Path, new: Path, employee: str | None, out: Path | None, reader: Reader) -> None:
    """Say what each change makes for everybody in two receipts; 1 where it cannot be told."""
    before, after = receipts.opened(old), receipts.opened(new)
    for path, verdict in ((old, before), (new, after)):
        if not verdict.same:
            refuse(verdict.faults, verdict.source or path, reader)
    found = bridges.bridges(before, after, employee)
    if isinstance(found, tuple):
        refuse(found, None, reader)
    answer = bridges.answer(bridges.document(found, reader.lang), reader.lang)
    if out is not None:
        suffix = form(out, ("html", "svg", "png", "json", "txt"), reader)
        deliver(answer.written(suffix), out, reader)
        return
    if found.faults and not reader.json:
        reader.complain(*drawn(found.faults, None, reader))
    tell(answer, reader)
