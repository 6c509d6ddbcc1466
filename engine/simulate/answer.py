"""What is answered about what a plan would cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from dsl.faults import Severity
from dsl.faults.answer import Code, ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form, called
from dsl.words import KindName

from ..bridge.answer import BridgePlan
from ..kernel import LineKind
from ..money import Money
from ..statement.answer import Currency, Unpaid


@node
class Quantile:
    """What so many percent of the people do not exceed: the pay of one of them."""

    percent: int
    amount: Money


@node
class Bin:
    """How often anybody is paid from one amount up to another, which is not included."""

    start: Money = field(metadata=called("from"))
    to: Money
    rows: int


@node
class CostLine:
    """What a line of pay comes to."""

    name: str
    label: str
    kind: LineKind
    of: str
    """Of a cap, a floor or a rounding of several lines: which lines."""
    total: Money
    share: str | None
    """Its part of all pay, to a hundredth of a percent: `0.4167`; null where that is nothing."""
    people: int
    """How many are paid anything by it."""


@node
class CostKpi:
    """How often anybody stood where with a KPI: once for each period."""

    name: str
    label: str
    rows: int
    below_cutoff: int
    at_target: int
    capped: int


@node
class CostResult:
    """How low and how high a result is that is a number, and how much on average; it costs nothing."""

    name: str
    label: str
    kind: KindName
    rows: int
    """How often it was worked out: once for each period."""
    least: str
    """For machines: a decimal or a fraction, a percentage as a part of one; so are the next two."""
    average: str
    greatest: str


@node
class CostAgainst:
    """The same people by the other plan; who gains or loses, does so in all."""

    total: Money
    change: Money
    gain: int
    """How many people are paid more by this plan."""
    lose: int
    """How many are paid less by it."""
    same: int
    """How many are paid the same."""
    unpaid: int
    """How many the other plan cannot pay; they are not in its total."""


@node
class Cost:
    """What some people cost, and how it is spread over them."""

    people: Annotated[int, Form(description="How many people are paid.")]
    rows: Annotated[int, Form(description="How often: somebody once for each period.")]
    total: Money
    quantiles: tuple[Quantile, ...]
    histogram: tuple[Bin, ...]
    lines: tuple[CostLine, ...]
    kpis: tuple[CostKpi, ...]
    against: CostAgainst | None
    results: tuple[CostResult, ...] | None = field(default=None, metadata=ABSENT, kw_only=True)
    """Absent where the plan has none."""


@dataclass
class OfPeriod:
    """What stands before the cost of a period."""

    period: str


@node
class PeriodCost(Cost, OfPeriod):  # type: ignore[misc]  # that nodes are frozen is held by the types alone
    """The cost of a period."""


@node
class Sensitivity:
    """What a little more of a number of the plan would make of the budget."""

    name: str
    label: str
    """What people call the line that it stands in; empty where that has no name."""
    clause: str
    kind: Literal["number", "percent"]
    old: str
    """For machines; a percentage is a part of one."""
    new: str
    change: Money | None
    """Null where there is no such plan."""
    gain: int
    """How often anybody would be paid more for a period."""
    lose: int
    """How often less."""
    unpaid: int


@node
class Warned:
    """Something doubtful, or how something was read, and of how many people it is to be said."""

    code: Code
    severity: Annotated[Severity, Form(enum=["warning", "notice"])]
    title: str
    people: int


@node
class Simulated:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""

    format: Literal[1]
    currency: Currency
    plan: BridgePlan
    against: BridgePlan | None
    refused: int
    whole: Cost
    periods: tuple[PeriodCost, ...]
    sensitivity: tuple[Sensitivity, ...]
    """The largest changes first."""
    presumed: int
    """For how many people something was presumed that nobody gave."""
    warnings: tuple[Warned, ...]
    unpaid: tuple[Unpaid, ...]
    """The first of those who could not be paid."""
    notices: tuple[ToldFault, ...]
    """How the people were read as a whole: who was left out."""
