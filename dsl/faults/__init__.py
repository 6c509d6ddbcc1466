"""Faults: what is wrong in a text or in facts, as values; their words are made at the very end."""

from ..fault import Fact, Fault, Quantity, Severity, has_errors, in_order, told
from .answer import document
from .messages import Message, Wording, codes, inserted, message, phrase, register, wording
from .nearest import nearest
from .report import draw, report, shown

__all__ = [
    "Fact",
    "Fault",
    "Message",
    "Quantity",
    "Severity",
    "Wording",
    "codes",
    "document",
    "draw",
    "has_errors",
    "in_order",
    "inserted",
    "message",
    "nearest",
    "phrase",
    "register",
    "report",
    "shown",
    "told",
    "wording",
]
