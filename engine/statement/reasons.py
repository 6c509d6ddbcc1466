"""What an answer says of why: sentences in parts, the clause that pays, the row that was reached."""

from __future__ import annotations

from dataclasses import field

from dsl.faults.answer import Count, ToldPlace
from dsl.node import node
from dsl.record import ABSENT
from dsl.words import KindName

from ..money import Money


@node
class Clause:
    """The line of the plan that pays."""

    file: str
    line: Count
    text: str


@node
class UsedFact:
    """A fact that a line of pay rests on."""

    name: str
    label: str
    value: str
    """As people read it, rounded where it has no end."""
    exact: str
    """For machines: a decimal, a date, or `yes` or `no`."""


@node
class ExplainedPart:
    """A number in a sentence, and where it leads."""

    name: str
    """What it is in the sentence: `limit`, `measure`, `formula`; `value`, where it has no name there."""
    start: int
    """At which character of the text it stands."""
    text: str
    exact: str
    """For machines: a decimal or a fraction, a date, or `yes` or `no`."""
    kind: KindName
    fact: str | None = field(metadata=ABSENT)
    """The fact or the target of somebody's own that it is."""
    line: str | None = field(metadata=ABSENT)
    """The line of pay, or the result, that it is of."""
    clause: ToldPlace | None = field(metadata=ABSENT)
    """Where the plan says it, or asks for it."""


@node
class Explained:
    """A sentence of an explanation in its parts."""

    key: str
    """Which sentence it is, whatever the language: `row`, `capped`, `cutoff`."""
    parts: tuple[ExplainedPart, ...]
    text: str


@node
class BandAmount:
    """A band of a table that pays each band at its own rate, and what fell into it."""

    row: str
    """As it is written."""
    above: str | None = field(metadata=ABSENT)
    up_to: str | None = field(metadata=ABSENT)
    rate: str | None = field(metadata=ABSENT)
    """A percentage as a part of one; absent of a fixed amount, and where somebody's facts did not ask."""
    part: str
    """How much of the measure fell into it."""
    amount: Money | None = field(metadata=ABSENT)
    """What that makes, where it is money; those of a table, or a record, make what it comes to as printed."""
    exact: str
    """The same before it is rounded: a decimal, or else a fraction."""


@node
class ReachedRow:
    """The row of a table that was reached, or the case of a choice by an attribute of the person."""

    name: str
    """Of the figure or the line of pay that has the table; of the attribute."""
    label: str
    measure: str | None = field(metadata=ABSENT)
    """What the row is chosen by; absent where it is an attribute."""
    row: str
    """As it is written; of a choice, its name."""
    clause: ToldPlace
    column: str | None = field(metadata=ABSENT)
    """Of a matrix: the column, as it is written."""
    across: str | None = field(metadata=ABSENT)
    """Of a matrix: what the column is chosen by."""
    bands: tuple[BandAmount, ...] | None = field(metadata=ABSENT)
    """Of a table that pays each band at its own rate."""
