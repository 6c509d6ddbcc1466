"""Receipts: a plan, facts and the answer in one file, from which anybody can compute the answer again."""

from .receipt import Receipt, canonical, issued, written
from .verify import Verdict, checked, document, opened

__all__ = [
    "Receipt",
    "Verdict",
    "canonical",
    "checked",
    "document",
    "issued",
    "opened",
    "written",
]
