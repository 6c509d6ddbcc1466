"""`POST /receipt`, `/verify` and `/bridge`: answers with all that they follow from."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.evaluate import Company, pay_all
from engine.facts import Person
from engine.work import excess, paying, recording

from .. import bridges, receipts
from ..exact import text_of
from ..person import read_list
from ..tables import records, unknown
from . import requests
from .body import Asked, Brought, Reads
from .evaluate import answered, refuse
from .limits import COMPANY, SEVERAL
from .problems import BODY, TEXT, Refusal, Reply, answers, problem, said
from .service import attend
from .subject import Plans, subject

router = APIRouter(tags=["pay"])
ISSUED = answers(
    receipts.Receipt,
    BODY,
    verify={"requestBody": "$response.body"},
    bridge={"requestBody": {"old": "$response.body", "new": "$response.body"}},
)


@router.post(
    "/receipt",
    summary="Pay one person, with a receipt",
    **ISSUED,
)
async def receipt(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.Certify))]
) -> Response:
    """Pay one person, and answer with the receipt; keep the body as it is."""
    return await attend(request, brought, _issued)


@router.post(
    "/receipt/batch",
    summary="Pay many people, with one receipt",
    **ISSUED,
)
async def receipt_batch(
    request: Request, brought: Annotated[Brought, Depends(Reads(requests.CertifyBatch, COMPANY))]
) -> Response:
    """Pay people together, groups too, by one version: one receipt, none where anybody cannot be paid."""
    return await attend(request, brought, _together)


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


def _together(asked: Asked, plans: Plans) -> Response:
    """The receipt of all people of a request, of whom each is paid."""
    people, origins = asked.people(), asked.origins()
    tables = asked.tables(origins)
    periods = dict.fromkeys(text_of(one.get("period")) for one in people if isinstance(one, dict))
    plan, *others = (subject(asked, plans, when) for when in periods or [None])
    if plan.compiled is None or asked.faults:
        return refuse(plan, asked)
    if any(one.compiled is not plan.compiled for one in others):
        return problem(Refusal((Fault("P597", pointer="/people"),)), asked.lang)
    compiled = plan.compiled
    if stray := (*unknown(tables, (compiled,)),):
        return problem(Refusal(stray), asked.lang)
    work = paying(len(people), compiled) + recording(records(tables, people), compiled)
    if (fault := excess(work, len(people), "/people")) is not None:
        return problem(Refusal((fault,)), asked.lang)
    listed = read_list(people, "/people", together=tables is not None, origins=origins)
    company = [one for at, one in enumerate(listed.people, 1) if at not in listed.again]
    paid = [*pay_all(lambda _: compiled, Company(company, tables))]
    faults = (fault for one in paid if isinstance(one, tuple) for fault in one)
    if wrong := {(one.code, one.pointer): one for one in faults}:  # what is wrong with a table stands once
        return problem(Refusal((*wrong.values(),), plan.source), asked.lang)
    those = [one if one.tables else replace(one, tables=tables) for one in company if isinstance(one, Person)]
    held = [receipts.held(compiled, one) for one in those]
    document = receipts.issued(compiled, plan.id, asked.lang, held, plan.revision)
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
