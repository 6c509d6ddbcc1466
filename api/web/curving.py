"""`GET /plans/{id}/curve`: what a line of pay comes to over what it is paid for."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from engine.compiled import Compiled

from ..curves import FORMS, Form, curves, document, form_of, inked
from .asking import Refusal, header
from .problems import JSON, Reply, encode, problem
from .query import Query, query
from .service import aside, shelf_of

PARAMETERS = ("kpi", "sort", "lang", "format")
VARY = "accept, accept-language"  # both decide what is answered


async def plan_curve(request: Request) -> Response:
    """Each line of pay as a function of its attainment, or of the fact that it is paid for: exact pieces.

    As JSON, or as `format` or `Accept` say: a picture (SVG, PNG) or a page of pictures and tables (HTML).
    """
    asked = query(request, PARAMETERS, lists=("sort",))
    form = (
        form_of(asked.one("format") or "")
        if "format" in asked.values
        else accepted(header(request, b"accept"))
    )
    faults = [*asked.faults, *([form] if isinstance(form, Fault) else [])]
    entry = shelf_of(request).find(str(request.path_params["id"]))
    if isinstance(entry, Fault):
        return problem(Refusal((entry, *faults)), asked.lang)
    ready = entry.compiled
    if ready is None:
        broken = Fault("P618", facts={"plan": entry.id})
        return problem(Refusal((broken, *faults, *entry.faults), entry.source), asked.lang)
    if faults or isinstance(form, Fault):
        return problem(Refusal(tuple(faults)), asked.lang)
    return await aside(request, asked.lang, lambda: _drawn(ready, asked, form))


def _drawn(ready: Compiled, asked: Query, form: Form) -> Response:
    found = curves(ready, asked.one("kpi"), asked.several("sort"))
    if isinstance(found, tuple):
        return problem(Refusal(found), asked.lang)
    if form == "json":
        made: bytes | Fault = encode(document(found, asked.lang))
    else:
        made = inked(found, form, asked.lang)
    if isinstance(made, Fault):
        return problem(Refusal((made,)), asked.lang)
    reply = Reply(made, asked.lang, media=JSON if form == "json" else FORMS[form])
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
