"""What each record makes of a line of pay, exactly.

Sums and counts are their records'; what is a multiple of them, or is held to a limit, is so in proportion;
bands are filled by one record after another. A line that also rests on something else is not of records.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

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


@node
class BandPart:
    """What of a record lies in a band, and what that makes."""

    band: Band
    part: Fraction
    amount: Fraction


@node
class Credit:
    """What each record makes, in the order in which they come: whole parts of one `below`.

    `bands` are those of the records that lie in several.
    """

    parts: Mapping[Key, int]
    below: int
    bands: Mapping[Key, tuple[BandPart, ...]] = field(default_factory=dict)

    def exact(self, key: Key) -> Fraction:
        """What a record makes."""
        return Fraction(self.parts[key], self.below)

    def scaled(self, factor: Fraction) -> Credit:
        """So many times as much; what was split in bands is not told in them where it is no more the same."""
        if factor == 1:
            return self
        share = gcd(factor.numerator, self.below)
        times = factor.numerator // share
        parts = {key: part * times for key, part in self.parts.items()}
        return Credit(parts, self.below // share * factor.denominator)

    def added(self, other: Credit, sign: int) -> Credit:
        """What records make together with others, or less what those make."""
        below = lcm(self.below, other.below)
        one, two = below // self.below, sign * (below // other.below)
        parts = {key: part * one for key, part in self.parts.items()}
        for key, part in other.parts.items():
            parts[key] = parts.get(key, 0) + part * two
        return Credit(parts, below)

    def made(self, amount: Fraction | None) -> Credit | None:
        """In proportion, so that all make an amount; None where nothing says in which."""
        whole = Fraction(sum(self.parts.values()), self.below)
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
            case k.Records("sum" | "count", table) if not self.result.kernel.tables[table].private:
                return self._recorded(node)
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

    def worths(self, node: k.Records) -> Iterator[tuple[int, int, int]]:
        """What each that counts comes to, as a quotient, by their numbers; where they are counted, 1."""
        value = self.result.program.tallies[id(node)].value
        start = _start(self.result.program.loops[id(node)])

        def integer(variable: Var, row: Kept) -> int:
            at = variable.place - start
            found = row[at] if 0 <= at < len(row) else self.result.numbers[variable.place]
            return found if isinstance(found, int) else 0  # of a text, which is no number, nothing is asked

        for number, row in self.counting(node):
            top, below = 1, 1
            if value is not None:
                top, below = value.factor.numerator, value.factor.denominator
                top *= 1 if value.top is None else integer(value.top, row)
                for variable in value.under:
                    below *= integer(variable, row)
            yield number, top, below

    def _recorded(self, node: k.Records) -> Credit:
        found = [*self.worths(node)]
        if isinstance(node.order, k.Column):
            days = [row[node.order.index] for row in self.result.facts.records[node.table]]
            found.sort(key=lambda one: int(days[one[0]] or 0))  # of one day by their ids, as they come
        common = lcm(*{below for _, _, below in found})
        return Credit({(node.table, number): top * (common // below) for number, top, below in found}, common)

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
            return own or (measured.scaled(Fraction()) if measured and not amount else None)
        if measured is None:
            return None
        found = self._filled(node, measured) if piece.reason == "band" else None
        return found or measured.made(amount)

    def _filled(self, table: k.Piecewise, measured: Credit) -> Credit | None:
        """Bands that are filled by one record after another; None where one that was not reached is asked."""
        bands, worth = self._bands(table), self.value(table)
        bounds = [band.high for band in bands if band.high is not None]
        unit = lcm(measured.below, *(bound.denominator for bound in bounds))
        ends = [int(bound * unit) for bound in bounds]
        share = lcm(*(band.rate.denominator for band in bands))
        rates = [int(band.rate * share) for band in bands]
        times, end = unit // measured.below, 0
        parts: dict[Key, int] = {}
        split: dict[Key, tuple[BandPart, ...]] = {}
        for key, part in measured.parts.items():
            start, end = end, end + part * times
            low, high = min(start, end), max(start, end)
            first, last = bisect_right(ends, low), bisect_left(ends, high)
            if last >= len(bands):
                return None
            if first >= last:
                parts[key] = (end - start) * rates[last]
                continue
            points = [low, *ends[first:last], high]
            sign = 1 if part > 0 else -1
            within = [sign * (above - below) for below, above in pairwise(points)]
            parts[key] = sum(one * rate for one, rate in zip(within, rates[first : last + 1], strict=True))
            split[key] = tuple(
                BandPart(band, Fraction(one, unit), Fraction(one, unit) * band.rate)
                for band, one in zip(bands[first : last + 1], within, strict=True)
            )
        found = Credit(parts, unit * share, split)
        return found if Fraction(sum(parts.values()), found.below) == worth else None

    def _bands(self, table: k.Piecewise) -> list[Band]:
        """The bands up to the first of which the bound or the rate was not asked."""
        found: list[Band] = []
        low: Fraction | None = None
        for piece in table.pieces:
            high = None if piece.bound is None else self.value(piece.bound)
            rate = self.value(piece.slope)
            if rate is None or (piece.bound is not None and high is None):
                break
            found.append(Band(piece, low, high, rate))
            low = high
        return found


def _start(loop: Loop) -> int:
    """The place of the first variable that is kept of each record."""
    return loop.kept[0].place if loop.kept else 0
