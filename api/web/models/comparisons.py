"""What is asked of a comparison and what it answers, as published in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dsl.diff.things import Slot, What
from dsl.parse.limits import TEXT
from engine.kernel import LineKind

from .answers import Amount, Fault, Heading
from .model import Model
from .requests import KeptPlan, People, Spoken

PEOPLE = 300  # of one comparison, in which each is paid by many plans
Sign = Literal["+", "-", "~"]
Exact = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$", description="An exact number, as a fraction in lowest terms."
    ),
]


class SentPlan(Model):
    """A plan that comes with the request."""

    source: str = Field(description=f"The text of a plan: {TEXT} characters at most.")


class Diff(Spoken):
    """Two plans to compare, and people to pay by both, if it is to be told whom the change concerns."""

    old: KeptPlan | SentPlan
    new: KeptPlan | SentPlan
    people: People = Field(default_factory=list, max_length=PEOPLE)


# ── What is changed ───────────────────────────────────────────────────────────────────────────────────────


class ChangedPart(Model):
    """A clause, a row, a label: as it was and as it is, in the reader's language."""

    sign: Sign
    slot: Slot
    heading: str
    old: str | None
    new: str | None


class Changed(Model):
    """Something that a plan declares, by its name: what came (`+`), went (`-`) or is another (`~`)."""

    sign: Sign
    what: What
    name: str
    label: str
    formerly: str | None = Field(description="The name that it had, where only that is another.")
    heading: str
    text: list[str] = Field(description="What came or went, line by line.")
    parts: list[ChangedPart]


# ── What is paid ──────────────────────────────────────────────────────────────────────────────────────────


class Point(Model):
    """An end of a stretch: an attainment as a part of one, or a fact."""

    exact: Exact
    text: str


class Along(Model):
    """What is paid along a stretch, before it is rounded: slope × the attainment or fact + constant."""

    slope: Exact
    constant: Exact
    from_: str | None = Field(alias="from")
    to: str | None
    text: str


class StretchOfPay(Model):
    """A stretch on which both plans pay differently; an end that is null has no bound."""

    from_: Point | None = Field(alias="from")
    from_included: bool
    to: Point | None
    to_included: bool
    text: str
    old: Along | None = Field(description="Null where it is not a straight line.")
    new: Along | None
    change: Along | None


class ChangedPay(Model):
    """A line of pay along the attainment of a KPI, or along a fact; everything else is just on target."""

    line: str
    label: str
    kind: LineKind
    along: Literal["attainment", "fact", "nothing"]
    name: str
    heading: str
    sorts: list[dict[str, str]] = Field(description="The people for whom it is so; empty where for all.")
    stretches: list[StretchOfPay]


# ── Whom it pays ──────────────────────────────────────────────────────────────────────────────────────────


class PartOfCost(Model):
    """What a change makes of the cost."""

    heading: str
    change: Amount


class ChangedLine(Model):
    """A line of somebody's pay that is another."""

    name: str
    label: str
    old: Amount
    new: Amount
    change: Amount


class ComparedPerson(Model):
    """Somebody whom both plans pay; `parts` are of each change, in their order, and add up to `change`."""

    employee: str
    period: str
    old: Amount
    new: Amount
    change: Amount
    parts: list[Amount] | None
    lines: list[ChangedLine]


class OddPerson(Model):
    """Somebody whom one of the plans cannot pay, or both cannot, and why."""

    employee: str | None
    period: str | None
    total: Amount | None = None
    faults: list[Fault]


class DoubtfulPerson(Model):
    """Somebody of whom something is doubtful, was understood or was presumed, by either plan."""

    employee: str
    period: str
    said: list[str]


class ComparedPeople(Model):
    """What the change comes to; `parts` and `unsplit` add up to `change`."""

    faults: list[Fault]
    currency: str | None = Field(description="Null where the plans pay in different ones.")
    old: Amount | None
    new: Amount | None
    change: Amount | None
    gain: int
    lose: int
    same: int
    parts: list[PartOfCost]
    unsplit: Amount | None
    orders: int | None = Field(
        description="In how many orders of the changes their parts were reckoned; null where in every one."
    )
    rows: list[ComparedPerson]
    only_old: list[OddPerson]
    only_new: list[OddPerson]
    neither: list[OddPerson]
    doubtful: list[DoubtfulPerson]
    notices: list[Fault] = Field(description="How the people were read as a whole: who was left out.")


class SideOfPlan(Model):
    """One of the two plans."""

    name: str
    revision: str | None
    plan: Heading | None


class ComparedPlan(Model):
    """A plan that came (`+`), went (`-`), is another (`~`) or means the same (`=`)."""

    id: str
    sign: Literal["+", "-", "~", "="]
    old: SideOfPlan | None
    new: SideOfPlan | None
    faults: list[Fault]
    same_pay: bool = Field(description="Whether nobody is paid differently.")
    outward: list[Literal["language", "comments", "order", "formatting"]]
    changes: list[Changed]
    interface: list[Fault]
    money: list[ChangedPay]
    people: ComparedPeople | None


class Compared(Model):
    """A comparison of plans."""

    format: Literal[1]
    changed: bool
    trouble: bool
    faults: list[Fault]
    plans: list[ComparedPlan]
