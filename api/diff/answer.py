"""What is answered about two plans that are compared."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from dsl.diff.diff import Outward
from dsl.diff.things import Slot, What
from dsl.faults.answer import ToldFault
from dsl.node import node
from dsl.record import ABSENT, Form, called
from engine.bridge.answer import ChangedLine, ChangedResult
from engine.compare.contrasts import Axis
from engine.kernel import LineKind
from engine.money import Money
from engine.statement.answer import Currency, Unpaid

from ..plans import Heading

Sign = Literal["+", "-", "~"]
Exact = Annotated[
    str,
    Form(pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$", description="An exact number, as a fraction in lowest terms."),
]


@node
class ChangedPart:
    """A clause, a row, a label: as it was and as it is, in the reader's language."""

    sign: Sign
    slot: Slot
    heading: str
    old: str | None
    new: str | None


@node
class Changed:
    """Something that a plan declares, by its name: what came (`+`), went (`-`) or is another (`~`)."""

    sign: Sign
    what: What
    name: str
    label: str
    formerly: str | None
    """The name that it had, where only that is another."""
    heading: str
    text: tuple[str, ...]
    """What came or went, line by line."""
    parts: tuple[ChangedPart, ...]


@node
class Point:
    """An end of a stretch: an attainment as a part of one, or a fact."""

    exact: Exact
    text: str


@node
class Along:
    """What is paid along a stretch, before it is rounded: slope × the attainment or fact + constant."""

    slope: Exact
    constant: Exact
    start: Exact | None = field(metadata=called("from"))
    """At the beginning of the stretch."""
    to: Exact | None
    text: str


@node
class StretchOfPay:
    """A stretch on which both plans pay differently; an end that is null has no bound."""

    start: Point | None = field(metadata=called("from"))
    from_included: bool
    to: Point | None
    to_included: bool
    text: str
    old: Along | None
    """Null where it is not a straight line."""
    new: Along | None
    change: Along | None


@node
class ChangedPay:
    """A line of pay along the attainment of a KPI, or along a fact; everything else is just on target."""

    line: str
    label: str
    kind: LineKind
    along: Axis
    name: str
    heading: str
    sorts: tuple[dict[str, str], ...]
    """The people for whom it is so; empty where for all."""
    stretches: tuple[StretchOfPay, ...]


@node
class PartOfCost:
    """What a change makes of the cost."""

    heading: str
    change: Money


@node
class ComparedPerson:
    """Somebody whom both plans pay; `parts` are of each change, in their order, and add up to `change`."""

    employee: str
    period: str
    old: Money
    new: Money
    change: Money
    parts: tuple[Money, ...] | None
    lines: tuple[ChangedLine, ...]
    results: tuple[ChangedResult, ...] | None = field(default=None, metadata=ABSENT)
    """The results that differ, which are paid to nobody; absent where none does."""


@node
class OddPerson:
    """Somebody whom one of the plans cannot pay, or both cannot, and why."""

    employee: str | None
    period: str | None
    total: Money | None
    """Null where neither can."""
    faults: tuple[ToldFault, ...]


@node
class DoubtfulPerson:
    """Somebody of whom something is doubtful, was understood or was presumed, by either plan."""

    employee: str
    period: str
    said: tuple[str, ...]


@node
class ComparedPeople:
    """What the change comes to; `parts` and `unsplit` add up to `change`."""

    faults: tuple[ToldFault, ...]
    currency: Currency | None
    """Null where the plans pay in different ones."""
    old: Money | None
    new: Money | None
    change: Money | None
    gain: int
    lose: int
    same: int
    parts: tuple[PartOfCost, ...]
    unsplit: Money | None
    orders: int | None
    """In how many orders of the changes their parts were reckoned; null where in every one."""
    rows: tuple[ComparedPerson, ...]
    only_old: tuple[OddPerson, ...]
    only_new: tuple[OddPerson, ...]
    doubtful: tuple[DoubtfulPerson, ...]
    notices: tuple[ToldFault, ...]
    """How the people were read as a whole: who was left out."""
    neither: tuple[Unpaid | OddPerson, ...]
    """First those who cannot be read."""


@node
class SideOfPlan:
    """One of the two plans."""

    name: str
    revision: str | None
    plan: Heading | None


@node
class ComparedPlan:
    """A plan that came (`+`), went (`-`), is another (`~`) or means the same (`=`)."""

    id: str
    sign: Literal["+", "-", "~", "="]
    old: SideOfPlan | None
    new: SideOfPlan | None
    faults: tuple[ToldFault, ...]
    same_pay: bool
    """Whether nobody is paid differently."""
    outward: tuple[Outward, ...]
    changes: tuple[Changed, ...]
    interface: tuple[ToldFault, ...]
    money: tuple[ChangedPay, ...]
    people: ComparedPeople | None


@node
class PlanComparison:
    """A comparison of plans."""

    format: Literal[1]
    changed: bool
    trouble: bool
    faults: tuple[ToldFault, ...]
    plans: tuple[ComparedPlan, ...]
