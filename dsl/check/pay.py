"""The clauses of pay, on whatever line: each once, where it means something, with a number that pays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..words import words
from .clauses import SUSPICIOUS, large
from .people import leaves
from .scope import COMMISSION, TAKEN_OFF, Scope

FIFTH = Fraction(
    1, 5
)  # the most that may be taken off by order: RF Labour Code art. 135, since 1 September 2025


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line with clauses, and what people call it."""

    name: str
    line: tree.Clausal

    @property
    def kpi(self) -> bool:
        """Whether its clauses are also about attainment."""
        return isinstance(self.line, tree.Kpi)


def paid(scope: Scope) -> Iterator[NamedLine]:
    """The lines of a plan that have clauses of pay."""
    vocabulary = words(scope.plan.lang)
    for line in scope.lines:
        match line:
            case tree.Salary() | tree.Bonus() | tree.Variable() | tree.Total():
                yield NamedLine(vocabulary[type(line).__name__.lower()], line)
            case tree.Kpi(name=name) | tree.Section(name=name):
                yield NamedLine(name.text, line)
            case tree.Pay(name=name):
                yield NamedLine(vocabulary[COMMISSION] if name is None else name.text, line)
            case _:
                pass


def pay(scope: Scope) -> Iterator[Fault]:
    """What is wrong with the amounts and the clauses of pay."""
    effect = scope.effect
    for one in paid(scope):
        yield from _twice(scope, one)
        for clause in one.line.clauses:
            yield from _clause(scope, one, clause, effect)
        yield from _limits(scope, one)
        match one.line:
            case tree.Salary(amount) | tree.Bonus(amount) | tree.Pay(amount=amount):
                yield from _amount(scope, one.line, amount)
            case _:
                pass
        spif = isinstance(one.line, tree.Pay) and one.line.word == "spif"
        if spif and not tree.among(one.line.clauses, tree.During):
            facts = {"name": one.name, "pay": words(scope.plan.lang)["pay"]}
            yield Fault("P264", "warning", place=one.line.place, facts=facts)


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
            case tree.Cap(_, base, unless):
                sort = base, unless is None
            case _:
                sort = type(clause)
        if (earlier := found.setdefault(sort, clause)) is not clause:
            facts = {"name": one.name, "clause": scope.text(clause), "earlier": scope.text(earlier)}
            yield Fault("P216", place=clause.place, also=earlier.place, facts=facts)
            return


def _clause(
    scope: Scope, one: NamedLine, clause: tree.Clause, effect: datetime.date | None
) -> Iterator[Fault]:
    """What is wrong with a clause by itself."""
    yield from _spans(scope, one, clause)
    match clause:
        case tree.Cap(_, "attainment") if not one.kpi:
            facts = {"name": one.name, "clause": scope.text(clause)}
            yield Fault("P233", place=clause.place, facts=facts)
        case tree.Multiplied(factor):
            for part in leaves(factor):
                if (times := scope.worth(part)) is not None and times >= SUSPICIOUS:
                    yield large(scope, one.name, part, times, 3 * SUSPICIOUS)
        case tree.Prorated() | tree.TargetProrated():
            yield from _prorated(scope, one, clause)
        case tree.Rounding(unit) if unit.place not in scope.unsound:
            value = scope.worth(unit)
            if value is None or value <= 0:
                yield Fault("P415", place=unit.place, facts={"text": scope.text(unit)})
        case tree.During(first, last):
            yield from _during(scope, one, first, last, effect)
        case tree.Except(first, last):
            yield from _turned(scope, first, last)
        case _:
            pass


def _spans(scope: Scope, one: NamedLine, clause: tree.Clause) -> Iterator[Fault]:
    """Numbers that a field of a clause may not be, as far as they are written out."""
    declared = clause.declared
    if declared.about == "worth" and tree.among(one.line.clauses, tree.Curve):
        return  # which is one rule too many
    if isinstance(clause, tree.Cap) and clause.base == "attainment" and not one.kpi:
        return
    for name, want in declared.wants.items():
        span, whole = want.span, getattr(clause, name)
        for part in leaves(whole) if span is not None else ():
            value = scope.worth(part)
            if span is not None and value is not None and not span.holds(value, several=part is not whole):
                facts = {"name": one.name, "value": scope.text(part)}
                yield Fault(span.code, place=part.place, facts=facts)


