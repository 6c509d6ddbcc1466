"""`GET /faults/{code}`, `/healthz` and `/readyz`: what a fault is, and whether all is well."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault, answer, codes
from dsl.node import node
from dsl.record import Form

from ..documents import FaultPage, found, page
from ..plans import Revision, revised
from ..store import ShelvedPlan
from .headers import Reader
from .parameters import fitting
from .problems import Refusal, answers, problem, said
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


Code = Annotated[str, Path(min_length=1, description="The code of a fault.", examples=["P501"])]


@router.get(
    "/faults/{code}",
    summary="Explain a fault",
    dependencies=[Depends(fitting)],
    **answers(FaultPage, (404, 422)),
)
async def fault(code: Code, lang: Reader) -> Response:
    """The page of a code."""
    if code not in codes():
        return problem(Refusal((Fault("P624", facts={"code": code[:40]}),)), lang)
    return said(page(code, lang), lang)


@router.get("/healthz", summary="Health", **answers(Health))
async def health(lang: Reader) -> Response:
    """The process answers."""
    return said(Health("ok"), lang)


@router.get("/readyz", summary="Readiness", **answers(Readiness, (503,)))
async def readiness(request: Request, lang: Reader) -> Response:
    """Whether there is anything to pay by; a broken file beside a good one is told and does no harm."""
    shelf = shelf_of(request)
    if not shelf.ready:
        files = tuple(entry.file for entry in shelf.broken[:10]) or ("phrase:no_plans",)
        return problem(Refusal((Fault("P629", facts={"files": files}), *shelf.faults)), lang)
    broken = tuple(_broken(entry) for entry in (*shelf.broken, *shelf.kept))
    faults = found(registry_of(request).trouble, None, lang)
    return said(Readiness("ready", len(shelf.ready), revised(shelf.revision), broken, faults), lang)


def _broken(entry: ShelvedPlan) -> BrokenPlan:
    wrong = entry.newer or entry
    errors = {fault.code for fault in wrong.text.faults if fault.severity == "error"}
    return BrokenPlan(entry.id, wrong.file, tuple(sorted(errors)), entry.newer is not None)
