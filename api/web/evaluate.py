"""`POST /evaluate`: what somebody is paid, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.compile import Compiled
from engine.facts import Person, read_facts
from engine.statement.answer import Statement
from engine.work import excess, recording

from ..documents import evaluated
from ..exact import text_of
from ..person import FIELDS, read_person
from ..tables import records
from . import requests
from .body import Asked, Brought, Reads, ask, sorts
from .problems import BODY, Refusal, answers, problem, said
from .service import attend, shelf_of
from .subject import Plans, Subject, subject

router = APIRouter(tags=["pay"])

FEW = 50  # facts that are read at once; of more some are strange, and to tell what was meant takes longer
SLOW = {
    "source",
    "detail",
    "version",
    "revision",
    "tables",
    "origins",
}  # fields that ask for more than a plan that is at hand
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
    given: dict[str, object] = {name: body[name] for name in FIELDS[2:] if name in body}
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
