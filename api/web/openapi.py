"""The contract: OpenAPI of the routes, with what FastAPI cannot say of them, and examples that are true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from dsl.record import ABSENT

from ..store import Shelf
from .body import Reads
from .examples import answers, requests
from .lines import MEDIA as LINES
from .lines import ReadsLines
from .problems import JSON, REF, Problem, Schema

PEOPLE = {
    "type": "string",
    "minLength": 1,
    "description": "First what to pay, as in a document but without `people`; then a person in each line.",
}
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


def contract(app: FastAPI, routes: Iterable[APIRoute], shelf: Shelf) -> Schema:
    """The OpenAPI document, made when it is first asked for."""
    if app.openapi_schema is not None:
        return app.openapi_schema
    document = FastAPI.openapi(app)
    document["security"] = []  # who may ask is the business of a proxy
    document["components"] = {"schemas": schemas(routes), "headers": HEADERS}
    asked, answered = requests(shelf), answers(shelf)
    for route in routes:
        name = route.name
        for method in route.methods or ():
            operation = document["paths"][route.path][method.lower()]
            if 422 not in route.responses:  # FastAPI thinks that any header may be wrong
                operation["responses"].pop("422", None)
            if (kind := asks(route)) is not None:
                body = {"schema": {"$ref": REF.format(model=kind.__name__)}, "examples": asked.get(name, {})}
                content = {JSON: body, **({LINES: {"schema": PEOPLE}} if lined(route) else {})}
                operation["requestBody"] = {"required": True, "content": content}
            for response in operation["responses"].values():
                response["headers"] = {
                    header: {"$ref": f"#/components/headers/{header}"} for header in HEADERS
                }
            if name in answered:
                shown = next(iter(operation["responses"]["200"]["content"].values()))
                shown["examples"] = answered[name]
    return document


def asks(route: APIRoute) -> type | None:
    """The class of requests that a route reads."""
    return next((one.call.kind for one in route.dependant.dependencies if isinstance(one.call, Reads)), None)


def lined(route: APIRoute) -> bool:
    """Whether it may come as lines of JSON too."""
    return any(isinstance(one.call, ReadsLines) for one in route.dependant.dependencies)


def told(route: APIRoute) -> type | None:
    """The class of answers of a route."""
    found: type | None = route.responses[200]["model"]
    return found


def schemas(routes: Iterable[APIRoute]) -> Schema:
    """The schemas of everything that is asked and answered, by their names."""
    kinds = {kind: None for route in routes for kind in (asks(route), told(route)) if kind is not None}
    # A record takes no settings itself, but for a list of it.
    adapters = {kind: TypeAdapter(list[kind], config=RECORDS) for kind in (*kinds, Problem)}  # type: ignore[valid-type]
    named: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (kind.__name__, "serialization", adapter) for kind, adapter in adapters.items()
    ]
    _, found = TypeAdapter.json_schemas(named, ref_template=REF, schema_generator=Published)
    published: Schema = found["$defs"]
    return published


class Published(GenerateJsonSchema):
    """Schemas in which each field is required that is always there, and none is null that may be left out."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # pydantic's own signature
        """Whether a field is always there: of a record, also one that has a value where nobody gives it."""
        if field["type"] != "dataclass-field":
            return super().field_is_required(field, total)
        return not (field.get("serialization_exclude") or field.get("serialization_exclude_if"))

    def dataclass_field_schema(self, schema: Any) -> Schema:
        """A field."""
        found = super().dataclass_field_schema(schema)
        if schema.get("serialization_exclude_if") is not ABSENT["exclude_if"]:
            return found
        kinds = [kind for kind in found.pop("anyOf", ()) if kind != {"type": "null"}]
        found.pop("default", None)
        return {**(kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {}), **found}
