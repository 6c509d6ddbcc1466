"""A simulation as it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal

from dsl.faults import message
from dsl.faults.answer import ToldFault
from dsl.words import Lang

from ..bridge.answer import plan_of
from ..money import Money, rounded
from ..scales import exact
from ..statement import script
from ..statement.answer import Unpaid
from ..statement.show import titled
from .answer import (
    Bin,
    Cost,
    CostAgainst,
    CostKpi,
    CostLine,
    CostResult,
    PeriodCost,
    Quantile,
    Sensitivity,
    Simulated,
    Warned,
)
from .simulate import Against, Line, Moved, Simulation, Tally, histogram, quantile

QUANTILES = (0, 10, 25, 50, 75, 90, 100)  # percent of the people


def document(
    done: Simulation, lang: Lang, unpaid: Iterable[Unpaid], notices: Iterable[ToldFault]
) -> Simulated:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""
    moved = sorted(done.moved, key=lambda one: -abs(one.change))
    against = done.against
    called = {
        (part.line.name, part.line.of): part.label
        for result in done.samples.values()
        for part in script(result, lang).parts
    }
    return Simulated(
        1,
        done.compiled.kernel.currency,
        plan_of(done.compiled),
        None if against is None else plan_of(against),
        done.refused,
        Cost(*_tally(done, done.whole, called), results=_results(done, done.whole)),
        tuple(
            PeriodCost(period, *_tally(done, tally, called), results=_results(done, tally))
            for period, tally in sorted(done.periods.items())
        ),
        tuple(_moved(done, one, lang) for one in moved),
        len(done.presumed),
        tuple(
            Warned(code, severity, message(code, lang).title, len(people))
            for (code, severity), people in sorted(done.told.items())
        ),
        tuple(unpaid),
        tuple(notices),
    )


def _tally(done: Simulation, tally: Tally, called: Mapping[Line, str]) -> Iterator[Any]:
    """The fields of a cost, one after another."""
    digits, ordered = done.compiled.kernel.digits, sorted(tally.totals)
    yield len(tally.employees)
    yield len(ordered)
    yield Money(tally.total, digits)
    yield tuple(Quantile(part, Money(quantile(ordered, part), digits)) for part in QUANTILES if ordered)
    bins = histogram(ordered, 10**digits)
    yield tuple(Bin(Money(low, digits), Money(high, digits), rows) for low, high, rows in bins)
    yield tuple(_line(done, tally, key, called[key]) for key in tally.sums)
    yield tuple(
        CostKpi(name, called[name, ""], one.rows, one.below_cutoff, one.at_target, one.capped)
        for name, one in tally.kpis.items()
    )
    yield None if done.against is None else _against(tally.against, digits)


def _results(done: Simulation, tally: Tally) -> tuple[CostResult, ...] | None:
    """How each result is spread; None where there is none."""
    scope = done.compiled.checked.scope
    several = (
        CostResult(name, scope.label(name), one.kind, one.rows, *map(exact, ends))
        for name, one in tally.results.items()
        for ends in ((one.least, one.sum * Fraction(1, one.rows), one.greatest),)
    )
    return tuple(several) or None


def _line(done: Simulation, tally: Tally, key: Line, label: str) -> CostLine:
    total = Money(tally.sums[key], done.compiled.kernel.digits)
    share = part(tally.sums[key], tally.total)
    kind = next(line.kind for line in done.compiled.kernel.lines if (line.name, line.of) == key)
    return CostLine(key[0], label, kind, key[1], total, share, len(tally.paid[key]))


def _against(against: Against, digits: int) -> CostAgainst:
    changes = against.changes.values()
    return CostAgainst(
        Money(against.total, digits),
        Money(sum(changes), digits),
        sum(change > 0 for change in changes),
        sum(change < 0 for change in changes),
        sum(change == 0 for change in changes),
        len(against.unpaid),
    )


def _moved(done: Simulation, one: Moved, lang: Lang) -> Sensitivity:
    found = one.parameter
    label = titled(done.compiled.checked.scope, found.name, lang) if found.name else ""
    change = None if found.plan is None else Money(one.change, done.compiled.kernel.digits)
    old, new = exact(found.old), exact(found.new)
    kind: Literal["number", "percent"] = "percent" if found.percent else "number"
    return Sensitivity(
        found.name, label, found.clause, kind, old, new, change, one.gain, one.lose, one.unpaid
    )  # fmt: skip


def part(some: int, whole: int) -> str | None:
    """A part of the whole, to a hundredth of a percent: `0.4167`; None where the whole is nothing."""
    if not whole:
        return None
    near = rounded(*Fraction(some * 10_000, whole).as_integer_ratio())
    return exact(Fraction(near, 10_000))
