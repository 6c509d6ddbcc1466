"""The kernel followed over one variable: what each line of pay is as a function of it, all else still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest
from typing import assert_never

from .. import kernel as k
from ..zones import zones
from .graph import IDENTITY, ZERO, Cause, Gap, Graph, Straight, flat
from .hangs import Bits, Hangs
from .operations import add, between, choose, compare, curve, denial, extreme, logic, quotient, times

EFFORT = 40_000  # operations and points that one analysis looks at


@dataclass(slots=True)
class Effort:
    """What is left of the work that an analysis may do; when nothing is, everything is taken for bent."""

    left: int = EFFORT


@dataclass(slots=True)
class Follow:
    """A kernel for certain people, followed over one of its variables.

    `values` are the inputs that are held still; None is a target of their own that somebody lacks. `variable`
    is the number of an input, or that of an attainment's step beyond all inputs; None where nothing moves.
    What does not hang on it is taken from `still`, the same kernel followed without a variable. Rounding is
    left out of account.
    """

    kernel: k.Kernel
    hangs: Hangs
    values: Sequence[Fraction | None]
    effort: Effort = field(default_factory=Effort)
    variable: int | None = None
    still: Follow | None = None
    _steps: dict[int, Graph] = field(default_factory=dict)
    _lines: dict[int, Graph] = field(default_factory=dict)
    _scored: bool = False

    def over(self, variable: int) -> Follow:
        """The same, over a variable."""
        return Follow(self.kernel, self.hangs, self.values, self.effort, variable, self)

    def moves(self, bits: Bits) -> bool:
        """Whether what hangs on some variables hangs on this one."""
        return self.variable is not None and bool(bits >> self.variable & 1)

    def line(self, index: int) -> Graph:
        """What a line pays, in the currency's unit, before it is rounded."""
        if self.still is not None and not self.moves(self.hangs.lines[index]):
            return self.still.line(index)
        graph = self._lines.get(index)
        if graph is None:
            graph = self._lines[index] = self.node(self.kernel.lines[index].amount)
        return graph

    def sum(self, lines: Sequence[int]) -> Graph:
        """What several lines pay together."""
        still = ZERO
        moving: list[Graph] = []
        for line in lines:
            graph = self.line(line)
            if (value := graph.known) is None:
                moving.append(graph)
            else:
                still += value
        if still or not moving:
            moving.append(flat(still))
        # By twos, so that of many lines none is gone through once for each of the others.
        while len(moving) > 1:
            pairs = zip_longest(moving[::2], moving[1::2])
            moving = [one if other is None else add(one, other) for one, other in pairs]
        return moving[0]

    def step(self, index: int) -> Graph:
        """The value of a step."""
        if self.still is not None and not self.moves(self.hangs.steps[index]):
            return self.still.step(index)
        if index not in self._steps:
            for needed in self._needed(index):
                if self.variable == len(self.kernel.inputs) + needed:
                    self._steps[needed] = IDENTITY
                    continue
                step = self.kernel.steps[needed]
                self._scored = step.role == "score"
                self._steps[needed] = self._node(step.value)
                self._scored = False
        return self._steps[index]

    def _needed(self, index: int) -> list[int]:
        """The steps that a step needs and that are not known yet, itself last: a chain may be long."""
        found = {index}
        waiting = [index]
        while waiting:
            for node in k.walk(self.kernel.steps[waiting.pop()].value):
                if not isinstance(node, k.Earlier) or node.index in found or node.index in self._steps:
                    continue
                if self.still is None or self.moves(self.hangs.steps[node.index]):
                    found.add(node.index)
                    waiting.append(node.index)
        return sorted(found)

    def node(self, node: k.Node) -> Graph:
        """The value of an operation."""
        for inner in k.walk(node):
            if isinstance(inner, k.Earlier):
                self.step(inner.index)
            if isinstance(inner, k.Paid):
                for line in inner.lines:
                    self.line(line)
        return self._node(node)

    def _node(self, node: k.Node) -> Graph:
        if self.effort.left < 0:
            return flat(Gap.BENT)
        graph = self._made(node)
        self.effort.left -= 1 + len(graph.points)
        return graph

    def _made(self, node: k.Node) -> Graph:  # noqa: PLR0911, PLR0912  # one for each operation
        match node:
            case k.Constant(value):
                return flat(value)
            case k.Actual(index):
                known = self.values[index]
                return IDENTITY if index == self.variable else flat(Gap.BENT if known is None else known)
            case k.Own(index, otherwise):
                own = self.values[index]
                if index == self.variable:
                    return IDENTITY
                return flat(own) if own is not None else self._node(otherwise)
            case k.Column() | k.Records():
                return flat(Gap.BENT)  # what records come to is followed as what somebody says that it is
            case k.Earlier(index):
                return self.step(index)
            case k.Paid(lines):
                return self.sum(lines)
            case k.Arithmetic("+" | "-" as sign, left, right):
                return add(self._node(left), self._node(right), -1 if sign == "-" else 1)
            case k.Arithmetic("*", left, right):
                return times(self._node(left), self._node(right))
            case k.Arithmetic(_, left, right):
                return quotient(self._node(left), self._node(right))
            case k.Comparison(sign, left, right):
                return compare(sign, self._node(left), self._node(right))
            case k.Logic(word, left, right):
                return logic(word, self._node(left), self._node(right))
            case k.Denial(operand):
                return denial(self._node(operand))
            case k.Choice(condition, chosen, otherwise):
                cause = Cause(node.place, "choice", _says(chosen, otherwise))
                return choose(self._node(condition), self._node(chosen), self._node(otherwise), cause)
            case k.Extreme(word, operands):
                first, *others = (self._node(operand) for operand in operands)
                for other in others:
                    first = extreme(word, first, other, node.place)
                return first
            case k.Clamp(operand, floor):
                return extreme("max", self._node(operand), self._node(floor), node.place)
            case k.Rounded(operand):
                return self._node(operand)
            case k.Elapsed(unit, since, until):
                return between(self._node(since), self._node(until), 12 if unit == "years" else 1)
            case k.Piecewise():
                return self._curve(node)
            case _:
                assert_never(node)

    def _curve(self, node: k.Piecewise) -> Graph:
        """A curve; one whose bounds or rates move with the variable is taken piece by piece."""
        stated = self._scored or node.kind == "money"
        self.effort.left -= len(node.pieces)
        measure = self._node(node.measure)
        bounds = [None if piece.bound is None else self._node(piece.bound) for piece in node.pieces]
        slopes = [self._node(piece.slope) for piece in node.pieces]
        constants = [self._node(piece.constant) for piece in node.pieces]
        fixed = [
            graph.constant
            for graph in (*slopes, *constants, *(bound for bound in bounds if bound is not None))
        ]
        if Gap.NOTHING in fixed:
            return flat(Gap.NOTHING)
        level = [graph.constant == 0 for graph in slopes]

        def switch(one: int, other: int) -> Cause:
            piece = node.pieces[min(one, other)]
            return Cause(piece.place, piece.reason, _said(piece.reason, stated, level[one] and level[other]))

        if all(isinstance(value, Fraction) for value in fixed):
            tests = [
                (piece.sign, None if bound is None else bound.known)
                for piece, bound in zip(node.pieces, bounds, strict=True)
            ]
            lines = [
                Straight(slope.known or ZERO, constant.known or ZERO)
                for slope, constant in zip(slopes, constants, strict=True)
            ]
            return curve(measure, zones(tests), lines, switch)
        last = len(node.pieces) - 1
        worth = [
            add(times(slope, measure), constant) for slope, constant in zip(slopes, constants, strict=True)
        ]
        found = worth[last]
        for index in reversed(range(last)):
            piece, bound = node.pieces[index], bounds[index]
            if piece.sign is not None and bound is not None:
                found = choose(compare(piece.sign, measure, bound), worth[index], found, switch(index, last))
        return found


def _says(chosen: k.Node, otherwise: k.Node) -> bool:
    """Whether a choice says what is paid on both sides: nothing on one of them, or an amount on each."""
    fixed = [node for node in (chosen, otherwise) if isinstance(node, k.Constant)]
    return any(node.value == 0 for node in fixed) or (len(fixed) == 2 and fixed[0].kind == "money")


def _said(reason: k.Reason, stated: bool, level: bool) -> bool:
    """Whether a curve says what is paid on both sides of a bound; `stated` where its values are pay."""
    match reason:
        case "cutoff" | "beyond":
            return True
        case "row":
            return stated and level
        case "between" | "band":
            return stated
        case "decel" | "accel_all" | "accel_excess" | "proportional":
            return False
        case _:
            assert_never(reason)


def values_of(kernel: k.Kernel, known: Mapping[int, Fraction]) -> tuple[Fraction | None, ...]:
    """The values of all inputs, None where there is none."""
    return tuple(known.get(index) for index in range(len(kernel.inputs)))
