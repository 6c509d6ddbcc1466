"""The program of a kernel, over integers and in no language yet: what every writer of code begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, assert_never

from dsl.node import node

# ── Expressions ──────────────────────────────────────────────────────────────────────────────────────────


@node
class Const:
    """An integer that is known; 1 and 0 for yes and no."""

    value: int


@node
class Var:
    """An input or a variable, by its place among all; `bits` are those of the longest integer in it."""

    place: int
    bits: int


@node
class Sum:
    """All operands together."""

    operands: tuple[Expression, ...]


@node
class Product:
    """A constant, which is not 0, times what is no product itself."""

    number: int
    factors: tuple[Expression, ...]


@node
class FloorDiv:
    """A quotient, rounded down; the divisor is above 0."""

    top: Expression
    bottom: Expression


@node
class Compare:
    """1 where two integers compare so, else 0."""

    sign: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Expression
    right: Expression


@node
class Present:
    """Whether an input was given."""

    operand: Var


@node
class Choose:
    """One of two integers, by whether a test is other than 0; the other is not computed."""

    test: Expression
    chosen: Expression
    otherwise: Expression


@node
class LookupTable:
    """Integers that are known, by its place among all tables."""

    place: int
    numbers: tuple[int, ...]


@node
class Search:
    """How many numbers of a sorted table are below a value; with `at`, how many are not above it."""

    table: LookupTable
    value: Expression
    at: bool


@node
class Lookup:
    """The number of a table at an index."""

    table: LookupTable
    index: Expression


@node
class Gcd:
    """The greatest common divisor of two integers, of which the second is above 0."""

    one: Expression
    other: Expression


@node
class SetSize:
    """How many different values were put into a set, by its place among all."""

    place: int


Expression = (
    Const | Var | Sum | Product | FloorDiv | Compare | Present | Choose | Search | Lookup | Gcd | SetSize
)

ZERO, ONE = Const(0), Const(1)
ROWS = 40  # bits of a number of records


def times(number: int, *operands: Expression | None) -> Expression:
    """A product of a constant and others (None for 1), whose constants are multiplied ahead."""
    factors: list[Expression] = []
    for operand in operands:
        match operand:
            case None:
                pass
            case Const(value):
                number *= value
            case Product(other, inner):
                number *= other
                factors.extend(inner)
            case _:
                factors.append(operand)
    if number == 0 or not factors:
        return Const(number)
    return factors[0] if number == 1 and len(factors) == 1 else Product(number, tuple(factors))


def bits(term: Expression) -> int:
    """Those of the longest integer on the way to a value, and so of the value; not less than 1."""
    match term:
        case Var(_, known):
            return known
        case Const(value):
            return max(1, value.bit_length())
        case Product(number, factors):
            return sum(map(bits, factors), 0 if abs(number) == 1 else number.bit_length())
        case Sum(operands):
            return max(map(bits, operands)) + (len(operands) - 1).bit_length()
        case FloorDiv(one, other) | Compare(_, one, other):
            return max(bits(one), bits(other))
        case Choose(test, chosen, otherwise):
            return max(bits(test), bits(chosen), bits(otherwise))
        case Present():
            return 1
        case SetSize():
            return ROWS
        case Gcd(_, other):
            return bits(other)
        case Search(table, other) | Lookup(table, other):
            return max(longest(table.numbers), bits(other))
        case _:
            assert_never(term)


def longest(numbers: Sequence[int]) -> int:
    """The bits of the longest of some integers."""
    return max([number.bit_length() for number in numbers])


# ── Statements ───────────────────────────────────────────────────────────────────────────────────────────


@node
class Let:
    """A variable is set."""

    variable: Var
    value: Expression


@node
class If:
    """The first branch whose test holds; one without a test is the last."""

    branches: Sequence[tuple[Expression | None, Body]]


@node
class Fail:
    """A quotient is needed that has no value, by its place among those that may have none."""

    quotient: int


@node
class Late:
    """A step, by its index, computed when it is first called; `own` are the variables that it sets."""

    step: int
    own: Sequence[Var]
    body: Body


@node
class Call:
    """A late step is needed."""

    step: int


@node
class Put:
    """A value is put into a set, by its place among all."""

    place: int
    value: Var


@node
class Loop:
    """The records of a table, one after another, with a variable for each column that is read.

    `kept` are the variables whose values are kept for each record, and `place` is the loop's among all. The
    records may be `shared` by many: the very same for each member of a group, or for everybody.
    """

    place: int
    table: int
    columns: Sequence[Var | None]
    body: Body
    kept: Sequence[Var] | None
    shared: bool


Statement = Let | If | Fail | Late | Call | Put | Loop
Body = Sequence[Statement]


@node
class Routine:
    """A program: what it does, the amounts of the lines, and all variables with the inputs first.

    `unset` are those that it may leave without a value.
    """

    inputs: Sequence[Var]
    tables: Sequence[LookupTable]
    body: Body
    amounts: Sequence[Expression]
    variables: Sequence[Var]
    unset: Sequence[Var]
    loops: int = 0
    sets: int = 0

    @property
    def bits(self) -> int:
        """Those of the longest integer on the way to any amount."""
        return max(map(bits, (*self.inputs, *self.amounts, *_terms(self.body))), default=1)

    @property
    def word(self) -> int | None:
        """The bits of the machine's integers that hold all of them with their sign; None where none do."""
        return next((word for word in (64, 128) if self.bits < word), None)


def _terms(body: Body) -> Iterator[Expression]:
    """Everything that is computed in a block."""
    for statement in body:
        match statement:
            case Let(_, value):
                yield value
            case If(branches):
                for test, inner in branches:
                    yield test or ONE
                    yield from _terms(inner)
            case Late(_, _, inner) | Loop(_, _, _, inner):
                yield from _terms(inner)
            case Fail() | Call() | Put():
                pass
