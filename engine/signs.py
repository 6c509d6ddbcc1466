"""What is known of a number's sign before any fact is, so that code need not ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, assert_never

from . import kernel as k

Sign = Literal["positive", "natural", "any"]  # above 0; not below 0; unknown
ORDER: tuple[Sign, ...] = ("any", "natural", "positive")


def weakest(signs: Iterable[Sign]) -> Sign:
    """What holds of each of several."""
    return min(signs, key=ORDER.index)


def signs(kernel: k.Kernel) -> dict[int, Sign]:
    """The sign of every operation of a kernel, by its identity."""
    known: dict[int, Sign] = {}
    for root in k.roots(kernel):
        for node in k.inward(root):
            below = [known[id(operand)] for operand in k.operands(node)]
            known[id(node)] = _combined(kernel, node, below, known)
    return known


def _combined(kernel: k.Kernel, node: k.Node, below: list[Sign], known: dict[int, Sign]) -> Sign:  # noqa: PLR0911  # one for each operation
    match node:
        case k.Constant(value):
            return "positive" if value > 0 else "natural" if value == 0 else "any"
        case k.Actual(index):
            return _input(kernel.inputs[index])
        case k.Column(table, index):
            cells = kernel.tables[table].columns[index]
            if cells.positive:
                return "positive"
            return "any" if cells.signed or cells.kind == "date" else "natural"
        case k.Records(word):
            # The value comes first among the operands; of no records a sum is nothing.
            return "natural" if word in {"count", "distinct"} else weakest(["natural", below[0]])
        case k.Own(index):
            return weakest([_input(kernel.inputs[index]), *below])
        case k.Earlier(index):
            return known[id(kernel.steps[index].value)]
        case k.Arithmetic("+"):
            return "positive" if "positive" in below and "any" not in below else weakest(below)
        case k.Arithmetic("-") | k.Paid() | k.Comparison() | k.Logic() | k.Denial():
            return "any"
        case k.Arithmetic():
            return weakest(below)
        case k.Choice():
            return weakest(below[1:])
        case k.Extreme("min"):
            return weakest(below)
        case k.Extreme() | k.Clamp():
            return max(below, key=ORDER.index)
        case k.Piecewise():
            return "natural" if "any" not in below else "any"
        case k.Rounded() | k.Elapsed():
            return "any" if isinstance(node, k.Rounded) and below == ["any"] else "natural"
        case _:
            assert_never(node)


def _input(entry: k.Input) -> Sign:
    """Targets above 0 and actuals not below it are what the reader of facts lets in."""
    if entry.role == "target":
        return "positive"
    return "any" if entry.signed or entry.kind == "date" else "natural"
