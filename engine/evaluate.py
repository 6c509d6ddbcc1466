"""Pay, exactly: of a company, and of one person; the functions behind every door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count

from dsl.faults import Fact, Fault
from dsl.node import node

from . import kernel as k
from .carrying import Ledger
from .compile import Compiled
from .facts import Facts, Illegible, Person, SentTables, read_facts
from .facts.usage import is_total
from .facts.values import listed, plainly, shown, spoken
from .groups import Teams
from .integers.executable import Executable, Undefined

TENFOLD = 10  # times its target: what reaches thousands of per cent is most often in another unit


@node
class Result:
    """What somebody is paid, with the trace: every number of the calculation can be asked for.

    `amounts` are the lines of the plan in minor units of its currency; `kept` is, of each operation over
    records, what each of them left in its variables.
    """

    compiled: Compiled
    facts: Facts
    amounts: tuple[int, ...]
    program: Executable
    numbers: tuple[int | None, ...]
    kept: tuple[Sequence[tuple[int | None, ...]], ...] = ()

    @property
    def kernel(self) -> k.Kernel:
        """The meaning of the plan for people of this sort: its lines are those of `amounts`."""
        return self.facts.shape.kernel

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is doubtful about the facts and about what they come to, and how they were read."""
        return (*self.facts.warnings, *_doubts(self), *self.waits)

    @property
    def waits(self) -> tuple[Fault, ...]:
        """What lines that stay open wait for."""
        return tuple(_waits(self))

    @property
    def closings(self) -> Mapping[str, str]:
        """What balances close with, as facts are written; those that wait are not there."""
        kernel = self.kernel
        steps = [kernel.steps[index] for index in kernel.results]
        values = {step.name: self.value(step.value) for step in steps if step.name in kernel.balances}
        found = ((name, value) for name, value in values.items() if value is not None)
        return {name: plainly(value, kernel.actuals[name].kind) for name, value in found}

    @property
    def total(self) -> int:
        """The sum of the lines as they are printed, in minor units."""
        return sum(self.amounts)

    def value(self, node: k.Node) -> Fraction | None:
        """The exact value of an operation, 1 and 0 for yes and no; None where nobody had to compute it."""
        return self.program.slots[id(node)].read(self.numbers)

    def pick(self, node: k.Node) -> int | None:
        """Which alternative a choice took, from 0 (of a condition, whether it holds); None if not asked."""
        return self.numbers[self.program.picks[id(node)]]


def evaluate(compiled: Compiled, facts: Facts) -> Result | Fault:
    """The result for some facts, or the fault of a quotient whose divisor is 0."""
    program = facts.shape.traced
    try:
        amounts, numbers, kept = program.run(facts.inputs, facts.records)
    except Undefined as signal:
        return _undefined(compiled, program.quotients[signal.args[0]])
    beside = [count for table in facts.beside for count in table]
    return Result(compiled, facts, amounts, program, (*numbers, *beside) if beside else numbers, kept)


def amounts(facts: Facts | tuple[Fault, ...]) -> tuple[int, ...] | None:
    """The lines' amounts alone, in minor units; None where facts are wrong or a divisor is 0.

    It is the same code without what the trace keeps.
    """
    if isinstance(facts, tuple):
        return None
    try:
        found: tuple[int, ...] = facts.shape.plain.run(facts.inputs, facts.records)
    except Undefined:
        return None
    return found


def _waits(result: Result) -> Iterator[Fault]:
    """For whom lines of pay wait, and for what of theirs; once, however many lines."""
    waits = [*dict.fromkeys(wait for one in result.facts.open for wait in one.waits)]
    faults = [wait.fault for wait in waits if wait.fault is not None]
    yield from (replace(one, severity="warning") for at, one in enumerate(faults) if one not in faults[:at])
    for wait in (wait for wait in waits if wait.fault is None):
        facts: dict[str, Fact] = {"group": wait.group, "value": shown(wait.value), "name": wait.name}
        facts["who"] = listed([shown(who) for who in wait.who])
        yield Fault("P582", "warning", pointer=wait.pointer, facts=facts)


