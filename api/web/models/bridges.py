"""Why pay changed, as published in OpenAPI."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .answers import Amount, Digest, Fault
from .model import Model
from .receipts import Receipt
from .requests import Spoken


class Bridge(Spoken):
    """Two receipts, as `POST /receipt` answered them."""

    old: Receipt
    new: Receipt
    employee: str | None = Field(default=None, description="One person of the receipts; without it, all.")


class BridgePlan(Model):
    """The plan that paid."""

    title: str
    version: str
    digest: Digest


class BridgeSide(Model):
    """One of the two answers."""

    period: str
    total: Amount
    plan: BridgePlan


class BridgeLine(Model):
    """A line of pay in both answers."""

    name: str
    label: str
    old: Amount
    new: Amount
    change: Amount


class BridgePart(Model):
    """What a change makes of a line of pay."""

    name: str
    label: str
    amount: Amount


class BridgeChange(Model):
    """Something that changed, and exactly what it makes."""

    what: Literal["plan", "target", "fact", "time", "period", "together"]
    name: str
    label: str
    old: str = Field(description="Empty where it has come with the newer plan.")
    new: str = Field(description="Empty where it is gone from the newer plan.")
    amount: Amount
    lines: list[BridgePart]
    sentence: str


class BridgePerson(Model):
    """Somebody's two answers and what lies between them; the amounts of the changes add up to the change."""

    employee: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    old: BridgeSide
    new: BridgeSide
    change: Amount
    lines: list[BridgeLine]
    changes: list[BridgeChange]
    orders: int | None = Field(
        description="In how many orders of the changes their parts were reckoned; null where in every one."
    )
    summary: str


class Bridges(Model):
    """Why pay changed, for everybody who stands in both receipts."""

    format: Literal[1]
    people: list[BridgePerson]
    faults: list[Fault] = Field(description="Warnings: who stands in one of the receipts only.")
