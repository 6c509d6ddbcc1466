"""What is answered about why pay changed."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from dsl.node import node
from dsl.record import ABSENT
from dsl.words import KindName

from ..compile import Compiled
from ..money import Money
from ..statement.answer import Currency, Digest

What = Literal["plan", "target", "fact", "time", "records", "colleagues", "period", "together"]


@node
class BridgePlan:
    """The plan that paid."""

    title: str
    version: str
    digest: Digest


@node
class BridgeSide:
    """One of the two answers."""

    period: str
    total: Money
    plan: BridgePlan


@node
class ChangedLine:
    """A line of somebody's pay, as it was and as it is."""

    name: str
    label: str
    old: Money
    new: Money
    change: Money


@node
class ChangedResult:
    """A result that is paid to nobody, as it was and as it is, as people read it."""

    name: str
    label: str
    kind: KindName
    old: str | None
    """Null where it has come with the newer plan."""
    new: str | None
    """Null where it is gone from the newer plan."""
    old_exact: str | None
    """For machines: a decimal or a fraction, a percentage as a part of one, a date, or `yes` or `no`."""
    new_exact: str | None


@node
class BridgePart:
    """What a change makes of a line of pay."""

    name: str
    label: str
    amount: Money


@node
class BridgeChange:
    """Something that changed, and exactly what it makes."""

    what: What
    name: str
    label: str
    old: str
    """Empty where it has come with the newer plan."""
    new: str
    """Empty where it is gone from the newer plan."""
    old_exact: str | None = field(metadata=ABSENT)
    """Of a fact or a target that is no choice and was given, the same for machines."""
    new_exact: str | None = field(metadata=ABSENT)
    amount: Money
    lines: tuple[BridgePart, ...]
    sentence: str


@node
class BridgePerson:
    """Somebody's two answers and what lies between them; the amounts of the changes add up to the change."""

    employee: str
    currency: Currency
    old: BridgeSide
    new: BridgeSide
    change: Money
    lines: tuple[ChangedLine, ...]
    results: tuple[ChangedResult, ...] | None = field(default=None, metadata=ABSENT, kw_only=True)
    """Those that differ; absent where none does."""
    changes: tuple[BridgeChange, ...]
    orders: int | None
    """In how many orders of the changes their parts were reckoned; null where in every one."""
    summary: str


def plan_of(compiled: Compiled) -> BridgePlan:
    """A plan that paid."""
    kernel = compiled.kernel
    return BridgePlan(compiled.title, kernel.version, kernel.digest)
