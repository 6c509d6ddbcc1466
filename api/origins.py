"""Where facts and tables came from, as a request, a file or a mapping says it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dsl.faults import Fact, Fault
from dsl.marks import composed
from engine.facts import Origin, Origins
from engine.facts.decimals import day
from engine.facts.origins import by_hand
from engine.facts.understood import understood_day
from engine.facts.values import escaped, shown

from .exact import text_of
from .tables import unlike

FIELDS = ("origin", "origins")
PARTS = ("source", "as_of")
NAME = 200  # characters of the name of a source
NAMES = 400  # facts and tables of which one says where they came from
# A day with a time, whose zone is that of the source.
TIMED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})"
    r"(?::[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)

Table = Mapping[str, object]


def read_origins(value: Table, pointer: str, faults: list[Fault]) -> Origins:
    """What the fields `origin` and `origins` of an object say; without them all of it was typed in."""
    whole, named = value.get(FIELDS[0]), value.get(FIELDS[1], {})
    where = f"{pointer}/{FIELDS[1]}"
    if not isinstance(named, dict):
        faults.append(unlike(named, FIELDS[1], "object", where))
        named = {}
    if len(named) > NAMES:
        faults.append(Fault("P615", pointer=where, facts={"name": FIELDS[1], "most": str(NAMES)}))
        named = {}
    return Origins(
        Origin() if FIELDS[0] not in value else _origin(whole, FIELDS[0], f"{pointer}/{FIELDS[0]}", faults),
        {composed(one): _origin(said, one, f"{where}/{escaped(one)}", faults) for one, said in named.items()},
    )


def _origin(value: object, name: str, pointer: str, faults: list[Fault]) -> Origin:
    """What an object with `source` and `as_of` says, either of which may be missing."""
    if not isinstance(value, dict):
        faults.append(unlike(value, name, "object", pointer))
        return Origin()
    for one in value:
        if one not in PARTS:
            facts: dict[str, Fact] = {"name": shown(one), "known": PARTS}
            faults.append(Fault("P612", pointer=f"{pointer}/{escaped(one)}", facts=facts))
    texts: dict[str, str] = {}
    for one in filter(value.__contains__, PARTS):
        if (text := text_of(value[one])) is None:
            faults.append(unlike(value[one], one, "text", f"{pointer}/{one}"))
        else:
            texts[one] = text
    return stated(texts.get("source"), texts.get("as_of"), pointer, faults)


def stated(source: str | None, as_of: str | None, pointer: str | None, faults: list[Fault]) -> Origin:
    """An origin from its texts; an empty one says nothing, as does the word for what is typed in."""
    name, when = composed(source or "").strip(), (as_of or "").strip()
    if len(name) > NAME or not name.isprintable():
        where = pointer and f"{pointer}/source"
        faults.append(Fault("P566", pointer=where, facts={"value": shown(name), "most": str(NAME)}))
        name = ""
    known = moment(when)
    if when and known is None:
        faults.append(Fault("P564", pointer=pointer and f"{pointer}/as_of", facts={"value": shown(when)}))
    return Origin(None if name.casefold() in {"", *by_hand()} else name, known)


def moment(text: str) -> str | None:
    """A day, or a day with its time, in one way of writing; None for what is neither."""
    if found := TIMED.fullmatch(text):
        known = day(found[1]) is not None and found[2] < "24:00" and found[2][3:] < "60"
        return f"{found[1]} {found[2]}{found[3] or ''}" if known else None
    return text if day(text) is not None else understood_day(text)
