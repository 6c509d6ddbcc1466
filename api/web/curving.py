"""`GET /plans/{id}/curve`: what a line of pay comes to over what it is paid for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import LANGS, Lang

from ..curves import FORMS, Form, curves, document, inked
from ..store import Entry
from .asking import Refusal, header, spoken
from .problems import Reply, problem, said
from .query import listed, query
from .service import aside, shelf_of
from .subject import chosen

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "kpi": (),
    "sort": (),
    "version": (),
    "revision": (),
    "lang": LANGS,
    "format": tuple(FORMS),
}
VARY = "accept, accept-language"  # both decide what is answered


async def plan_curve(request: Request) -> Response:
    """Each line of pay as a function of its attainment, or of the fact that it is paid for: exact pieces.

    As JSON, or as `format` or `Accept` say: a picture (SVG, PNG) or a page of pictures and tables (HTML).
    """
    lang = spoken(request)
    asked = query(request, PARAMETERS)
    if isinstance(asked, tuple):
        return problem(Refusal(asked), lang)
    reader: Lang = "ru" if asked.get("lang", lang) == "ru" else "en"
    form = next((one for one in FORMS if one == asked.get("format")), accepted(header(request, b"accept")))
    shelf, plan, sort = shelf_of(request), str(request.path_params["id"]), listed(request, "sort")

    def made() -> Response:
        entry = chosen(shelf, plan, asked.get("version"), asked.get("revision"))
        return _made(entry, asked.get("kpi"), sort, form, reader)

    return await aside(request, reader, made)


def _made(entry: Entry | Fault, kpi: str | None, sort: Sequence[str], form: Form, lang: Lang) -> Response:
    if isinstance(entry, Fault):
        return problem(Refusal((replace(entry, pointer=None),)), lang)
    if entry.compiled is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *entry.faults), entry.source), lang)
    found = curves(entry.compiled, kpi, sort)
    if isinstance(found, tuple):
        return problem(Refusal(found), lang)
    if form == "json":
        reply = said(document(found, lang), lang)
    else:
        made = inked(found, form, lang)
        if isinstance(made, Fault):
            return problem(Refusal((made,)), lang)
        reply = Reply(made, lang, media=FORMS[form])
    reply.headers["vary"] = VARY
    return reply


@lru_cache(maxsize=64)
def accepted(header: bytes) -> Form:
    """The form that an `Accept` header likes best (RFC 9110); data, where it likes nothing that there is."""
    best: tuple[float, Form] = (0.0, "json")
    for part in header[:500].decode("latin-1").split(","):
        media, *parameters = (text.strip().casefold() for text in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        liked = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
        for form, of in FORMS.items():
            if media in {of.partition(";")[0], "*/*"} and liked > best[0]:
                best = (liked, form)
    return best[1]
