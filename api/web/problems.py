"""Answers: a document as JSON, what stands in its way (RFC 9457), and what is published of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any

from pydantic import TypeAdapter
from starlette.responses import Response

from dsl.faults import Fault, answer, phrase, wording
from dsl.node import node
from dsl.record import Form
from dsl.source import Source
from dsl.words import Lang

from ..documents import found
from .headers import safe

JSON = "application/json"
PROBLEM = "application/problem+json"

# The status of a request by its first fault; whatever is wrong with facts or with a plan's text is 422.
STATUSES = {
    **dict.fromkeys(["P601", "P602", "P603", "P604", "P605", "P606", "P607", "P609"], 400),
    "P608": 413,
    **dict.fromkeys(["P617", "P703", "P704", "P712", "P714", "P719"], 404),
    **dict.fromkeys(["P618", "P708", "P710", "P718"], 409),
    "P621": 415,
    "P622": 404,
    "P623": 405,
    "P624": 404,
    "P625": 500,
    "P626": 503,
    "P629": 503,
    "P631": 408,
    "P632": 503,
    "P633": 431,
    "P634": 400,
    "P690": 503,
    "P701": 503,
    "P692": 409,
    "P770": 503,
}


AGAIN = {"P626", "P632"}  # whoever is told so may send the request again


@dataclass(frozen=True, slots=True)
class Refusal:
    """Everything that is wrong with a request; `source` is the text that the faults have places in."""

    faults: tuple[Fault, ...]
    source: Source | None = None


@dataclass(eq=False)
class Declined(Exception):  # noqa: N818  # a signal from a dependency to whoever answers, and no error of ours
    """A request that is refused, and the language in which that is to be told."""

    refusal: Refusal
    lang: Lang


@node
class Problem:
    """Why there is no answer (RFC 9457), with every fault there is."""

    type: Annotated[str, Form(examples=["/faults/P501"])]
    """The page of the first fault."""
    title: str
    status: Annotated[int, Form(minimum=400, maximum=599)]
    detail: str
    faults: tuple[answer.ToldFault, ...]


Writer = Callable[[Any], bytes]
_WRITERS: dict[type, Writer] = {}


def encode(document: Any) -> bytes:
    """An answer as JSON: the very bytes of the standard library's, letters of any alphabet as they are."""
    return writer(type(document))(document)


def writer(kind: type) -> Writer:
    """What writes answers of a class, in a quarter of the time that the standard library takes."""
    if kind not in _WRITERS:
        _WRITERS[kind] = partial(TypeAdapter(kind).serializer.to_json, by_alias=True)
    return _WRITERS[kind]


class Reply(Response):
    """Bytes that are ready to be sent, with their headers; without a body they come after it."""

    def __init__(self, body: bytes | None, lang: Lang, status: int = 200, media: str = JSON) -> None:
        self.status_code = status
        self.background = None
        self.body = body or b""
        length = () if body is None else ((b"content-length", b"%d" % len(body)),)
        self.raw_headers = [*_head(lang, media), *length]


@cache
def _head(lang: Lang, media: str) -> tuple[tuple[bytes, bytes], ...]:
    """What every answer says of itself."""
    return (
        *safe(media.encode()),
        (b"content-type", media.encode()),
        (b"content-language", lang.encode()),
        (b"vary", b"accept-language"),
    )


def said(document: object, lang: Lang, media: str = JSON) -> Response:
    """A document as a response, in the language that it is in."""
    return Reply(encode(document), lang, 200, media)


def problem(refusal: Refusal, lang: Lang) -> Response:
    """The problem of a refused request, with all of its faults."""
    several = sorted(refusal.faults, key=lambda fault: fault.severity == "warning")
    first, status = several[0], STATUSES.get(several[0].code, 422)
    words = wording(first, lang)
    detail = words.text
    if len(several) > 1:
        detail = phrase("several_faults", lang).format(count=len(several), first=words.text)
    told = found(several, refusal.source, lang)
    document = Problem(f"/faults/{first.code}", words.title, status, detail, told)
    reply = Reply(encode(document), lang, status, PROBLEM)
    if first.code in AGAIN:
        reply.headers["retry-after"] = "1"
    return reply


# ── Published ────────────────────────────────────────────────────────────────────────────────────────────

Schema = dict[str, Any]

REF = "#/components/schemas/{model}"

ANY = (408, 431, 500)  # whatever is asked may come to this
TEXT = (400, 413, 415, 422, 503)  # a body that has all in it, to this as well
BODY = (404, 409, *TEXT)  # a body about a plan, to this
NAMED = (404, 409, 422, 503)  # and an address that names a plan, to this

DESCRIPTIONS = {
    400: "The body is no JSON that can be read exactly.",
    404: "There is nothing of that name.",
    408: "The request did not come in time.",
    409: "The plan is there and cannot pay: its file has faults.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The body, the parameters, the facts or the plan have faults.",
    431: "Address and headers are too long.",
    500: "A bug of ours.",
    503: "There is nothing to pay by, too much to do just now, or the work took too long; come again.",
}


def answers(
    answer: type | None, problems: tuple[int, ...] = (), *files: str, media: str = JSON, **links: Schema
) -> dict[str, Any]:
    """What a route answers, as arguments of its declaration.

    `files` are the media types beside JSON; `links` are the operations that the answer leads to, each with
    its parameters, or with `requestBody`.
    """
    content = {media: {} if answer else {"schema": {"type": "object"}}}
    content.update({file: {"schema": {"type": "string"}} for file in files})
    ok: Schema = {"description": "As asked.", "content": content, "model": answer}
    if links:
        ok["links"] = {name: {"operationId": name, **link} for name, link in links.items()}
    refused = {"$ref": REF.format(model=Problem.__name__)}
    page = {"fault": {"operationId": "fault", "parameters": {"code": "$response.body#/faults/0/code"}}}
    responses: dict[int | str, Schema] = {200: ok}
    for status in sorted((*problems, *ANY)):
        content = {PROBLEM: {"schema": refused}}
        responses[status] = {"description": DESCRIPTIONS[status], "content": content, "links": page}
    return {"response_class": Response, "responses": responses}
