"""Two people who differ in one fact, paid by the engine: what shows that an advice is true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..follow.people import Somebody, example, paid, told
from ..follow.view import View


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two people who differ in one fact, and what some lines pay them, in minor units."""

    values: tuple[Fraction, Fraction]
    people: tuple[Somebody, Somebody]
    pays: tuple[int, int]
    totals: tuple[int, int]


def pair(
    view: View, period: str, variable: int, values: tuple[Fraction, Fraction], lines: Sequence[int]
) -> Neighbours | None:
    """Two people as they are paid; None where one of them cannot be."""
    made = view.made.within(period)
    people = (made.having(variable, values[0]), made.having(variable, values[1]))
    one, other = paid(view.compiled, people[0]), paid(view.compiled, people[1])
    if one is None or other is None:
        return None
    pays = (sum(one[line] for line in lines), sum(other[line] for line in lines))
    return Neighbours(values, people, pays, (sum(one), sum(other)))


def proved(view: View, variable: int, found: Neighbours, lines: Sequence[int], *, one: bool = False) -> str:
    """Both people, or the first, as examples of the plan: what these lines pay them, and the whole."""
    entry = view.kernel.inputs[variable]
    titles = (f"{entry.name} {told(view.compiled, value, entry.kind)}" for value in found.values)
    pairs = [*zip(found.people, titles, strict=True)][: 1 if one else 2]
    return "\n\n".join(example(view.compiled, made, title, lines) for made, title in pairs)
