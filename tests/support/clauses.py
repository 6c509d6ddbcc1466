"""Random clauses: what attainment is worth, and what becomes of a line's pay."""

from __future__ import annotations

from fractions import Fraction

from dsl.words import KindName
from tests.support.rows import Tabler

BOUNDS = [Fraction(n, 100) for n in (50, 80, 90, 95, 100, 105, 110, 120, 150)] + [Fraction(1001, 1000)]
FACTORS = [Fraction(n, 100) for n in (50, 90, 110, 120, 125, 150, 200, 333)]
DAYS = ("2024-01-01", "2025-06-30", "2025-07-01", "2025-07-02", "2025-09-30", "2026-01-01")


class Clerk(Tabler):
    """Somebody who writes clauses."""

    def factor(self) -> str:
        return self.number(self.chance.choice(FACTORS)) if self.maybe(85) else self.atom("number", 2)

    def curve(self, bounds: list[Fraction]) -> list[str]:
        """What attainment is worth: a cutoff, decelerators, accelerators."""
        w = self.word
        found: list[str] = []
        if self.maybe(60):
            start = self.chance.choice(BOUNDS[:5])
            bounds.append(start)
            mark = self.percent(start) if self.maybe(90) else self.atom("percent", 2)
            found.append(f"{w('cutoff')} {mark}" + (f" {w('on_excess')}" if self.maybe(25) else ""))
        steps = sorted(self.chance.sample(BOUNDS, self.chance.choice([0, 1, 1, 2, 3, 4])))
        slow = self.chance.randint(0, len(steps)) if self.maybe(25) else 0
        mode = self.chance.choice(["", f" {w('on_all')}", f" {w('on_excess')}"])
        for index, bound in enumerate(steps):
            bounds.append(bound)
            mark = self.percent(bound)
            if len(steps) == 1 and self.maybe(10):
                mark = self.atom("percent", 2)
            if index < slow:
                found.append(f"{w('decel')} {self.factor()} {w('below')} {mark}")
            else:
                found.append(f"{w('accel')} {self.factor()}{mode} {w('above')} {mark}")
        return found

    def clauses(self, bounds: list[Fraction], *, share: bool) -> list[str]:
        """What becomes of pay; `share` for a KPI, whose limits may be a percentage of its share."""
        w = self.word
        found: list[str] = []
        if self.maybe(15):
            found.append(f"{w('only_if')} {self.condition()}")
        if self.maybe(15):
            found.append(f"{w('multiplied')} {self.factor()}")
        if self.maybe(30 if share else 15):
            lifted = f" {w('unless')} {self.condition()}" if self.maybe(30) else ""
            found.append(f"{w('cap')} {self.limit(bounds, share=share)}{lifted}")
        if self.maybe(12):
            found.append(f"{w('floor')} {self.limit(bounds, share=share, on=False)}")
        if self.maybe(12):
            found.append(f"{w('prorated')} {self.part()}")
        if self.maybe(12):
            unit = self.chance.choice(
                [Fraction(1), Fraction(100), Fraction(1, 2), Fraction(1, 20), Fraction(3)]
            )
            found.append(f"{w('rounded_to')} {self.written(unit, 'money')}{self.turn()}")
        if self.maybe(8):
            found.append(self.during())
        self.chance.shuffle(found)
        return found

    def during(self) -> str:
        first, last = sorted(self.chance.sample(DAYS, 2))
        word = self.word("except" if last.endswith("1") else "during")
        return f"{word} {first} {self.word('up_to')} {last}"

    def part(self) -> str:
        """A part of a whole: days worked of the days there were."""
        kind: KindName = self.chance.choice(["days", "count", "number"])
        whole = self.written(self.finite(30, 0) + 1, kind) if self.maybe(60) else self.atom(kind, 1)
        return f"{self.atom(kind, 1)} {self.word('of')} {whole}"

    def limit(self, bounds: list[Fraction], *, share: bool, on: bool = True) -> str:
        """The most or the least of pay."""
        on_pay = f" {self.word('on_pay')}" if on else ""
        limit = self.chance.choice([*BOUNDS, Fraction(2)])
        match self.chance.randrange(4):
            case 0 if share:
                return f"{self.percent(limit)}{on_pay}"
            case 1 if share:
                bounds.append(limit)
                return self.percent(limit)
            case 2:
                kind: KindName = self.chance.choice(["money", "percent"]) if share else "money"
                return f"{self.atom(kind, 2)}{on_pay}"
            case _:
                return f"{self.number(self.finite(50_000, 0, 2) + 1)} {self.currency}"
