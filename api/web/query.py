"""What stands behind the `?` of an address: parameters that each have a few values."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from dsl.faults import Fact, Fault, nearest

SHOWN = 40  # characters of what somebody sent


def query(request: Request, known: Mapping[str, tuple[str, ...]]) -> dict[str, str] | tuple[Fault, ...]:
    """The parameters that were given, each one of its values, or what is wrong with them."""
    sent = parse_qsl(request.url.query, keep_blank_values=True)
    faults: list[Fault] = []
    for name, value in sent:
        if name not in known:
            facts: dict[str, Fact] = {"name": name[:SHOWN], "known": tuple(known)}
            faults.append(Fault("P694", facts=facts, fix=nearest(name[:SHOWN], known)))
        elif value not in known[name] or [other for other, _ in sent].count(name) > 1:
            facts = {"name": name, "value": value[:SHOWN], "known": known[name]}
            faults.append(Fault("P695", facts=facts, fix=nearest(value[:SHOWN], known[name])))
    return tuple(faults) or dict(sent)
