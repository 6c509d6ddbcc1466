"""A checked plan to its kernel: all sugar dies here."""

from .lower import lower

__all__ = ["lower"]
