"""`POST /check`, `/format` and `/translate`: what can be said of a plan's text without anybody's facts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.check import Checked
from dsl.node import node
from dsl.translate import translate as translated
from dsl.words import Lang, language
from dsl.write import write

from .. import checks
from . import requests
from .body import Asked, Brought, Reads
from .problems import BODY, Refusal, answers, problem, said
from .service import attend
from .subject import Plans, Subject, subject

router = APIRouter(tags=["text"])


@node
class Formatted:
    """The one canonical text of a plan."""

    text: str
    changed: bool


@node
class Translated:
    """A plan in the other language."""

    text: str
    lang: Lang


Look = Callable[[Checked, Subject, Asked], Response]


@router.post("/check", summary="Check a plan", **answers(checks.PlanCheck, BODY))
async def check(request: Request, brought: Annotated[Brought, Depends(Reads(requests.Check))]) -> Response:
    """What is wrong with a plan, and whether its examples come out."""
    return await attend(request, brought, partial(_seen, look=_checked))


@router.post(
    "/format",
    summary="Format a plan",
    **answers(Formatted, BODY, check={"requestBody": {"source": "$response.body#/text"}}),
)
async def format(request: Request, brought: Annotated[Brought, Depends(Reads(requests.Format))]) -> Response:
    """The canonical text of a plan."""
    return await attend(request, brought, partial(_seen, look=_formatted))


@router.post(
    "/translate",
    summary="Translate a plan",
    **answers(Translated, BODY, check={"requestBody": {"source": "$response.body#/text"}}),
)
async def translate(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Translate))]
) -> Response:
    """A plan in the other language."""
    return await attend(request, brought, partial(_seen, look=_translated))


def _seen(asked: Asked, plans: Plans, look: Look) -> Response:
    plan = subject(asked, plans)
    if plan.checked is None or asked.faults:
        missing = plan.obstacles() if plan.checked is None else ()
        return problem(Refusal((*missing, *asked.faults), plan.source), asked.lang)
    return look(plan.checked, plan, asked)


def _checked(plan: Checked, subject: Subject, asked: Asked) -> Response:
    return said(checks.checked(plan, subject.compiled or subject.faults, asked.lang), asked.lang)


def _formatted(plan: Checked, _: Subject, asked: Asked) -> Response:
    if plan.parsed.lacking:
        return problem(Refusal(plan.parsed.faults, plan.source), asked.lang)
    text = write(plan.parsed.tree)
    return said(Formatted(text, text != plan.source.text), asked.lang)


def _translated(plan: Checked, _: Subject, asked: Asked) -> Response:
    to = language(str(asked.text("to")))
    done = translated(plan.parsed, to)
    if done.text is None:
        return problem(Refusal(done.faults, plan.source), asked.lang)
    return said(Translated(done.text, to), asked.lang)
