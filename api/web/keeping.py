"""`GET`: the plans that the server keeps, the pages of faults, and whether all is well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Literal

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault, answer, codes
from dsl.node import node
from dsl.record import Form
from dsl.words import Lang
from engine.schema import schema

from ..documents import found, page
from ..plans import Revision, history, kept, revised, shelved
from ..store import Entry, Shelf, Timeline
from .asking import Refusal, spoken
from .problems import problem, said
from .query import query
from .service import aside, registry_of, shelf_of

SCHEMA = "application/schema+json"
REVISION: Mapping[str, tuple[str, ...]] = {"revision": ()}
CHOICE: Mapping[str, tuple[str, ...]] = {"version": (), **REVISION}  # which text of a plan is meant


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
    faults: tuple[answer.Fault, ...]
    """Why what is kept now cannot be served, and what was still is."""


async def plans(request: Request) -> Response:
    """The plans in a few words each, as they are now or were in a revision."""
    lang, shelf = spoken(request), shelf_of(request)
    asked = query(request, REVISION)
    if isinstance(asked, tuple):
        return problem(Refusal(asked), lang)
    revision = asked.get("revision")
    if revision is None:
        return _listed(shelf, lang)
    return await aside(request, lang, lambda: _listed(shelf.revised(revision), lang))


def _listed(shelf: Shelf | Fault, lang: Lang) -> Response:
    if isinstance(shelf, Fault):
        return problem(Refusal((shelf,)), lang)
    return said(kept(shelf, lang), lang)


async def plan(request: Request) -> Response:
    """A plan whole, also one that is broken: the present one, or that of a version or a revision."""
    return await _shown(request, lambda entry, lang: said(shelved(entry, lang), lang))


async def plan_inputs(request: Request) -> Response:
    """The JSON Schema of a person for a plan: the present one, or that of a version or a revision."""
    return await _shown(request, _inputs)


async def plan_versions(request: Request) -> Response:
    """The versions of a plan, the newest first, with the days on which each is in effect."""
    lang, shelf = spoken(request), shelf_of(request)
    return await aside(request, lang, lambda: _versions(shelf.timeline(_id(request)), lang))


def _versions(timeline: Timeline | Fault, lang: Lang) -> Response:
    if isinstance(timeline, Fault):
        return problem(Refusal((timeline,)), lang)
    return said(history(timeline, lang), lang)


def _inputs(entry: Entry, lang: Lang) -> Response:
    text = entry.text
    if text.compiled is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *text.faults), text.source), lang)
    return said(schema(text.compiled, lang), lang, SCHEMA)


async def _shown(request: Request, show: Callable[[Entry, Lang], Response]) -> Response:
    """Something of a plan that the address and its query name."""
    lang, shelf = spoken(request), shelf_of(request)
    asked = query(request, CHOICE)
    if isinstance(asked, tuple):
        return problem(Refusal(asked), lang)

    def seen() -> Response:
        entry = shelf.chosen(_id(request), asked.get("version"), asked.get("revision"))
        if isinstance(entry, Fault):
            return problem(Refusal((replace(entry, pointer=None),)), lang)
        return show(entry, lang)

    return await aside(request, lang, seen) if asked else seen()


async def fault(request: Request) -> Response:
    """The page of a code."""
    lang = spoken(request)
    code = str(request.path_params["code"])
    if code not in codes():
        return problem(Refusal((Fault("P624", facts={"code": code[:40]}),)), lang)
    return said(page(code, lang), lang)


async def health(request: Request) -> Response:
    """The process answers."""
    return said(Health("ok"), spoken(request))


async def readiness(request: Request) -> Response:
    """Whether there is anything to pay by; a broken file beside a good one is told and does no harm."""
    lang = spoken(request)
    shelf = shelf_of(request)
    if not shelf.ready:
        return problem(Refusal((*_nothing(request), *shelf.faults)), lang)
    broken = tuple(_broken(entry) for entry in (*shelf.broken, *shelf.kept))
    faults = found(registry_of(request).trouble, None, lang)
    return said(Readiness("ready", len(shelf.ready), revised(shelf.revision), broken, faults), lang)


def _nothing(request: Request) -> tuple[Fault, ...]:
    files = tuple(entry.file for entry in shelf_of(request).broken[:10])
    return (Fault("P629", facts={"files": files or ("phrase:no_plans",)}),)


def _broken(entry: Entry) -> BrokenPlan:
    wrong = entry.newer.text if entry.newer else entry.text
    errors = {fault.code for fault in wrong.faults if fault.severity == "error"}
    file = entry.newer.file if entry.newer else entry.file
    return BrokenPlan(entry.id, file, tuple(sorted(errors)), entry.newer is not None)


def _id(request: Request) -> str:
    return str(request.path_params["id"])
