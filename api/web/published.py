"""What the contract says of every route, and what leads from one answer to another request."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from .problems import JSON, PROBLEM, Problem

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
