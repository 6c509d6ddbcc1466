"""The application: operations over a registry of plans."""

from __future__ import annotations

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine import VERSION
from engine.statement.answer import Unpaid

from ..store import Lost, Registry
from . import batch, check, costs, evaluate, health, plans, receipts, swagger
from .headers import spoken
from .limits import Limits
from .openapi import ABOUT, TAGS, contract, told
from .problems import Declined, Problem, Refusal, problem, writer
from .service import Service

ROUTERS = [room.router for room in (evaluate, batch, receipts, costs, check, plans, health)]
ROUTES = tuple(route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))

for _kind in (*map(told, ROUTES), Problem, Unpaid):
    # Each worker would make it anew, so it is made before any is forked.
    writer(_kind or dict)


def create_app(registry: Registry, limits: Limits | None = None) -> Service:
    """The application that serves the plans of a registry, within limits of its own or the usual ones."""
    app = Service(
        registry,
        limits or Limits(),
        {("POST", "/evaluate"): _quickly},
        title="Premia",
        version=VERSION,
        description=ABOUT,
        openapi_tags=TAGS,
        servers=[{"url": "/", "description": "This service."}],
        contact={"name": "Whoever runs this service"},
        license_info={"name": "Proprietary", "identifier": "LicenseRef-Proprietary"},
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        exception_handlers={Declined: _refused, Lost: _refused, HTTPException: _unrouted, Exception: _broken},
    )
    for router in (*ROUTERS, swagger.router):
        app.include_router(router)
    # As FastAPI's guide extends OpenAPI.
    app.openapi = lambda: contract(app, ROUTES, registry.shelf)  # type: ignore[method-assign]
    return app


async def _quickly(request: Request) -> Response:
    """One person paid without FastAPI, which finds out for each request what a function needs."""
    try:
        return await evaluate.evaluate(request, await evaluate.READS(request, spoken(request)))
    except (Declined, Lost) as signal:
        return await _refused(request, signal)


async def _refused(request: Request, signal: Exception) -> Response:
    """What a dependency does not take, or plans that were taken away under whoever reads them."""
    if isinstance(signal, Lost):
        return problem(Refusal((signal.fault,)), spoken(request))
    assert isinstance(signal, Declined)
    return problem(signal.refusal, signal.lang)


async def _unrouted(request: Request, error: Exception) -> Response:
    """No such path, or no such method there."""
    assert isinstance(error, HTTPException)
    code = {404: "P622", 405: "P623"}.get(error.status_code)
    if code is None:
        raise error
    fault = Fault(code, facts={"path": request.url.path[:200], "method": request.method[:20]})
    found = problem(Refusal((fault,)), spoken(request))
    found.headers.update(error.headers or {})
    return found


async def _broken(request: Request, _: Exception) -> Response:
    """A bug of ours; Starlette raises it again when this is sent, and the log has it with its trace."""
    return problem(Refusal((Fault("P625"),)), spoken(request))
