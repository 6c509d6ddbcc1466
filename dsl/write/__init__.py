"""Tree to text: the one canonical text of a plan in each language."""

from .write import write

__all__ = ["write"]
