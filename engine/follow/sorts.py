"""The sorts of people that a plan tells apart, as many of them as can be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from .. import kernel as k
from ..compile import Compiled

# Lines that people earn, each by itself; the others follow from them.
EARNED: frozenset[k.LineKind] = frozenset(
    {"salary", "kpi", "commission", "pay", "milestone", "piece", "spif"}
)

Attributes = tuple[tuple[str, str], ...]  # of some people: names and values
MOST = 24  # sorts of people that are looked at
WORK = 2_000  # steps and lines that are looked at in all sorts together, where they are more than three


@dataclass(frozen=True, slots=True)
class Cohort:
    """People with one value of each attribute, by its number among the choices, and the plan for them."""

    chosen: tuple[int, ...]
    kernel: k.Kernel


def sorts(compiled: Compiled) -> tuple[tuple[Cohort, ...], bool]:
    """The sorts of people, and whether they are all there are.

    Where they are too many, each value of each attribute is met at least once, as far as there is room.
    """
    counts = [len(compiled.kernel.inputs[index].choices) for index in compiled.attributes]
    size = len(compiled.kernel.steps) + len(compiled.kernel.lines)
    most = max(3, min(MOST, WORK // max(1, size)))
    whole = prod(counts) <= most
    several = product(*map(range, counts)) if whole else islice(_met(counts), most)
    return tuple(Cohort(chosen, compiled.variant(chosen).kernel) for chosen in several), whole


def _met(counts: list[int]) -> Iterator[tuple[int, ...]]:
    """Combinations in which every value comes up soon, and then all the others."""
    first = [tuple(turn % count for count in counts) for turn in range(max(counts))]
    yield from first
    known = {*first}
    yield from (other for other in product(*map(range, counts)) if other not in known)
