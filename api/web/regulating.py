"""`GET /plans/{id}/regulation`: the regulation on bonuses, made from a plan that the server keeps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import LANGS, Lang, language
from engine.compile import Compiled
from engine.regulation import Regulation

from .. import regulation as writers
from ..store import Entry
from .asking import Refusal, spoken
from .problems import Reply, problem, said
from .query import query
from .service import drawn

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
    reader = language(asked.get("lang", lang))
    made = partial(_made, lang=reader, form=asked.get("format", "html"))
    return await drawn(request, asked, reader, made)


def _made(entry: Entry, compiled: Compiled, lang: Lang, form: str) -> Response:
    document = writers.made(compiled, lang)
    if isinstance(document, tuple):
        return problem(Refusal(document, entry.source), lang)
    return _written(document, lang, form)


def _written(document: Regulation, lang: Lang, form: str) -> Response:
    if form == "json":
        return said(document, lang)
    file = writers.written(document, "docx" if form == "docx" else "html")
    if isinstance(file, Fault):
        return problem(Refusal((file,)), lang)
    return Reply(file, lang, media=DOCX if form == "docx" else HTML)
