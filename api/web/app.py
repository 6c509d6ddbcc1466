"""The application: operations over a registry of plans."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dsl.faults import Fault
from dsl.marks import MOST, overladen
from engine import VERSION

from ..store import Registry
from .asking import Refusal, spoken
from .limits import Limits
from .openapi import ABOUT, TAGS, contract, published
from .operations import OPERATIONS
from .problems import problem
from .query import SHOWN
from .service import Service, answered, broken
from .showing import docs, docs_file


class Route(APIRoute):
    """A route whose function takes the request and makes the response itself; FastAPI publishes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive, send)
            strange = None if overladen(scope["path"]) is None else _strange(request)
            response = strange or await answered(self.endpoint, request)
            await response(scope, receive, send)

        self.app = app


def create_app(registry: Registry, limits: Limits | None = None) -> Service:
    """The application that serves the plans of a registry, within limits of its own or the usual ones."""
    app = Service(
        registry,
        limits or Limits(),
        title="Premia",
        version=VERSION,
        description=ABOUT,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        exception_handlers={HTTPException: _unrouted, Exception: _broken},
    )
    app.router.route_class = Route
    app.router.redirect_slashes = False
    for operation in OPERATIONS:
        app.router.add_api_route(
            operation.path,
            operation.endpoint,
            methods=[operation.method],
            response_model=None,
            **published(operation),
        )
        if "{" not in operation.path:
            app.direct[operation.method, operation.path] = operation.endpoint
    for path, endpoint in (("/docs", docs), ("/docs/{file}", docs_file)):
        app.router.add_api_route(path, endpoint, include_in_schema=False, response_model=None)
    # As FastAPI's guide extends OpenAPI.
    app.openapi = lambda: contract(app, registry.shelf)  # type: ignore[method-assign]
    return app


def _strange(request: Request) -> Response:
    """The problem of an address with too many marks on one letter."""
    facts = {"name": request.url.path[:SHOWN], "most": str(MOST)}
    return problem(Refusal((Fault("P143", facts=facts),)), spoken(request))


async def _unrouted(request: Request, error: Exception) -> Response:
    """No such path, or no such method there."""
    assert isinstance(error, HTTPException)
    facts = {"path": request.url.path[:200], "method": request.method[:20]}
    code = {404: "P622", 405: "P623"}.get(error.status_code)
    if code is None:
        raise error
    return problem(Refusal((Fault(code, facts=facts),)), spoken(request), error.headers)


async def _broken(request: Request, _: Exception) -> Response:
    """A bug of ours on FastAPI's way; Starlette raises it again when this is sent."""
    return broken(request)
