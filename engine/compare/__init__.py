"""Two answers, or two plans, held against each other: what differs, and how much of it each change makes."""

from .attribution import attribute, orders
from .between import Between, between, changes
from .curves import Curves, Side, curves
from .people import Compared, Cost, compared, cost, lines, tries
from .stretches import Stretch

__all__ = [
    "Between",
    "Compared",
    "Cost",
    "Curves",
    "Side",
    "Stretch",
    "attribute",
    "between",
    "changes",
    "compared",
    "cost",
    "curves",
    "lines",
    "orders",
    "tries",
]
