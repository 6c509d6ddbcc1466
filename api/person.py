"""A person as they come in a request or a file, read into the engine's form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from dsl.faults import Fact, Fault, nearest
from engine.facts import Person, escaped, shown

from .exact import LISTED, Numeral

FIELDS = ("employee", "period", "facts", "targets")
NEEDED = FIELDS[:3]
NAMES = 200  # facts, or targets, of one person
EMPLOYEE = 200  # characters

# A personnel number, or whatever else tells people apart: no control characters, no space at either end.
IDENTIFIER = re.compile(r"[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?")

Table = Mapping[str, object]


def read_person(value: object, pointer: str = "", beside: Collection[str] = ()) -> Person | tuple[Fault, ...]:
    """A person from an object with `employee`, `period`, `facts` and maybe `targets`, or its faults of form.

    `beside` are fields of the same object that somebody else reads. The facts are held against a plan later.
    """
    if not isinstance(value, dict):
        return (mistyped(value, "", "object", pointer),)
    known = (*FIELDS, *beside)
    faults = [] if value.keys() <= {*known} else list(surplus(value, known, pointer))
    faults += [Fault("P611", pointer=pointer, facts={"name": name}) for name in NEEDED if name not in value]
    employee = text_field(value, "employee", pointer, faults)
    if employee is not None and (len(employee) > EMPLOYEE or not IDENTIFIER.fullmatch(employee)):
        about = {"value": shown(employee), "most": str(EMPLOYEE)}
        faults.append(Fault("P613", pointer=f"{pointer}/employee", facts=about))
    period = text_field(value, "period", pointer, faults)
    facts = _names(value, "facts", pointer, faults)
    targets = _names(value, "targets", pointer, faults)
    if faults or employee is None or period is None:
        return tuple(faults)
    return Person(employee, period, facts, targets, pointer)


def named(value: object) -> tuple[str | None, str | None]:
    """Employee and period of what is no person, each as far as it is a text: whom its faults are about."""
    table: Table = value if isinstance(value, dict) else {}
    employee, period = (table.get(name) for name in FIELDS[:2])
    return employee if isinstance(employee, str) else None, period if isinstance(period, str) else None


def mistyped(value: object, name: str, wanted: str, pointer: str) -> Fault:
    """The fault of a value of the wrong type; `wanted` is `text`, `object` or `list`."""
    facts: dict[str, Fact] = {"name": name, "value": shown(value), "wanted": (f"phrase:json_{wanted}",)}
    return Fault("P610" if name else "P614", pointer=pointer, facts=facts)


def surplus(value: Table, known: Collection[str], pointer: str) -> Iterator[Fault]:
    """A fault for each field that nobody reads."""
    for name in islice((name for name in value if name not in known), LISTED):
        facts: dict[str, Fact] = {"name": shown(name), "known": tuple(known)}
        yield Fault("P612", pointer=f"{pointer}/{escaped(name)}", facts=facts, fix=nearest(name, known))


def text_field(value: Table, name: str, pointer: str, faults: list[Fault]) -> str | None:
    """A field that holds a text, None where it is missing; where it is no text, a fault is added."""
    text = value.get(name)
    if isinstance(text, str) and not isinstance(text, Numeral):
        return text
    if name in value:
        faults.append(mistyped(text, name, "text", f"{pointer}/{name}"))
    return None


def _names(value: Table, name: str, pointer: str, faults: list[Fault]) -> Table:
    """The facts or the targets, their names in NFC as the names of plans are."""
    table = value.get(name, {})
    where = f"{pointer}/{name}"
    if not isinstance(table, dict):
        faults.append(mistyped(table, name, "object", where))
        return {}
    if len(table) > NAMES:
        faults.append(Fault("P615", pointer=where, facts={"name": name, "most": str(NAMES)}))
        return {}
    if all(map(str.isascii, table)):
        return table
    composed: dict[str, object] = {}
    for key, fact in table.items():
        entry = unicodedata.normalize("NFC", key)
        if entry in composed:
            faults.append(Fault("P604", pointer=f"{where}/{escaped(key)}", facts={"name": shown(key)}))
        composed[entry] = fact
    return composed
