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

from ..documents import evaluated
from ..person import read_person
from ..store import Shelf
from . import requests
from .body import Asked, Brought, Reads, ask, sorts
from .excerpt import Plans
from .negotiation import spoken
from .problems import Refusal, problem, said
from .published import BODY, answers
from .service import attend, shelf_of
from .subject import Subject, subject

router = APIRouter(tags=["pay"])

FEW = 50  # facts that are read at once; of more some are strange, and to tell what was meant takes longer


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
    facts = asked.body.get("facts")
    few = isinstance(facts, dict) and len(facts) <= FEW
    if few and not asked.body.keys() & {"source", "detail"} and _at_hand(asked, shelf):
        # A plan of the shelf is compiled and pays in microseconds: going anywhere would take longer.
        return paid(asked, shelf)
    return await attend(request, brought, paid)


async def quickly(request: Request) -> Response:
    """The same without FastAPI, which finds out for each request what a function needs."""
    return await evaluate(request, await READS(request, spoken(request)))


def _at_hand(asked: Asked, shelf: Shelf) -> bool:
    """Whether a plan of the shelf need not be looked up in its history."""
    if "version" in asked.body or "revision" in asked.body:
        return False
    plan = asked.body.get("plan")
    return not isinstance(plan, str) or shelf.at_hand(plan)


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
    statement = evaluated(plan.compiled, person, asked.lang, plan.id, plan.revision, detail=detail)
    if isinstance(statement, tuple):
        return problem(Refusal(statement, plan.source), asked.lang)
    return Answered(plan.compiled, plan.id, plan.revision, person, statement)


def refuse(plan: Subject, asked: Asked, more: tuple[Fault, ...] = ()) -> Response:
    """The problem of a request, the plan's faults first."""
    return problem(Refusal((*plan.obstacles(), *asked.faults, *more), plan.source), asked.lang)


def _further(compiled: Compiled | None, body: dict[str, object]) -> tuple[Fault, ...]:
    """What else is wrong with the facts where other fields are wrong, so that all is told at once."""
    period = body.get("period")
    when = period if isinstance(period, str) else ""
    tables = {"facts": body.get("facts"), "targets": body.get("targets", {})}
    person = read_person({"employee": "-", "period": when, **tables})
    if compiled is None or isinstance(person, tuple):
        return ()
    found = read_facts(compiled, person)
    faults = found if isinstance(found, tuple) else found.warnings
    told = (fault for fault in faults if fault.severity != "notice")
    return tuple(fault for fault in told if person.period or fault.pointer != "/period")