def _doubts(result: Result) -> Iterator[Fault]:
    """Attainments of thousands of per cent, and parts of a whole that are more than the whole."""
    slots, numbers = result.program.slots, result.numbers
    for step in result.kernel.doubtful:
        if step.role == "attainment":
            if slots[id(step.value)].reaches(numbers, TENFOLD):
                value = result.value(step.value)
                told = spoken(value or Fraction(0), "percent")
                yield Fault("P537", "warning", facts={"name": step.name, "value": told})
        elif isinstance(step.made, k.Proportion):
            part, whole = step.made.part, step.made.whole
            worked, norm = result.value(part), result.value(whole)
            if worked is not None and norm is not None and worked > norm:
                source = result.compiled.source
                facts = {"part": source.at(part.place), "whole": source.at(whole.place)}
                yield Fault("P538", "warning", place=part.place, facts=facts)


Paid = Result | tuple[Fault, ...]  # or everything that stands in its way
Plans = Callable[[Person], Compiled | tuple[Fault, ...]]  # the version in effect for somebody, or why none is


@node
class Company:
    """Those who are paid together, as they come: one after another, so that there may be any number.

    Who cannot be read stands there with the faults that say why. `tables` are the records of all of them; who
    brings tables of their own is paid by these. `lost` are those who are of the company, it turns out, and
    never came.
    """

    people: Iterable[Person | Illegible]
    tables: SentTables | None = None
    lost: Sequence[Illegible] = ()


@node
class Planned:
    """Somebody with the plan in effect for them."""

    person: Person
    plan: Compiled


def pay_all(plans: Plans, company: Company) -> Iterator[Paid]:
    """What each of a company is paid, in their order, for their period by the plan in effect for them."""
    for one in gathered(plans, company):
        yield one.faults if isinstance(one, Illegible) else pay(one.plan, one.person)


def gathered(plans: Plans, company: Company) -> Iterator[Planned | Illegible]:
    """Each of a company with their plan and what it asks of others, and with what their last period left."""
    ledger = Ledger()
    for one in _gathered(plans, company):
        if isinstance(one, Illegible) or not one.plan.kernel.balances:
            yield one
            continue
        person = ledger.opened(one.plan, one.person)
        yield person if isinstance(person, Illegible) else replace(one, person=person)
        # Paid here as well, since whoever asks for the next period may not pay for this one.
        paid = None if isinstance(person, Illegible) else pay(one.plan, person)
        if isinstance(paid, Result):
            ledger.close(paid.facts.employee, paid.facts.period, paid.closings)


def _gathered(plans: Plans, company: Company) -> Iterator[Planned | Illegible]:
    """Each of a company with their plan, and with what it asks of others: of members, of other periods.

    They come one after another, unless a plan reckons with groups, or with late records: whoever comes from
    there on is waited for, since each may be a member, or somebody paid for the period that a record is of.
    Who cannot be read may be a member too.
    """
    waiting: list[Planned | Illegible] = []
    before: list[Illegible] = []
    for person in company.people:
        found = _planned(plans, company, person)
        if waiting or (isinstance(found, Planned) and found.plan.kernel.crossing):
            waiting.append(found)
        else:
            before += [found] if isinstance(found, Illegible) else []
            yield found
    if not waiting:
        return
    planned = [one for one in waiting if isinstance(one, Planned)]
    unread = (*before, *(one for one in waiting if isinstance(one, Illegible)), *company.lost)
    teams = _teams(planned, unread, company.tables)
    # Whose tables are those of several periods: a record counts in that of its day, and not late in another.
    periods: dict[str, list[tuple[SentTables | None, set[str]]]] = {}
    for person in (one.person for one in planned):
        _of(periods.setdefault(person.employee, []), person).add(person.period)
    numbers = count()
    for one in waiting:
        if isinstance(one, Illegible):
            yield one
            continue
        person = teams.together(next(numbers))
        others = frozenset(_of(periods[person.employee], person) - {person.period})
        yield replace(one, person=replace(person, others=others))


