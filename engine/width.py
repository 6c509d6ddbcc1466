"""A quick look at how long the integers of an evaluation can get: enough to let nearly every plan through.

The bounds are rough, and on the safe side of what `write` counts exactly while it makes the source.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from . import kernel as k
from .algebra import COMMON, DEEPEST, LONGEST
from .generate import CHAIN
from .scales import longest, widest

NESTED = 200  # operations inside one another, so that nothing that reads them outgrows Python's stack
SLACK = 64  # bits by which two ways of counting may differ in one line

Width = tuple[int, int]  # bits of a numerator and of a denominator, constants and all


def too_deep(kernel: k.Kernel) -> k.Node | None:
    """The first operation under which operations stand in one another too deep, if there is one."""
    for root in k.roots(kernel):
        heights: dict[int, int] = {}
        for node in k.inward(root):
            heights[id(node)] = _height(node, heights)
            if heights[id(node)] > NESTED:
                return node
    return None


def _height(node: k.Node, heights: dict[int, int]) -> int:
    """How deep operations stand in one another; of choices in a row none stands in that before it."""
    row = node.otherwise if isinstance(node, k.Choice) and isinstance(node.otherwise, k.Choice) else None
    below = [heights[id(operand)] - (operand is row) for operand in k.operands(node)]
    return 1 + max(below, default=0)


def safe(kernel: k.Kernel) -> bool:
    """Whether a plan is so small that it needs no closer look."""
    if len(kernel.steps) > CHAIN:
        return False
    inputs = [
        (longest(entry, scale), (10**scale).bit_length())
        for entry, scale in zip(kernel.inputs, widest(kernel), strict=True)
    ]
    steps: list[Width] = []
    for root in k.roots(kernel):
        widths: dict[int, Width] = {}
        heights: dict[int, int] = {}
        for node in k.inward(root):
            heights[id(node)] = _height(node, heights)
            below = [widths[id(operand)] for operand in k.operands(node)]
            widths[id(node)] = _width(node, below, inputs, steps)
        if max(widths[id(root)]) > LONGEST - SLACK or heights[id(root)] >= DEEPEST:
            return False
        steps.append(widths[id(root)])
    return True


def _width(  # noqa: PLR0911  # one for each operation
    node: k.Node, below: list[Width], inputs: list[Width], steps: list[Width]
) -> Width:
    """No result is shorter than what it is made from, so that the widest of a line is its root."""
    match node:
        case k.Constant(value):
            return _bits(value)
        case k.Given(index):
            return inputs[index]
        case k.Own(index):
            return _either([inputs[index], *below])
        case k.Earlier(index):
            return steps[index]
        case k.Paid():
            return LONGEST, 1  # lines are looked at closely where one is made from others
        case k.Arithmetic("*", _, _):
            return _product(*below)
        case k.Arithmetic("/", _, _):
            (top, under), (divisor, over) = below
            return top + over + 1, under + divisor + 1
        case k.Arithmetic():
            return _sum(*below)
        case k.Extreme() | k.Clamp() | k.Choice() | k.Comparison() | k.Logic() | k.Denial():
            return _either(below)
        case k.Curve():
            return _either(_pieces(node, below))
        case k.Rounded(_, unit):
            top, under = _bits(unit)
            return below[0][0] + top + under + 2, max(below[0][1], under)
        case _:
            assert_never(node)


def _pieces(curve: k.Curve, below: list[Width]) -> list[Width]:
    """What each piece of a curve is worth; the widths under it stand in the order of its operands."""
    measure, *others = below
    rest = iter(others)
    worth = []
    for piece in curve.pieces:
        if piece.bound is not None:
            next(rest)
        slope, constant = next(rest), next(rest)
        worth.append(_sum(_product(slope, measure), constant))
    return worth


def _bits(value: Fraction) -> Width:
    return value.numerator.bit_length(), value.denominator.bit_length()


def _sum(one: Width, other: Width) -> Width:
    return max(one[0] + other[1], other[0] + one[1]) + 2, one[1] + other[1] + 1


def _product(one: Width, other: Width) -> Width:
    return one[0] + other[0] + 1, one[1] + other[1] + 1


def _either(several: list[Width]) -> Width:
    """One of several, brought to one denominator, or each with its own where that would be long."""
    return max([top for top, _ in several]) + COMMON, max([under for _, under in several]) + COMMON
