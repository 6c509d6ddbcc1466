"""The clauses of lines, each with its declaration, and the order in which they are printed.

From a declaration come the rule of the grammar, the node, the text, the kinds that are wanted, the bounds of
numbers, the slot of a comparison, and when the clause acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, TypeVar, get_args

from .declared import FACTOR, LEVEL, LIMIT, MONEY, PART, SHARE, Declaring, Span, Want, clause, operands
from .expressions import Direction, Expr, TableRow, cells
from .parts import Date, Name


@clause("WEIGHT share:atom", "share", share=SHARE)
class Weight(Declaring):
    """The KPI's share of the bonus."""

    share: Expr


@clause("SPREAD_IF condition:either", "share", "spread")
class Spread(Declaring):
    """Where it holds, the KPI does not count: its weight goes to the others, in proportion to theirs."""

    condition: Expr


@clause("TARGET value:atom personal:PERSONAL?", "target", value=Want(span=Span("P404", "never")))
class Target(Declaring):
    """The value that is 100 % attainment; `personal` where a person's own target wins over it."""

    value: Expr
    personal: bool


@clause("LESS_IS_BETTER", "attainment")
class LessIsBetter(Declaring):
    """Attainment is counted the other way: 200 % less actual / target, and never below 0."""


@clause("TOLERANCE width:atom", "attainment", width=Want(span=Span("P282")))
class Tolerance(Declaring):
    """The target is to be met, neither missed nor passed: what lies further off counts against it.

    A percentage is a share of the target, unless it is percentages that are measured.
    """

    width: Expr


@clause("TARGET_PRORATED part:atom OF whole:atom", "target", part=PART, whole=PART)
class TargetProrated(Declaring):
    """The target times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


@clause("CUTOFF bound:atom excess:ON_EXCESS?", "worth", bound=replace(LEVEL, span=Span("P405")))
class Cutoff(Declaring):
    """The attainment below which nothing is paid; the bound itself pays.

    From there on pays all of it in proportion, or with `excess` only what lies beyond the bound.
    """

    bound: Expr
    excess: bool = False


AccelMode = Literal["all", "excess"]


@clause("ACCEL factor:atom mode:(ON_ALL | ON_EXCESS)? ABOVE bound:atom", "worth", factor=FACTOR, bound=LEVEL)
class Accel(Declaring):
    """The factor that applies above a bound of attainment (the bound itself excluded).

    On `all`: to the whole attainment, which is also what a line means that does not say; on `excess`: to the
    part of it above the bound.
    """

    factor: Expr
    mode: AccelMode
    bound: Expr


@clause("DECEL factor:atom BELOW bound:atom", "worth", factor=FACTOR, bound=LEVEL)
class Decel(Declaring):
    """The factor of the whole attainment below a bound of attainment (the bound excluded)."""

    factor: Expr
    bound: Expr


@clause("mode:(STEPS | LINE)", "worth")
class Curve(Declaring):
    """What each attainment pays, by the rows under the line: by steps, or along lines between points."""

    mode: Literal["steps", "line"]
    rows: tuple[TableRow, ...] = ()


@clause("FOR condition:either", "whose")
class Applies(Declaring):
    """`for grade is junior`: the people for whom the line is there at all."""

    condition: Expr


@clause("ONLY_IF condition:either", "pay", "gated")
class OnlyIf(Declaring):
    """A gate: the line pays nothing where the condition does not hold."""

    condition: Expr


@clause("MULTIPLIED factor:atom", "pay", "multiplied", factor=replace(FACTOR, span=Span("P405", "one")))
class Multiplied(Declaring):
    """A multiplier of the line's pay."""

    factor: Expr


CapBase = Literal["pay", "attainment"]
Scope = Literal["each", "in_all"]  # of the records that a line is paid for


