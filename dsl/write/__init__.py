"""Tree to text: the one canonical text of a plan in each language."""

from .write import explicit, write

__all__ = ["explicit", "write"]
