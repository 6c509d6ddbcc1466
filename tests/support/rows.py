"""Random tables whose rows rise and leave no gap: steps, lines with jumps, bands, matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from dsl.words import KindName
from tests.support.authors import Author

Bounds = Sequence[Fraction]


class Tabler(Author):
    """Somebody who writes tables."""

    def bounds(self, kind: KindName, size: int) -> list[Fraction]:
        """Values of a measure, rising."""
        most, scale = {"percent": (200, 100), "count": (1000, 1), "days": (60, 1)}.get(kind, (100_000, 1))
        few = self.maybe(30)
        return [Fraction(n, scale) for n in sorted(self.chance.sample(range(1, 30 if few else most), size))]

    def measured(self, kind: KindName) -> str:
        """What a table is on: a name, mostly, so that facts can meet its bounds."""
        return self.name(kind) if self.maybe(80) else self.atom(kind, 1)

    def mark(self, measure: str, bounds: Bounds) -> None:
        self.marks.setdefault(measure, []).extend(bounds)

    def row(self, side: str, bound: str, cells: str) -> str:
        """A row, as people write it."""
        word = self.word(side)
        apart = f"{bound}   " if bound.endswith("%") and self.maybe(40) else f"{bound}: "
        return f"  {word} {apart}{cells}"

    def last(self, cells: str) -> str:
        return f"  {self.word('above')} {cells}"

    # Where rows hold

    def edges(self, size: int, *, exact: bool = True) -> list[tuple[str, int]]:
        """Sides of bounds, numbered from 0, so that every measure has a row; `else` is the last of all."""
        upper, lower = (self.chance.choice(pair) for pair in (("up_to", "below"), ("from", "above")))
        shape = self.chance.randrange(3)
        found: list[tuple[str, int]] = []
        if shape == 0:
            for index in range(size):
                found.append((self.chance.choice(["up_to", "below"]) if self.maybe(50) else upper, index))
            return [*found, ("else", -1)]
        first = self.chance.choice([("below", "from"), ("up_to", "above")])
        found = [(first[0], 0), (first[1], 0)]
        for index in range(1, size):
            if exact and self.maybe(20):
                found += [("at", index), ("above", index)]
            else:
                found.append((self.chance.choice(["from", "above"]) if self.maybe(50) else lower, index))
        return found

    def steps(
        self, kind: KindName, measure: str, cell: Callable[[], str], size: int | None = None
    ) -> list[str]:
        """Rows by steps."""
        bounds = self.bounds(kind, size or self.chance.randint(1, 4))
        self.mark(measure, bounds)
        rows: list[str] = []
        one = self.atom(kind, 1) if len(bounds) == 1 and self.maybe(20) else None
        for side, index in self.edges(len(bounds)):
            bound = one or self.written(bounds[index], kind)
            rows.append(self.last(cell()) if side == "else" else self.row(side, bound, cell()))
        return rows

    def line(self, kind: KindName, measure: str, cell: Callable[[], str]) -> list[str]:
        """Rows of points with jumps among them, and both ends."""
        bounds = self.bounds(kind, self.chance.randint(2, 4))
        self.mark(measure, bounds)
        rows: list[str] = []
        for index, bound in enumerate(bounds):
            sides = ["up_to", "from"] if self.maybe(30) else ["at"]
            if index == 0:
                sides = ["below", "at"]
            elif index == len(bounds) - 1:
                sides = [self.chance.choice(["at", "up_to"]), "above"]
            text = self.written(bound, kind)
            rows += [self.row(side, text, cell()) for side in sides]
        return rows

    def bands(self, kind: KindName, measure: str) -> list[str]:
        """Rows of rates, of amounts for each unit, and of amounts for a band."""
        bounds = self.bounds(kind, self.chance.randint(1, 3))
        self.mark(measure, bounds)
        rows: list[str] = []
        for side, index in self.edges(len(bounds), exact=False):
            rate = self.rate(kind)
            rows.append(
                self.last(rate) if side == "else" else self.row(side, self.written(bounds[index], kind), rate)
            )
        return rows

    def rate(self, kind: KindName) -> str:
        """What a band of a measure pays in money."""
        if self.maybe(25):
            return self.written(self.finite(5000, 0, 2), "money", bare=False)
        if kind == "money":
            return self.literal("percent") if self.maybe(90) else self.atom("percent", 1)
        return f"{self.written(self.finite(300, 0, 2), 'money', bare=False)} {self.word('per_unit')}"

    def matrix(
        self, kind: KindName, measure: str, across: tuple[KindName, str], cell: Callable[[], str]
    ) -> list[str]:
        """Rows and columns, by steps or among points."""
        other, name = across
        deep, wide = (
            self.bounds(kind, self.chance.randint(2, 3)),
            self.bounds(other, self.chance.randint(2, 3)),
        )
        self.mark(measure, deep)
        self.mark(name, wide)
        if self.maybe(40):
            columns = [f"{self.word('at')} {self.written(bound, other)}" for bound in wide]
            rows = [self.row("at", self.written(bound, kind), self.cells(cell, len(wide))) for bound in deep]
        else:
            sides = [edge for edge in self.edges(len(wide), exact=False) if edge[0] != "else"]
            if all(side in {"up_to", "below"} for side, _ in sides):
                sides.append(("above" if sides[-1][0] == "up_to" else "from", sides[-1][1]))
            columns = [f"{self.word(side)} {self.written(wide[index], other)}" for side, index in sides]
            rows = []
            for side, index in self.edges(len(deep), exact=False):
                values = self.cells(cell, len(sides))
                rows.append(
                    self.last(values)
                    if side == "else"
                    else self.row(side, self.written(deep[index], kind), values)
                )
        return [f"  {self.word('columns')} {'; '.join(columns)}", *rows]

    def cells(self, cell: Callable[[], str], size: int) -> str:
        return "; ".join(cell() for _ in range(size))
