"""`POST /evaluate/batch`: what many are paid, and why; as one document, or an answer a line."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import tee
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form
from engine.compile import Compiled
from engine.evaluate import Company, pay_all
from engine.facts import Illegible, Person, TableRead
from engine.statement import amounts, document
from engine.statement.answer import Amounts, Digest, PaidTotal, Statement, Unpaid
from engine.work import excess, paying, reckoning, recording

from ..alike import repeated
from ..documents import Totals, found
from ..exact import Misread
from ..person import named, read_list, read_somebody
from ..tables import records, unknown
from . import requests
from .body import Asked, Brought
from .evaluate import refuse
from .headers import accepted, header
from .limits import COMPANY
from .lines import MEDIA, Arriving, ArrivingLines, ReadsLines
from .problems import BODY, JSON, Refusal, Reply, answers, encode, problem
from .service import Streamed
from .subject import Plans, Subject, kept, meant, subject

router = APIRouter(tags=["pay"])

PIECE = 32 * 1024  # bytes of an answer that are sent together
READS = ReadsLines(requests.EvaluateBatch, COMPANY, requests.EvaluateLines)
FORMS = {JSON: JSON, MEDIA: MEDIA}


@node
class BatchEnd:
    """How many were paid, and what they are paid together."""

    notices: tuple[ToldFault, ...] | None = field(metadata=ABSENT)
    """Which of them say what an earlier one says, and are one person; what is to be said of their tables."""
    tables: tuple[TableRead, ...] | None = field(metadata=ABSENT)
    """How each table that came for all of them was read."""
    paid: Annotated[int, Form(minimum=0)]
    unpaid: Annotated[int, Form(minimum=0)]
    open: Annotated[int | None, Form(minimum=0)] = field(metadata=ABSENT)
    """How many of those who are paid have lines that stay open, where any have: then the sums are not all."""
    totals: tuple[PaidTotal, ...]
    """One for each currency; who stands in one document twice counts once."""


@node
class Batch(BatchEnd):
    """An answer for each person, in the order of the request; the counts and sums stand at its end."""

    results: tuple[Statement | Amounts | Unpaid, ...]


@node
class LinesEnd(BatchEnd):
    """The last line of an answer of lines; without it, or where it says so, the answer is not whole."""

    complete: bool
    digest: Digest
    """SHA-256, in hexadecimal, of all bytes before this line."""
    faults: tuple[ToldFault, ...] | None = field(metadata=ABSENT)
    """Why people of the request were left out."""


@router.post("/evaluate/batch", summary="Pay many people", **answers(Batch, BODY, MEDIA))
async def evaluate_batch(
    request: Request, brought: Annotated[Brought | tuple[Brought, Arriving], Depends(READS)]
) -> Response:
    """Many people: a statement for each, or that person's faults, sent as they are paid.

    An answer that was cut off is no JSON: it ends before its counts. With lines of JSON
    (`application/x-ndjson`) in `Accept` each answer is a line, and the last line says whether that is all. A
    request may be lines as well: first by what to pay, then a person in each.
    """
    if isinstance(brought, tuple):
        return Streamed(brought[0], paid_lines, brought[1])
    lined = accepted(header(request.scope, b"accept").decode("latin-1"), FORMS) == MEDIA
    return Streamed(brought, partial(paid_all, lined=lined))


@dataclass(slots=True)
class _People:
    """The people of a request: as they came, and read, one after another, each as far as it can be.

    `again` are the numbers of those who say it again.
    """

    values: Iterable[object]
    read: Iterable[Person | Illegible]
    again: frozenset[int] = frozenset()


def paid_all(asked: Asked, plans: Plans, *, lined: bool) -> Iterator[Response | bytes]:
    """The answer for many people: one that cannot be paid never stops the others."""
    plan = subject(asked, plans)
    people, origins = asked.people(), asked.origins()
    tables = asked.tables(origins)
    if plan.compiled is None or asked.faults:
        yield refuse(plan, asked)
        return
    payers = _payers(plan, people, asked, plans) if tables else (plan.compiled,)
    if stray := (*unknown(tables, payers),):
        yield problem(Refusal(stray), asked.lang)
        return
    work = _work(asked)(len(people), plan.compiled) + recording(records(tables, people), *payers)
    if (fault := excess(work, len(people), "/people")) is not None:
        yield problem(Refusal((fault,)), asked.lang)
        return
    listed = read_list(people, "/people", together=tables is not None, origins=origins)
    notices: list[Fault] = []
    if listed.again:  # each row is answered, and whoever adds them up is told which of them are one
        notices.append(repeated(listed.again, "in_list"))
    answer = _Answer(asked, plan, plans, lined=lined)
    yield from answer.rows(_People(people, listed.people, frozenset(listed.again)), Company((), tables))
    read: tuple[TableRead, ...] | None = None
    if tables is not None:
        there = [one for one in listed.people if isinstance(one, Person)]
        employees = {one.employee for one in there}
        notices.extend(tables.elsewhere(payers, employees, {one.period for one in there}))
        read = tables.counted(payers, employees)
    yield answer.end(notices, read)


def paid_lines(asked: Asked, plans: Plans, lines: ArrivingLines) -> Iterator[Response | bytes]:
    """The answer for people who come one by one; nothing is held of those who are paid.

    Where groups are paid nobody is before the last has come, and two lines of one person are found as in a
    list.
    """
    plan, origins = subject(asked, plans), asked.origins()
    if plan.compiled is None or asked.faults:
        yield refuse(plan, asked)
        return
    several: Iterable[object] = _within(lines, plan.compiled, asked)
    lost: tuple[Illegible, ...] = ()
    if plan.compiled.kernel.groups:
        several = values = [*several]
        listed = read_list(values, "/people", origins=origins)
        people = _People(values, listed.people, frozenset(listed.again))
        if lines.fault is not None:  # whoever was left out may be a member of any group
            lost = (Illegible((lines.fault,), pointer=f"/people/{len(values)}"),)
    else:
        several, each = tee(several)
        read = (read_somebody(one, f"/people/{at}", origins) for at, one in enumerate(each))
        people = _People(several, read)
    answer = _Answer(asked, plan, plans, lined=True)
    yield from answer.rows(people, Company((), lost=lost))
    again = [repeated(sorted(people.again), "in_list")] if people.again else []
    yield answer.end(again, None, lines.fault)


def _within(lines: ArrivingLines, compiled: Compiled, asked: Asked) -> Iterator[object]:
    """The values of lines, as long as they are not too much work."""
    work = 0
    for number, value in enumerate(lines, 1):
        work += _work(asked)(1, compiled) + recording(records(None, [value]), compiled)
        if (fault := excess(work, number, "/people")) is not None:
            lines.fault = fault
            return
        yield value


def _work(asked: Asked) -> Callable[[int, Compiled], int]:
    return reckoning if asked.body.get("reasons") is False else paying


class _Answer:
    """An answer in the making, one document or lines, with its counts."""

    def __init__(self, asked: Asked, plan: Subject, plans: Plans, *, lined: bool) -> None:
        self.asked, self.plan, self.plans, self.lined = asked, plan, plans, lined
        self.paid = self.unpaid = self.open = 0
        self.totals, self.digest = Totals(), hashlib.sha256()

    def rows(self, people: _People, company: Company) -> Iterator[Response | bytes]:
        """The head of the answer, and the answers of people."""
        yield Reply(None, self.asked.lang, media=MEDIA if self.lined else JSON)
        start, between, after = (b"", b"", b"\n") if self.lined else (b'{"results":[', b",", b"")
        piece = [start]
        for number, row in enumerate(self._each(people, company)):
            self._count(row, again=number + 1 in people.again)
            piece.append((between if number else b"") + encode(row) + after)
            if sum(map(len, piece)) > PIECE:
                yield self._entered(piece)
                piece = []
        yield self._entered(piece)

    def end(
        self, notices: Sequence[Fault], tables: tuple[TableRead, ...] | None, fault: Fault | None = None
    ) -> bytes:
        """What comes after the last of them."""
        lang = self.asked.lang
        told = found(notices, None, lang) or None
        counts = told, tables, self.paid, self.unpaid, self.open or None, self.totals.all()
        if not self.lined:
            return b"]," + encode(BatchEnd(*counts))[1:]
        why = None if fault is None else found([fault], None, lang)
        return encode(LinesEnd(*counts, fault is None, self.digest.hexdigest(), why)) + b"\n"

    def _entered(self, piece: Sequence[bytes]) -> bytes:
        data = b"".join(piece)
        self.digest.update(data)
        return data

    def _count(self, row: Statement | Amounts | Unpaid, *, again: bool) -> None:
        if isinstance(row, Unpaid):
            self.unpaid += 1
            return
        self.paid += 1
        self.open += row.open is not None
        if not again:
            self.totals.add(row.currency, row.total)

    def _each(self, people: _People, company: Company) -> Iterator[Statement | Amounts | Unpaid]:
        """A row for each, by the version in effect for them; where groups are paid it is chosen ahead."""
        asked, plan, owns = self.asked, self.plan, deque[Subject]()
        told = amounts if asked.body.get("reasons") is False else document

        def chosen(person: Person) -> Compiled | tuple[Fault, ...]:
            own = _own(plan, person, asked, self.plans)
            owns.append(own)
            return own.compiled or own.faults

        sent, several = tee(people.read)
        paid = pay_all(chosen, replace(company, people=several))
        for value, person, result in zip(people.values, sent, paid, strict=True):
            own = owns.popleft() if isinstance(person, Person) else plan
            if isinstance(result, tuple):
                source = value.source if isinstance(value, Misread) else own.source
                yield Unpaid(*named(value), found(result, source, asked.lang))
            else:
                yield told(result, asked.lang, own.id, own.revision)


def _payers(plan: Subject, people: list[object], asked: Asked, plans: Plans) -> tuple[Compiled, ...]:
    """The versions that some people are to be paid by, the present one first."""
    whens = {str(one.get("period")) for one in people if isinstance(one, dict)}
    several = (_own(plan, Person("", when, {}), asked, plans).compiled for when in sorted(whens))
    return tuple({id(one): one for one in (plan.compiled, *several) if one is not None}.values())


def _own(plan: Subject, person: Person, asked: Asked, plans: Plans) -> Subject:
    """The version in effect in somebody's period, unless the request names one for all."""
    if plan.id is None or "version" in asked.body or "revision" in asked.body:
        return plan
    found = plans.chosen(plan.id, when=meant(person.period))
    if isinstance(found, Fault):
        return Subject(faults=(replace(found, pointer=f"{person.pointer}{found.pointer}"),))
    return kept(found)
