"""`POST /evaluate` and `/evaluate/batch`: what somebody is paid, or what many are, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
from engine.facts import Person, TableRead, read_facts
from engine.statement import amounts, document
from engine.statement.answer import Amounts, PaidTotal, Statement, Unpaid
from engine.work import excess, paying, reckoning, recording

from ..alike import repeated
from ..documents import Totals, evaluated, found
from ..exact import text_of
from ..person import named, read_list, read_person
from ..tables import records, unknown
from . import requests
from .body import Asked, Brought, Reads, ask, sorts
from .limits import COMPANY
from .problems import BODY, Refusal, Reply, answers, encode, problem, said
from .service import Streamed, attend, shelf_of
from .subject import Plans, Subject, kept, meant, subject

router = APIRouter(tags=["pay"])

FEW = 50  # facts that are read at once; of more some are strange, and to tell what was meant takes longer
SLOW = {
    "source",
    "detail",
    "version",
    "revision",
    "tables",
}  # fields that ask for more than a plan that is at hand
PIECE = 32 * 1024  # bytes of an answer that are sent together
READS = Reads(requests.Evaluate)


@router.post("/evaluate", summary="Pay one person", **answers(Statement, BODY))
async def evaluate(request: Request, brought: Annotated[Brought, Depends(READS)]) -> Response:
    """One person: the statement, or a problem with everything that is wrong."""
    if not brought.short:
        return await attend(request, brought, paid)
    asked = ask(brought)
    if isinstance(asked, Refusal):
        return problem(asked, brought.spoken)
    shelf = shelf_of(request)
    plan, facts = asked.body.get("plan"), asked.body.get("facts")
    few = isinstance(facts, dict) and len(facts) <= FEW and not asked.body.keys() & SLOW
    if few and (not isinstance(plan, str) or shelf.at_hand(plan)):
        # A plan of the shelf is compiled and pays in microseconds: going anywhere would take longer.
        return paid(asked, shelf)
    return await attend(request, brought, paid)


def paid(asked: Asked, plans: Plans) -> Response:
    """The response for one person."""
    answer = answered(asked, plans, requests.Evaluate, detail=asked.body.get("detail") is True)
    return answer if isinstance(answer, Response) else said(answer.statement, asked.lang)


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody's statement, and what it follows from; a plan that came with the request has no id."""

    compiled: Compiled
    plan: str | None
    revision: str | None
    person: Person
    statement: Statement


