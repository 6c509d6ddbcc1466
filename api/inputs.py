"""What a plan needs to know about a person, as a JSON Schema."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from dsl.faults import phrase
from dsl.words import Lang
from engine.compiled import Compiled
from engine.facts import ANSWERS, DIGITS
from engine.kernel import Input
from engine.money import plain

from .person import EMPLOYEE, IDENTIFIER

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PERIOD = r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?$"
DATE = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def schema(compiled: Compiled, lang: Lang) -> Schema:
    """The JSON Schema (2020-12) of a person for a plan: labels are titles, kinds are types and patterns."""
    heading = compiled.checked.header
    entries = compiled.kernel.inputs
    facts = [entry for entry in entries if entry.role == "actual"]
    targets = [entry for entry in entries if entry.role == "target"]
    needed = ["employee", "period", "facts", *(["targets"] if any(map(_needed, targets)) else [])]
    return {
        "$schema": DIALECT,
        "title": heading.title if heading else "",
        "description": phrase("inputs_person", lang).format(version=compiled.kernel.version),
        "type": "object",
        "properties": {
            "employee": {
                "type": "string",
                "maxLength": EMPLOYEE,
                "pattern": f"^{IDENTIFIER.pattern}$",
                "description": phrase("inputs_employee", lang),
            },
            "period": {"type": "string", "pattern": PERIOD, "description": phrase("inputs_period", lang)},
            "facts": _table(compiled, facts, lang),
            "targets": _table(compiled, targets, lang),
        },
        "required": needed,
        "additionalProperties": False,
    }


def _table(compiled: Compiled, entries: Sequence[Input], lang: Lang) -> Schema:
    table: Schema = {
        "type": "object",
        "properties": {entry.name: _entry(compiled, entry, lang) for entry in entries},
        "additionalProperties": False,
    }
    needed = [entry.name for entry in entries if _needed(entry)]
    return {**table, "required": needed} if needed else table


def _needed(entry: Input) -> bool:
    return entry.default is None and not entry.optional


def _entry(compiled: Compiled, entry: Input, lang: Lang) -> Schema:
    kernel = compiled.kernel
    about = phrase(f"inputs_{entry.kind}", lang).format(currency=kernel.currency)
    if entry.optional:
        about = f"{about}; {phrase('inputs_optional', lang)}"
    found: Schema = {
        "title": compiled.checked.scope.label(entry.name),
        "description": about,
        "x-kind": entry.kind,
        **_values(entry, kernel.digits),
    }
    return found if entry.default is None else {**found, "default": written(entry.default, entry)}


def _values(entry: Input, minor: int) -> Schema:
    """What values of a kind look like."""
    match entry.kind:
        case "date":
            return {"type": "string", "format": "date", "pattern": DATE}
        case "yes_no":
            return {"anyOf": [{"type": "boolean"}, {"type": "string", "enum": list(ANSWERS)}]}
        case "count":
            number, places = "integer", 0
        case "money":
            number, places = "number", minor
        case _:
            number, places = "number", DIGITS - 2  # a percent sign takes two more
    bounds: Schema = {} if entry.signed else {"minimum": 0}
    if entry.role == "target":
        bounds = {"exclusiveMinimum": 0}
    return {"anyOf": [{"type": number, **bounds}, {"type": "string", "pattern": _pattern(entry, places)}]}


def _pattern(entry: Input, places: int) -> str:
    some = "(?=.*[1-9])" if entry.role == "target" else ""
    sign = "-?" if entry.signed else ""
    part = rf"(?:\.[0-9]{{1,{places}}}0*)?" if places else r"(?:\.0+)?"
    unit = "%?" if entry.kind == "percent" else ""
    return f"^{some}{sign}[0-9]{{1,{DIGITS}}}{part}{unit}$"


def written(value: Fraction, entry: Input) -> str | bool:
    """A value that the plan states, as a person's facts would give it."""
    match entry.kind:
        case "yes_no":
            return bool(value)
        case "date":
            return datetime.date.fromordinal(int(value)).isoformat()
        case "percent":
            return f"{_decimal(value * 100)}%"
        case _:
            return _decimal(value)


def _decimal(value: Fraction) -> str:
    """A decimal number that ends."""
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    return plain(value.numerator, places)
