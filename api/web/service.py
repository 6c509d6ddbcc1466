"""The application with what it holds: the plans it serves, and room for work that takes longer."""

from __future__ import annotations

import logging
from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from anyio import CancelScope, CapacityLimiter, create_task_group, sleep
from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled

from ..store import Entry, Lost, Registry, Shelf
from .asking import Asked, Brought, Refusal, ask, bring, spoken
from .excerpt import Excerpt, Plans, Question, excerpt, needed
from .headers import dressed, named
from .limits import Limits
from .problems import problem
from .workers import Ended, Workers, ready

T = TypeVar("T")
Work = Callable[[Asked, Plans], Response]  # of a module, for it may be done in another process
Draw = Callable[[Entry, Compiled], Response]  # likewise

LOG = logging.getLogger("premia")
THREADS = 2
FAREWELL = 0.1  # seconds in which those whose work was cut off are told


@dataclass(slots=True)
class Room:
    """Where work is done that must not hold up the others.

    Work on what a request brought, and whatever takes long, is done by the workers, where it can be ended;
    where there are none, or nobody began them, in the threads. Only threads can look into the history of the
    shelf.
    """

    limits: Limits
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))
    workers: Workers | None = None
    waiting: int = 0

    async def apart(self, work: Callable[..., T], *args: object) -> T:
        """What some work comes to."""
        if self.workers is None:
            return await run_sync(work, *args, limiter=self.threads)
        return await self.workers.run(work, *args)


Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


class Service(FastAPI):
    """The application, with what it holds.

    A request to one of the fixed addresses in `direct` goes straight to its function, a tenth of its whole
    time sooner. FastAPI knows the same functions, publishes them, and takes every other request; where there
    is middleware it takes all of them, so that none goes round it.
    """

    def __init__(self, registry: Registry, limits: Limits, **settings: Any) -> None:
        super().__init__(lifespan=_living, **settings)
        self.registry = registry
        self.room = Room(limits)
        self.direct: dict[tuple[str, str], Endpoint] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        endpoint = self.direct.get((scope["method"], scope["path"]))
        if endpoint is None or self.user_middleware:
            await self._routed(scope, receive, send)
            return
        scope["app"] = self
        request, name = Request(scope, receive, send), named(scope)
        try:
            response = await answered(endpoint, request)
        except Exception:
            _logged(scope, name)
            response = broken(request)
        except CancelledError:  # the service stops, and its grace is over
            response = busy("P632", spoken(request))
        response.raw_headers = dressed(response.raw_headers, name)
        await response(scope, receive, send)

    async def _routed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request on FastAPI's way, which answers what breaks as well."""
        name, started = named(scope), False

        async def sent(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = dressed(message["headers"], name)
            await send(message)

        try:
            await super().__call__(scope, receive, sent)
        except Exception:
            _logged(scope, name)
        except CancelledError:
            if not started:
                await busy("P632", spoken(Request(scope)))(scope, receive, sent)


def _logged(scope: Scope, name: bytes) -> None:
    """Enter in the log what broke, under the name of the request that its caller was told."""
    LOG.exception("%s %s %s", name.decode(), scope["method"], ascii(scope["path"]))


async def answered(endpoint: Endpoint, request: Request) -> Response:
    """The response of a function; a problem where the plans were taken away under it."""
    try:
        return await endpoint(request)
    except Lost as signal:
        return problem(Refusal((signal.fault,)), spoken(request))


def broken(request: Request) -> Response:
    """The problem of a bug of ours; what happened stands in the log with its trace."""
    return problem(Refusal((Fault("P625"),)), spoken(request))


def shelf_of(request: Request) -> Shelf:
    """The plans that an application serves at this moment."""
    return registry_of(request).shelf


def registry_of(request: Request) -> Registry:
    """Where an application has its plans from."""
    return cast(Service, request.scope["app"]).registry


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    """The workers, from before the first request to after the last; the first of them is there by then."""
    room = cast(Service, app).room
    if not room.limits.workers:
        yield
        return
    room.workers = Workers(room.limits)
    try:
        await room.workers.run(ready)
        yield
    finally:
        room.workers.stop()
        room.workers = None
        await sleep(FAREWELL)


async def attend(request: Request, work: Work) -> Response:
    """The response to a body, worked out apart; a problem where the body is not taken."""
    brought = await bring(request)
    if isinstance(brought, Refusal):
        return problem(brought, spoken(request))
    return await away(request, brought, work)


async def away(request: Request, brought: Brought, work: Work) -> Response:
    """The response to a body that was taken, worked out apart with what it needs of the shelf."""
    lang = brought.spoken
    questions = needed(brought) if brought.short else await apart(request, lang, needed, brought)
    if isinstance(questions, Response):
        return questions
    plans = await _excerpt(request, lang, questions)
    if isinstance(plans, Response):
        return plans
    return await apart(request, lang, _answered, work, brought, plans)


def _answered(work: Work, brought: Brought, plans: Plans) -> Response:
    asked = ask(brought)
    return problem(asked, brought.spoken) if isinstance(asked, Refusal) else work(asked, plans)


async def drawn(request: Request, asked: Mapping[str, str], lang: Lang, draw: Draw) -> Response:
    """The response that is made of a plan which the address and its query name, worked out apart."""
    plan = str(request.path_params["id"])
    question: Question = (plan, asked.get("version"), asked.get("revision"), None)
    plans = await _excerpt(request, lang, (question,))
    if isinstance(plans, Response):
        return plans
    return await apart(request, lang, _drawn, draw, plans, question, lang)


def _drawn(draw: Draw, plans: Plans, question: Question, lang: Lang) -> Response:
    entry = plans.chosen(*question)
    if isinstance(entry, Fault):
        return problem(Refusal((replace(entry, pointer=None),)), lang)
    if entry.compiled is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *entry.faults), entry.source), lang)
    return draw(entry, entry.compiled)


