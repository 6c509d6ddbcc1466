"""A kernel as a typed program over integers, and that program as Python: the one evaluation there is."""

from .build import build
from .draft import Unbounded
from .executable import generate

__all__ = ["Unbounded", "build", "generate"]
