"""`GET /plans`: the plans that the server keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import Lang
from engine.schema import schema

from ..plans import PlanList, Versions, WholePlan, history, kept, shelved
from ..store import Shelf, ShelvedPlan, Timeline
from .negotiation import Reader
from .parameters import Named, PlanId, Revision, fitting
from .problems import Declined, Refusal, problem, said
from .published import NAMED, answers
from .service import aside, shelf_of, unpayable

router = APIRouter(tags=["plans"], dependencies=[Depends(fitting)])

SCHEMA = "application/schema+json"
FIRST = "$response.body#/plans/0/id"
SAME = {"id": "$response.body#/id"}


async def _kept(request: Request, named: Named, lang: Reader) -> ShelvedPlan:
    """The plan that an address and its query name; declined where there is none."""
    shelf, (plan, version, revision, _) = shelf_of(request), named
    past = version is not None or revision is not None
    entry = await aside(request, lang, shelf.chosen, *named) if past else shelf.chosen(plan)
    if isinstance(entry, Fault):
        raise Declined(Refusal((replace(entry, pointer=None),)), lang)
    return entry


Kept = Annotated[ShelvedPlan, Depends(_kept)]


@router.get(
    "/plans",
    summary="List the plans",
    **answers(
        PlanList,
        NAMED,
        plan={"parameters": {"id": FIRST}},
        plan_versions={"parameters": {"id": FIRST}},
        plan_inputs={"parameters": {"id": FIRST}},
        check={"requestBody": {"plan": FIRST}},
    ),
)
async def plans(request: Request, lang: Reader, revision: Revision = None) -> Response:
    """The plans in a few words each, as they are now or were in a revision."""
    shelf = shelf_of(request)
    if revision is None:
        return _listed(shelf, lang)
    return await aside(request, lang, lambda: _listed(shelf.revised(revision), lang))


def _listed(shelf: Shelf | Fault, lang: Lang) -> Response:
    if isinstance(shelf, Fault):
        return problem(Refusal((shelf,)), lang)
    return said(kept(shelf, lang), lang)


@router.get(
    "/plans/{id}",
    summary="Show a plan",
    **answers(
        WholePlan,
        NAMED,
        plan_versions={"parameters": SAME},
        plan_inputs={"parameters": SAME},
        plan_curve={"parameters": SAME},
        plan_regulation={"parameters": SAME},
    ),
)
async def plan(entry: Kept, lang: Reader) -> Response:
    """A plan whole, also one that is broken: the present one, or that of a version or a revision."""
    return said(shelved(entry, lang), lang)


@router.get(
    "/plans/{id}/versions",
    summary="List the versions of a plan",
    **answers(Versions, (404, 422, 503), plan={"parameters": SAME}),
)
async def plan_versions(request: Request, id: PlanId, lang: Reader) -> Response:
    """The versions of a plan, the newest first, with the days on which each is in effect."""
    shelf = shelf_of(request)
    return await aside(request, lang, lambda: _versions(shelf.timeline(id), lang))


def _versions(timeline: Timeline | Fault, lang: Lang) -> Response:
    if isinstance(timeline, Fault):
        return problem(Refusal((timeline,)), lang)
    return said(history(timeline, lang), lang)


@router.get(
    "/plans/{id}/inputs", summary="Show what facts a plan needs", **answers(None, NAMED, media=SCHEMA)
)
async def plan_inputs(entry: Kept, lang: Reader) -> Response:
    """The JSON Schema of a person for a plan: the present one, or that of a version or a revision."""
    compiled = entry.compiled
    return unpayable(entry, lang) if compiled is None else said(schema(compiled, lang), lang, SCHEMA)
