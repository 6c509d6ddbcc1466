"""The statement: what somebody is paid and why, in English or Russian, as data and as text."""

from .document import document
from .script import script

__all__ = ["document", "script"]
