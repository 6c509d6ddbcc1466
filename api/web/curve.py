"""`GET /plans/{id}/curve`: what a line of pay comes to over what it is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled

from ..curves import FORMS, Form, curves, document, inked
from ..curves.document import Curves
from ..store import ShelvedPlan
from .negotiation import VARY, Text, accepted
from .parameters import Named, Tongue, fitting
from .problems import Refusal, Reply, problem, said
from .published import NAMED, answers
from .service import drawn

router = APIRouter(tags=["plans"], dependencies=[Depends(fitting)])

PICTURES = ("image/svg+xml", "image/png", "text/html")

Line = Annotated[Text, Query(description="A line of pay, by its name or its label; without it, all of them.")]
People = Annotated[
    list[str] | SkipJsonSchema[None],
    Query(description="People of a sort, such as `grade=senior`; may be given for several attributes."),
]
Wanted = Annotated[Form | SkipJsonSchema[None], Query(description="The form of the answer, before `Accept`.")]


@router.get("/plans/{id}/curve", summary="Show what is paid for what", **answers(Curves, NAMED, *PICTURES))
async def plan_curve(
    request: Request,
    named: Named,
    lang: Tongue,
    kpi: Line = None,
    sort: People = None,
    format: Wanted = None,
) -> Response:
    """Each line of pay as a function of its attainment, or of the fact that it is paid for: exact pieces.

    As JSON, or as `format` or `Accept` say: a picture (SVG, PNG) or a page of pictures and tables (HTML).
    """
    form = format or accepted(request.headers.get("accept", ""), FORMS)
    return await drawn(request, named, lang, partial(_made, kpi=kpi, sort=sort or (), form=form, lang=lang))


def _made(
    _: ShelvedPlan, compiled: Compiled, kpi: str | None, sort: Sequence[str], form: Form, lang: Lang
) -> Response:
    found = curves(compiled, kpi, sort)
    if isinstance(found, tuple):
        return problem(Refusal(found), lang)
    if form == "json":
        reply = said(document(found, lang), lang)
    else:
        made = inked(found, form, lang)
        if isinstance(made, Fault):
            return problem(Refusal((made,)), lang)
        reply = Reply(made, lang, media=FORMS[form])
    reply.headers["vary"] = VARY
    return reply
