"""`GET /plans/{id}/regulation`: the regulation on bonuses, made from a plan that the server keeps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled
from engine.regulation import Regulation

from .. import regulation as writers
from ..store import ShelvedPlan
from .negotiation import VARY, accepted
from .parameters import Named, Tongue, fitting
from .problems import JSON, Refusal, Reply, problem, said
from .published import NAMED, answers
from .service import drawn

router = APIRouter(tags=["plans"], dependencies=[Depends(fitting)])

Form = Literal["html", "docx", "json"]
# Each form with its media type; the first is given where nobody says which.
FORMS: Mapping[Form, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": JSON,
}

Wanted = Annotated[Form | SkipJsonSchema[None], Query(description="The form of the answer, before `Accept`.")]


@router.get(
    "/plans/{id}/regulation",
    summary="Make the regulation on bonuses",
    **answers(Regulation, NAMED, FORMS["html"], FORMS["docx"]),
)
async def plan_regulation(request: Request, named: Named, lang: Tongue, format: Wanted = None) -> Response:
    """The regulation on bonuses of a plan: a page, a file of a word processor, or data."""
    form = format or accepted(request.headers.get("accept", ""), FORMS)
    return await drawn(request, named, lang, partial(_made, lang=lang, form=form))


def _made(entry: ShelvedPlan, compiled: Compiled, lang: Lang, form: Form) -> Response:
    document = writers.made(compiled, lang)
    if isinstance(document, tuple):
        return problem(Refusal(document, entry.source), lang)
    reply = _written(document, lang, form)
    reply.headers["vary"] = VARY
    return reply


def _written(document: Regulation, lang: Lang, form: Form) -> Response:
    if form == "json":
        return said(document, lang)
    file = writers.written(document, form)
    return (
        problem(Refusal((file,)), lang) if isinstance(file, Fault) else Reply(file, lang, media=FORMS[form])
    )
