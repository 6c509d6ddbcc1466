"""The service as FastAPI's guide has it: models of the body and of the answer, the plan by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from ..peers import LINES, pay_decimal
from ..people import Month

Money = Annotated[Decimal, Field(ge=0, max_digits=30, decimal_places=2)]
Rate = Annotated[Decimal, Field(ge=0, max_digits=30, decimal_places=6)]


class Facts(BaseModel):
    """What a person did."""

    model_config = ConfigDict(extra="forbid")

    revenue: Money
    avg_deal: Money
    conversion: Rate
    calls: Annotated[int, Field(ge=0)]
    margin_rate: Rate


class Asked(BaseModel):
    """A body."""

    model_config = ConfigDict(extra="forbid")

    plan: str
    employee: Annotated[str, Field(min_length=1, max_length=200)]
    period: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    facts: Facts


class Line(BaseModel):
    """A line of pay."""

    name: str
    amount: Decimal


class Answer(BaseModel):
    """What the person is paid."""

    employee: str
    period: str
    currency: str
    total: Decimal
    lines: list[Line]


app = FastAPI()


@app.post("/evaluate")
async def evaluate(asked: Asked) -> Answer:
    """The pay of a person."""
    facts = asked.facts
    month = Month(facts.revenue, facts.avg_deal, facts.conversion, Decimal(facts.calls), facts.margin_rate)
    *amounts, total = pay_decimal(month)
    lines = [Line(name=name, amount=amount) for name, amount in zip(LINES, amounts, strict=True)]
    return Answer(employee=asked.employee, period=asked.period, currency="RUB", total=total, lines=lines)
