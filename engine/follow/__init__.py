"""A plan followed over one variable: each line of pay as an exact function in straight pieces."""

from .follow import Effort, Follow, values_of
from .graph import IDENTITY, ONE, ZERO, ZERO_LINE, Graph, Straight, flat, shifted
from .hangs import Hangs, hangs, several
from .moves import Jump, Valley, downhill, jumps, mirrored, spots, valleys
from .people import (
    EARNED,
    MOST,
    Attributes,
    Cohort,
    Somebody,
    measured,
    paid,
    sorts,
    unpaid,
)
from .reference import follow, reached
from .spoken import example, given, literal, money, outcomes, told, worktime, written
from .stretches import Stretch, straight, stretches
from .view import View, view

__all__ = [
    "EARNED",
    "IDENTITY",
    "MOST",
    "ONE",
    "ZERO",
    "ZERO_LINE",
    "Attributes",
    "Cohort",
    "Effort",
    "Follow",
    "Graph",
    "Hangs",
    "Jump",
    "Somebody",
    "Straight",
    "Stretch",
    "Valley",
    "View",
    "downhill",
    "example",
    "flat",
    "follow",
    "given",
    "hangs",
    "jumps",
    "literal",
    "measured",
    "mirrored",
    "money",
    "outcomes",
    "paid",
    "reached",
    "several",
    "shifted",
    "sorts",
    "spots",
    "straight",
    "stretches",
    "told",
    "unpaid",
    "valleys",
    "values_of",
    "view",
    "worktime",
    "written",
]
