"""What is answered, as published in OpenAPI; `engine` and `api.documents` make the documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dsl.words import KindName, Lang
from engine.kernel import LineKind

from .model import Model

Amount = Annotated[
    str,
    Field(
        pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$",
        description="A decimal number with every digit of the currency's minor unit.",
        examples=["119800.00"],
    ),
]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256, in hexadecimal.")]
Code = Annotated[str, Field(pattern="^P[0-9]{3}$", examples=["P501"])]


# ── Faults ────────────────────────────────────────────────────────────────────────────────────────────────


class Place(Model):
    """A stretch of a text: lines and columns from 1, the end excluded."""

    file: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    end_line: int = Field(ge=1)
    end_column: int = Field(ge=1)
    text: str


class Fault(Model):
    """Something wrong: where (a place in the plan, or a JSON pointer into the body), what, and what to do."""

    code: Code
    severity: Literal["error", "warning", "notice", "advice"]
    title: str
    text: str
    advice: str
    place: Place | None = Field(default=None, description="Where it stands in the plan.")
    also: Place | None = Field(default=None, description="The second place that it is about.")
    fix: str | None = Field(default=None, description="What should stand there instead.")
    pointer: str | None = Field(
        default=None, pattern="^(/|$)", description="Where it stands in the body (RFC 6901)."
    )
    example: str | None = Field(
        default=None, description="A worked example that shows it, to be pasted into the plan."
    )


class Problem(Model):
    """Why there is no answer (RFC 9457), with every fault there is."""

    type: str = Field(description="The page of the first fault.", examples=["/faults/P501"])
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    faults: list[Fault]


class FaultPage(Model):
    """The page of a code: what it is, why it is a fault, and the smallest example of it with its repair."""

    code: Code
    title: str
    why: str
    wrong: str
    right: str


# ── Statements ────────────────────────────────────────────────────────────────────────────────────────────


class Clause(Model):
    """The line of the plan that pays."""

    file: str
    line: int = Field(ge=1)
    text: str


class UsedFact(Model):
    """A fact that a line of pay rests on."""

    name: str
    label: str
    value: str = Field(description="As people read it, rounded where it has no end.")
    exact: str = Field(description="For machines: a decimal, a date, or `yes` or `no`.")


class Line(Model):
    """A line of pay with its reasons."""

    name: str
    label: str
    kind: LineKind
    amount: Amount
    attainment: str | None = Field(
        default=None, description="Of a KPI: how much of its target was made, as people read it."
    )
    attainment_exact: str | None = Field(
        default=None, description="The same for machines, as a part of one: a decimal, or else a fraction."
    )
    carried: Amount | None = Field(
        default=None, description="Of a recovery: what it could not take off, which is carried on."
    )
    explanation: list[str] = Field(description="Every step, to be followed on a calculator.")
    clause: Clause
    facts: list[UsedFact]


class PaidBy(Model):
    """The plan that paid, pinned by its digest."""

    id: str | None
    title: str
    version: str
    revision: str | None = Field(description="The commit that its text is of; null of plain files.")
    digest: Digest


class Presumed(Model):
    """Something that nobody gave and the plan said."""

    what: Literal["default", "target"]
    name: str
    value: str
    text: str


class Statement(Model):
    """What somebody is paid and why."""

    employee: str
    period: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    total: Amount
    lines: list[Line]
    plan: PaidBy
    engine: str
    facts_digest: Digest
    presumed: list[Presumed]
    warnings: list[Fault]


class Unpaid(Model):
    """Somebody who could not be paid, and why."""

    employee: str | None
    period: str | None
    faults: list[Fault]


class Batch(Model):
    """An answer for each person, in the order of the request."""

    results: list[Statement | Unpaid]
    notices: list[Fault] = Field(
        default_factory=list, description="Which of them say what an earlier one says, and are one person."
    )


# ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────


class Heading(Model):
    """What a plan says about itself."""

    title: str
    version: str
    in_effect_from: str | None
    currency: str
    about: list[str]
    digest: Digest | None


class Expected(Model):
    """The sentences of one line of pay."""

    label: str
    sentences: list[str]


class ExampleItem(Model):
    """One thing that an example expects, and what the plan pays."""

    name: str
    line: int = Field(ge=1)
    expected: Amount
    got: Amount
    passed: bool
    explanation: list[Expected] | None = None


class ExampleShown(Model):
    """A figure, target or attainment that an example says it comes to, and what it is."""

    name: str
    line: int = Field(ge=1)
    expected: str = Field(description="As the reader writes numbers.")
    got: str | None = Field(description="Null where nobody has to work it out for such a person.")
    passed: bool


class Example(Model):
    """What became of a worked example of the plan."""

    title: str
    line: int = Field(ge=1)
    passed: bool
    shown: list[ExampleShown]
    items: list[ExampleItem]
    faults: list[Fault]


class ExposedLine(Model):
    """How much a line can pay at most."""

    name: str
    label: str
    most: Amount | None = Field(description="Null where no bound is known.")
    reached: bool = Field(description="Whether somebody can be paid just as much.")
    grows_with: list[str] = Field(description="The facts with which it grows without end.")


class Exposed(Model):
    """How much a plan can pay one person for one period at most: each line, and the whole."""

    total: Amount | None = Field(description="Null where no bound is known.")
    grows_with: list[str]
    lines: list[ExposedLine]


class Checked(Model):
    """Whether a plan can pay and its examples come out, what is wrong with it, what its author should know.

    Advice never makes a plan wrong; once the plan answers it (`allow cliff because "…"`), it is told no more.
    """

    ok: bool
    faults: list[Fault]
    advice: list[Fault]
    exposure: Exposed | None
    plan: Heading | None
    examples: list[Example]


class Formatted(Model):
    """The one canonical text of a plan."""

    text: str
    changed: bool


class Translated(Model):
    """A plan in the other language."""

    text: str
    lang: Lang


class Revision(Model):
    """A commit: its id, its author, and when it was written."""

    id: str = Field(pattern="^[0-9a-f]{40}([0-9a-f]{24})?$")
    author: str
    date: str


class Newer(Model):
    """A newer text of a plan, and why it cannot pay; until it can, the last one that could goes on paying."""

    file: str
    revision: Revision | None
    faults: list[Fault]


class Listed(Model):
    """A plan that the server keeps; `revision` is the commit that brought its text, null of plain files."""

    id: str
    file: str
    ready: bool
    lang: Lang | None
    plan: Heading | None
    revision: Revision | None
    faults: list[Fault]
    newer: Newer | None = Field(description="A newer text that cannot pay, if there is one.")


class Plans(Model):
    """The plans that the server keeps, and the commit that they are of; one that is not ready says why."""

    revision: Revision | None

    plans: list[Listed]


class Version(Model):
    """A version of a plan: the newest text of it, and the first and last day on which it is in effect."""

    version: str
    title: str
    first: str | None = Field(description="Null where the plan does not say.")
    last: str | None = Field(description="Null until a later version is known.")
    replaced: bool = Field(description="Never in effect: a later version without a first day replaced it.")
    file: str
    revision: Revision | None
    digest: Digest | None


class Versions(Model):
    """The versions of a plan, the newest first; faults where it cannot be told which is in effect."""

    id: str
    versions: list[Version]
    faults: list[Fault]


class InputLine(Model):
    """Something that a plan reads about a person."""

    name: str
    label: str
    kind: KindName
    needed: bool
    can_be_negative: bool
    least: str | None = Field(
        description="The least that it can be, as facts are written; null where none is said."
    )
    most: str | None = Field(description="The greatest that it can be.")
    default: str | None
    source: str | None = Field(description="The system or the document that it is taken from.")


class PaidLine(Model):
    """A line that a plan pays."""

    name: str
    label: str
    kind: LineKind


class Interface(Model):
    """What a plan reads and what it pays."""

    facts: list[InputLine]
    targets: list[InputLine]
    lines: list[PaidLine]


class Plan(Listed):
    """A plan whole: its text, its meaning (canonical JSON, whose SHA-256 is the digest) and its interface."""

    text: str | None
    canonical: str | None
    interface: Interface | None


# ── Curves ────────────────────────────────────────────────────────────────────────────────────────────────


Exact = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$",
        description="A number without any loss: a decimal, or a fraction where no decimal ends; 1 is 100%.",
        examples=["0.8", "1/3"],
    ),
]


class Measure(Model):
    """What a curve is over: the attainment of a KPI, or a fact."""

    attainment: bool
    kind: KindName
    fact: str | None = Field(description="The fact that moves; null where attainment is moved by itself.")
    target: Exact | None = Field(description="What that fact is at 100%.")


class Piece(Model):
    """A straight stretch of a curve; at an end that is not included it is what the pay comes near to."""

    from_: Exact | None = Field(alias="from", description="Null where it has no beginning.")
    from_included: bool
    to: Exact | None = Field(description="Null where it has no end.")
    to_included: bool
    pays_from: Exact | None
    pays_to: Exact | None
    grows_by: Exact | None = Field(description="Per 1 of the measure; null where nothing exact is known.")


class BoundClause(Model):
    """A clause of the plan that makes a curve bend."""

    line: int = Field(ge=1)
    text: str


class Bound(Model):
    """Where a curve bends or jumps."""

    at: Exact
    clauses: list[BoundClause]


class Jump(Model):
    """A sudden change: as a point is reached from below (`before`), or just beyond it (`after`)."""

    at: Exact
    side: Literal["before", "after"]
    from_: Exact = Field(alias="from")
    to: Exact
    by: Exact


class Here(Model):
    """Where the person stands whose facts a curve is drawn with."""

    at: Exact
    pays: Exact


class Curve(Model):
    """A line of pay over its measure, before it is rounded; all else stands still."""

    line: str
    label: str
    kind: LineKind
    measure: Measure
    sorts: list[dict[str, str]] = Field(description="Whom it is for; empty where it is for everybody.")
    pieces: list[Piece]
    bounds: list[Bound]
    jumps: list[Jump]
    here: Here | None
    rounded: bool = Field(description="Whether the plan rounds on the way, which the curve leaves out.")
    said: list[str] = Field(description="The same in words.")


class Curves(Model):
    """What is paid for what."""

    format: Literal[1]
    plan: Heading | None
    currency: str = Field(pattern="^[A-Z]{3}$")
    employee: str | None
    curves: list[Curve]


# ── Health ────────────────────────────────────────────────────────────────────────────────────────────────


class Health(Model):
    """The process answers."""

    status: Literal["ok"]


class BrokenPlan(Model):
    """A file that is no plan to pay by."""

    id: str
    file: str
    codes: list[Code]
    kept: bool = Field(description="Whether an older text goes on paying.")


class Readiness(Model):
    """How many plans can pay, and which files cannot."""

    status: Literal["ready"]
    plans: int = Field(ge=0)
    revision: Revision | None = Field(description="The commit that the plans are of; null of plain files.")
    broken: list[BrokenPlan]
    faults: list[Fault] = Field(description="Why what is kept now cannot be served, and what was still is.")
