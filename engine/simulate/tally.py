"""What some people are paid for a period, counted: the cost, who is paid how much, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .. import kernel as k
from ..evaluate import Result

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
        for line, amount in zip(result.kernel.lines, result.amounts, strict=True):
            key = line.name, line.of
            self.sums[key] = self.sums.get(key, 0) + amount
            paid = self.paid.setdefault(key, set())
            if amount:
                paid.add(employee)
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
            case _:
                pass
    reached.capped += capped


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
    first = least // width
    counts = [0] * (most // width - first + 1)
    for total in totals:
        counts[total // width - first] += 1
    for index, count in enumerate(counts, first):
        yield index * width, (index + 1) * width, count


def _round(spread: int, unit: int) -> int:
    """The least of 1, 2, 5, 10, … whole units that divides a spread into no more bins than there may be."""
    width = unit
    while True:
        for times in (1, 2, 5):
            if spread < width * times * (BINS - 1):
                return width * times
        width *= 10
