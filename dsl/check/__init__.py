"""A tree to a checked plan: names resolved, kinds known, and every mistake of its author found."""

from .check import Checked, FactInput, check, sound, tried
from .header import Header
from .kinds import Kinds
from .repairs import changed
from .scope import Scope
from .shared import flat

__all__ = [
    "Checked",
    "FactInput",
    "Header",
    "Kinds",
    "Scope",
    "changed",
    "check",
    "flat",
    "sound",
    "tried",
]
