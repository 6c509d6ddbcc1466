"""A plan made ready to pay: its text, its kernel, and the code made from it for each sort of people."""

from .compile import compile_any, compile_plan, read_plan
from .plan import Compiled, Shape, Variant

__all__ = ["Compiled", "Shape", "Variant", "compile_any", "compile_plan", "read_plan"]
