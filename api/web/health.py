"""`GET /healthz` and `/readyz`: whether the process answers, and whether there is anything to pay by."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault, answer
from dsl.node import node
from dsl.record import Form

from ..documents import found
from ..plans import Revision, revised
from ..store import ShelvedPlan
from .negotiation import Reader
from .problems import Refusal, problem, said
from .published import answers
from .service import registry_of, shelf_of

router = APIRouter(tags=["service"])


@node
class Health:
    """The process answers."""

    status: Literal["ok"]


@node
class BrokenPlan:
    """A file that is no plan to pay by."""

    id: str
    file: str
    codes: tuple[answer.Code, ...]
    kept: bool
    """Whether an older text goes on paying."""


@node
class Readiness:
    """How many plans can pay, and which files cannot."""

    status: Literal["ready"]
    plans: Annotated[int, Form(minimum=0)]
    revision: Revision | None
    """The commit that the plans are of; null of plain files."""
    broken: tuple[BrokenPlan, ...]
    faults: tuple[answer.ToldFault, ...]
    """Why what is kept now cannot be served, and what was still is."""


@router.get("/healthz", summary="Health", **answers(Health))
async def health(lang: Reader) -> Response:
    """The process answers."""
    return said(Health("ok"), lang)


@router.get("/readyz", summary="Readiness", **answers(Readiness, (503,)))
async def readiness(request: Request, lang: Reader) -> Response:
    """Whether there is anything to pay by; a broken file beside a good one is told and does no harm."""
    shelf = shelf_of(request)
    if not shelf.ready:
        return problem(Refusal((*_nothing(request), *shelf.faults)), lang)
    broken = tuple(_broken(entry) for entry in (*shelf.broken, *shelf.kept))
    faults = found(registry_of(request).trouble, None, lang)
    return said(Readiness("ready", len(shelf.ready), revised(shelf.revision), broken, faults), lang)


def _nothing(request: Request) -> tuple[Fault, ...]:
    files = tuple(entry.file for entry in shelf_of(request).broken[:10])
    return (Fault("P629", facts={"files": files or ("phrase:no_plans",)}),)


def _broken(entry: ShelvedPlan) -> BrokenPlan:
    wrong = entry.newer.text if entry.newer else entry.text
    errors = {fault.code for fault in wrong.faults if fault.severity == "error"}
    file = entry.newer.file if entry.newer else entry.file
    return BrokenPlan(entry.id, file, tuple(sorted(errors)), entry.newer is not None)
