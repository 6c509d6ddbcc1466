"""A simulation as data: amounts as decimal texts with every digit of the minor unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dsl.faults import message
from dsl.words import Lang

from ..compiled import Compiled
from ..money import plain, rounded
from ..statement import script
from ..statement.show import quantity
from .simulate import Moved, Simulation
from .tally import Against, Line, Tally, histogram, quantile, share

FORMAT = 1
QUANTILES = (0, 10, 25, 50, 75, 90, 100)  # percent of the people
Document = dict[str, object]


def document(done: Simulation, lang: Lang) -> Document:
    """What a plan would cost, who would be paid how much, and what the budget hangs on."""
    kernel = done.compiled.kernel
    moved = sorted(done.moved, key=lambda one: -abs(one.change))
    return {
        "format": FORMAT,
        "currency": kernel.currency,
        "plan": _plan(done.compiled),
        "against": None if done.against is None else _plan(done.against),
        "refused": done.refused,
        "whole": _tally(done, done.whole, lang),
        "periods": [
            {"period": period, **_tally(done, done.periods[period], lang)} for period in sorted(done.periods)
        ],
        "sensitivity": [_moved(done, one) for one in moved],
        "presumed": len(done.presumed),
        "warnings": [
            {"code": code, "severity": severity, "title": message(code, lang).title, "people": len(people)}
            for (code, severity), people in sorted(done.told.items())
        ],
    }


def _plan(compiled: Compiled) -> Document:
    heading = compiled.checked.header
    title = heading.title if heading else ""
    return {"title": title, "version": compiled.kernel.version, "digest": compiled.kernel.digest}


def _tally(done: Simulation, tally: Tally, lang: Lang) -> Document:
    digits, called = done.compiled.kernel.digits, labels(done, lang)
    ordered = sorted(tally.totals)
    return {
        "people": len(tally.employees),
        "rows": len(ordered),
        "total": plain(tally.total, digits),
        "quantiles": [
            {"percent": percent, "amount": plain(quantile(ordered, percent), digits)}
            for percent in QUANTILES
            if ordered
        ],
        "histogram": [
            {"from": plain(one.low, digits), "to": plain(one.high, digits), "rows": one.rows}
            for one in histogram(ordered, 10**digits)
        ],
        "lines": [_line(done, tally, key, called[key], lang) for key in tally.sums],
        "kpis": [
            {
                "name": name,
                "label": called[name, ""],
                "rows": one.rows,
                "below_cutoff": one.below_cutoff,
                "at_target": one.at_target,
                "capped": one.capped,
            }
            for name, one in tally.kpis.items()
        ],
        "against": None if done.against is None else _against(tally.against, digits),
    }


def _line(done: Simulation, tally: Tally, key: Line, label: str, lang: Lang) -> Document:
    name, of = key
    part = share(tally.sums[key], tally.total)
    kind = next(line.kind for line in done.compiled.kernel.lines if (line.name, line.of) == key)
    return {
        "name": name,
        "label": label,
        "kind": kind,
        "of": of,
        "total": plain(tally.sums[key], done.compiled.kernel.digits),
        "share": None if part is None else percent(part, lang),
        "people": len(tally.paid[key]),
    }


def _against(against: Against, digits: int) -> Document:
    changes = against.changes.values()
    return {
        "total": plain(against.total, digits),
        "change": plain(sum(changes), digits),
        "gain": sum(change > 0 for change in changes),
        "lose": sum(change < 0 for change in changes),
        "same": sum(change == 0 for change in changes),
        "unpaid": len(against.unpaid),
    }


def _moved(done: Simulation, one: Moved) -> Document:
    found = one.parameter
    return {
        "name": found.name,
        "clause": found.clause,
        "old": found.old,
        "new": found.new,
        "change": None if found.plan is None else plain(one.change, done.compiled.kernel.digits),
        "gain": one.gain,
        "lose": one.lose,
        "unpaid": one.unpaid,
    }


def percent(part: Fraction, lang: Lang) -> str:
    """A share in percent, to the hundredth: `41.67%`."""
    whole = rounded(part.numerator * 10_000, part.denominator)
    return quantity(Fraction(whole, 10_000), "percent", lang)[0]


def labels(done: Simulation, lang: Lang) -> Mapping[Line, str]:
    """What a reader calls each line of pay."""
    return {
        (line.name, line.of): part.label
        for result in done.samples.values()
        for line, part in zip(result.kernel.lines, script(result, lang).parts, strict=True)
    }
