"""What things are called: words of their names and labels that have a sense in the trade."""

from __future__ import annotations

from ..data import table
from .scope import Scope


def called(scope: Scope, name: str, sense: str) -> bool:
    """Whether a word of a name or of its label begins as those that have a sense in the trade."""
    texts = (name, scope.label(name))
    parts = (word for text in texts for word in text.replace("_", " ").casefold().split())
    stems = tuple(table("grammars", "senses.toml")[sense])
    return any(word.startswith(stems) for word in parts)
