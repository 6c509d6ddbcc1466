"""What a line pays for the days in each of somebody's groups, and when they are absent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import lcm

from .. import kernel as k
from ..evaluate import Result
from ..money import Money, rounded
from ..scales import exact
from .answer import AbsentDays
from .clauses import chain
from .counted import DaysSpan, LineStay
from .credit import Credit
from .records import apportioned


def stays(result: Result, line: k.PayLine) -> Iterator[LineStay]:
    """The parts of a line paid by the days in groups, of whoever is not in one of them all the time."""
    clauses, _ = chain(result.kernel, line.reckoned)
    made = next((step.made for step in clauses if isinstance(step.made, k.Stayed)), None)
    if made is None:
        return
    digits, label = result.kernel.digits, result.compiled.checked.scope.label(made.group)
    whole = _value(result, made.whole)
    worths = [_value(result, stay.base) * _value(result, stay.days) for stay in made.stays]
    common = lcm(*(worth.denominator for worth in worths))
    parts, below = [int(worth * common) for worth in worths], common * int(whole)
    credit = Credit({(0, at): part for at, part in enumerate(parts)}, below)
    shares = apportioned(credit, rounded(sum(parts) * 10**digits, below), digits)
    for at, (stay, where) in enumerate(zip(made.stays, result.facts.moves.stays[made.group], strict=True)):
        on = tuple(DaysSpan(*map(_day, days)) for days in where.days)
        days, amount = int(_value(result, stay.days)), Money(shares[0, at], digits)
        yield LineStay(
            made.group, label, where.value, on, days, int(whole), amount, exact(credit.exact((0, at)))
        )


def _value(result: Result, node: k.Node) -> Fraction:
    return result.value(node) or Fraction(0)


def absences(result: Result) -> tuple[AbsentDays, ...]:
    """When somebody is absent within the period, by the days."""
    several = result.facts.absences
    return tuple(AbsentDays(_day(one.days[0]), _day(one.days[1]), one.why or None) for one in several)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
