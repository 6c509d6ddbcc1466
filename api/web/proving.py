"""`POST /receipt`, `/verify` and `/bridge`: answers with all that they follow from."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault

from .. import bridges, receipts
from .asking import Asked, Refusal, unknown
from .excerpt import Plans
from .paying import answered
from .problems import Reply, problem, said
from .service import attend


async def receipt(request: Request) -> Response:
    """Pay one person, and answer with the receipt; keep the body as it is."""
    return await attend(request, _issued)


async def verify(request: Request) -> Response:
    """Compute a receipt again: the same to the last digit, or a problem with everything that differs."""
    return await attend(request, _verified)


async def bridge(request: Request) -> Response:
    """Say why pay changed from one receipt to another, in parts that add up exactly."""
    return await attend(request, _bridged)


def _issued(asked: Asked, plans: Plans) -> Response:
    answer = answered(asked, plans)
    if isinstance(answer, Response):
        return answer
    document = receipts.issued(
        answer.compiled, answer.plan, asked.lang, [(answer.person, answer.statement)], answer.revision
    )
    return Reply(receipts.written(document), asked.lang)


def _verified(asked: Asked, _: Plans) -> Response:
    # The `lang` of a receipt is that of its answer, and not of whoever verifies it.
    lang = asked.spoken
    verdict = receipts.checked(asked.body)
    if not verdict.same:
        return problem(Refusal(verdict.faults, verdict.source), lang)
    return said(receipts.document(verdict, lang), lang)


def _bridged(asked: Asked, _: Plans) -> Response:
    unknown(asked, ("old", "new", "employee", "lang"))
    employee = asked.text("employee") if asked.body.get("employee") is not None else None
    verdicts: list[receipts.Verdict] = []
    for name in ("old", "new"):
        if name not in asked.body:
            asked.faults.append(Fault("P611", pointer="", facts={"name": name}))
            continue
        verdict = receipts.checked(asked.body[name], f"/{name}")
        if not verdict.same:
            return problem(Refusal((*asked.faults, *verdict.faults), verdict.source), asked.lang)
        verdicts.append(verdict)
    if asked.faults:
        return problem(Refusal(tuple(asked.faults)), asked.lang)
    old, new = verdicts
    found = bridges.bridges(old, new, employee)
    if isinstance(found, tuple):
        return problem(Refusal(found), asked.lang)
    return said(bridges.document(found, asked.lang), asked.lang)
