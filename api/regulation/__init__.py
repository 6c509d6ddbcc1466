"""The regulation on bonuses written down: as a page that needs nothing else, and for a word processor."""

from .made import gaps, made
from .office import docx
from .page import html

__all__ = ["docx", "gaps", "html", "made"]