@clause(
    "CAP limit:atom base:(ON_PAY | ON_ATTAINMENT)? scope:(EACH | IN_ALL)? (UNLESS unless:either)?",
    "pay",
    "capped",
    settles=True,
    limit=replace(LIMIT, span=Span("P405", "one")),
)
class Cap(Declaring):
    """The most that counts: of the line's pay (money, or a percentage of a KPI's share), or of attainment.

    `unless` is a condition that lifts it. On a line over records it is of `each` or of them `in_all`.
    """

    limit: Expr
    base: CapBase
    unless: Expr | None = None
    scope: Scope | None = None


@clause("FLOOR limit:atom scope:(EACH | IN_ALL)?", "pay", "floored", settles=True, limit=LIMIT)
class Floor(Declaring):
    """The least that the line pays (money, or for a KPI a percentage of its share)."""

    limit: Expr
    scope: Scope | None = None


@clause("PRORATED part:atom OF whole:atom", "pay", "prorated", part=PART, whole=PART)
class Prorated(Declaring):
    """The line's pay times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


DaysSaid = Literal["by_days", "by_working_days", "by_calendar_days"]


@clause("unit:(BY_DAYS | BY_WORKING_DAYS | BY_CALENDAR_DAYS) group:bare", "pay", "by_days")
class ByDays(Declaring):
    """The line's pay by the days that somebody is in a group, reckoned apart for each that they are in."""

    unit: DaysSaid
    group: Name


@clause(
    "ROUNDED_TO unit:atom direction:(UP | DOWN | HALF_EVEN)? scope:(EACH | IN_ALL)?",
    "pay",
    "rounded",
    settles=True,
    unit=replace(MONEY, code="P415"),
)
class Rounding(Declaring):
    """The line's pay to a multiple of a unit."""

    unit: Expr
    direction: Direction = "nearest"
    scope: Scope | None = None


@clause("DURING first:DATE (UP_TO | TO) last:DATE", "pay", "dated")
class During(Declaring):
    """The days, both included, within which a period must begin for the line to be paid."""

    first: Date
    last: Date


@clause("EXCEPT first:DATE (UP_TO | TO) last:DATE", "pay", "dated")
class Except(Declaring):
    """The days, both included, within which no period may begin for the line to be paid."""

    first: Date
    last: Date


@clause("AGAINST balance:bare", "pay")
class AgainstBalance(Declaring):
    """The balance that the line moves: by what it pays or withholds."""

    balance: Name


@clause("CARRIED_IN balance:bare", "pay")
class CarriedIn(Declaring):
    """The balance in which a recovery carries what it leaves over, and which it nets too."""

    balance: Name


@clause("NOT_RECOVERABLE", "pay")
class NotRecoverable(Declaring):
    """That a draw is never taken back."""


Clause = (
    Weight
    | Spread
    | Applies
    | Cutoff
    | Decel
    | Accel
    | Curve
    | OnlyIf
    | Multiplied
    | Cap
    | Floor
    | Prorated
    | ByDays
    | Rounding
    | During
    | Except
    | AgainstBalance
    | CarriedIn
    | NotRecoverable
    | Target
    | TargetProrated
    | LessIsBetter
    | Tolerance
)
# The order in which clauses are printed: what is paid for what, the order in which they act, the target.
CLAUSE_ORDER: tuple[type[Clause], ...] = get_args(Clause)


ClauseT = TypeVar("ClauseT", bound=Clause)


def among(parts: Iterable[Clause], sort: type[ClauseT]) -> list[ClauseT]:
    """The clauses of a sort."""
    return [part for part in parts if isinstance(part, sort)]


def first(parts: Iterable[Clause], sort: type[ClauseT]) -> ClauseT | None:
    """The first clause of a sort, if there is one."""
    return next(iter(among(parts, sort)), None)


def ordered(parts: Iterable[Clause]) -> tuple[Clause, ...]:
    """Clauses in the one order; several of a sort in the author's."""
    return tuple(sorted(parts, key=lambda part: CLAUSE_ORDER.index(type(part))))


def terms(part: Clause) -> Iterator[Expr]:
    """The expressions of a clause, outermost only."""
    for one in operands(part.declared.pieces):
        term = getattr(part, one.name)
        if term is not None and one.rule != "bare":
            yield term
    if isinstance(part, Curve):
        yield from cells(part.rows)
