"""How long the integers of an evaluation can get, from the plan alone, so that none can exhaust a machine."""

from __future__ import annotations

from . import kernel as k

LONGEST = 20_000  # bits of a numerator or a denominator; the widest honest plans need a few hundred
DEEPEST = 60  # choices and conditions inside one another
GIVEN = 210  # bits of a fact: thirty digits before the mark and as many after it
UNDER = 100  # bits of its power of ten


def too_big(kernel: k.Kernel) -> k.Node | None:
    """The first operation whose value could be too long, or that is nested too deep to follow."""
    steps: list[tuple[int, int]] = []
    for node in (*(step.value for step in kernel.steps), *(line.amount for line in kernel.lines)):
        found = _widths(node, steps, 0)
        if not isinstance(found, tuple):
            return found
        steps.append(found)
    return None


def _widths(node: k.Node, steps: list[tuple[int, int]], depth: int) -> tuple[int, int] | k.Node:
    """Bits of the numerator and of the denominator of a value, or the operation that is too big."""
    inner = depth + isinstance(node, k.Choice | k.Logic | k.Own)
    if inner > DEEPEST:
        return node
    below: list[tuple[int, int]] = []
    for operand in k.operands(node):
        found = _widths(operand, steps, inner)
        if not isinstance(found, tuple):
            return found
        below.append(found)
    top, under = _combined(node, below, steps)
    return node if max(top, under) > LONGEST else (top, under)


def _combined(node: k.Node, below: list[tuple[int, int]], steps: list[tuple[int, int]]) -> tuple[int, int]:
    match node:
        case k.Constant(value):
            return value.numerator.bit_length(), value.denominator.bit_length()
        case k.Given():
            return GIVEN, UNDER
        case k.Paid():
            # Whole minor units: no line is longer than the longest that is let through.
            return LONGEST // 2, UNDER
        case k.Earlier(index):
            return steps[index]
        case k.Arithmetic("*"):
            return below[0][0] + below[1][0], below[0][1] + below[1][1]
        case k.Arithmetic("/"):
            return below[0][0] + below[1][1], below[0][1] + below[1][0]
        case k.Arithmetic() | k.Clamp() | k.Extreme() | k.Choice() | k.Own() | k.Curve():
            # Brought to one denominator, at worst the product of all of them.
            under = sum(bits for _, bits in below) + UNDER
            return max(top for top, _ in below) + GIVEN + under + 1, under
        case k.Comparison() | k.Logic() | k.Denial():
            return 1, 1
        case k.Rounded(_, unit, _):
            return below[0][0] + unit.denominator.bit_length() + unit.numerator.bit_length(), below[0][1]
