"""Text to tree: whatever the text, an answer and never an exception."""

from .language import language
from .parse import Parsed, parse

__all__ = ["Parsed", "language", "parse"]
