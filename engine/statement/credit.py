"""What each record makes of a line of pay, exactly.

Sums and counts are their records'; what is a multiple of them, or is held to a limit, is so in proportion;
bands are filled by one record after another. A line that also rests on something else is not of records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dsl.node import node

from .. import kernel as k
from ..evaluate import Result
from ..integers.routine import Loop, Var
from .drawn import averaged
from .reached import valued

Kept = tuple[int | None, ...]
Key = tuple[int, int]  # a table, and a record of it by its number among those that count


@node
class Band:
    """A band: from where to where, and its rate."""

    piece: k.Piece
    low: Fraction | None
    high: Fraction | None
    rate: Fraction

    def within(self, low: Fraction, high: Fraction) -> Fraction:
        """How much of a stretch lies in it."""
        start = low if self.low is None else max(low, self.low)
        end = high if self.high is None else min(high, self.high)
        return max(end - start, Fraction(0))


@node
class BandPart:
    """What of a record lies in a band, and what that makes."""

    band: Band
    part: Fraction
    amount: Fraction


@node
class Credit:
    """What each record makes, in the order in which they come, and the bands of those that lie in several."""

    parts: Mapping[Key, Fraction]
    bands: Mapping[Key, tuple[BandPart, ...]] = field(default_factory=dict)

    def scaled(self, factor: Fraction) -> Credit:
        """So many times as much; what was split in bands is not told in them where it is no more the same."""
        if factor == 1:
            return self
        return Credit({key: part * factor for key, part in self.parts.items()})

    def added(self, other: Credit, sign: int) -> Credit:
        """What records make together with others, or less what those make."""
        parts = dict(self.parts)
        for key, part in other.parts.items():
            parts[key] = parts.get(key, Fraction(0)) + sign * part
        return Credit(parts)

    def made(self, amount: Fraction | None) -> Credit | None:
        """In proportion, so that all make an amount; None where nothing says in which."""
        whole = sum(self.parts.values(), Fraction(0))
        if amount is None or (not whole and amount):
            return None
        return self.scaled(amount / whole) if whole else self


@dataclass(slots=True)
class Credits:
    """What records make of each step of a result."""

    result: Result
    steps: list[Credit | None] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for step in self.result.kernel.steps:
            self.steps.append(self.of(step.value))

    def of(self, node: k.Node) -> Credit | None:
        """What each record makes of an operation; None where it is not theirs alone."""
        match node:
            case k.Records("sum" | "count"):
                return Credit(dict(self._recorded(node)))
            case k.Own(_, otherwise):
                return self.of(otherwise) if self.result.pick(node) == 1 else None
            case k.Earlier(index):
                return self.steps[index]
            case k.Arithmetic():
                return self._reckoned(node)
            case k.Choice(_, chosen, otherwise):
                picked = self.result.pick(node)
                return None if picked is None else self.of(otherwise if picked else chosen)
            case k.Rounded(operand) | k.Clamp(operand):
                return self._held(node, [operand])
            case k.Extreme(_, several):
                return self._held(node, several)
            case k.Piecewise():
                return self._curved(node)
            case _:
                return None

    def value(self, node: k.Node) -> Fraction | None:
        """The value of an operation."""
        return valued(self.result, node)

    def counting(self, node: k.Records) -> Iterator[tuple[int, Kept]]:
        """The records that count, by their numbers among those of the period, each with what it left."""
        loop = self.result.program.loops[id(node)]
        at = self.result.program.tallies[id(node)].held - _start(loop)
        before = 0
        for number, row in enumerate(self.result.kept[loop.place]):
            if row[at] != before:
                before = row[at] or 0
                yield number, row

    def worth(self, node: k.Records, row: Kept) -> Fraction:
        """What one of them comes to; where they are counted, 1."""
        value = self.result.program.tallies[id(node)].value
        if value is None:
            return Fraction(1)
        start = _start(self.result.program.loops[id(node)])

        def integer(variable: Var) -> int:
            at = variable.place - start
            return (row[at] if 0 <= at < len(row) else self.result.numbers[variable.place]) or 0

        top, below = 1 if value.top is None else integer(value.top), 1
        for variable in value.under:
            below *= integer(variable)
        return value.factor * Fraction(top, below)

    def _recorded(self, node: k.Records) -> Iterator[tuple[Key, Fraction]]:
        found = [((node.table, number), self.worth(node, row)) for number, row in self.counting(node)]
        if isinstance(node.order, k.Column):
            days = [row[node.order.index] for row in self.result.facts.records[node.table]]
            found.sort(key=lambda one: int(days[one[0][1]] or 0))  # of one day by their ids, as they come
        yield from found

    def _reckoned(self, node: k.Arithmetic) -> Credit | None:
        if pair := averaged(node):
            found = self.of(pair[0])
            return found and found.made(self.value(node))
        left, right = self.of(node.left), self.of(node.right)
        match node.sign:
            case "+" | "-" as sign:
                if left is not None and right is not None:
                    return left.added(right, 1 if sign == "+" else -1)
                if right is None:
                    return left if self.value(node.right) == 0 else None
                whole = right.scaled(Fraction(1 if sign == "+" else -1))
                return whole if self.value(node.left) == 0 else None
            case "*" if (left is None) != (right is None):
                theirs, factor = (left, node.right) if right is None else (right, node.left)
                times = self.value(factor)
                return None if theirs is None or times is None else theirs.scaled(times)
            case "/" if left is not None and right is None:
                below = self.value(node.right)
                return left.scaled(1 / below) if below else None
            case _:
                return None

    def _held(self, node: k.Node, several: tuple[k.Node, ...] | list[k.Node]) -> Credit | None:
        """What is left of it by a limit, or by rounding."""
        amount = self.value(node)
        found = [(self.value(one), credit) for one in several if (credit := self.of(one)) is not None]
        same = next((credit for worth, credit in found if worth == amount), None)
        return same or (found[0][1].made(amount) if found else None)

    def _curved(self, node: k.Piecewise) -> Credit | None:
        at, amount = self.result.pick(node), self.value(node)
        if at is None or amount is None:
            return None
        piece, measured = node.pieces[at], self.of(node.measure)
        if isinstance(piece.slope, k.Constant) and not piece.slope.value:
            own = self.of(piece.constant)
            return own or (measured.scaled(Fraction(0)) if measured and not amount else None)
        if measured is None:
            return None
        found = self._filled(node, measured) if piece.reason == "band" else None
        return found or measured.made(amount)

    def _filled(self, table: k.Piecewise, measured: Credit) -> Credit | None:
        """Bands that are filled by one record after another; None where one that was not reached is asked."""
        bands = _bands(self, table)
        parts: dict[Key, Fraction] = {}
        split: dict[Key, tuple[BandPart, ...]] = {}
        end = Fraction(0)
        for key, part in measured.parts.items():
            start, end = end, end + part
            low, high = min(start, end), max(start, end)
            within = [
                BandPart(one, inside, inside * one.rate) for one in bands if (inside := one.within(low, high))
            ]
            if sum(one.part for one in within) != high - low:
                return None
            sign = 1 if part >= 0 else -1
            parts[key] = sign * sum((one.amount for one in within), Fraction(0))
            if len(within) > 1:
                split[key] = tuple(
                    replace(one, part=sign * one.part, amount=sign * one.amount) for one in within
                )
        whole = sum(parts.values(), Fraction(0))
        return Credit(parts, split) if whole == self.value(table) else None


def _start(loop: Loop) -> int:
    """The place of the first variable that is kept of each record."""
    return loop.kept[0].place if loop.kept else 0


def _bands(credits: Credits, table: k.Piecewise) -> list[Band]:
    """The bands whose bounds and rates are known."""
    found: list[Band] = []
    low: Fraction | None = None
    for piece in table.pieces:
        high = None if piece.bound is None else credits.value(piece.bound)
        rate = credits.value(piece.slope)
        if rate is not None and (piece.bound is None or high is not None):
            found.append(Band(piece, low, high, rate))
        if high is None:
            break
        low = high
    return found
