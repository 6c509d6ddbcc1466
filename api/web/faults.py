"""`GET /faults/{code}`: the pages of faults."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from dsl.faults import Fault, codes

from ..documents import FaultPage, page
from .negotiation import Reader
from .parameters import fitting
from .problems import Refusal, problem, said
from .published import answers

router = APIRouter(tags=["service"], dependencies=[Depends(fitting)])

Code = Annotated[str, Path(min_length=1, description="The code of a fault.", examples=["P501"])]


@router.get("/faults/{code}", summary="Explain a fault", **answers(FaultPage, (404, 422)))
async def fault(code: Code, lang: Reader) -> Response:
    """The page of a code."""
    if code not in codes():
        return problem(Refusal((Fault("P624", facts={"code": code[:40]}),)), lang)
    return said(page(code, lang), lang)
