"""What an address says: the plan that it names, and what stands behind its `?`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi import Depends, Path, Query
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query as QueryField
from fastapi.routing import APIRoute
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request

from dsl.faults import Fault, nearest
from dsl.marks import MOST, overladen
from dsl.words import Lang

from .headers import Reader, Text
from .problems import Declined, Refusal
from .subject import Question

SHOWN = 40  # characters of what somebody sent

PlanId = Annotated[
    str,
    Path(
        min_length=1,
        description="The id of a plan: the name of its file without `.plan`.",
        examples=["ivanov"],
    ),
]
Revision = Annotated[
    Text,
    Query(
        description="A branch, a tag or a commit of the repository that plans are read from; not together "
        "with `version`."
    ),
]
Version = Annotated[
    Text,
    Query(
        description="A version of the plan, and not together with `revision`; without both, the present text."
    ),
]
Spoken = Annotated[
    Lang | SkipJsonSchema[None], Query(description="The language of the answer, before `Accept-Language`.")
]


async def _tongue(reader: Reader, lang: Spoken = None) -> Lang:
    return lang or reader


Tongue = Annotated[Lang, Depends(_tongue)]  # the language of an answer that the address may say


async def _named(id: PlanId, version: Version = None, revision: Revision = None) -> Question:
    return id, version, revision, None


Named = Annotated[Question, Depends(_named)]  # the plan that an address names: of a version, or of a revision


async def fitting(request: Request, lang: Reader) -> None:
    """A dependency: declined is an address with what its route does not take."""
    if faults := tuple(_unfit(request)):
        raise Declined(Refusal(faults), lang)


def _unfit(request: Request) -> Iterator[Fault]:
    path, known = request.url.path, _known(request.scope["route"])
    if overladen(path) is not None:
        yield Fault("P143", facts={"name": path[:SHOWN], "most": str(MOST)})
    sent = parse_qsl(request.url.query, keep_blank_values=True)
    for name, value in sent if known else ():
        if overladen(name) is not None or overladen(value) is not None:
            yield Fault("P143", facts={"name": name[:SHOWN], "most": str(MOST)})
            continue
        if name not in known:
            shown = name[:SHOWN]
            yield Fault("P694", facts={"name": shown, "known": tuple(known)}, fix=nearest(shown, known))
            continue
        several, values = [other[:SHOWN] for key, other in sent if key == name], known[name]
        if values is not None and ((values and value not in values) or len(several) > 1):  # None is a list
            shown, values = value[:SHOWN], values or tuple(sorted(several))
            yield Fault(
                "P695", facts={"name": name, "value": shown, "known": values}, fix=nearest(shown, values)
            )


def _known(route: APIRoute) -> Mapping[str, tuple[str, ...] | None]:
    """The parameters behind the `?` that a route takes: its values, where they are few, or None of a list."""
    found = [entry for entry in get_flat_params(route.dependant) if isinstance(entry.field_info, QueryField)]
    return {entry.alias: _values(entry.field_info.annotation) for entry in found}


def _values(hint: Any) -> tuple[str, ...] | None:
    if any(get_origin(one) is list for one in get_args(hint)):
        return None
    literal = next((one for one in get_args(hint) if get_origin(one) is Literal), None)
    return get_args(literal) if literal else ()
