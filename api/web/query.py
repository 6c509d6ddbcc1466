"""The parameters of an address, after its `?`: each known, and given once unless it is a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from dsl.faults import Fault, nearest
from dsl.words import LANGS, Lang
from engine.facts import shown

from .asking import spoken

SPELT = 40  # letters of a name that is held against others


@dataclass(frozen=True, slots=True)
class Query:
    """What an address asks, the language to answer in, and what is wrong with it."""

    values: Mapping[str, tuple[str, ...]]
    lang: Lang
    faults: tuple[Fault, ...]

    def one(self, name: str) -> str | None:
        """The value of a parameter; None where it is not given."""
        return next(iter(self.several(name)), None)

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that is a list."""
        return self.values.get(name, ())


def query(request: Request, known: Collection[str], lists: Collection[str] = ()) -> Query:
    """The parameters of a request, `lang` read; `lists` are those that may be given more than once."""
    found: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name, value in request.query_params.multi_items():
        if name not in known:
            fix = nearest(name[:SPELT], known)
            faults.append(Fault("P782", facts={"name": shown(name), "known": tuple(known)}, fix=fix))
        elif name in found and name not in lists:
            faults.append(Fault("P783", facts={"name": name}))
        else:
            found[name] = (*found.get(name, ()), value)
    named = next(iter(found.get("lang", ())), None)
    lang = next((one for one in LANGS if one == named), spoken(request))
    if named is not None and named not in LANGS:
        value = shown(named)
        faults.append(Fault("P619", facts={"value": value, "known": LANGS}, fix=nearest(value, LANGS)))
    return Query(found, lang, tuple(faults))
