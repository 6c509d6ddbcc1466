"""`GET`: the plans that the server keeps, the pages of faults, and whether all is well."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault, codes
from engine.inputs import schema

from ..documents import Document, listed, page, shelved
from ..store import Entry
from .asking import Refusal, spoken
from .problems import problem, said
from .service import shelf_of

SCHEMA = "application/schema+json"


async def plans(request: Request) -> Response:
    """The plans of the shelf in a few words each."""
    lang = spoken(request)
    return said({"plans": [listed(entry, lang) for entry in shelf_of(request).entries]}, lang)


async def plan(request: Request) -> Response:
    """A plan whole, also one that is broken."""
    lang = spoken(request)
    entry = _entry(request)
    if isinstance(entry, Fault):
        return problem(Refusal((entry,)), lang)
    return said(shelved(entry, lang), lang)


async def plan_inputs(request: Request) -> Response:
    """The JSON Schema of a person for a plan."""
    lang = spoken(request)
    entry = _entry(request)
    if isinstance(entry, Fault):
        return problem(Refusal((entry,)), lang)
    if entry.compiled is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *entry.faults), entry.source), lang)
    return said(schema(entry.compiled, lang), lang, SCHEMA)


async def fault(request: Request) -> Response:
    """The page of a code."""
    lang = spoken(request)
    code = str(request.path_params["code"])
    if code not in codes():
        return problem(Refusal((Fault("P624", facts={"code": code[:40]}),)), lang)
    return said(page(code, lang), lang)


async def health(request: Request) -> Response:
    """The process answers."""
    return said({"status": "ok"}, spoken(request))


async def readiness(request: Request) -> Response:
    """Whether there is anything to pay by; a broken file beside a good one is told and does no harm."""
    lang = spoken(request)
    shelf = shelf_of(request)
    if not shelf.ready:
        return problem(Refusal((*_nothing(request), *shelf.faults)), lang)
    broken = [_broken(entry) for entry in shelf.broken]
    return said({"status": "ready", "plans": len(shelf.ready), "broken": broken}, lang)


def _nothing(request: Request) -> tuple[Fault, ...]:
    files = tuple(entry.file for entry in shelf_of(request).broken[:10])
    return (Fault("P629", facts={"files": files or ("phrase:no_plans",)}),)


def _broken(entry: Entry) -> Document:
    errors = {fault.code for fault in entry.faults if fault.severity == "error"}
    return {"id": entry.id, "file": entry.file, "codes": sorted(errors)}


def _entry(request: Request) -> Entry | Fault:
    return shelf_of(request).find(str(request.path_params["id"]))
