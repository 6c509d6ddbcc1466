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


class Person(BaseModel):
    """Somebody for a period."""

    model_config = ConfigDict(extra="forbid")

    employee: Annotated[str, Field(min_length=1, max_length=200)]
    period: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    facts: Facts


class Asked(Person):
    """A body."""

    plan: str


class AskedBatch(BaseModel):
    """A body with many people."""

    model_config = ConfigDict(extra="forbid")

    plan: str
    people: list[Person]


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


class AnswerBatch(BaseModel):
    """What many people are paid."""

    results: list[Answer]


app = FastAPI()


@app.post("/evaluate")
async def evaluate(asked: Asked) -> Answer:
    """The pay of a person."""
    return paid(asked)


@app.post("/evaluate/batch")
async def evaluate_batch(asked: AskedBatch) -> AnswerBatch:
    """The pay of many people."""
    return AnswerBatch(results=[paid(person) for person in asked.people])


def paid(person: Person) -> Answer:
    """The pay of a person, by hand."""
    facts = person.facts
    month = Month(facts.revenue, facts.avg_deal, facts.conversion, Decimal(facts.calls), facts.margin_rate)
    *amounts, total = pay_decimal(month)
    lines = [Line(name=name, amount=amount) for name, amount in zip(LINES, amounts, strict=True)]
    return Answer(employee=person.employee, period=person.period, currency="RUB", total=total, lines=lines)
