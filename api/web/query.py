"""What stands behind the `?` of an address: parameters that are texts, or have a few values each."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from dsl.faults import Fact, Fault, nearest
from dsl.marks import MOST, overladen

SHOWN = 40  # characters of what somebody sent
LISTS = ("sort",)  # parameters that may be given several times


def query(request: Request, known: Mapping[str, tuple[str, ...]]) -> dict[str, str] | tuple[Fault, ...]:
    """The parameters that were given, or what is wrong with them; one without listed values is any text.

    Of a list it is the last, and `listed` has them all.
    """
    sent = parse_qsl(request.url.query, keep_blank_values=True)
    faults: list[Fault] = []
    for name, value in sent:
        if overladen(name) is not None or overladen(value) is not None:
            faults.append(Fault("P143", facts={"name": name[:SHOWN], "most": str(MOST)}))
            continue
        if name not in known:
            facts: dict[str, Fact] = {"name": name[:SHOWN], "known": tuple(known)}
            faults.append(Fault("P694", facts=facts, fix=nearest(name[:SHOWN], known)))
            continue
        several = [other[:SHOWN] for key, other in sent if key == name]
        if (known[name] and value not in known[name]) or (len(several) > 1 and name not in LISTS):
            values = known[name] or tuple(sorted(several))
            facts = {"name": name, "value": value[:SHOWN], "known": values}
            faults.append(Fault("P695", facts=facts, fix=nearest(value[:SHOWN], values)))
    return tuple(faults) or dict(sent)


def listed(request: Request, name: str) -> list[str]:
    """The values of a parameter that may be given several times."""
    return request.query_params.getlist(name)
