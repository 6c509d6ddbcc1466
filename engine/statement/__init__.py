"""The statement: what somebody is paid and why, from the trace, in English or Russian."""

from .document import amounts, document, presumptions
from .script import script

__all__ = ["amounts", "document", "presumptions", "script"]
