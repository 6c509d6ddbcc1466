"""`POST /receipt` and `POST /verify`: an answer with all that it follows from, and the same once more."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dsl.words import Lang

from .. import receipts
from ..store import Shelf
from .asking import Asked, Refusal, ask, spoken
from .paying import answered
from .problems import Reply, problem, said
from .service import aside, shelf_of


async def receipt(request: Request) -> Response:
    """Pay one person, and answer with the receipt; keep the body as it is."""
    asked = await ask(request)
    if isinstance(asked, Refusal):
        return problem(asked, spoken(request))
    shelf = shelf_of(request)
    return await aside(request, asked.lang, lambda: _issued(asked, shelf))


async def verify(request: Request) -> Response:
    """Compute a receipt again: the same to the last digit, or a problem with everything that differs."""
    asked = await ask(request)
    if isinstance(asked, Refusal):
        return problem(asked, spoken(request))
    # The `lang` of a receipt is that of its answer, and not of whoever verifies it.
    lang = spoken(request)
    return await aside(request, lang, lambda: _verified(asked, lang))


def _issued(asked: Asked, shelf: Shelf) -> Response:
    answer = answered(asked, shelf)
    if isinstance(answer, Response):
        return answer
    document = receipts.issued(
        answer.compiled, answer.plan, asked.lang, [(answer.person, answer.statement)], answer.revision
    )
    return Reply(receipts.written(document), asked.lang)


def _verified(asked: Asked, lang: Lang) -> Response:
    verdict = receipts.checked(asked.body)
    if not verdict.same:
        return problem(Refusal(verdict.faults, verdict.source), lang)
    return said(receipts.document(verdict, lang), lang)
