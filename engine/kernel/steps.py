"""The values on the way to pay, and the lines of pay."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from dsl.node import node
from dsl.place import NOWHERE, Place

from .inputs import Level
from .made import Limit, Made
from .operations import Node

Role = Literal[
    "figure",
    "drawn",
    "pooled",
    "salary",
    "pool",
    "target",
    "off",
    "attainment",
    "counted",
    "worth",
    "score",
    "spread",
    "share",
    "earned",
    "gated",
    "multiplied",
    "capped",
    "floored",
    "prorated",
    "by_days",
    "rounded",
    "printed",
    "left",
    "section",
    "together",
]


@node
class Step:
    """A value on the way to a line of pay: a figure of the author's, or a stage of a KPI's calculation.

    `off` is how far from its target a measure lies, `spread` what the weights that count make together,
    `counted` is the attainment after its cap, `worth` what attainment at the bound of an accelerator counts
    for, `score` what the curve makes of the measure (100 % pays the whole share), `share` the KPI's part of
    the pool, `earned` what a line would pay without its clauses; then come what the clauses of a line make
    of it, in the order in which they act. `printed` is what a line that a formula names comes to, rounded to
    the minor unit as it is printed; `left` is what recoveries before leave for one to take, `section` and
    `together` what several lines come to as they are printed. `made` is what a
    clause made the value from.
    """

    role: Role
    name: str
    value: Node
    made: Made | None = field(default=None, compare=False)
    level: Level = field(default="person", compare=False)


LineKind = Literal[
    "salary",
    "kpi",
    "commission",
    "pay",
    "milestone",
    "piece",
    "spif",
    "reduction",
    "recovery",
    "draw",
    "cap",
    "floor",
    "rounding",
]


# Lines that follow from others: what a clause of several takes off or adds.
SETTLED: frozenset[LineKind] = frozenset({"cap", "floor", "rounding"})


@node
class PayLine:
    """A line of pay, rounded once to the minor unit; a KPI names the step that is its attainment.

    `applies` is for whom the line is there at all. A `cap`, `floor` or `rounding` is what a clause of several
    lines takes off or adds, so that the lines that are printed make up the total; `of` says of which lines,
    `after` is what it leaves of them and `made` what it makes that from. `limits` are what an order or a debt
    is held to, one after another. `reckoned` is what a line comes to before it is rounded to be printed.
    """

    name: str
    kind: LineKind
    amount: Node
    attainment: int | None = None
    applies: Node | None = None
    of: str = ""
    place: Place = field(default=NOWHERE, compare=False)
    reckoned: Node = field(compare=False, kw_only=True)
    after: Node | None = field(default=None, compare=False)
    made: Made | None = field(default=None, compare=False)
    limits: tuple[Limit, ...] = field(default=(), compare=False)
