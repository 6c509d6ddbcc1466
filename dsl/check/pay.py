"""The clauses of pay, on whatever line: each once, where it means something, with a number that pays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .. import tree
from ..faults import Fault
from .clauses import SUSPICIOUS, large
from .literals import rounded
from .people import leaves, worths
from .scope import COMMISSION, TAKEN_OFF, Scope

# The most that may be taken off by order: RF Labour Code art. 135, since 1 September 2025.
FIFTH = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line with clauses, and what people call it."""

    name: str
    line: tree.Clausal


def paid(scope: Scope) -> Iterator[NamedLine]:
    """The lines of a plan that have clauses of pay."""
    for line in scope.lines:
        match line:
            case tree.Salary() | tree.Bonus() | tree.Variable() | tree.Total():
                yield NamedLine(scope.words[type(line).__name__.lower()], line)
            case tree.Kpi(name=name) | tree.Section(name=name):
                yield NamedLine(name.text, line)
            case tree.Pay(name=name):
                yield NamedLine(name.text if name else scope.words[COMMISSION], line)


def pay(scope: Scope) -> Iterator[Fault]:
    """What is wrong with the amounts and the clauses of pay."""
    for one in paid(scope):
        yield from _twice(scope, one)
        for clause in one.line.clauses:
            yield from _clause(scope, one, clause)
        yield from _limits(scope, one)
        match one.line:
            case tree.Salary(amount) | tree.Bonus(amount) | tree.Pay(amount=amount):
                yield from _amount(scope, one.line, amount)
        spif = isinstance(one.line, tree.Pay) and one.line.word == "spif"
        if spif and not tree.among(one.line.clauses, tree.During):
            yield scope.fault("P264", one.line, "warning", name=one.name, pay=scope.words["pay"])


def _twice(scope: Scope, one: NamedLine) -> Iterator[Fault]:
    """The first clause that a line has again: nobody could tell which of the two counts.

    What else it has again is no other mistake: most often the name of a second line was forgotten. Several
    gates and multipliers all act, and so do several accelerators; of caps there may be one that a condition
    lifts and one that none does.
    """
    found: dict[object, tree.Clause] = {}
    for clause in sorted(one.line.clauses, key=lambda clause: clause.place):
        match clause:
            case tree.Accel() | tree.Decel():
                continue
            case tree.OnlyIf(condition=expr) | tree.Multiplied(factor=expr):
                sort: object = type(clause), scope.same(expr)
            case tree.Cap(_, base, unless, scope=held):
                sort = base, unless is None, held
            case tree.Floor(scope=held) | tree.Rounding(scope=held):
                sort = type(clause), held
            case _:
                sort = type(clause)
        if (earlier := found.setdefault(sort, clause)) is not clause:
            yield scope.fault("P216", clause, also=earlier, name=one.name, clause=clause, earlier=earlier)
            return


def _clause(scope: Scope, one: NamedLine, clause: tree.Clause) -> Iterator[Fault]:
    """What is wrong with a clause by itself."""
    match clause:
        case tree.Cap(_, "attainment") if not isinstance(one.line, tree.Kpi):
            yield scope.fault("P233", clause, name=one.name, clause=clause)
            return
        case tree.Multiplied(factor):
            for part, times in worths(scope, factor):
                if times >= SUSPICIOUS:
                    yield large(scope, one.name, part, times, 3 * SUSPICIOUS)
        case tree.Prorated() | tree.TargetProrated():
            yield from _prorated(scope, one, clause)
        case tree.Rounding(unit):
            yield from rounded(scope, unit)
        case tree.During(first, last):
            yield from _turned(scope, first, last)
            yield from _during(scope, one, first, last)
        case tree.Except(first, last):
            yield from _turned(scope, first, last)
    yield from _spans(scope, one, clause)


def _spans(scope: Scope, one: NamedLine, clause: tree.Clause) -> Iterator[Fault]:
    """Numbers that a field of a clause may not be, as far as they are written out."""
    if clause.declared.about == "worth" and tree.among(one.line.clauses, tree.Curve):
        return  # which is one rule too many
    for name, want in clause.declared.wants.items():
        if want.span is not None:
            whole = getattr(clause, name)
            for part, value in worths(scope, whole):
                if not want.span.holds(value, several=part is not whole):
                    yield scope.fault(want.span.code, part, name=one.name, value=part)


