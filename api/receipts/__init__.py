"""Receipts: a plan, facts and the answer in one file, from which anybody can compute the answer again."""

from .receipt import Receipt, held, issued, written
from .verify import Same, Verdict, checked, document, opened

__all__ = [
    "Receipt",
    "Same",
    "Verdict",
    "checked",
    "document",
    "held",
    "issued",
    "opened",
    "written",
]
