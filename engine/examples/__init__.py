"""The worked examples of a plan: run, compared to the last digit, and told where they do not come out."""

from .answer import ExampleResult, document
from .decided import decided
from .faults import CODES, Judged, explained, wrong
from .run import Tried, run, starting
from .sought import Sought, sought

__all__ = [
    "CODES",
    "ExampleResult",
    "Judged",
    "Sought",
    "Tried",
    "decided",
    "document",
    "explained",
    "run",
    "sought",
    "starting",
    "wrong",
]
