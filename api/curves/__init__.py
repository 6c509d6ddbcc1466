"""Curves: what a line of pay comes to over what it is paid for, as data, in words and as pictures."""

from .asked import Curves, curves
from .document import document
from .drawn import drawn
from .inked import FORMS, Form, inked
from .telling import told

__all__ = ["FORMS", "Curves", "Form", "curves", "document", "drawn", "inked", "told"]
