"""`GET /plans/{id}/regulation`: the regulation on bonuses, made from a plan that the server keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import LANGS, Lang
from engine.regulation import Document, plain

from .. import regulation as writers
from ..store import Entry
from .asking import Refusal, spoken
from .problems import Reply, problem, said
from .query import query
from .service import aside, shelf_of
from .subject import chosen

HTML = "text/html; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = ("html", "docx", "json")
PARAMETERS: Mapping[str, tuple[str, ...]] = {"version": (), "revision": (), "lang": LANGS, "format": FORMATS}


async def plan_regulation(request: Request) -> Response:
    """The regulation on bonuses of a plan: a page, a file of a word processor, or data."""
    lang = spoken(request)
    asked = query(request, PARAMETERS)
    if isinstance(asked, tuple):
        return problem(Refusal(asked), lang)
    reader: Lang = "ru" if asked.get("lang", lang) == "ru" else "en"
    shelf, plan = shelf_of(request), str(request.path_params["id"])

    def made() -> Response:
        entry = chosen(shelf, plan, asked.get("version"), asked.get("revision"))
        return _made(entry, reader, asked.get("format", "html"))

    return await aside(request, reader, made)


def _made(entry: Entry | Fault, lang: Lang, form: str) -> Response:
    if isinstance(entry, Fault):
        return problem(Refusal((replace(entry, pointer=None),)), lang)
    if entry.compiled is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *entry.faults), entry.source), lang)
    document = writers.made(entry.compiled, lang)
    if isinstance(document, tuple):
        return problem(Refusal(document, entry.source), lang)
    return _written(document, lang, form)


def _written(document: Document, lang: Lang, form: str) -> Response:
    match form:
        case "docx":
            file = writers.docx(document)
            if isinstance(file, Fault):
                return problem(Refusal((file,)), lang)
            return Reply(file, lang, media=DOCX)
        case "json":
            return said(plain(document), lang)
        case _:
            return Reply(writers.html(document).encode(), lang, media=HTML)
