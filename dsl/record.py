"""Records of answers: frozen dataclasses, from whose fields their JSON and what is published of it follow.

A class is made by `node`; the text under a field says what it holds. A field may be called otherwise in JSON
(`called`), or be left out of it where it is None (`ABSENT`). Pydantic reads the same declarations.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

# Of a field that is left out where it is None.
ABSENT: Mapping[str, Any] = {"exclude_if": lambda value: value is None}
HIDDEN: Mapping[str, Any] = {"exclude": True}  # of a field that no answer has


def called(name: str) -> Mapping[str, Any]:
    """The metadata of a field whose name in JSON Python cannot have."""
    return {"alias": name}


class Form:
    """What a type that stands in several records is published as: `Annotated[str, Form(pattern="…")]`."""

    def __init__(self, **says: Any) -> None:
        self.says: Mapping[str, Any] = says

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], Any]) -> Any:
        return {**handler(schema), **self.says}


def entries(record: Any) -> dict[str, object]:
    """The fields of a record, as its JSON object has them; records inside are left as they are."""
    return _reader(record.__class__)(record)


@cache
def _reader(kind: Any) -> Callable[[Any], dict[str, object]]:
    """What lists the fields of a class; written out once, as it is done many times for each answer."""
    rows: list[str] = []
    for entry in fields(kind):
        name, value = entry.metadata.get("alias", entry.name), f"record.{entry.name}"
        row = f"{name!r}: {value}"
        optional = f"**({{}} if {value} is None else {{{row}}})"
        if "exclude" not in entry.metadata:
            rows.append(optional if "exclude_if" in entry.metadata else row)
    # Our own text: names of fields only.
    made: Callable[[Any], dict[str, object]] = eval(f"lambda record: {{{', '.join(rows)}}}")
    return made


def plain(value: object) -> Any:
    """A value as JSON has it, through and through: objects, lists, texts, numbers, yes, no and nothing."""
    match value:
        case str():
            return str(value)
        case None | int():
            return value
        case list() | tuple():
            return [plain(one) for one in value]
        case Mapping():
            return {name: plain(one) for name, one in value.items()}
        case _:
            return plain(entries(value))


# Letters of any alphabet as they are; what is no JSON by itself is a record.
_ENCODERS = {
    indent: json.JSONEncoder(ensure_ascii=False, check_circular=False, default=entries, indent=indent)
    for indent in (None, 2)
}
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, default=entries, separators=(",", ":"), sort_keys=True
)


def text(value: object, indent: int | None = None) -> str:
    """A value as JSON: in one row, or laid out for people."""
    return _ENCODERS[indent].encode(value)


def canonical(value: object) -> bytes:
    """The one spelling of a value: keys in order, no blank space, letters of any alphabet as they are."""
    return _CANONICAL.encode(value).encode()
