"""What a change of plan means, what it pays and whom it pays, as one document from every door."""

from .answer import PlanComparison
from .paper import html, markdown, text
from .plans import Edition, Pair, Whole, document, side

__all__ = [
    "Edition",
    "Pair",
    "PlanComparison",
    "Whole",
    "document",
    "html",
    "markdown",
    "side",
    "text",
]
