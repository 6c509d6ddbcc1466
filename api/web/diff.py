"""`POST /diff`: what a change of plan means, what it pays, and whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.source import Source
from engine import work
from engine.compare import changes
from engine.work import excess

from .. import diff as comparing
from ..diff import Edition, Pair
from ..files import listing
from . import requests
from .body import Asked, Brought, Reads
from .excerpt import Plans
from .problems import Refusal, problem, said
from .published import BODY, answers
from .requests import PEOPLE
from .service import attend
from .subject import Subject, part

SIDES = ("old", "new")


router = APIRouter(tags=["text"])


@router.post("/diff", summary="Compare two plans", **answers(comparing.PlanComparison, BODY))
async def diff(request: Request, brought: Annotated[Brought, Depends(Reads(requests.Diff))]) -> Response:
    """Two plans compared: the changes, what is paid differently, and with people who gains and who loses."""
    return await attend(request, brought, _compared)


def _compared(asked: Asked, shelved: Plans) -> Response:
    plans = [part(asked, name, shelved) for name in SIDES]
    people = _people(asked)
    obstacles = [(plan, fault) for plan in plans for fault in plan.obstacles()]
    if asked.faults or obstacles:
        # Places are in one text alone: in that of the first plan that has a fault.
        source = next((plan.source for plan, _ in obstacles), None)
        faults = (*(fault for plan, fault in obstacles if plan.source is source), *asked.faults)
        return problem(Refusal(faults, source), asked.lang)
    old, new = (_side(plan) for plan in plans)
    if people and (fault := _too_much(plans, len(people))) is not None:
        return problem(Refusal((fault,)), asked.lang)
    read = None if people is None else listing(people, "/people")
    whole = comparing.document([Pair(new.name, old, new, read)], asked.lang)
    return said(whole.answer, asked.lang)


def _too_much(plans: Sequence[Subject], people: int) -> Fault | None:
    """The fault of plans and people that are more than is compared for one request."""
    old, new = (plan.compiled for plan in plans)
    assert old is not None
    assert new is not None
    return excess(work.comparing(people, old, new, changes(old, new)), people, "/people")


def _side(plan: Subject) -> Edition:
    assert plan.compiled is not None
    source = plan.source or Source("source", "")
    return Edition(plan.id or "source", plan.revision, source, plan.compiled)


def _people(asked: Asked) -> list[object] | None:
    """Those whom both plans are to pay; None where nobody is sent."""
    if "people" not in asked.body:
        return None
    people = asked.people()
    if len(people) > PEOPLE:
        asked.faults.append(Fault("P723", pointer="/people", facts={"most": str(PEOPLE)}))
        return None
    return people
