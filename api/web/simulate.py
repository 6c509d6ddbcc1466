"""`POST /simulate`: what a plan would cost a whole history of people."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.simulate.answer import Simulated
from engine.simulate.parameters import MOST as NUMBERS
from engine.work import excess, simulating

from ..files import listing
from ..simulation import simulated
from . import requests
from .body import Asked, Brought, Reads
from .excerpt import Plans
from .problems import Refusal, problem, said
from .published import BODY, answers
from .requests import MOST
from .service import attend
from .subject import Subject, part, subject

router = APIRouter(tags=["pay"])


@router.post("/simulate", summary="Say what a plan would cost", **answers(Simulated, BODY))
async def simulate(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Simulate))]
) -> Response:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""
    return await attend(request, brought, _simulated)


def _simulated(asked: Asked, shelved: Plans) -> Response:
    plan = subject(asked, shelved)
    other = _against(asked, shelved)
    sensitive = asked.body.get("sensitivity") is not False
    sent = _people(asked)
    people = listing(sent, "/people")
    faults = (*plan.obstacles(), *asked.faults)
    if faults or plan.compiled is None:
        return problem(Refusal(faults, plan.source), asked.lang)
    if other is not None and other.compiled is None:
        return problem(Refusal(other.obstacles(), other.source), asked.lang)
    plans = plan.compiled, other.compiled if other else None
    work = simulating(len(sent), *plans, NUMBERS if sensitive else 0)
    if (fault := excess(work, len(sent), "/people")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    found = simulated(plans, people, asked.lang, sensitive=sensitive)
    if isinstance(found, Fault):
        return problem(Refusal((replace(found, pointer="/people"),)), asked.lang)
    return said(found, asked.lang)


def _against(asked: Asked, plans: Plans) -> Subject | None:
    """The other plan; None where none is named."""
    return None if asked.body.get("against") is None else part(asked, "against", plans)


def _people(asked: Asked) -> list[object]:
    people = asked.people()
    if len(people) > MOST:
        asked.faults.append(Fault("P762", pointer="/people", facts={"most": str(MOST)}))
    return people
