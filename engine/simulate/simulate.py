"""What a plan would cost: everybody of a history paid by it, by another plan, and by it a little changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import count, repeat, tee

from dsl.faults import Severity
from dsl.words import KindName

from .. import kernel as k
from ..compare.between import Between, between
from ..compare.people import sent
from ..compile import Compiled
from ..evaluate import Paid, Planned, Result, all_by, amounts, pay
from ..facts import Illegible, Person, moved_to, read_facts
from ..statement.results import NUMBERS, worths
from .parameters import Parameter, parameters

Line = tuple[str, str]  # the name of a line of pay, and which lines a cap or a rounding is of
BINS = 12  # of a histogram, at most


@dataclass(slots=True)
class Reached:
    """How often anybody stood where with a KPI: once for each period."""

    rows: int = 0
    below_cutoff: int = 0
    at_target: int = 0
    capped: int = 0


@dataclass(slots=True)
class ResultTally:
    """How a result that is a number is spread: how often it was worked out, its sum, its ends."""

    kind: KindName
    rows: int
    sum: Fraction
    least: Fraction
    greatest: Fraction

    def add(self, value: Fraction) -> None:
        """One more."""
        self.rows += 1
        self.sum += value
        self.least, self.greatest = min(self.least, value), max(self.greatest, value)


@dataclass(slots=True)
class Against:
    """The same people by the other plan, in minor units, and what it makes of everybody's pay in all.

    `unpaid` are those whom it cannot pay for some period, which is then in no sum.
    """

    total: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    unpaid: set[str] = field(default_factory=set)

    def add(self, employee: str, new: int, old: int | None) -> None:
        """Somebody's pay for a period by either plan."""
        if old is None:
            self.unpaid.add(employee)
            return
        self.total += old
        self.changes[employee] = self.changes.get(employee, 0) + new - old


@dataclass(slots=True)
class Tally:
    """What everybody is paid, in minor units: who, each total, each line's sum and whom it pays anything."""

    employees: set[str] = field(default_factory=set)
    totals: list[int] = field(default_factory=list)
    sums: dict[Line, int] = field(default_factory=dict)
    paid: dict[Line, set[str]] = field(default_factory=dict)
    kpis: dict[str, Reached] = field(default_factory=dict)
    results: dict[str, ResultTally] = field(default_factory=dict)
    against: Against = field(default_factory=Against)

    @property
    def total(self) -> int:
        """What all people cost, in minor units."""
        return sum(self.totals)

    def add(self, result: Result) -> None:
        """Somebody's pay for a period."""
        employee = result.facts.employee
        self.employees.add(employee)
        self.totals.append(result.total)
        for one in worths(result):
            if one.kind in NUMBERS:
                shown = ResultTally(one.kind, 0, Fraction(0), one.value, one.value)
                self.results.setdefault(one.name, shown).add(one.value)
        for line, amount in zip(result.kernel.lines, result.amounts, strict=True):
            key = line.name, line.of
            self.sums[key] = self.sums.get(key, 0) + amount
            self.paid.setdefault(key, set()).update([employee] if amount else ())
            if line.kind == "kpi" and line.attainment is not None:
                _stands(self.kpis.setdefault(line.name, Reached()), result, line, line.attainment)


def _stands(reached: Reached, result: Result, line: k.PayLine, attained: int) -> None:
    """Where somebody stood with a KPI, from the trace."""
    reached.rows += 1
    attainment = result.value(result.kernel.steps[attained].value)
    reached.at_target += attainment is not None and attainment >= 1
    capped = False
    for step in result.kernel.steps:
        if step.name != line.name:
            continue
        match step.role, step.value, step.made:
            case "score", k.Piecewise(_, pieces) as curve, _:
                pick = result.pick(curve)
                reached.below_cutoff += pick is not None and pieces[pick].reason == "cutoff"
            case "counted" | "capped", value, k.Limit(base):
                before, after = result.value(base), result.value(value)
                capped |= before is not None and after is not None and after < before
    reached.capped += capped


@dataclass(slots=True)
class Moved:
    """What a little more of a number makes of the budget, in minor units; `unpaid` cannot be paid by it."""

    parameter: Parameter
    change: int = 0
    gain: int = 0
    lose: int = 0
    unpaid: int = 0


