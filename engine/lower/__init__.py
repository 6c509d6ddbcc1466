"""A checked plan to its kernel: all sugar dies here."""

from .lower import lower
from .lowering import number

__all__ = ["lower", "number"]
