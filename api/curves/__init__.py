"""Curves: what a line of pay comes to over what it is paid for, as data, in words and as pictures."""

from .asked import CurvesAsked, curves
from .document import document
from .paper import FORMS, Form, answer, inked

__all__ = ["FORMS", "CurvesAsked", "Form", "answer", "curves", "document", "inked"]
