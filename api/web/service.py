"""The application with what it holds: the plans it serves, and a little room for work that takes longer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, cast

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dsl.faults import Fault
from dsl.words import Lang

from ..store import Registry, Shelf
from .asking import Asked, Refusal, ask, spoken
from .problems import problem

THREADS = 2
WAITING = 64  # requests that may wait for a thread; what comes after them is told to come again


@dataclass(slots=True)
class Room:
    """Where work is done that must not hold up the others: reading a text, paying many people."""

    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))
    waiting: int = 0


Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


class Service(FastAPI):
    """The application, with what it holds.

    A request to one of the fixed addresses in `direct` goes straight to its function, a tenth of its whole
    time sooner. FastAPI knows the same functions, publishes them, and takes every other request; where there
    is middleware it takes all of them, so that none goes round it.
    """

    def __init__(self, registry: Registry, **settings: Any) -> None:
        super().__init__(**settings)
        self.registry = registry
        self.room = Room()
        self.direct: dict[tuple[str, str], Endpoint] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = self.direct.get((scope.get("method", ""), scope.get("path", "")))
        if endpoint is None or self.user_middleware:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        request = Request(scope, receive, send)
        try:
            response = await endpoint(request)
        except Exception:
            await broken(request)(scope, receive, send)
            raise
        await response(scope, receive, send)


def broken(request: Request) -> Response:
    """The problem of a bug of ours; what happened goes on to the server, which logs it with its trace."""
    return problem(Refusal((Fault("P625"),)), spoken(request))


def shelf_of(request: Request) -> Shelf:
    """The plans that an application serves at this moment."""
    return registry_of(request).shelf


def registry_of(request: Request) -> Registry:
    """Where an application has its plans from."""
    return cast(Service, request.scope["app"]).registry


async def attend(request: Request, answer: Callable[[Asked, Shelf], Response]) -> Response:
    """The response to a body, worked out in another thread; a problem where the body cannot be read."""
    asked = await ask(request)
    if isinstance(asked, Refusal):
        return problem(asked, spoken(request))
    shelf = shelf_of(request)
    return await aside(request, asked.lang, lambda: answer(asked, shelf))


async def aside(request: Request, lang: Lang, work: Callable[[], Response]) -> Response:
    """The response of some work, done in another thread; a problem where too many wait already."""
    room = cast(Service, request.scope["app"]).room
    if room.waiting >= WAITING:
        return problem(Refusal((Fault("P626"),)), lang, {"retry-after": "1"})
    room.waiting += 1
    try:
        return await run_sync(work, limiter=room.threads)
    finally:
        room.waiting -= 1
