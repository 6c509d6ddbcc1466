"""`POST /simulate` and `/diff`: what a plan would cost, and what a change of it means, pays, and whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.compare import changes
from engine.simulate.answer import Simulated
from engine.simulate.parameters import MOST as NUMBERS
from engine.work import comparing, excess, simulating

from .. import diff as comparison
from ..files import listing
from ..simulation import simulated
from ..tables import records, unknown
from . import requests
from .body import Asked, Brought, Reads
from .limits import COMPANY, SEVERAL
from .problems import BODY, Refusal, answers, problem, said
from .requests import MOST, PEOPLE
from .service import attend
from .subject import Plans, Subject, part, subject

router = APIRouter()


@router.post("/simulate", summary="Say what a plan would cost", tags=["pay"], **answers(Simulated, BODY))
async def simulate(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Simulate, COMPANY))]
) -> Response:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""
    return await attend(request, brought, _simulated)


def _simulated(asked: Asked, shelved: Plans) -> Response:
    plan = subject(asked, shelved)
    other = None if asked.body.get("against") is None else part(asked, "against", shelved)
    sensitive = asked.body.get("sensitivity") is not False
    sent = asked.people()
    if len(sent) > MOST:
        asked.faults.append(Fault("P762", pointer="/people", facts={"most": str(MOST)}))
    origins = asked.origins()
    tables = asked.tables(origins)
    faults = (*plan.obstacles(), *asked.faults)
    if faults or plan.compiled is None:
        return problem(Refusal(faults, plan.source), asked.lang)
    if other is not None and other.compiled is None:
        return problem(Refusal(other.obstacles(), other.source), asked.lang)
    plans = plan.compiled, other.compiled if other else None
    payers = tuple(one for one in plans if one is not None)
    if stray := (*unknown(tables, payers),):
        return problem(Refusal(stray), asked.lang)
    work = simulating(len(sent) + records(tables, sent), *plans, NUMBERS if sensitive else 0)
    if (fault := excess(work, len(sent), "/people")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    people = listing(sent, "/people", together=tables is not None, origins=origins).bringing(tables, payers)
    found = simulated(plans, people, asked.lang, sensitive=sensitive)
    if isinstance(found, Fault):
        return problem(Refusal((replace(found, pointer="/people"),)), asked.lang)
    return said(found, asked.lang)


@router.post("/diff", summary="Compare two plans", tags=["text"], **answers(comparison.PlanComparison, BODY))
async def diff(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Diff, SEVERAL))]
) -> Response:
    """Two plans compared: the changes, what is paid differently, and with people who gains and who loses."""
    return await attend(request, brought, _compared)


def _compared(asked: Asked, shelved: Plans) -> Response:
    plans = [part(asked, name, shelved) for name in ("old", "new")]
    people = asked.people() if "people" in asked.body else None
    if people and len(people) > PEOPLE:
        asked.faults.append(Fault("P723", pointer="/people", facts={"most": str(PEOPLE)}))
    origins = asked.origins()
    tables = asked.tables(origins)
    if people is None and tables is not None:
        asked.faults.append(Fault("P611", pointer="", facts={"name": "people"}))
    obstacles = [(plan, fault) for plan in plans for fault in plan.obstacles()]
    if asked.faults or obstacles:
        # Places are in one text alone: in that of the first plan that has a fault.
        source = next((plan.source for plan, _ in obstacles), None)
        faults = (*(fault for plan, fault in obstacles if plan.source is source), *asked.faults)
        return problem(Refusal(faults, source), asked.lang)
    read = None
    if people:
        one, other = (plan.compiled for plan in plans if plan.compiled is not None)
        if stray := (*unknown(tables, (one, other)),):
            return problem(Refusal(stray), asked.lang)
        work = comparing(len(people) + records(tables, people), one, other, changes(one, other))
        if (fault := excess(work, len(people), "/people")) is not None:
            return problem(Refusal((fault,)), asked.lang)
        read = listing(people, "/people", together=tables is not None, origins=origins).bringing(
            tables, (one, other)
        )
    old, new = map(_side, plans)
    whole = comparison.document([comparison.Pair(new.name, old, new, read)], asked.lang)
    return said(whole.answer, asked.lang)


def _side(plan: Subject) -> comparison.Edition:
    return comparison.Edition(plan.id or "source", plan.revision, plan.source, plan.compiled or plan.faults)
