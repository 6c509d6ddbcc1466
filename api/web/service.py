"""The application with what it holds: the plans it serves, and room for work that takes longer."""

from __future__ import annotations

import logging
from asyncio import CancelledError
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from anyio import CancelScope, CapacityLimiter, create_task_group, sleep
from anyio.from_thread import run
from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from dsl.faults import Fault
from dsl.words import Lang
from engine.compile import Compiled

from ..store import Registry, Shelf, ShelvedPlan
from .body import Asked, Brought, ask
from .headers import dressed, named, spoken
from .limits import Limits
from .lines import Arriving, ArrivingLines
from .problems import Declined, Refusal, problem
from .subject import Asking, Excerpt, Plans, Question, excerpt, needed
from .workers import Ask, Ended, Reply, Workers, ready

T = TypeVar("T")
Work = Callable[[Asked, Plans], Response]  # of a module, for it may be done in another process
Stream = Callable[..., Iterator[Response | bytes]]  # likewise; of a body of lines it takes these as well
Draw = Callable[[ShelvedPlan, Compiled], Response]  # likewise
Quick = Mapping[tuple[str, str], Callable[[Request], Awaitable[Response]]]  # by method and path

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

    def each(
        self, work: Callable[..., Iterator[T]], *args: object, reply: Reply | None = None
    ) -> AsyncGenerator[T]:
        """What some work yields, as it is asked for; where there is a `reply`, it may ask for that."""
        if self.workers is not None:
            return self.workers.each(work, *args, reply=reply)
        if reply is None:
            return self._each(work, *args)
        return self._each(work, lambda value: run(reply, value), *args)

    async def _each(self, work: Callable[..., Iterator[T]], *args: object) -> AsyncGenerator[T]:
        several = await run_sync(work, *args, limiter=self.threads)
        while (one := await run_sync(next, several, None, limiter=self.threads)) is not None:
            yield one


