"""What is published of the service: OpenAPI, with examples that are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from starlette.responses import Response

from ..store import Shelf
from .examples import answers, requests
from .operations import OPERATIONS, Operation
from .problems import PROBLEM, Problem
from .query import LISTS

Schema = dict[str, Any]

REF = "#/components/schemas/{model}"
RECORDS = ConfigDict(use_attribute_docstrings=True, extra="forbid")

ABOUT = """\
Motivation schemes as code: a plan file and a person's facts go in, an exact and explained payout comes out.

Numbers are taken exactly as written, as JSON strings or JSON numbers; amounts are answered as strings.
Whatever is wrong comes back as `application/problem+json`, all of it at once, with JSON pointers into the
body and places in the plan. Answers are in the language of `lang`, else of `Accept-Language` (`en` or `ru`).
"""

TAGS = [
    {"name": "pay", "description": "What people are paid, and why."},
    {"name": "text", "description": "A plan's text: checked, formatted, translated."},
    {"name": "plans", "description": "The plans that the server keeps."},
    {"name": "service", "description": "Pages of faults, and whether all is well."},
]

DESCRIPTIONS = {
    400: "The body is no JSON that can be read exactly.",
    404: "There is nothing of that name.",
    408: "The body did not come in time.",
    409: "The plan is there and cannot pay: its file has faults.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The body, the parameters, the facts or the plan have faults.",
    500: "A bug of ours.",
    503: "There is nothing to pay by, too much to do just now, or the work took too long; come again.",
}

# What every answer carries.
HEADERS: Schema = {
    "X-Request-Id": {
        "description": "The name of the request in the log: what the caller sent under this header, "
        "if that is at most 128 letters, digits and marks `._:/+=@-`, else one of the service.",
        "schema": {"type": "string"},
    },
    "X-Content-Type-Options": {"schema": {"const": "nosniff"}},
    "Content-Security-Policy": {
        "description": "A browser runs nothing of an answer and loads nothing for it.",
        "schema": {"type": "string"},
    },
}

PARAMETERS = {
    "id": ("The id of a plan: the name of its file without `.plan`.", "ivanov"),
    "code": ("The code of a fault.", "P501"),
}

ASKED = {
    "kpi": "A line of pay, by its name or its label; without it, all of them.",
    "sort": "People of a sort, such as `grade=senior`; may be given for several attributes.",
    "lang": "The language of the answer, before `Accept-Language`.",
    "version": "A version of the plan; without it and without a revision, the present text.",
    "revision": "A branch, a tag or a commit of the repository that plans are read from.",
    "format": "The form of the answer: data, a page, a picture, a file of a word processor.",
}


def published(operation: Operation) -> Schema:
    """What FastAPI is to publish of an operation, as arguments of a route."""
    return {
        "name": operation.name,
        "operation_id": operation.name,
        "summary": operation.summary,
        "description": operation.endpoint.__doc__,
        "tags": [operation.tag],
        "response_class": Response,
        "responses": {status: _response(status) for status in operation.problems},
        "openapi_extra": _extra(operation),
    }


def contract(app: FastAPI, shelf: Shelf) -> Schema:
    """The OpenAPI document, made when it is first asked for."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            tags=app.openapi_tags,
            routes=app.routes,
        )
        document["components"] = {"schemas": schemas(), "headers": HEADERS}
        for operation in document["paths"].values():
            for method in operation.values():
                for response in method["responses"].values():
                    response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        _illustrate(document, shelf)
        app.openapi_schema = document
    return app.openapi_schema


def schemas() -> Schema:
    """The schemas of everything that is asked and answered, by their names."""
    _, found = TypeAdapter.json_schemas(_contracts(), ref_template=REF, schema_generator=Published)
    published: Schema = found["$defs"]
    return published


class Published(GenerateJsonSchema):
    """Schemas in which each field of an answer is required that every answer has."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # pydantic's own signature
        """Whether a field is always there: of a record, also one that has a value where nobody gives it."""
        if field["type"] != "dataclass-field":
            return super().field_is_required(field, total)
        return not (field.get("serialization_exclude") or field.get("serialization_exclude_if"))


def _contracts() -> Iterator[tuple[str, Literal["serialization"], TypeAdapter[Any]]]:
    pairs = ((operation.request, operation.answer) for operation in OPERATIONS)
    for kind in (*(one for pair in pairs for one in pair if one is not None), Problem):
        # A record takes no settings itself, but for a list of it.
        asked = issubclass(kind, BaseModel)
        adapter = TypeAdapter(kind) if asked else TypeAdapter(list[kind], config=RECORDS)  # type: ignore[valid-type]
        yield kind.__name__, "serialization", adapter


def _illustrate(document: Schema, shelf: Shelf) -> None:
    """Add the examples."""
    asked, answered = requests(shelf), answers(shelf)
    for operation in OPERATIONS:
        found = document["paths"][operation.path][operation.method.lower()]
        if operation.name in asked:
            found["requestBody"]["content"]["application/json"]["examples"] = asked[operation.name]
        if operation.name in answered:
            found["responses"]["200"]["content"][operation.media]["examples"] = answered[operation.name]


def _extra(operation: Operation) -> Schema:
    content = {operation.media: {"schema": _reference(operation.answer)}}
    content.update({media: {"schema": {"type": "string"}} for media in operation.files})
    extra: Schema = {"responses": {"200": {"description": "As asked.", "content": content}}}
    if operation.request is not None:
        body = {"application/json": {"schema": _reference(operation.request)}}
        extra["requestBody"] = {"required": True, "content": body}
    parameters = [_parameter(name) for name in PARAMETERS if f"{{{name}}}" in operation.path]
    parameters += [_asked(name, values) for name, values in operation.query.items()]
    return {**extra, "parameters": parameters} if parameters else extra


def _parameter(name: str) -> Schema:
    about, example = PARAMETERS[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": {"type": "string", "minLength": 1},
        "example": example,
    }


def _asked(name: str, values: tuple[str, ...]) -> Schema:
    """A parameter behind the `?`."""
    schema: Schema = {"type": "string", "enum": list(values)} if values else {"type": "string"}
    schema = {"type": "array", "items": schema} if name in LISTS else schema
    return {"name": name, "in": "query", "required": False, "description": ASKED[name], "schema": schema}


def _reference(model: type | None) -> Schema:
    # A JSON Schema is described by its dialect; OpenAPI has no more to say of it than that it is an object.
    return {"type": "object"} if model is None else {"$ref": REF.format(model=model.__name__)}


def _response(status: int) -> Schema:
    return {"description": DESCRIPTIONS[status], "content": {PROBLEM: {"schema": _reference(Problem)}}}
