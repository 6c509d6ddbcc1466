"""The clauses of lines, and the order in which they are printed."""

from __future__ import annotations

from typing import Literal, get_args

from ..node import node
from .expressions import Direction, Expr
from .parts import Placed
from .rows import TableRow
from .values import Date


@node
class Weight(Placed):
    """The KPI's share of the bonus."""

    share: Expr


@node
class Spread(Placed):
    """Where it holds, the KPI does not count: its weight goes to the others, in proportion to theirs."""

    condition: Expr


@node
class Target(Placed):
    """The value that is 100 % attainment; `personal` where a person's own target wins over it."""

    value: Expr
    personal: bool


@node
class TargetProrated(Placed):
    """The target times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


@node
class LessIsBetter(Placed):
    """Attainment is counted the other way: 200 % less actual / target, and never below 0."""


@node
class Tolerance(Placed):
    """The target is to be met, neither missed nor passed: what lies further off counts against it.

    A percentage is a share of the target, unless it is percentages that are measured.
    """

    width: Expr


@node
class Cutoff(Placed):
    """The attainment below which nothing is paid; the bound itself pays.

    From there on pays all of it in proportion, or with `excess` only what lies beyond the bound.
    """

    bound: Expr
    excess: bool = False


AccelMode = Literal["all", "excess"]


@node
class Accel(Placed):
    """The factor that applies above a bound of attainment (the bound itself excluded).

    On `all`: to the whole attainment, which is also what a line means that does not say; on `excess`: to the
    part of it above the bound.
    """

    factor: Expr
    mode: AccelMode
    bound: Expr


@node
class Decel(Placed):
    """The factor of the whole attainment below a bound of attainment (the bound excluded)."""

    factor: Expr
    bound: Expr


@node
class Curve(Placed):
    """What each attainment pays, by the rows under the line: by steps, or along lines between points."""

    mode: Literal["steps", "line"]
    rows: tuple[TableRow, ...] = ()


@node
class Applies(Placed):
    """`for grade is junior`: the people for whom the line is there at all."""

    condition: Expr


@node
class OnlyIf(Placed):
    """A gate: the line pays nothing where the condition does not hold."""

    condition: Expr


@node
class Multiplied(Placed):
    """A multiplier of the line's pay."""

    factor: Expr


CapBase = Literal["pay", "attainment"]


@node
class Cap(Placed):
    """The most that counts: of the line's pay (money, or a percentage of a KPI's share), or of attainment.

    `unless` is a condition that lifts it.
    """

    limit: Expr
    base: CapBase
    unless: Expr | None = None


@node
class Floor(Placed):
    """The least that the line pays (money, or for a KPI a percentage of its share)."""

    limit: Expr


@node
class Prorated(Placed):
    """The line's pay times `part` / `whole`: for somebody who worked a part of the period."""

    part: Expr
    whole: Expr


@node
class Rounding(Placed):
    """The line's pay to a multiple of a unit."""

    unit: Expr
    direction: Direction


@node
class During(Placed):
    """The days, both included, within which a period must begin for the line to be paid."""

    first: Date
    last: Date


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
    | Rounding
    | During
    | Target
    | TargetProrated
    | LessIsBetter
    | Tolerance
)
# The order in which clauses are printed: what is paid for what, the order in which they act, the target.
CLAUSE_ORDER: tuple[type[Clause], ...] = get_args(Clause)
