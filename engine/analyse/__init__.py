"""The checker that understands money: exact reasoning over the kernel, never over the syntax tree."""

from .analyse import Analysis, analyse
from .edges import Edge, Row, edges
from .growth import Exposure

__all__ = ["Analysis", "Edge", "Exposure", "Row", "analyse", "edges"]
