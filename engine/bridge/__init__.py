"""Why pay changed: from one answer to another, split exactly among everything that is another."""

from .bridge import Bridge, Influence, Payroll, bridges, joined
from .document import document, words

__all__ = ["Bridge", "Influence", "Payroll", "bridges", "document", "joined", "words"]