class Service(FastAPI):
    """The application, with what it holds.

    Around FastAPI each answer gets its name and what browsers are told, HEAD is answered as GET without the
    body, and what breaks is entered in the log. What is `quick` is answered without FastAPI, which has the
    same functions and would take as long as the work itself to come to them; where there is middleware it
    comes to them all the same, so that none goes round it.
    """

    def __init__(self, registry: Registry, limits: Limits, quick: Quick, **settings: Any) -> None:
        super().__init__(lifespan=_living, **settings)
        self.registry = registry
        self.room = Room(limits)
        self.quick = quick

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        name, started, bodiless = named(scope), False, scope["method"] == "HEAD"
        quick = None if self.user_middleware else self.quick.get((scope["method"], scope["path"]))

        async def sent(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = dressed(message["headers"], name)
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        try:
            if quick is None:
                await super().__call__({**scope, "method": "GET"} if bodiless else scope, receive, sent)
            else:
                scope["app"] = self
                response = await quick(Request(scope, receive))
                await response(scope, receive, sent)
            return
        except Exception:  # entered under the name of the request that its caller is told
            LOG.exception("%s %s %s", name.decode(), scope["method"], ascii(scope["path"]))
            code = "P625"
        except CancelledError:  # the service stops, and its grace is over
            code = "P632"
        if not started:  # else FastAPI has answered
            await problem(Refusal((Fault(code),)), spoken(Request(scope)))(scope, receive, sent)


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


class Streamed(Response):
    """The answer to a body, worked out apart and sent as it is made.

    What the work yields first is the whole of a problem, or the head of an answer whose bytes it yields then.
    Where it ends before its end, so does the connection, in the middle of the answer. Of a body of lines the
    work has the first one, and the others as they come.
    """

    def __init__(self, brought: Brought, work: Stream, lines: Arriving | None = None) -> None:
        self.brought = brought
        self.work = work
        self.lines = lines
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, lang, started = Request(scope, receive), self.brought.spoken, False
        plans = await _plans(request, self.brought)
        try:
            async with _watched(request, lang, self.lines) as room:
                async with aclosing(self._each(request, room, plans)) as several:
                    async for one in several:
                        if isinstance(one, Response):
                            head = {"status": one.status_code, "headers": one.raw_headers}
                            await send({"type": "http.response.start", **head})
                            started = True
                        body = one.body if isinstance(one, Response) else one
                        await send({"type": "http.response.body", "body": body, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except Declined:
            if not started:
                raise

    def _each(self, request: Request, room: Room, plans: Excerpt) -> AsyncGenerator[Response | bytes]:
        lines = self.lines
        if lines is None:
            return room.each(_streamed, self.work, self.brought, plans)

        async def reply(question: Question | None) -> object:
            """More of the body, or what the shelf answers."""
            if question is None:
                return await lines.incoming.more()
            return (await _excerpt(request, self.brought.spoken, (question,))).answers[question]

        return room.each(_lined, self.work, self.brought, plans, lines.rest, reply=reply)


def _lined(
    ask_service: Ask, work: Stream, brought: Brought, plans: Excerpt, rest: bytes
) -> Iterator[Response | bytes]:
    asked = ask(brought)
    if isinstance(asked, Refusal):
        return iter([problem(asked, brought.spoken)])
    return work(asked, Asking(plans, ask_service), ArrivingLines(rest, ask_service))


def _streamed(work: Stream, brought: Brought, plans: Plans) -> Iterator[Response | bytes]:
    asked = ask(brought)
    return iter([problem(asked, brought.spoken)]) if isinstance(asked, Refusal) else work(asked, plans)


# ── Work apart ───────────────────────────────────────────────────────────────────────────────────────────


async def attend(request: Request, brought: Brought, work: Work) -> Response:
    """The response to a body, worked out apart with what it needs of the shelf."""
    return await apart(request, brought.spoken, _answered, work, brought, await _plans(request, brought))


async def _plans(request: Request, brought: Brought) -> Excerpt:
    """What a body needs of the shelf."""
    lang = brought.spoken
    questions = needed(brought) if brought.short else await apart(request, lang, needed, brought)
    return await _excerpt(request, lang, questions)


def _answered(work: Work, brought: Brought, plans: Plans) -> Response:
    asked = ask(brought)
    return problem(asked, brought.spoken) if isinstance(asked, Refusal) else work(asked, plans)


async def drawn(request: Request, question: Question, lang: Lang, draw: Draw) -> Response:
    """The response that is made of a plan which the address and its query name, worked out apart."""
    plans = await _excerpt(request, lang, (question,))
    return await apart(request, lang, _drawn, draw, plans, question, lang)


def _drawn(draw: Draw, plans: Plans, question: Question, lang: Lang) -> Response:
    entry = plans.chosen(*question)
    if isinstance(entry, Fault):
        return problem(Refusal((replace(entry, pointer=None),)), lang)
    return unpayable(entry, lang) if entry.compiled is None else draw(entry, entry.compiled)


def unpayable(entry: ShelvedPlan, lang: Lang) -> Response:
    """The problem of a plan that an address names and that cannot pay."""
    return problem(Refusal((Fault("P618", facts={"plan": entry.id}), *entry.faults), entry.source), lang)


async def _excerpt(request: Request, lang: Lang, questions: Collection[Question]) -> Excerpt:
    """What the shelf answers; in a thread, where its history has to be looked into."""
    shelf = shelf_of(request)
    if all(past == [None, None] and shelf.at_hand(plan) for plan, *past, _ in questions):
        return excerpt(shelf, questions)
    return await aside(request, lang, excerpt, shelf, questions)


async def apart(request: Request, lang: Lang, work: Callable[..., T], *args: object) -> T:
    """What some work comes to that is ended when it takes too much, or when its client is gone.

    Declined where too many wait already, and where it was ended.
    """
    async with _watched(request, lang) as room:
        return await room.apart(work, *args)


@asynccontextmanager
async def _watched(request: Request, lang: Lang, lines: Arriving | None = None) -> AsyncIterator[Room]:
    """Where to do what is ended when the client of a request is gone.

    Declined where too many wait already, and where the work was ended.
    """
    ended: Exception | None = Ended()
    async with _waiting(request, lang) as room, create_task_group() as group:
        group.start_soon(_left, request, group.cancel_scope, lines)
        try:
            yield room
            ended = None
        except Exception as error:  # told to whoever called, and not as one of a group
            ended = error
        group.cancel_scope.cancel()
    if isinstance(ended, Ended):
        raise Declined(Refusal((Fault("P632"),)), lang)
    if ended is not None:
        raise ended


async def aside(request: Request, lang: Lang, work: Callable[..., T], *args: object) -> T:
    """What some work comes to that looks into the history of the shelf, done in a thread.

    Declined where too many wait already.
    """
    async with _waiting(request, lang) as room:
        return await run_sync(work, *args, limiter=room.threads)


@asynccontextmanager
async def _waiting(request: Request, lang: Lang) -> AsyncIterator[Room]:
    """A place among those who wait; Declined where there is none."""
    room = cast(Service, request.scope["app"]).room
    if room.waiting >= room.limits.waiting:
        raise Declined(Refusal((Fault("P626"),)), lang)
    room.waiting += 1
    try:
        yield room
    finally:
        room.waiting -= 1


async def _left(request: Request, scope: CancelScope, lines: Arriving | None) -> None:
    """Wait until the client of a request is gone, and end what is done for it.

    While its body still comes, whoever reads that learns of it.
    """
    if lines is not None:
        await lines.incoming.ended.wait()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
