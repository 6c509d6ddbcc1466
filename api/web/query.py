"""What stands behind the `?` of an address: parameters that each have a few values, or any text."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from dsl.faults import Fact, Fault, nearest

SHOWN = 40  # characters of what somebody sent
LISTS = ("sort",)  # parameters that may be given several times


def query(request: Request, known: Mapping[str, tuple[str, ...]]) -> dict[str, str] | tuple[Fault, ...]:
    """The parameters that were given, or what is wrong with them; of a list the last, `listed` has them all.

    Each is one of its values, which are `known`; where none are, it is any text.
    """
    sent = parse_qsl(request.url.query, keep_blank_values=True)
    names = [name for name, _ in sent]
    faults: list[Fault] = []
    for name, value in sent:
        if name not in known:
            facts: dict[str, Fact] = {"name": name[:SHOWN], "known": tuple(known)}
            faults.append(Fault("P694", facts=facts, fix=nearest(name[:SHOWN], known)))
        elif known[name] and value not in known[name]:
            facts = {"name": name, "value": value[:SHOWN], "known": known[name]}
            faults.append(Fault("P695", facts=facts, fix=nearest(value[:SHOWN], known[name])))
        elif names.count(name) > 1 and name not in LISTS:
            faults.append(Fault("P783", facts={"name": name}))
    return tuple(faults) or dict(sent)


def listed(request: Request, name: str) -> list[str]:
    """The values of a parameter that may be given several times."""
    return request.query_params.getlist(name)
