"""The bounds of a table's rows, held against one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .. import tree
from .constant import constant
from .people import SortOfPeople, sorts, worth
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Size:
    """A bound as so many times what is known later, in the plan's words; by itself where it is fixed."""

    times: Fraction
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two bounds is the greater, for all sorts of people that the bounds of a table tell apart.

    `sizes` is how great each bound is (by identity), for each sort of people.
    """

    sizes: Mapping[int, Sequence[Size]]

    def compare(self, one: tree.Expr, other: tree.Expr) -> int | None:
        """-1, 0 or 1 as one is less than, equal to or greater than the other; None where nobody can tell.

        Where sorts of people differ: 1 where it is greater for any of them, 0 where it is equal for all.
        """
        found: list[int] = []
        for left, right in zip(self.sizes[id(one)], self.sizes[id(other)], strict=True):
            # What a bound is a multiple of is no less than nothing.
            if left.of != right.of and left.times and right.times:
                return None
            found.append((left.times > right.times) - (left.times < right.times))
        return 1 if 1 in found else -1 if -1 in found else 0

    def fixed(self, bound: tree.Expr) -> bool:
        """Whether a bound hangs on nothing but attributes."""
        return all(size.of is None for size in self.sizes[id(bound)])

    def least(self, bound: tree.Expr) -> Fraction | None:
        """The least that a bound is for anybody; None where that hangs on facts."""
        return min(size.times for size in self.sizes[id(bound)]) if self.fixed(bound) else None


def order(scope: Scope, bounds: Sequence[tree.Expr]) -> Order:
    """The order of some bounds of one table."""
    everybody, named = [*sorts(scope, bounds, len(bounds))], dict[int, str]()

    def name(of: tree.Expr) -> str:
        return named.get(id(of)) or named.setdefault(id(of), scope.same(of))

    return Order({id(bound): [_size(bound, sort, name) for sort in everybody] for bound in bounds})


def _size(bound: tree.Expr, sort: SortOfPeople, name: Callable[[tree.Expr], str]) -> Size:
    times = Fraction(1)
    while (value := worth(bound, sort)) is None:
        match bound:
            case tree.Arithmetic("*" | "of", one, other) if (factor := constant(one)) and factor > 0:
                times, bound = times * factor, other
            case tree.Arithmetic("*" | "of", one, other) if (factor := constant(other)) and factor > 0:
                times, bound = times * factor, one
            case tree.Arithmetic("/", one, other) if (divisor := constant(other)) and divisor > 0:
                times, bound = times / divisor, one
            case _:
                return Size(times, name(bound))
    return Size(times * value)


def below_zero(scope: Scope, measure: tree.Expr) -> bool:
    """Whether a measure may be less than zero, as far as the plan says."""
    figures: set[str] = set()
    waiting = [measure]
    while waiting:
        match waiting.pop():
            case tree.Name(text) if text in scope.figures:
                if text not in figures:
                    figures.add(text)
                    waiting.append(scope.figures[text].value)
            case tree.Name(text):
                fact = scope.facts.get(text)
                if fact is not None and fact.signed:
                    return True
            case tree.AttainmentOf(name):
                waiting.append(name)
            case tree.Negative() | tree.Arithmetic("-"):
                return True
            case tree.Excess() | tree.Identity():
                pass  # by how much something lies above, else nothing
            case tree.Extreme("max", several) if any((constant(one) or -1) >= 0 for one in several):
                pass
            case expr:
                waiting.extend(tree.operands(expr))
    return False
