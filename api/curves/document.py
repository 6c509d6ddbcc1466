"""Curves as they are answered: exact numbers, as decimals, or as fractions where no decimal ends."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Annotated, Literal

from dsl.faults.answer import Count
from dsl.node import node
from dsl.record import ABSENT, Form, called
from dsl.words import KindName, Lang
from engine.analyse import Payout
from engine.follow import Stretch
from engine.kernel import LineKind
from engine.scales import exact
from engine.statement.answer import Currency

from ..plans import Heading, heading
from . import asked
from .telling import CurveTeller, bends, leaps

Exact = Annotated[
    str,
    Form(
        pattern=r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$",
        description="A number without any loss: a decimal, or a fraction where no decimal ends; 1 is 100%.",
        examples=["0.8", "1/3"],
    ),
]


@node
class Measure:
    """What a curve is over: the attainment of a KPI, or a fact."""

    attainment: bool
    kind: KindName
    fact: str | None
    """The fact that moves; null where attainment is moved by itself."""
    target: Exact | None
    """What that fact is at 100%."""


@node
class CurvePiece:
    """A straight stretch of a curve; at an end that is not included it is what the pay comes near to."""

    start: Exact | None = field(metadata=called("from"))
    """Null where it has no beginning."""
    from_included: bool
    to: Exact | None
    """Null where it has no end."""
    to_included: bool
    pays_from: Exact | None
    pays_to: Exact | None
    grows_by: Exact | None
    """Per 1 of the measure; null where nothing exact is known."""


@node
class BoundClause:
    """A clause of the plan that makes a curve bend."""

    line: Count
    text: str


@node
class CurveBend:
    """Where a curve bends or jumps."""

    at: Exact
    clauses: tuple[BoundClause, ...]


@node
class CurveJump:
    """A sudden change: as a point is reached from below (`before`), or just beyond it (`after`)."""

    at: Exact
    side: Literal["before", "after"]
    start: Exact = field(metadata=called("from"))
    to: Exact
    by: Exact


@node
class Here:
    """Where the person stands whose facts a curve is drawn with."""

    at: Exact
    pays: Exact


@node
class PayCurve:
    """A line of pay, or a result, over its measure, before it is rounded; all else stands still."""

    line: str
    label: str
    kind: LineKind | Literal["result"]
    measure: Measure
    sorts: tuple[dict[str, str], ...]
    """Whom it is for; empty where it is for everybody."""
    pieces: tuple[CurvePiece, ...]
    bounds: tuple[CurveBend, ...]
    jumps: tuple[CurveJump, ...]
    here: Here | None
    rounded: bool
    """Whether the plan rounds on the way, which the curve leaves out."""
    said: tuple[str, ...]
    """The same in words."""
    worth: KindName | None = field(default=None, metadata=ABSENT)
    """Of a result: the kind of what it comes to."""


@node
class Curves:
    """What is paid for what."""

    format: Literal[1]
    plan: Heading | None
    currency: Currency
    employee: str | None
    curves: tuple[PayCurve, ...]


def document(curves: asked.CurvesAsked, lang: Lang) -> Curves:
    """The answer to a question for curves; its words are in the reader's language, its numbers in none."""
    compiled = curves.compiled
    plan = heading(compiled.checked.header, compiled.kernel.digest)
    several = tuple(_curve(curves, payout, lang) for payout in curves.payouts)
    return Curves(1, plan, compiled.kernel.currency, curves.employee, several)


def _curve(curves: asked.CurvesAsked, payout: Payout, lang: Lang) -> PayCurve:
    teller = CurveTeller(curves.compiled, payout, lang, curves.employee)
    target = exact(payout.by.at(Fraction(1))) if payout.attained and payout.fact else None
    rows = (": ".join([where, " ".join(part for part in rest if part)]) for where, *rest in teller.rows)
    return PayCurve(
        payout.name,
        teller.label,
        payout.kind,
        Measure(payout.attained, payout.measured, payout.fact, target),
        tuple(dict(sort) for sort in payout.sorts),
        tuple(map(_piece, payout.stretches)),
        tuple(
            CurveBend(exact(point), tuple(BoundClause(line, text) for line, text in clauses))
            for point, clauses in bends(payout, curves.compiled)
        ),
        tuple(
            CurveJump(exact(leap.point), leap.side, exact(leap.start), exact(leap.end), exact(leap.size))
            for leap in leaps(payout)
        ),
        Here(*map(exact, teller.here)) if teller.here else None,
        payout.rounded,
        (*rows, *teller.sentences),
        payout.worth if payout.kind == "result" else None,
    )


def _piece(one: Stretch) -> CurvePiece:
    """A piece; what it pays at its ends is what it comes near to where they are not its own."""
    line, ends = one.line, (one.low, one.high)
    start, end = (None if end is None else exact(end) for end in ends)
    first, last = (None if end is None or line is None else exact(line.at(end)) for end in ends)
    slope = None if line is None else exact(line.slope)
    return CurvePiece(start, one.includes_low, end, one.includes_high, first, last, slope)
