"""What is answered about somebody's pay: the same record from every door."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form
from dsl.words import KindName

from ..kernel import LineKind
from ..money import Money
from .counted import DrawnValue, GroupShares, LineRecords, LineStay
from .reasons import Clause, Explained, ReachedRow, UsedFact

Digest = Annotated[str, Form(pattern="^[0-9a-f]{64}$", description="SHA-256, in hexadecimal.")]
Currency = Annotated[str, Form(pattern="^[A-Z]{3}$")]


@node
class AbsentDays:
    """When somebody is absent within the period, and why, where that is said."""

    first: str
    last: str
    reason: str | None = field(metadata=ABSENT)


@node
class StatementLine:
    """A line of pay with its reasons."""

    name: str
    label: str
    kind: LineKind
    amount: Money
    attainment: str | None = field(metadata=ABSENT)
    """Of a KPI: how much of its target was made, as people read it."""
    attainment_exact: str | None = field(metadata=ABSENT)
    """The same for machines, as a part of one: a decimal, or else a fraction."""
    carried: Money | None = field(metadata=ABSENT)
    """Of a recovery: what it could not take off, which is carried on."""
    explanation: tuple[str, ...]
    """Every step, to be followed on a calculator."""
    clause: Clause
    facts: tuple[UsedFact, ...]
    detail: tuple[Explained, ...] | None = field(default=None, metadata=ABSENT)
    """The explanation in its parts, where `detail` is asked for."""
    reached: tuple[ReachedRow, ...] | None = field(default=None, metadata=ABSENT)
    """The row of each table behind it, and the case of each choice by an attribute of the person."""
    before_cap: str | None = field(default=None, metadata=ABSENT)
    """What it comes to without the cap that takes something off, or the lines that are capped together."""
    records: tuple[LineRecords, ...] | None = field(default=None, metadata=ABSENT)
    """What records make of it, where it is theirs alone."""
    drawn: tuple[DrawnValue, ...] | None = field(default=None, metadata=ABSENT)
    """What is drawn from records for it, where `detail` is asked for."""
    shares: tuple[GroupShares, ...] | None = field(default=None, metadata=ABSENT)
    """How a sum that it is a part of is shared, where everybody in the group may see that."""
    stays: tuple[LineStay, ...] | None = field(default=None, metadata=ABSENT)
    """What it pays for each group, of whoever was in one for a part of the period and is paid by its days."""


@node
class StatementResult:
    """A result with its reasons: a figure that goes out with the pay and is paid to nobody."""

    name: str
    label: str
    kind: KindName
    value: str
    """For machines: a decimal or a fraction, a percentage as a part of one, a date, or `yes` or `no`."""
    text: str
    """As people read it."""
    explanation: tuple[str, ...]
    """Every step, to be followed on a calculator."""
    clause: Clause
    facts: tuple[UsedFact, ...]
    detail: tuple[Explained, ...] | None = field(default=None, metadata=ABSENT)
    """The explanation in its parts, where `detail` is asked for."""


@node
class ResultValue:
    """A result without its reasons."""

    name: str
    kind: KindName
    value: str
    """For machines: a decimal or a fraction, a percentage as a part of one, a date, or `yes` or `no`."""


@node
class LineAmount:
    """A line of pay without its reasons."""

    name: str
    amount: Money


@node
class PaidBy:
    """The plan that paid, pinned by its digest."""

    id: str | None
    title: str
    version: str
    revision: str | None
    """The commit that its text is of; null of plain files."""
    digest: Digest


@node
class Presumed:
    """Something that nobody gave and the plan said."""

    what: Literal["default", "target", "opening"]
    name: str
    value: str
    """As people read it."""
    exact: str
    """For machines: a decimal or a fraction, a percentage as a part of one, a date, yes or no, a choice."""
    text: str


@node
class UsedSource:
    """A fact or a table that pay is computed from, and where it came from."""

    what: Literal["fact", "table"]
    name: str
    label: str
    source: str | None
    """Null of what is typed in."""
    as_of: str | None = field(default=None, metadata=ABSENT)
    """The day, maybe with its time, that the source was read for."""
    records: Annotated[int, Form(minimum=0)] | None = field(default=None, metadata=ABSENT)
    """Of a table of the plan's: how many are reckoned with."""
    digest: Digest | None = field(default=None, metadata=ABSENT)
    """Of a table: of these records, as they were understood."""


@node
class PersonSums:
    """What somebody is paid, by those sorts of pay that they have lines of; they make the total."""

    salary: Money | None = field(metadata=ABSENT)
    kpis: Money | None = field(metadata=ABSENT)
    """The bonus, its caps and floors included."""
    commissions: Money | None = field(metadata=ABSENT)
    other: Money | None = field(metadata=ABSENT)


@node
class WaitedFact:
    """What somebody lacks that a line of pay waits for."""

    group: str
    employee: str
    name: str
    """The fact or the figure that is asked of them."""


@node
class OpenPay:
    """A line of pay that is not paid yet, or a result, since it waits for facts of others."""

    name: str
    label: str
    kind: LineKind | Literal["result"]
    waits: tuple[WaitedFact, ...]
    """Of very many the first."""


@node
class PersonPay:
    """What somebody is paid, whatever is said of each line."""

    employee: str
    period: str
    currency: Currency
    total: Money
    sums: PersonSums | None = field(metadata=ABSENT)
    """What each sort of pay comes to, where there are several."""
    lines: tuple[StatementLine | LineAmount, ...]
    results: tuple[StatementResult | ResultValue, ...] | None = field(
        default=None, metadata=ABSENT, kw_only=True
    )
    """What the plan works out and pays to nobody; absent where it has no such lines."""
    plan: PaidBy
    engine: str
    facts_digest: Digest
    presumed: tuple[Presumed, ...]
    warnings: tuple[ToldFault, ...]
    open: tuple[OpenPay, ...] | None = field(default=None, metadata=ABSENT)
    """Lines that wait for others' facts, where there are any: then the total is not yet all."""
    sources: tuple[UsedSource, ...] | None = field(default=None, metadata=ABSENT)
    """Where the facts and tables came from, if that is said or the plan asks for it."""
    absences: tuple[AbsentDays, ...] | None = field(default=None, metadata=ABSENT)
    """When they are absent within the period, if it is said."""


@node
class Statement(PersonPay):
    """What somebody is paid and why."""

    lines: tuple[StatementLine, ...]
    results: tuple[StatementResult, ...] | None = field(default=None, metadata=ABSENT, kw_only=True)
    """What the plan works out and pays to nobody; absent where it has no such lines."""


@node
class Amounts(PersonPay):
    """What somebody is paid, without saying why."""

    lines: tuple[LineAmount, ...]
    results: tuple[ResultValue, ...] | None = field(default=None, metadata=ABSENT, kw_only=True)
    """What the plan works out and pays to nobody; absent where it has no such lines."""


@node
class PaidTotal:
    """What everybody who is paid in a currency is paid together."""

    currency: Currency
    total: Money


@node
class Unpaid:
    """Somebody who could not be paid, and why."""

    employee: str | None
    period: str | None
    faults: tuple[ToldFault, ...]