def _of(several: list[tuple[SentTables | None, set[str]]], person: Person) -> set[str]:
    """The periods of somebody with the same tables; those of a receipt stand in it for each period anew."""
    sent = person.tables
    for tables, periods in several:
        if tables is sent or (tables is not None and sent is not None and tables.raw == sent.raw):
            return periods
    several.append((sent, set()))
    return several[-1][1]


def all_by(plan: Compiled, people: Iterable[Person | Illegible]) -> Iterator[Planned | Illegible]:
    """Each of some people who are paid together by one plan, with what it asks of others."""
    return gathered(lambda _: plan, Company(people))


def _planned(plans: Plans, company: Company, person: Person | Illegible) -> Planned | Illegible:
    """Somebody with their plan, or why they cannot be paid."""
    if isinstance(person, Illegible):
        return person
    plan = plans(person)
    if isinstance(plan, tuple):
        return Illegible(plan, person.employee, person.period, person.facts, person.pointer)
    own = person.tables is not None or company.tables is None
    return Planned(person if own else replace(person, tables=company.tables), plan)


def _teams(paid: Sequence[Planned], unread: Sequence[Illegible], sent: SentTables | None) -> Teams:
    """The groups of people who are paid together, with those who cannot be read at the end."""
    people = [(one.person, one.plan) for one in paid]
    tables = {
        id(one): one for person, _ in people if (one := person.tables) is not None and one.alone is None
    }
    common = sent or next(iter(tables.values()), None)
    plan = next(one.plan for one in paid)
    members: dict[int, Illegible] = {}
    for lost in unread:
        if not is_total(lost.employee or ""):
            members[len(people)] = lost
            given = lost.employee or "", lost.period or "", lost.facts or {}
            people.append((Person(*given, pointer=lost.pointer, tables=common), plan))
    return Teams(people, members, tuple(tables.values()))


def pay(compiled: Compiled, person: Person) -> Paid:
    """What a company of one is paid by a plan."""
    facts = read_facts(compiled, person)
    if isinstance(facts, tuple):
        return facts
    result = evaluate(compiled, facts)
    return result if isinstance(result, Result) else (result,)


def _undefined(compiled: Compiled, quotient: k.Node) -> Fault:
    """The fault of a quotient whose divisor is 0, or of one of the records where there is none."""
    source, kernel = compiled.source, compiled.kernel
    # A mean is what is divided by the number of its own records.
    counted = quotient.right if isinstance(quotient, k.Arithmetic) else quotient
    if isinstance(counted, k.Records) and counted.place == quotient.place:
        table = kernel.tables[counted.table].name
        return Fault("P549", place=quotient.place, facts={"text": source.at(quotient.place), "table": table})
    assert isinstance(quotient, k.Arithmetic)
    for step in kernel.steps:
        match step.made:
            case k.Common(base, apart=k.Records(_, group)) if step.value.place == quotient.place:
                facts = {"text": source.at(base.place), "group": kernel.tables[group].name}
                return Fault("P526", place=base.place, facts=facts)
            case k.Pooled(base, members=k.Records(_, group)) if base.place == quotient.place:
                facts = {"text": source.at(quotient.place), "group": kernel.tables[group].name}
                return Fault("P576", place=quotient.place, facts=facts)
    for step in kernel.steps:
        if step.role == "attainment" and step.value.place == quotient.place:
            target = next(
                other for other in kernel.steps if (other.role, other.name) == ("target", step.name)
            )
            place = target.value.place
            return Fault("P523", place=place, facts={"name": step.name, "target": source.at(place)})
    facts = {"text": source.at(quotient.place), "divisor": source.at(quotient.right.place)}
    return Fault("P521", place=quotient.place, facts=facts)
