"""Nodes of trees: small classes of which there are many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

N = TypeVar("N")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[N]) -> type[N]:
    """A frozen dataclass with slots.

    That it is frozen is held by the types alone. There are a hundred of them, and to hold it at run time as
    well would double what they take at the start of every command.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
