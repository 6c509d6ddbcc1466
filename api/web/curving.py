"""`GET /plans/{id}/curve`: what a line of pay comes to over what it is paid for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from starlette.requests import Request
from starlette.responses import Response

from dsl.faults import Fault
from dsl.words import LANGS, Lang, language
from engine.compile import Compiled

from ..curves import FORMS, Form, curves, document, inked
from ..store import Entry
from .asking import Refusal, header, spoken
from .problems import Reply, problem, said
from .query import listed, query
from .service import drawn

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
    reader = language(asked.get("lang", lang))
    liked = accepted(header(request.scope, b"accept"))
    form = next((one for one in FORMS if one == asked.get("format")), liked)
    made = partial(_made, kpi=asked.get("kpi"), sort=listed(request, "sort"), form=form, lang=reader)
    return await drawn(request, asked, reader, made)


def _made(
    _: Entry, compiled: Compiled, kpi: str | None, sort: Sequence[str], form: Form, lang: Lang
) -> Response:
    found = curves(compiled, kpi, sort)
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
