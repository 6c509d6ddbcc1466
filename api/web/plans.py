"""`GET /plans`: the plans that the server keeps, and what is made of them for their readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled
from engine.regulation import Regulation
from engine.schema import schema

from .. import curves
from .. import regulation as regulations
from ..curves.document import Curves
from ..plans import PlanList, Versions, WholePlan, history, kept, shelved
from ..store import ShelvedPlan
from .headers import VARY, Reader, Text, accepted
from .parameters import Named, PlanId, Revision, Tongue, fitting
from .problems import JSON, NAMED, Declined, Refusal, Reply, answers, encode, problem, said
from .service import aside, drawn, shelf_of, unpayable

T = TypeVar("T")

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
        return said(kept(shelf, lang), lang)
    return await aside(request, lang, lambda: _told(shelf.revised(revision), kept, lang))


def _told(found: T | Fault, document: Callable[[T, Lang], object], lang: Lang) -> Response:
    """What was looked for in the past, as a document."""
    return problem(Refusal((found,)), lang) if isinstance(found, Fault) else said(document(found, lang), lang)


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
    return await aside(request, lang, lambda: _told(shelf.timeline(id), history, lang))


@router.get(
    "/plans/{id}/inputs", summary="Show what facts a plan needs", **answers(None, NAMED, media=SCHEMA)
)
async def plan_inputs(entry: Kept, lang: Reader) -> Response:
    """The JSON Schema of a person for a plan: the present one, or that of a version or a revision."""
    compiled = entry.compiled
    return unpayable(entry, lang) if compiled is None else said(schema(compiled, lang), lang, SCHEMA)


# ── Made of a plan, in several forms ─────────────────────────────────────────────────────────────────────

Line = Annotated[Text, Query(description="A line of pay, by its name or its label; without it, all of them.")]
People = Annotated[
    list[str] | SkipJsonSchema[None],
    Query(description="People of a sort, such as `grade=senior`; may be given for several attributes."),
]
ASKED = Query(description="The form of the answer, before `Accept`.")
CurveForm = Annotated[curves.Form | SkipJsonSchema[None], ASKED]
PICTURES = ("image/svg+xml", "image/png", "text/html")

RegulationForm = Annotated[regulations.Form | SkipJsonSchema[None], ASKED]
# Each form of a regulation with its media type; the first is given where nobody says which.
FORMS: Mapping[regulations.Form, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": JSON,
}


@router.get("/plans/{id}/curve", summary="Show what is paid for what", **answers(Curves, NAMED, *PICTURES))
async def plan_curve(
    request: Request,
    named: Named,
    lang: Tongue,
    kpi: Line = None,
    sort: People = None,
    format: CurveForm = None,
) -> Response:
    """Each line of pay as a function of its attainment, or of the fact that it is paid for: exact pieces.

    As JSON, or as `format` or `Accept` say: a picture (SVG, PNG) or a page of pictures and tables (HTML).
    """
    form = format or accepted(request.headers.get("accept", ""), curves.FORMS)
    return await drawn(request, named, lang, partial(_curves, kpi=kpi, sort=sort or (), form=form, lang=lang))


def _curves(
    _: ShelvedPlan, compiled: Compiled, kpi: str | None, sort: Sequence[str], form: curves.Form, lang: Lang
) -> Response:
    found = curves.curves(compiled, kpi, sort)
    if isinstance(found, tuple):
        return problem(Refusal(found), lang)
    made = curves.document(found, lang) if form == "json" else curves.inked(found, form, lang)
    return _formed(made, lang, curves.FORMS[form])


@router.get(
    "/plans/{id}/regulation",
    summary="Make the regulation on bonuses",
    **answers(Regulation, NAMED, FORMS["html"], FORMS["docx"]),
)
async def plan_regulation(
    request: Request, named: Named, lang: Tongue, format: RegulationForm = None
) -> Response:
    """The regulation on bonuses of a plan: a page, a file of a word processor, or data."""
    form = format or accepted(request.headers.get("accept", ""), FORMS)
    return await drawn(request, named, lang, partial(_regulation, lang=lang, form=form))


def _regulation(entry: ShelvedPlan, compiled: Compiled, lang: Lang, form: regulations.Form) -> Response:
    document = regulations.made(compiled, lang)
    if isinstance(document, tuple):
        return problem(Refusal(document, entry.source), lang)
    made = document if form == "json" else regulations.written(document, form)
    return _formed(made, lang, FORMS[form])


def _formed(made: object, lang: Lang, media: str) -> Response:
    """A document as data or as a file; the problem of a file that cannot be made."""
    if isinstance(made, Fault):
        reply = problem(Refusal((made,)), lang)
    else:
        reply = Reply(made if isinstance(made, bytes) else encode(made), lang, media=media)
    reply.headers["vary"] = VARY
    return reply
