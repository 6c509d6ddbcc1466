"""The operations: each pure and total but for division, on exact rationals."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Literal

from dsl.node import node
from dsl.place import NOWHERE, Place
from dsl.words import KindName

from ..zones import Sign


@node
class Operation:
    """One operation: the kind of its value, and the place in the text that it came from."""

    kind: KindName = field(kw_only=True)
    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


@node
class Constant(Operation):
    """A number that the plan states."""

    value: Fraction


@node
class Actual(Operation):
    """A fact of the person: the input at an index."""

    index: int


@node
class Own(Operation):
    """The input at an index where the person has one of their own, or else what the plan says."""

    index: int
    otherwise: Node


@node
class Column(Operation):
    """A cell of the record that is gone over, by the index of its column in its table."""

    table: int
    index: int


Gathering = Literal["sum", "count", "least", "greatest", "distinct", "first", "last"]


@node
class Records(Operation):
    """What a value comes to over the records of a table where a condition holds; a count has no value.

    The least, the greatest, the first and the last of none have no value. The first and the last are by
    `order`, and by the record's id where that is the same.
    """

    word: Gathering
    table: int
    value: Node | None
    where: Node | None
    order: Node | None = None


@node
class Earlier(Operation):
    """The value of an earlier step, by its index."""

    index: int


@node
class Paid(Operation):
    """The sum of earlier lines of pay as they are printed, rounded each; by their indices."""

    lines: tuple[int, ...]


ArithmeticSign = Literal["+", "-", "*", "/"]


@node
class Arithmetic(Operation):
    """A sum, difference, product or quotient; a quotient has no value where the divisor is 0."""

    sign: ArithmeticSign
    left: Node
    right: Node


@node
class Comparison(Operation):
    """Whether two values of one kind compare so."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Node
    right: Node


@node
class Logic(Operation):
    """`and`, `or`; the right operand is looked at only where the left one does not decide."""

    word: Literal["and", "or"]
    left: Node
    right: Node


@node
class Denial(Operation):
    """Yes for no, no for yes."""

    operand: Node


@node
class Choice(Operation):
    """One of two values; the other is not looked at."""

    condition: Node
    chosen: Node
    otherwise: Node


@node
class Extreme(Operation):
    """The least or the greatest of several."""

    word: Literal["min", "max"]
    operands: tuple[Node, ...]


@node
class Clamp(Operation):
    """A value, or the floor where it is less."""

    operand: Node
    floor: Node


Reason = Literal[
    "cutoff", "beyond", "decel", "accel_all", "accel_excess", "proportional", "row", "between", "band"
]


@node
class Piece:
    """Where the measure compares so to the bound, it is worth `slope` × measure + `constant`.

    The last piece of a curve has no bound. `reason` says which clause made it, for the statement; `edge` is
    where the plan says how far a row, or a column, goes.
    """

    sign: Sign | None
    bound: Node | None
    slope: Node
    constant: Node
    reason: Reason
    place: Place = field(default=NOWHERE, compare=False)
    edge: Place = field(default=NOWHERE, compare=False)


@node
class Piecewise(Operation):
    """A measure through a piecewise straight line: the first piece that holds decides.

    All bounds and slopes need a value, whichever piece that is: a KPI without one of its clauses is no KPI.
    """

    measure: Node
    pieces: tuple[Piece, ...]


@node
class Rounded(Operation):
    """A value to a multiple of a unit: the nearest (half away from zero, or to even), up or down.

    Up is away from zero, down is towards it.
    """

    operand: Node
    unit: Fraction
    direction: Literal["nearest", "half_even", "up", "down"]


@node
class Elapsed(Operation):
    """The full months from one day to another, or the full years; none where that comes before."""

    unit: Literal["years", "months"]
    since: Node
    until: Node


Node = (
    Constant
    | Actual
    | Own
    | Column
    | Records
    | Earlier
    | Paid
    | Arithmetic
    | Comparison
    | Logic
    | Denial
    | Choice
    | Extreme
    | Clamp
    | Piecewise
    | Rounded
    | Elapsed
)
