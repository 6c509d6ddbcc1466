"""Receipts, as published in OpenAPI: what `POST /receipt` answers and `POST /verify` takes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dsl.words import Lang

from .answers import Amount, Fault, Heading
from .model import Model
from .requests import Person


class ReceiptPlan(Model):
    """The plan that paid, whole."""

    id: str = Field(description="Empty for a plan that came with the request.")
    revision: str = Field(description="The commit that its text is of; empty of plain files.")
    file: str
    text: str


class Digests(Model):
    """SHA-256 of the canonical JSON of each part: keys in order, no blank space, UTF-8."""

    plan: str = Field(description="Of `plan`.")
    facts: str = Field(description="Of `people`.")
    answers: str = Field(description="Of `[lang, answers]`.")
    engine: str = Field(description="Of `[format, engine]`.")


class Receipt(Model):
    """A plan, facts and the answer, from which anybody can compute the answer again. Keep its bytes."""

    format: Literal["premia receipt 1"]
    engine: str
    lang: Lang
    plan: ReceiptPlan
    people: list[Person]
    answers: list[object] = Field(description="What `POST /evaluate` answers, for each of the people.")
    digests: Digests


class Verified(Model):
    """Somebody in a receipt, and what they are paid."""

    employee: str
    period: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    total: Amount


class Same(Model):
    """The answer in a receipt, computed again, is the same to the last digit."""

    same: Literal[True]
    engine: str = Field(description="The version that computed it again.")
    written_by: str = Field(
        description="The version that wrote it: of another one amounts alone are compared."
    )
    plan: Heading | None
    people: list[Verified]
    faults: list[Fault] = Field(description="Warnings.")
