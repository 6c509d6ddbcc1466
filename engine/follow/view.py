"""A plan for one sort of people, followed for somebody who is exactly on target everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from dsl import tree
from dsl.place import Place

from .. import kernel as k
from ..compile import Compiled
from ..signs import signs
from .follow import Effort, Follow
from .graph import ZERO, Graph
from .hangs import Bits, Hangs, hangs, several
from .people import EARNED, Cohort, Somebody, attributes, followed, least, measured
from .reference import floor, follow, periods, reference
from .spoken import told

PAIRS = 600  # of a line and a fact that it hangs on: what is looked at of one sort of people


@dataclass(slots=True)
class View:
    """A plan for one sort of people, and somebody of them to compare with.

    `moving` are all facts that can be a little more or less; `facts` those of them that each line hangs on,
    while there is room; `natural` what records come to that is never below 0.
    """

    compiled: Compiled
    sort: Cohort
    hangs: Hangs
    made: Somebody
    effort: Effort
    moving: Bits
    facts: tuple[tuple[int, ...], ...]
    natural: Bits = 0
    _within: dict[str, Follow] = field(default_factory=dict)
    _over: dict[tuple[str, int], Follow] = field(default_factory=dict)
    _tables: dict[Place, tree.Table] | None = None

    @property
    def kernel(self) -> k.Kernel:
        """The plan for people of this sort."""
        return self.sort.kernel

    @property
    def attributes(self) -> Iterator[tuple[str, str]]:
        """The attributes of these people: the author's names and values."""
        return attributes(self.compiled, self.sort)

    def within(self, period: str) -> Follow:
        """The plan followed for the one to compare with, in a period."""
        if period not in self._within:
            self._within[period] = follow(self.made.within(period), self.hangs, self.effort)
        return self._within[period]

    def over(self, period: str, variable: int) -> Follow:
        """The same, over a variable."""
        if (period, variable) not in self._over:
            self._over[period, variable] = self.within(period).over(variable)
        return self._over[period, variable]

    def curve(self, line: int, variable: int) -> Graph:
        """What a line pays over a variable, in the period in which it pays most."""
        return self.over(self.period(line), variable).line(line)

    def table(self, place: Place) -> tree.Table | None:
        """The table whose row, cell or bound stands at a place of the plan."""
        if self._tables is None:
            tables = (one for one in self.compiled.checked.scope.expressions if isinstance(one, tree.Table))
            self._tables = {
                part.place: table
                for table in tables
                for row in table.rows
                for part in (row, *(row.cells if isinstance(row, tree.Row) else row.bounds))
            }
        return self._tables.get(place)

    def low(self, variable: int) -> Fraction | None:
        """The least that a variable can be; None where it can be below 0."""
        return ZERO if self.natural >> variable & 1 else floor(self.kernel, variable)

    def possible(self, variable: int, value: Fraction) -> bool:
        """Whether a variable can have a value, by the bounds that the plan sets for its fact."""
        low, high = self.low(variable), self.kernel.inputs[variable].high
        return (low is None or value >= low) and (high is None or value <= high)

    def unit(self, variable: int) -> Fraction:
        """The smallest step of a fact."""
        return least(self.kernel.inputs[variable].kind, self.kernel.digits)

    def period(self, line: int) -> str:
        """The period in which a line pays most to the one to compare with."""
        seasonal = [index for index, entry in enumerate(self.kernel.inputs) if entry.role == "period"]
        if not any(self.hangs.lines[line] >> index & 1 for index in seasonal):
            return self.made.period
        return max(periods(self.kernel), key=lambda name: self.within(name).line(line).known or ZERO)

    def place(self, line: int) -> Place:
        """Where a line of pay stands; of a KPI, its name."""
        step = self.kernel.lines[line].attainment
        return self.kernel.lines[line].place if step is None else self.kernel.steps[step].value.place

    def told(self, value: Fraction, variable: int, line: int | None, period: str) -> str:
        """A value of a fact as the plan would write it, with the attainment of a KPI's line."""
        text = told(self.compiled, value, self.kernel.inputs[variable].kind)
        step = None if line is None else self.kernel.lines[line].attainment
        if step is not None and self.hangs.steps[step] >> variable & 1:
            attained = self.over(period, variable).step(step).value(value)
            if isinstance(attained, Fraction):
                return f"{text} ({told(self.compiled, attained, 'percent')})"
        return text

    def earned(self) -> Iterator[int]:
        """The lines that people earn."""
        return (index for index, line in enumerate(self.kernel.lines) if line.kind in EARNED)


def view(compiled: Compiled, sort: Cohort, effort: Effort, *, drawn: bool = False) -> View:
    """The plan for people of a sort; where what is drawn from records moves too, as somebody may say it."""
    on = hangs(sort.kernel)
    made = reference(compiled, sort, on, effort)
    moves = followed if drawn else measured
    # What a sum is shared by moves with what each member has, and never alone.
    shared = {step.value.place for step in sort.kernel.steps if step.role == "pooled"}
    moving = sum(
        1 << index
        for index, entry in enumerate(sort.kernel.inputs)
        if moves(entry) and not (entry.role == "drawn" and entry.place in shared)
    )
    facts: list[tuple[int, ...]] = []
    room = PAIRS
    for bits in on.lines:
        facts.append(tuple(islice(several(bits & moving), room)))
        room -= len(facts[-1])
    return View(compiled, sort, on, made, effort, moving, tuple(facts), _natural(sort.kernel))


def _natural(kernel: k.Kernel) -> Bits:
    """What records come to that is never below 0, since their values are not."""
    if not kernel.tables:
        return 0
    known = signs(kernel)
    several = [own for root in k.roots(kernel) for own in k.walk(root) if isinstance(own, k.Own)]
    drawn = {
        own.index
        for own in several
        if kernel.inputs[own.index].role == "drawn" and known[id(own.otherwise)] != "any"
    }
    return sum(1 << index for index in drawn)