def _prorated(scope: Scope, one: NamedLine, clause: tree.Prorated | tree.TargetProrated) -> Iterator[Fault]:
    """A part of nothing, a part and a whole turned round, and a target that the plan does not set."""
    part, whole = scope.worth(clause.part), scope.worth(clause.whole)
    if whole is not None and whole <= 0:
        yield Fault("P412", place=clause.whole.place, facts={"divisor": scope.text(clause.whole)})
    elif part is not None and whole is None and not isinstance(clause.whole, tree.DaysInPeriod):
        vocabulary = words(scope.plan.lang)
        said = f"{scope.text(clause.whole)} {vocabulary.spellings['of'][-1]} {scope.text(clause.part)}"
        facts = {"name": one.name, "said": said}
        yield Fault("P441", "warning", clause.part.place.to(clause.whole.place), facts=facts, fix=said)
    if isinstance(clause, tree.TargetProrated) and not tree.among(one.line.clauses, tree.Target):
        yield Fault("P442", "warning", place=clause.place, facts={"name": one.name})


def _during(
    scope: Scope, one: NamedLine, first: tree.Date, last: tree.Date, effect: datetime.date | None
) -> Iterator[Fault]:
    """Dates that are turned round, over before the plan applies, or between the beginnings of two periods."""
    yield from _turned(scope, first, last)
    if first.value is None or last.value is None or last.value < first.value:
        return  # no days of any calendar, or none at all
    since = first.value if effect is None else max(first.value, effect)
    place = first.place.to(last.place)
    if effect is not None and last.value < effect:
        facts = {"name": one.name, "last": last.text, "effect": effect.isoformat()}
        yield Fault("P444", "warning", place=place, facts=facts)
    elif since.day != 1 and (since.year, since.month) == (last.value.year, last.value.month):
        # A month, a quarter and a year begin on the first of a month.
        begins = first.value.replace(day=1)
        meant = f"{begins.isoformat()} {words(scope.plan.lang)['up_to']} {last.text}"
        facts = {"name": one.name, "since": since.isoformat(), "last": last.text}
        fix = meant if effect is None or begins >= effect else None
        yield Fault("P285", "warning", place=place, facts=facts, fix=fix)


def _turned(scope: Scope, first: tree.Date, last: tree.Date) -> Iterator[Fault]:
    """Dates of which the later stands first."""
    if first.value is not None and last.value is not None and last.value < first.value:
        said = f"{last.text} {words(scope.plan.lang)['up_to']} {first.text}"
        facts = {"first": first.text, "last": last.text}
        yield Fault("P259", place=first.place.to(last.place), facts=facts, fix=said)


def _limits(scope: Scope, one: NamedLine) -> Iterator[Fault]:
    """A floor that lies above the cap."""
    caps = tree.among(one.line.clauses, tree.Cap)
    for floor in tree.among(one.line.clauses, tree.Floor):
        for cap in (cap for cap in caps if cap.base == "pay" and cap.unless is None):
            least, most = scope.worth(floor.limit), scope.worth(cap.limit)
            alike = isinstance(floor.limit, tree.Percent) == isinstance(cap.limit, tree.Percent)
            if alike and least is not None and most is not None and 0 < most < least:
                facts = {"name": one.name, "floor": scope.text(floor.limit), "cap": scope.text(cap.limit)}
                yield Fault("P438", place=floor.place, also=cap.place, facts=facts)
                return


def _amount(scope: Scope, line: tree.Salary | tree.Bonus | tree.Pay, amount: tree.Expr) -> Iterator[Fault]:
    """Pay is a reward; what is taken off by order has no sign either, and is no more than a fifth."""
    word = line.word if isinstance(line, tree.Pay) else None
    for part in leaves(amount):
        value = scope.worth(part)
        if value is not None and value < 0:
            taken = word in TAKEN_OFF
            fix = scope.text(part.operand) if taken and isinstance(part, tree.Negative) else None
            code = "P440" if taken else "P417"
            yield Fault(code, place=part.place, facts={"value": scope.text(part)}, fix=fix)
        elif word == "reduction" and scope.law == "RF":
            match part:
                case tree.Arithmetic("of" | "*", one, other) if tree.PaidSalary() in (one, other):
                    share = one if isinstance(other, tree.PaidSalary) else other
                    most = scope.worth(share)
                    if most is not None and most > FIFTH:
                        facts = {"value": scope.text(share)}
                        yield Fault("P439", "warning", place=share.place, facts=facts)
                case _:
                    pass