def answered(asked: Asked, plans: Plans, kind: type, *, detail: bool = False) -> Answered | Response:
    """The statement of the person in a request, or the problem of a request that has faults."""
    plan = subject(asked, plans, asked.body.get("period"))
    person = read_person(asked.body, "", sorts(kind))
    if plan.compiled is None or isinstance(person, tuple) or asked.faults:
        faulty = person if isinstance(person, tuple) else ()
        return refuse(plan, asked, (*faulty, *_further(plan.compiled, asked.body)))
    work = recording(records(person.tables), plan.compiled)
    if (fault := excess(work, 1, "/tables")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    statement = evaluated(plan.compiled, person, asked.lang, plan.id, plan.revision, detail=detail)
    if isinstance(statement, tuple):
        return problem(Refusal(statement, plan.source), asked.lang)
    return Answered(plan.compiled, plan.id, plan.revision, person, statement)


def refuse(plan: Subject, asked: Asked, more: tuple[Fault, ...] = ()) -> Response:
    """The problem of a request, the plan's faults first."""
    return problem(Refusal((*plan.obstacles(), *asked.faults, *more), plan.source), asked.lang)


def _further(compiled: Compiled | None, body: dict[str, object]) -> tuple[Fault, ...]:
    """What else is wrong with the facts where other fields are wrong, so that all is told at once."""
    employee, when = (text_of(body.get(name)) for name in ("employee", "period"))
    given: dict[str, object] = {name: body[name] for name in ("facts", "targets", "tables") if name in body}
    person = read_person({**given, "employee": employee or "-", "period": when or ""})
    if compiled is None or isinstance(person, tuple):
        return ()
    found = read_facts(compiled, person)
    faults = found if isinstance(found, tuple) else found.warnings
    return tuple(
        fault
        for fault in faults
        if fault.severity != "notice"
        and (person.period or fault.pointer != "/period")
        and (employee or fault.code != "P555")
    )


# ── Many people ──────────────────────────────────────────────────────────────────────────────────────────


@node
class Batch:
    """An answer for each person, in the order of the request; the counts and sums stand at its end."""

    results: tuple[Statement | Amounts | Unpaid, ...]
    notices: tuple[ToldFault, ...] = field(default=(), metadata=ABSENT)
    """Which of them say what an earlier one says, and are one person; what is to be said of their tables."""
    tables: tuple[TableRead, ...] | None = field(default=None, metadata=ABSENT)
    """How each table that came for all of them was read."""
    paid: Annotated[int, Form(minimum=0)] = 0
    unpaid: Annotated[int, Form(minimum=0)] = 0
    open: Annotated[int | None, Form(minimum=0)] = field(default=None, metadata=ABSENT)
    """How many of those who are paid have lines that stay open, where any have: then the sums are not all."""
    totals: tuple[PaidTotal, ...] = ()
    """One for each currency; who stands in the request twice counts once."""


@router.post("/evaluate/batch", summary="Pay many people", **answers(Batch, BODY))
async def evaluate_batch(
    brought: Annotated[Brought, Depends(Reads(requests.EvaluateBatch, COMPANY))],
) -> Response:
    """Many people: a statement for each, or that person's faults, sent as they are paid.

    An answer that was cut off is no JSON: it ends before its counts.
    """
    return Streamed(brought, paid_all)


def paid_all(asked: Asked, plans: Plans) -> Iterator[Response | bytes]:
    """The answer for many people: one that cannot be paid never stops the others."""
    plan = subject(asked, plans)
    people, reasons, tables = asked.people(), asked.body.get("reasons") is not False, asked.tables()
    if plan.compiled is None or asked.faults:
        yield refuse(plan, asked)
        return
    payers = _payers(plan, people, asked, plans) if tables else (plan.compiled,)
    if stray := (*unknown(tables, payers),):
        yield problem(Refusal(stray), asked.lang)
        return
    work = (paying if reasons else reckoning)(len(people), plan.compiled)
    work += recording(records(tables, people), *payers)
    if (fault := excess(work, len(people), "/people")) is not None:
        yield problem(Refusal((fault,)), asked.lang)
        return
    yield Reply(None, asked.lang)
    listed = read_list(people, "/people", together=tables is not None)
    piece, again, totals = [b'{"results":['], {*listed.again}, Totals()
    unpaid = waiting = 0
    company = Company(listed.people, tables)
    for number, row in enumerate(_rows(plan, people, company, asked, plans, reasons=reasons)):
        if isinstance(row, Unpaid):
            unpaid += 1
        else:
            waiting += row.open is not None
            if number + 1 not in again:
                totals.add(row.currency, row.total)
        piece.append((b"," if number else b"") + encode(row))
        if sum(map(len, piece)) > PIECE:
            yield b"".join(piece)
            piece.clear()
    piece.append(b"]")
    notices: list[Fault] = []
    employees = {one.employee for one in listed.people if isinstance(one, Person)}
    if listed.again:  # each row is answered, and whoever adds them up is told which of them are one
        notices.append(repeated(listed.again, "in_list"))
    if tables is not None:
        notices.extend(tables.elsewhere(payers, employees))
    if notices:
        told = map(encode, found(notices, None, asked.lang))
        piece.append(b',"notices":[%s]' % b",".join(told))
    if tables is not None:
        read = map(encode, tables.counted(payers, employees))
        piece.append(b',"tables":[%s]' % b",".join(read))
    piece.append(b',"paid":%d,"unpaid":%d' % (len(people) - unpaid, unpaid))
    if waiting:
        piece.append(b',"open":%d' % waiting)
    piece.append(b',"totals":[%s]}' % b",".join(map(encode, totals.all())))
    yield b"".join(piece)


def _rows(
    plan: Subject, people: list[object], company: Company, asked: Asked, plans: Plans, *, reasons: bool
) -> Iterator[Statement | Amounts | Unpaid]:
    """A row for each, by the version in effect for them; where groups are paid it is chosen ahead."""
    told, owns = document if reasons else amounts, deque[Subject]()

    def chosen(person: Person) -> Compiled | tuple[Fault, ...]:
        own = _own(plan, person, asked, plans)
        owns.append(own)
        return own.compiled or own.faults

    sent, several = tee(company.people)
    for value, person, result in zip(
        people, sent, pay_all(chosen, replace(company, people=several)), strict=True
    ):
        own = owns.popleft() if isinstance(person, Person) else plan
        if isinstance(result, tuple):
            yield Unpaid(*named(value), found(result, own.source, asked.lang))
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
