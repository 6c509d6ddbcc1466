"""Two answers, or two plans, held against each other: what differs, and how much of it each change makes."""

from .attribution import attribute, orders
from .between import Between, between, changes
from .contrasts import Contrast, contrasts
from .people import ChangeCost, PaidTwice, compared, cost, lines, tries

__all__ = [
    "Between",
    "ChangeCost",
    "Contrast",
    "PaidTwice",
    "attribute",
    "between",
    "changes",
    "compared",
    "contrasts",
    "cost",
    "lines",
    "orders",
    "tries",
]
