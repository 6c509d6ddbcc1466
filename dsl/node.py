"""Nodes of trees: small classes of which there are many."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TypeVar, dataclass_transform

N = TypeVar("N")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[N]) -> type[N]:
    """A frozen dataclass with slots.

    That it is frozen is held by the types alone. There are a hundred of them, and what `dataclass`
    would write and compile for each is a fifth of the time in which a command starts; so it writes the
    constructor only, and what all nodes do alike is here.
    """
    made = dataclass(slots=True, eq=False, repr=False)(cls)
    compared = [entry.name for entry in fields(made) if entry.compare]  # type: ignore[arg-type]  # it is a dataclass now
    content = attrgetter(*compared) if compared else _nothing

    def equal(self: object, other: object) -> bool:
        return content(self) == content(other) if type(other) is type(self) else NotImplemented

    def hashed(self: object) -> int:
        return hash(content(self))

    for name, method in (("__eq__", equal), ("__hash__", hashed), ("__repr__", _shown)):
        setattr(made, name, method)
    return made


def _nothing(_: object) -> tuple[()]:
    """What is compared of a node without anything in it."""
    return ()


def _shown(self: object) -> str:
    """A node as Python would write it."""
    shown = ", ".join(f"{entry.name}={getattr(self, entry.name)!r}" for entry in fields(self) if entry.repr)  # type: ignore[arg-type]
    return f"{type(self).__qualname__}({shown})"
