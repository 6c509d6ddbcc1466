"""The program of a kernel in the making: its operations' values so far, and where the trace finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from dsl.node import node

from .. import kernel as k
from ..scales import Scales
from ..signs import Sign
from .routine import Body, Const, Expression, Let, LookupTable, Loop, Routine, Statement, Var, bits, longest

LONGEST = 6_000  # bits of a numerator or a denominator; the widest honest plans need a few hundred
CONSTANT = 2 * LONGEST  # bits of a constant in a table
DEEPEST = 60  # blocks inside one another; Python gives up at a hundred

T = TypeVar("T")


class Unbounded(Exception):  # noqa: N818  # a signal to whoever asks whether a plan can be evaluated
    """An integer could be too long, or blocks are too deep; in the innermost operation that is known."""

    def __init__(self, node: k.Node | None = None) -> None:
        super().__init__()
        self.node = node


@node
class Value:
    """A number: `factor` × `top` / the product of `under`, all of which are above 0; no `top` is 1."""

    factor: Fraction
    top: Var | None = None
    under: tuple[Var, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether the plan alone says it."""
        return self.top is None and not self.under

    @property
    def holds(self) -> Expression:
        """What is not 0 where the value is not."""
        return self.top or Const(int(self.factor != 0))


@node
class RecordsTally:
    """Where a trace counts records: all, those for which a condition holds, what each part of it leaves out.

    `value` is what one of them comes to.
    """

    seen: int
    held: int
    left: Sequence[int]
    value: Value | None


@dataclass(slots=True)
class Draft:
    """The program of a kernel in the making; with `bounded`, what is too long or too deep is a signal.

    `values` are the numbers of operations, `picks` the variables with the number of the alternative that one
    took, both by identity. `found` is what was made already, for each block that is open; `late` are
    variables that are set under a condition; `called` are the steps that wait to be called, with how deep
    they call others; `columns` are those of the record that is gone over, `loops` those over the records of
    operations. `dense` while the rows of a long table are made.
    """

    kernel: k.Kernel
    scales: Scales
    inputs: Sequence[Var]
    signs: dict[int, Sign]
    traced: bool
    bounded: bool
    body: list[Statement] = field(default_factory=list)
    depth: int = 0
    variables: list[Var] = field(default_factory=list)
    late: list[Var] = field(default_factory=list)
    values: dict[int, Value] = field(default_factory=dict)
    picks: dict[int, Var | None] = field(default_factory=dict)
    found: list[dict[object, Any]] = field(default_factory=lambda: [{}])
    steps: list[Value] = field(default_factory=list)
    called: dict[int, int] = field(default_factory=dict)
    quotients: list[k.Node] = field(default_factory=list)
    amounts: list[Expression] = field(default_factory=list)
    tables: dict[tuple[int, ...], LookupTable] = field(default_factory=dict)
    dense: bool = False
    columns: dict[tuple[int, int], Var] = field(default_factory=dict)
    loops: dict[int, Loop] = field(default_factory=dict)
    sets: int = 0
    tallies: dict[int, RecordsTally] = field(default_factory=dict)

    @property
    def routine(self) -> Routine:
        """The program, where it is made."""
        unset = self.late if self.traced or self.called else ()
        tables = [*self.tables.values()]
        return Routine(
            self.inputs, tables, self.body, self.amounts, self.variables, unset, len(self.loops), self.sets
        )

    def variable(self, most: int) -> Var:
        """A new variable of so many bits."""
        if self.bounded and most > LONGEST:
            raise Unbounded
        variable = Var(len(self.inputs) + len(self.variables), most)
        self.variables.append(variable)
        if self.depth:
            self.late.append(variable)
        return variable

    def set(self, value: Expression, most: int | None = None) -> Var:
        """A new variable with a value; of so many bits, where there are fewer than on the way to it."""
        variable = self.variable(bits(value) if most is None else most)
        self.body.append(Let(variable, value))
        return variable

    def let(self, value: Expression, most: int | None = None) -> Var:
        """A variable with a value."""
        return value if isinstance(value, Var) else self.set(value, most)

    def block(self, make: Callable[[], T]) -> tuple[Body, T]:
        """The statements of a block, kept apart, and what is made in it; what it finds is lost after it."""
        if self.bounded and self.depth + 1 >= DEEPEST:
            raise Unbounded
        body, self.body = self.body, []
        self.depth += 1
        self.found.append({})
        made = make()
        self.found.pop()
        self.depth -= 1
        inner, self.body = self.body, body
        return inner, made

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What is made for a key, unless it was made before on whatever way the program came here."""
        for known in self.found:
            if key in known:
                found: T = known[key]
                return found
        made = make()
        self.found[-1][key] = made
        return made

    def table(self, numbers: Sequence[int]) -> LookupTable:
        """A table of integers."""
        if self.bounded and longest(numbers) > CONSTANT:
            raise Unbounded
        return self.tables.setdefault(tuple(numbers), LookupTable(len(self.tables), tuple(numbers)))

    def fits(self, value: Value) -> Value:
        """A value; a signal where it is too long, constants and all."""
        if self.bounded:
            top = value.factor.numerator.bit_length() + (0 if value.top is None else value.top.bits)
            under = value.factor.denominator.bit_length() + sum([one.bits for one in value.under])
            if max(top, under) > LONGEST:
                raise Unbounded
        return value