def _prorated(scope: Scope, one: NamedLine, clause: tree.Prorated | tree.TargetProrated) -> Iterator[Fault]:
    """A part of nothing, a part and a whole turned round, and a target that the plan does not set."""
    part, whole = scope.worth(clause.part), scope.worth(clause.whole)
    if whole is not None and whole <= 0:
        yield scope.fault("P412", clause.whole, divisor=clause.whole)
    elif part is not None and whole is None and not isinstance(clause.whole, tree.InPeriod):
        said = f"{scope.text(clause.whole)} {scope.words.spellings['of'][-1]} {scope.text(clause.part)}"
        place = clause.part.place.to(clause.whole.place)
        yield scope.fault("P441", place, "warning", name=one.name, said=said, fix=said)
    if isinstance(clause, tree.TargetProrated) and not tree.among(one.line.clauses, tree.Target):
        yield scope.fault("P442", clause, "warning", name=one.name)


def _during(scope: Scope, one: NamedLine, first: tree.Date, last: tree.Date) -> Iterator[Fault]:
    """Dates that are over before the plan applies, or between the beginnings of two periods."""
    if first.value is None or last.value is None or last.value < first.value:
        return  # no days of any calendar, or none at all
    effect, place = scope.effect, first.place.to(last.place)
    since = first.value if effect is None else max(first.value, effect)
    if effect is not None and last.value < effect:
        day = effect.isoformat()
        yield scope.fault("P444", place, "warning", name=one.name, last=last.text, effect=day)
    elif since.day != 1 and (since.year, since.month) == (last.value.year, last.value.month):
        # A month, a quarter and a year begin on the first of a month.
        begins = first.value.replace(day=1)
        meant = f"{begins.isoformat()} {scope.words['up_to']} {last.text}"
        fix, day = meant if effect is None or begins >= effect else None, since.isoformat()
        yield scope.fault("P285", place, "warning", name=one.name, since=day, last=last.text, fix=fix)


def _turned(scope: Scope, first: tree.Date, last: tree.Date) -> Iterator[Fault]:
    """Dates of which the later stands first."""
    if first.value is not None and last.value is not None and last.value < first.value:
        said = f"{last.text} {scope.words['up_to']} {first.text}"
        place = first.place.to(last.place)
        yield scope.fault("P259", place, first=first.text, last=last.text, fix=said)


def _limits(scope: Scope, one: NamedLine) -> Iterator[Fault]:
    """A floor that lies above the cap."""
    caps = tree.among(one.line.clauses, tree.Cap)
    for floor in tree.among(one.line.clauses, tree.Floor):
        for cap in (cap for cap in caps if cap.base == "pay" and cap.unless is None):
            least, most = scope.worth(floor.limit), scope.worth(cap.limit)
            alike = isinstance(floor.limit, tree.Percent) == isinstance(cap.limit, tree.Percent)
            if alike and least is not None and most is not None and 0 < most < least:
                yield scope.fault("P438", floor, also=cap, name=one.name, floor=floor.limit, cap=cap.limit)
                return


def _amount(scope: Scope, line: tree.Salary | tree.Bonus | tree.Pay, amount: tree.Expr) -> Iterator[Fault]:
    """Pay is a reward; what is taken off by order has no sign either, and is no more than a fifth."""
    word = line.word if isinstance(line, tree.Pay) else None
    for part in leaves(amount):
        if (scope.worth(part) or 0) < 0:
            taken = word in TAKEN_OFF
            fix = scope.text(part.operand) if taken and isinstance(part, tree.Negative) else None
            yield scope.fault("P440" if taken else "P417", part, value=part, fix=fix)
        elif word == "reduction" and scope.law == "RF":
            match part:
                case tree.Arithmetic("of" | "*", one, other) if tree.PaidSalary() in (one, other):
                    share = one if isinstance(other, tree.PaidSalary) else other
                    if (scope.worth(share) or 0) > FIFTH:
                        yield scope.fault("P439", share, "warning", value=share)
