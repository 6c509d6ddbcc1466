"""What a plan would cost, as published in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from engine.kernel import LineKind

from .answers import Amount, Code, Fault, Unpaid
from .bridges import BridgePlan as SimulatedPlan
from .model import Model
from .requests import KeptPlan, OfPlan, OfSource, People

MOST = 2000  # people of a request


class AgainstPlan(KeptPlan):
    """Another plan that the server keeps, or another version of the same."""


class AgainstSource(Model):
    """Another plan that comes with the request."""

    source: str = Field(description="Its text.")


Against = Annotated[
    AgainstPlan | AgainstSource | None,
    Field(description="Another plan, to say what changes, who gains and who loses."),
]
Sensitive = Annotated[
    bool, Field(description="Whether to try a little more of each number of the plan, which takes longest.")
]
History = Annotated[People, Field(max_length=MOST)]


class SimulatePlan(OfPlan):
    """What a plan that the server keeps would cost."""

    people: History
    against: Against = None
    sensitivity: Sensitive = True


class SimulateSource(OfSource):
    """What a plan that comes with the request would cost."""

    people: History
    against: Against = None
    sensitivity: Sensitive = True


class Simulate(RootModel[SimulatePlan | SimulateSource]):
    """A plan, and a history of people to pay by it: each for one or more periods."""


class Quantile(Model):
    """What so many percent of the people do not exceed: the pay of one of them."""

    percent: int
    amount: Amount


class Bin(Model):
    """How often anybody is paid from one amount up to another, which is not included."""

    from_: Amount = Field(alias="from")
    to: Amount
    rows: int


class CostLine(Model):
    """What a line of pay comes to."""

    name: str
    label: str
    kind: LineKind
    of: str = Field(description="Of a cap, a floor or a rounding of several lines: which lines.")
    total: Amount
    share: str | None = Field(description="Of all pay; null where that is nothing.")
    people: int = Field(description="How many are paid anything by it.")


class CostKpi(Model):
    """How often anybody stood where with a KPI: once for each period."""

    name: str
    label: str
    rows: int
    below_cutoff: int
    at_target: int
    capped: int


class CostAgainst(Model):
    """The same people by the other plan; who gains or loses, does so in all."""

    total: Amount
    change: Amount
    gain: int = Field(description="How many people are paid more by this plan.")
    lose: int = Field(description="How many are paid less by it.")
    same: int = Field(description="How many are paid the same.")
    unpaid: int = Field(description="How many the other plan cannot pay; they are not in its total.")


class Cost(Model):
    """What some people cost, and how it is spread over them."""

    people: int = Field(description="How many people are paid.")
    rows: int = Field(description="How often: somebody once for each period.")
    total: Amount
    quantiles: list[Quantile]
    histogram: list[Bin]
    lines: list[CostLine]
    kpis: list[CostKpi]
    against: CostAgainst | None


class PeriodCost(Cost):
    """The cost of a period."""

    period: str


class Sensitivity(Model):
    """What a little more of a number of the plan would make of the budget."""

    name: str
    clause: str
    old: str
    new: str
    change: Amount | None = Field(description="Null where there is no such plan.")
    gain: int = Field(description="How often anybody would be paid more for a period.")
    lose: int = Field(description="How often less.")
    unpaid: int


class Warned(Model):
    """Something doubtful, or how something was read, and of how many people it is to be said."""

    code: Code
    severity: Literal["warning", "notice"]
    title: str
    people: int


class Simulated(Model):
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""

    format: Literal[1]
    currency: str = Field(pattern="^[A-Z]{3}$")
    plan: SimulatedPlan
    against: SimulatedPlan | None
    refused: int
    whole: Cost
    periods: list[PeriodCost]
    sensitivity: list[Sensitivity] = Field(description="The largest changes first.")
    presumed: int = Field(description="For how many people something was presumed that nobody gave.")
    warnings: list[Warned]
    notices: list[Fault] = Field(description="How the people were read as a whole: who was left out.")
    unpaid: list[Unpaid] = Field(description="The first of those who could not be paid.")
