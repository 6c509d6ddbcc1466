"""Between what bounds every value of a plan must lie: never too narrow, maybe too wide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from .. import kernel as k
from ..follow import ONE, ZERO
from ..scales import LAST_DAY
from ..zones import Zones, zones
from .range import (
    EVERYTHING,
    TRUTH,
    End,
    Range,
    compared,
    divided,
    either,
    extreme,
    logic,
    minus,
    plus,
    point,
    product,
)

YEAR = 371  # days of the longest period
# The least and the most of what a period has.
OF_PERIOD = {
    "days": (1, YEAR),
    "month": (1, 12),
    "quarter": (1, 4),
    "year": (1, 9998),
    "workhours": (0, 24 * YEAR),
}


def input_range(kernel: k.Kernel, entry: k.Input) -> Range:
    """What a reader of facts lets in."""
    if entry.role == "period":
        if entry.kind != "date":
            least, most = OF_PERIOD.get(entry.name, (0, YEAR))
            return Range(Fraction(least), Fraction(most))
        # A period that ends before the plan applies is refused; the longest is a year.
        start = 1 if kernel.effect is None else kernel.effect.toordinal() - YEAR
        return Range(Fraction(start), Fraction(LAST_DAY))
    match entry.kind:
        case "yes_no":
            return TRUTH
        case "choice":
            return Range(ZERO, Fraction(len(entry.choices) - 1))
        case "date":
            return Range(entry.low or ONE, entry.high or Fraction(LAST_DAY))
        case _:
            low = (None if entry.signed else ZERO) if entry.low is None else entry.low
            return Range(low, entry.high)


def nothing(node: k.Node) -> bool:
    """Whether an operation is a written 0."""
    return isinstance(node, k.Constant) and node.value == 0


@dataclass(slots=True)
class Ranges:
    """The ranges of all operations of a kernel, by their identity; `taken` are the pieces of each curve."""

    kernel: k.Kernel
    nodes: dict[int, Range] = field(default_factory=dict)
    taken: dict[int, frozenset[int]] = field(default_factory=dict)

    def of(self, node: k.Node) -> Range:
        """The range of an operation."""
        return self.nodes[id(node)]

    def line(self, index: int) -> Range:
        """The range of what a line pays."""
        return self.of(self.kernel.lines[index].amount)


def ranges(kernel: k.Kernel) -> Ranges:
    """The ranges of a kernel; `taken` are the pieces of each curve that some value can reach."""
    found = Ranges(kernel)
    for root in k.roots(kernel):
        for node in k.inward(root):
            found.nodes[id(node)] = _range(found, node)
    return found


def _range(found: Ranges, node: k.Node) -> Range:  # noqa: PLR0911, PLR0912  # one for each operation
    of = found.of
    match node:
        case k.Constant(value):
            return point(value)
        case k.Actual(index):
            return input_range(found.kernel, found.kernel.inputs[index])
        case k.Own(index, otherwise):
            return either([input_range(found.kernel, found.kernel.inputs[index]), of(otherwise)])
        case k.Column() | k.Records():
            return TRUTH if node.kind == "yes_no" else EVERYTHING
        case k.Earlier(index):
            return of(found.kernel.steps[index].value)
        case k.Paid(lines):
            return together(found, lines)
        case k.Arithmetic("+" | "-" as sign, left, right):
            return plus(of(left), of(right) if sign == "+" else minus(of(right)))
        case k.Arithmetic("*", left, right):
            return product(of(left), of(right))
        case k.Arithmetic(_, left, right):
            return divided(of(left), of(right))
        case k.Comparison(sign, left, right):
            decided = compared(sign, of(left), of(right))
            return TRUTH if decided is None else point(Fraction(decided))
        case k.Logic(word, left, right):
            return logic(word, of(left), of(right))
        case k.Denial(operand):
            inner = of(operand)
            return Range(ONE - (inner.high or ZERO), ONE - (inner.low or ZERO))
        case k.Choice(condition, chosen, otherwise):
            test = of(condition)
            if test.low == test.high:
                return of(chosen) if test.low else of(otherwise)
            return either([of(chosen), of(otherwise)])
        case k.Extreme(word, operands):
            return extreme(word, [of(operand) for operand in operands])
        case k.Clamp(operand, floor):
            return extreme("max", [of(operand), of(floor)])
        case k.Rounded(operand, unit):
            inner = of(operand)
            return Range(
                None if inner.low is None else inner.low // unit * unit,
                None if inner.high is None else -(-inner.high // unit) * unit,
            )
        case k.Elapsed():
            return Range(ZERO, Fraction(LAST_DAY))
        case k.Piecewise(measure, pieces):
            return _curve(found, node, of(measure), pieces)
        case _:
            assert_never(node)


def _curve(found: Ranges, node: k.Piecewise, measure: Range, pieces: Sequence[k.Piece]) -> Range:
    of = found.of
    bounds = [None if piece.bound is None else of(piece.bound) for piece in pieces]
    fixed = all(bound is None or (bound.low == bound.high and bound.low is not None) for bound in bounds)
    areas: Mapping[int, Range]
    if fixed:
        tests = [
            (piece.sign, None if bound is None else bound.low)
            for piece, bound in zip(pieces, bounds, strict=True)
        ]
        areas = reach(zones(tests), measure)
    else:
        areas = dict.fromkeys(range(len(pieces)), measure)
    found.taken[id(node)] = frozenset(areas)
    return either(
        plus(product(of(pieces[index].slope), area), of(pieces[index].constant))
        for index, area in areas.items()
    )


def reach(areas: Zones, measure: Range) -> Mapping[int, Range]:
    """The pieces that a measure of a range can come to, and between which bounds it then lies."""
    bounds = areas.bounds
    found: dict[int, Range] = {}
    for zone, piece in enumerate(areas.picks):
        index, exact = divmod(zone, 2)
        low: End = bounds[index] if exact else bounds[index - 1] if index else None
        high: End = bounds[index] if index < len(bounds) else None
        start = low if measure.low is None or (low is not None and low > measure.low) else measure.low
        end = high if measure.high is None or (high is not None and high < measure.high) else measure.high
        if (
            start is not None
            and end is not None
            and (start > end or (start == end and not exact and start in (low, high)))
        ):
            continue
        found[piece] = either([found[piece], Range(start, end)]) if piece in found else Range(start, end)
    return found


# ── Lines of pay together ────────────────────────────────────────────────────────────────────────────────


def together(found: Ranges, lines: Collection[int]) -> Range:
    """The sum of some lines; what a cap takes off or a floor adds is not looked at apart from those lines."""
    left = set(lines)
    total = point(ZERO)
    for index in sorted(lines, reverse=True):
        if index not in left:
            continue
        line = found.kernel.lines[index]
        paid = None if line.made is None else line.made.base
        if line.after is not None and isinstance(paid, k.Paid) and left.issuperset(paid.lines):
            left -= {index, *paid.lines}
            total = plus(total, found.of(line.after))
        else:
            left.discard(index)
            total = plus(total, found.line(index))
    return total


def whole(found: Ranges) -> Range:
    """The total of all lines."""
    return together(found, range(len(found.kernel.lines)))
