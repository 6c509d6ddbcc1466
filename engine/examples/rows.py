"""Every single change of the rows of a table, but for those of the formulas in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from dsl import tree
from dsl.check.constant import constant
from dsl.place import Place
from dsl.source import Source
from dsl.words import Words

from .amendment import Amendment, Edit

# The words for a side that are taken for one another, the likeliest first.
BESIDE: dict[str, tuple[str, ...]] = {
    "from": ("above", "at"),
    "above": ("from", "at"),
    "up_to": ("below", "at"),
    "below": ("up_to", "at"),
    "at": ("below", "from", "up_to", "above"),
}
# What lies below a bound, at it and above it.
HEIGHTS = {"below": 0, "up_to": 1, "at": 1, "from": 2, "above": 3}
Bounded = tuple[tree.Row, tree.Bound]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The rows of a table in the words of their author."""

    source: Source
    words: Words
    rows: Sequence[tree.Row]

    def changed(self) -> Iterator[Amendment]:
        """On which side bounds lie, what is exchanged or copied, a cell too many, an amount for each unit."""
        yield from self._sides()
        for one, other in pairwise(self.rows):
            if len(one.cells) == len(other.cells) == 1 and one.cells != other.cells:
                yield self._exchanged(one.cells[0], other.cells[0])
        for row, bound in self._bounds():
            if len(row.cells) == 1:
                yield self._turned(row, bound, row.cells[0])
        yield from self._copied()
        yield from self._surplus()
        for cell in (cell for row in self.rows for cell in row.cells):
            if not isinstance(cell.value, tree.Percent):
                yield self._counted(cell)

    def ordered(self) -> Iterator[Amendment]:
        """The rows from the lowest bound to the highest, each as it is typed."""
        found = [(self._height(row), at, row) for at, row in enumerate(self.rows)]
        heights = [height for height, *_ in found if height is not None]
        if len(heights) == len(found) and heights != sorted(heights):
            rows = [row for *_, row in sorted(found)]
            typed = [self.source.at(row.place) for row in rows]
            whole = self.rows[0].place.to(self.rows[-1].place)
            gap = self.source.at(Place(self.rows[0].place.end, self.rows[1].place.start))
            yield Amendment(1, ((whole, gap.join(typed)),))

    def _height(self, row: tree.Row) -> tuple[bool, Fraction, int] | None:
        """Where a row stands among others; None where its bound hangs on a person."""
        if row.bound is None:
            return True, Fraction(0), 0
        value = constant(row.bound.value)
        return None if value is None else (False, value, HEIGHTS[row.bound.side])

    def _bounds(self) -> list[Bounded]:
        return [(row, row.bound) for row in self.rows if row.bound is not None]

    def _sides(self) -> Iterator[Amendment]:
        """All bounds that themselves lie on the other side of them, and each alone."""
        bounds = [bound for _, bound in self._bounds()]
        sided = [bound for bound in bounds if bound.side != "at"]
        if sided:
            yield Amendment(1, tuple(self._beside(bound, BESIDE[bound.side][0]) for bound in sided))
        for bound in bounds if len(bounds) > 1 else ():
            for at, side in enumerate(BESIDE[bound.side]):
                yield Amendment(1 if at == 0 else 2, (self._beside(bound, side),))

    def _beside(self, bound: tree.Bound, side: str) -> Edit:
        """A bound with another word for its side."""
        old, new, at = self.words[bound.side], self.words[side], self.source.at
        text, number = at(bound.place), at(bound.value.place)
        return bound.place, text.replace(old, new, 1) if text.startswith(old) else f"{new} {number}"

    def _exchanged(self, one: tree.Placed, other: tree.Placed) -> Amendment:
        at = self.source.at
        return Amendment(2, ((one.place, at(other.place)), (other.place, at(one.place))))

    def _turned(self, row: tree.Row, bound: tree.Bound, cell: tree.Cell) -> Amendment:
        """A row with its bound and its value in each other's place."""
        at, first, second = self.source.at, bound.value.place, cell.value.place
        head, between = at(Place(row.place.start, first.start)), at(Place(first.end, second.start))
        text = f"{head}{at(second)}{between}{at(first)}{at(Place(second.end, row.place.end))}"
        return Amendment(2, ((row.place, text),))

    def _copied(self) -> Iterator[Amendment]:
        """A bound that is there twice, as the next one is."""
        at = self.source.at
        said = [(bound, at(bound.value.place)) for _, bound in self._bounds()]
        often = Counter(text for _, text in said)
        for (bound, text), (_, after) in pairwise(said):
            if often[text] > 1 and after != text:
                yield Amendment(1, ((bound.place, f"{self.words[bound.side]} {after}"),), numeric=True)

    def _surplus(self) -> Iterator[Amendment]:
        """A row with one cell more than the others, without one of them."""
        usual = Counter(len(row.cells) for row in self.rows).most_common(1)[0][0] if self.rows else 0
        for row in self.rows:
            if len(row.cells) == usual + 1:
                texts = [self.source.at(cell.place) for cell in row.cells]
                place = row.cells[0].place.to(row.cells[-1].place)
                for gone in reversed(range(len(texts))):
                    left = "; ".join(text for at, text in enumerate(texts) if at != gone)
                    yield Amendment(1 if gone == len(texts) - 1 else 2, ((place, left),))

    def _counted(self, cell: tree.Cell) -> Amendment:
        """A cell that is for each unit of the measure, or no longer is."""
        place = Place(cell.value.place.start, cell.place.end)
        text = self.source.at(cell.value.place)
        return Amendment(1, ((place, text if cell.per_unit else f"{text} {self.words['per_unit']}"),))
