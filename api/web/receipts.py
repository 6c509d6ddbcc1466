"""`POST /receipt`, `/verify` and `/bridge`: answers with all that they follow from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from .. import bridges, receipts
from . import requests
from .body import Asked, Brought, Reads
from .evaluate import answered
from .limits import SEVERAL
from .problems import BODY, TEXT, Refusal, Reply, answers, problem, said
from .service import attend
from .subject import Plans

router = APIRouter(tags=["pay"])


@router.post(
    "/receipt",
    summary="Pay one person, with a receipt",
    **answers(
        receipts.Receipt,
        BODY,
        verify={"requestBody": "$response.body"},
        bridge={"requestBody": {"old": "$response.body", "new": "$response.body"}},
    ),
)
async def receipt(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Certify))]
) -> Response:
    """Pay one person, and answer with the receipt; keep the body as it is."""
    return await attend(request, brought, _issued)


@router.post("/verify", summary="Compute a receipt again", **answers(receipts.Same, TEXT))
async def verify(
    request: Request, brought: Annotated[Brought, Depends(Reads(receipts.Receipt, SEVERAL))]
) -> Response:
    """Compute a receipt again: the same to the last digit, or a problem with everything that differs."""
    return await attend(request, brought, _verified)


@router.post("/bridge", summary="Say why pay changed", **answers(bridges.Bridges, TEXT))
async def bridge(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Bridge, SEVERAL))]
) -> Response:
    """Say why pay changed from one receipt to another, in parts that add up exactly."""
    return await attend(request, brought, _bridged)


def _issued(asked: Asked, plans: Plans) -> Response:
    answer = answered(asked, plans, requests.Certify)
    if isinstance(answer, Response):
        return answer
    people = [answer.person]
    document = receipts.issued(answer.compiled, answer.plan, asked.lang, people, answer.revision)
    return Reply(receipts.written(document), asked.lang)


def _verified(asked: Asked, _: Plans) -> Response:
    # The `lang` of a receipt is that of its answer, and not of whoever verifies it.
    verdict = receipts.checked(asked.body)
    if not verdict.same:
        return problem(Refusal(verdict.faults, verdict.source), asked.lang)
    return said(receipts.document(verdict, asked.lang), asked.lang)


def _bridged(asked: Asked, _: Plans) -> Response:
    sent = (name for name in ("old", "new") if name in asked.body)
    verdicts = [receipts.checked(asked.body[name], f"/{name}") for name in sent]
    for verdict in verdicts:
        if not verdict.same:
            return problem(Refusal((*asked.faults, *verdict.faults), verdict.source), asked.lang)
    if asked.faults:
        return problem(Refusal(tuple(asked.faults)), asked.lang)
    old, new = verdicts
    found = bridges.bridges(old, new, asked.text("employee"))
    if isinstance(found, tuple):
        return problem(Refusal(found), asked.lang)
    return said(bridges.document(found, asked.lang), asked.lang)