@dataclass(slots=True)
class Simulation:
    """A plan, and what everybody added so far is paid by it: all of them, and those of each period.

    `samples` are the first result of each sort of people, for the words that lines of pay are called by.
    `told` are the people of whom something is doubtful or was understood, by what that is, `presumed` those
    for whom something was presumed. Whoever is paid for several periods is one of them.
    """

    compiled: Compiled
    against: Compiled | None
    moved: tuple[Moved, ...]
    whole: Tally = field(default_factory=Tally)
    periods: dict[str, Tally] = field(default_factory=dict)
    samples: dict[tuple[int, ...], Result] = field(default_factory=dict)
    refused: int = 0
    told: dict[tuple[str, Severity], set[str]] = field(default_factory=dict)
    presumed: set[str] = field(default_factory=set)
    _both: Between | None = None

    def add(self, people: Iterable[Person | Illegible]) -> Iterator[Paid]:
        """Pay some more people, each for a period, together; whoever cannot be paid is only counted."""
        tried = [one.parameter.plan for one in self.moved]
        first, older, *several = tee(people, len(tried) + 2)
        named = older if self._both is None else map(partial(_named, self._both), older)
        before = repeat(None) if self._both is None else all_by(self._both.old, named)
        moved = [
            repeat(None) if plan is None else all_by(plan, each)
            for plan, each in zip(tried, several, strict=True)
        ]
        for one, old, *others in zip(all_by(self.compiled, first), before, *moved, strict=False):
            paid = one.faults if isinstance(one, Illegible) else pay(one.plan, one.person)
            if isinstance(paid, Result):
                self._add(paid, old)
                for change, other in zip(self.moved, others, strict=True):
                    _move(change, paid, other)
            else:
                self.refused += 1
            yield paid

    def _add(self, result: Result, old: Planned | Illegible | None) -> None:
        """One more result, beside the same person by the other plan."""
        self.samples.setdefault(result.facts.sort, result)
        employee = result.facts.employee
        for fault in result.warnings:
            self.told.setdefault((fault.code, fault.severity), set()).add(employee)
        if result.facts.presumed:
            self.presumed.add(employee)
        both = self.whole, self.periods.setdefault(result.facts.period.text, Tally())
        for tally in both:
            tally.add(result)
        if old is not None:
            paid = amounts(read_facts(old.plan, old.person)) if isinstance(old, Planned) else None
            for tally in both:
                tally.against.add(employee, result.total, None if paid is None else sum(paid))


def _named(both: Between, person: Person | Illegible) -> Person | Illegible:
    """Somebody as the older plan asks for them."""
    return sent(both, both.old, person) if isinstance(person, Person) else person


def simulation(compiled: Compiled, against: Compiled | None, *, sensitive: bool) -> Simulation:
    """A simulation to which nobody was added yet; a `sensitive` one tries a little more of each number."""
    found = parameters(compiled) if sensitive else ()
    both = None if against is None else between(against, compiled)
    return Simulation(compiled, against, tuple(map(Moved, found)), _both=both)


def _move(moved: Moved, result: Result, other: Planned | Illegible | None) -> None:
    if not isinstance(other, Planned):
        return
    # What members of a group have may hang on the number that moves.
    same = None if other.plan.kernel.groups else moved_to(other.plan, result.facts)
    paid = amounts(same or read_facts(other.plan, other.person))
    if paid is None:
        moved.unpaid += 1
        return
    change = sum(paid) - result.total
    moved.change += change
    moved.gain += change > 0
    moved.lose += change < 0


# ── Over people ──────────────────────────────────────────────────────────────────────────────────────────


def quantile(ordered: Sequence[int], percent: int) -> int:
    """The least amount that so many percent of the people do not exceed: what one of them is paid."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def histogram(totals: Sequence[int], unit: int) -> Iterator[tuple[int, int, int]]:
    """How often pay is from one amount up to another, which is not included, in bins of one round width.

    `unit` are the minor units of one whole.
    """
    if not totals:
        return
    least, most = min(totals), max(totals)
    width = _round(max(most - least, 1), unit)
    found = Counter(total // width for total in totals)
    for at in range(least // width, most // width + 1):
        yield at * width, (at + 1) * width, found[at]


def _round(spread: int, unit: int) -> int:
    """The least of 1, 2, 5, 10, … whole units that divides a spread into no more bins than there may be."""
    widths: Iterator[int] = (unit * 10**power * times for power in count() for times in (1, 2, 5))
    return next(width for width in widths if spread < width * (BINS - 1))
