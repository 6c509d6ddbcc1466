"""A quick look at how long the integers of an evaluation can get: enough to let nearly every plan through.

The bounds are rough, and on the safe side of what `build` counts exactly while it makes the program.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from .. import kernel as k
from ..scales import longest, widest
from .build import CHAIN
from .draft import DEEPEST, LONGEST
from .fork import COMMON
from .loop import SHARED
from .routine import ROWS

NESTED = 200  # operations inside one another, so that nothing that reads them outgrows Python's stack
CELL = 256  # bits of a cell in the most places there are
SLACK = 64  # bits by which two ways of counting may differ in one line


Heights = dict[int, tuple[k.Node, int]]  # of the operations of a value by their identity, itself the last


def heights(kernel: k.Kernel) -> list[Heights]:
    """How deep operations stand in one another under the value of each step and the amount of each line."""
    return [_heights(root) for root in k.roots(kernel)]


def too_deep(whole: list[Heights]) -> k.Node | None:
    """The first operation under which operations stand in one another too deep, if there is one."""
    return next((node for found in whole for node, height in found.values() if height > NESTED), None)


def _heights(root: k.Node) -> Heights:
    """How deep operations stand in one another; of choices in a row none stands in that before it."""
    found: dict[int, tuple[k.Node, int]] = {}
    for node in k.inward(root):
        row = node.otherwise if isinstance(node, k.Choice) and isinstance(node.otherwise, k.Choice) else None
        below = [found[id(operand)][1] - (operand is row) for operand in k.operands(node)]
        found[id(node)] = node, 1 + max(below, default=0)
    return found


def safe(kernel: k.Kernel, whole: list[Heights]) -> bool:
    """Whether a plan is so small that it needs no closer look; the heights are its own."""
    if len(kernel.steps) > CHAIN:
        return False
    scales = widest(kernel)
    pairs = zip(kernel.inputs, scales.inputs, strict=True)
    inputs = [max(longest(entry, scale), (10**scale).bit_length()) for entry, scale in pairs]
    steps: list[int] = []
    for found in whole:
        widths: dict[int, int] = {}
        for node, _ in found.values():
            below = [widths[id(operand)] for operand in k.operands(node)]
            widths[id(node)] = _width(node, below, inputs, steps)
        *_, (root, height) = found.values()
        if widths[id(root)] > LONGEST - SLACK or height >= DEEPEST:
            return False
        steps.append(widths[id(root)])
    return True


def _width(  # noqa: PLR0911  # one for each operation
    node: k.Node, below: list[int], inputs: list[int], steps: list[int]
) -> int:
    """The bits of a numerator or a denominator, constants and all.

    No result is shorter than what it is made from, so that the widest of a line is its root.
    """
    match node:
        case k.Constant(value):
            return _bits(value)
        case k.Actual(index):
            return inputs[index]
        case k.Own(index):
            return max(inputs[index], *below) + COMMON
        case k.Column():
            return CELL
        case k.Records():
            return max(below, default=1) + ROWS + 2 * SHARED
        case k.Earlier(index):
            return steps[index]
        case k.Paid():
            return LONGEST  # lines are looked at closely where one is made from others
        case k.Arithmetic():
            return sum(below) + 2
        case k.Extreme() | k.Clamp() | k.Choice() | k.Comparison() | k.Logic() | k.Denial():
            return max(below) + COMMON  # brought to one denominator, or each with its own where that is long
        case k.Piecewise():
            return below[0] + 2 * max(below[1:]) + COMMON  # a slope times the measure, and a constant
        case k.Elapsed():
            return max(below) + COMMON
        case k.Rounded(_, unit):
            return below[0] + 2 * _bits(unit)
        case _:
            assert_never(node)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