async def _excerpt(request: Request, lang: Lang, questions: Collection[Question]) -> Excerpt | Response:
    """What the shelf answers; in a thread, where its history has to be looked into."""
    shelf = shelf_of(request)
    if all(past == [None, None] and shelf.at_hand(plan) for plan, *past, _ in questions):
        return excerpt(shelf, questions)
    return await aside(request, lang, lambda: excerpt(shelf, questions))


async def apart(request: Request, lang: Lang, work: Callable[..., T], *args: object) -> T | Response:
    """What some work comes to that is ended when it takes too much, or when its client is gone.

    A problem where too many wait already, and where it was ended.
    """
    room = room_of(request)
    if room.waiting >= room.limits.waiting:
        return busy("P626", lang)
    room.waiting += 1
    found: T | Exception = Ended()
    try:
        async with create_task_group() as group:
            group.start_soon(_left, request, group.cancel_scope)
            try:
                found = await room.apart(work, *args)
            except Exception as error:  # told to whoever called, and not as one of a group
                found = error
            group.cancel_scope.cancel()
    finally:
        room.waiting -= 1
    if isinstance(found, Ended):
        return busy("P632", lang)
    if isinstance(found, Exception):
        raise found
    return found


async def _left(request: Request, scope: CancelScope) -> None:
    """Wait until the client of a request is gone, and end what is done for it."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


async def aside(request: Request, lang: Lang, work: Callable[[], T]) -> T | Response:
    """What some work comes to that looks into the history of the shelf, done in a thread.

    A problem where too many wait already.
    """
    room = room_of(request)
    if room.waiting >= room.limits.waiting:
        return busy("P626", lang)
    room.waiting += 1
    try:
        return await run_sync(work, limiter=room.threads)
    finally:
        room.waiting -= 1


def busy(code: str, lang: Lang) -> Response:
    """The problem of a request that may be sent again."""
    return problem(Refusal((Fault(code),)), lang, {"retry-after": "1"})


def room_of(request: Request) -> Room:
    """Where an application works."""
    return cast(Service, request.scope["app"]).room
