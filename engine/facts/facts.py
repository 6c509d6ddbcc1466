"""A person's facts, taken exactly as written and held against what the plan needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import Literal

from dsl.faults import Fact, Fault, nearest
from dsl.node import node
from dsl.period import Period

from ..compile import Compiled, Shape, Variant
from ..kernel import PLACE, WORKDAYS, Input, PayLine, Step
from ..scales import Scales, places, scale
from ..waiting import DATED
from .calendar import of_period
from .counting import CountingRecords, drawn
from .days import Absence, Moves, wholly
from .decimals import Decimal
from .origins import Came, Origins, accepts, refused, refused_tables, stale
from .records import OwnRecords, Rows, Wait
from .sent import SentTables, absent, alone
from .understood import no_day, understood_period
from .values import SPELT, chosen, escaped, listed, shown, value

MISSING = object()

# What a hostile list of names can cost.
COMPARED = 1000  # pairs of names that are held against one another


@node
class Person:
    """What somebody sends about one person for one period, not yet held against a plan.

    Values are texts as written (`"3300000"`, `"2.1%"`), or yes or no; anything else is a fault. `pointer` is
    where the person stands in the document that they came in. Their records are in `tables`, which may be
    those of a whole company; `members` are those of the groups that they belong to. What is `drawn` stands
    for records that are not there, as in an example. Of records only those of some `days` count, where it is
    said of which. `origins` say where facts came from; without them nobody asks, as of the facts of an
    example, which are its author's. `others` are the other periods for which they are paid beside it.
    `moves` are those between groups by whose days they are paid. The `worktime` of the period stands for the
    calendar, as in an example.
    """

    employee: str
    period: str
    facts: Mapping[str, object]
    targets: Mapping[str, object] = field(default_factory=dict)
    pointer: str = ""
    tables: SentTables | None = None
    members: Mapping[str, OwnRecords] = field(default_factory=dict)
    drawn: Mapping[str, object] = field(default_factory=dict)
    days: tuple[tuple[int, int], ...] | None = None
    origins: Origins | None = None
    others: frozenset[str] = frozenset()
    moves: Moves = field(default_factory=Moves)
    worktime: Mapping[str, Fraction] = field(default_factory=dict)


@node
class Illegible:
    """Somebody who cannot be read: why, and as far as it shows who is meant, for when, and with which facts.

    `facts` are None where nobody can tell them from one another. `line` is where they stand in a table.
    """

    faults: tuple[Fault, ...]
    employee: str | None = None
    period: str | None = None
    facts: Mapping[str, object] | None = None
    pointer: str = ""
    line: int | None = None


@node
class Presumption:
    """Something that nobody gave and the plan said.

    It is the default of a fact, the plan's own target, or that a balance opens with nothing.
    """

    what: Literal["default", "target", "opening"]
    name: str


@node
class OpenLine:
    """A line of pay, or the step of a result, that stays open, and what it waits for."""

    line: PayLine | Step
    waits: tuple[Wait, ...]


@node
class Facts:
    """The inputs of an evaluation, in the kernel's order, as integers of so many decimal places each.

    None stands for a target of their own that the person lacks. `shape` is the plan for people of their
    sort, and for numbers of their length; `sort` are the numbers of the values of their attributes.
    `warnings` are what is doubtful, and notices of how something was read that was written in another way.
    `records` are those that count, of each table; `beside` are how many of it count in another period,
    how many have no day, and how many are late. `open` are the lines that these facts do not pay yet.
    `came` are the facts and tables that are brought, with where they came from, where that is said or asked.
    `absences` are the person's own within the period.
    """

    shape: Shape
    employee: str
    period: Period
    inputs: tuple[int | None, ...]
    presumed: tuple[Presumption, ...] = ()
    warnings: tuple[Fault, ...] = ()
    sort: tuple[int, ...] = ()
    records: tuple[Rows, ...] = ()
    beside: tuple[tuple[int, int, int], ...] = ()
    open: tuple[OpenLine, ...] = ()
    came: tuple[Came, ...] = ()
    moves: Moves = field(default_factory=Moves)
    absences: tuple[Absence, ...] = ()


def read_facts(compiled: Compiled, person: Person) -> Facts | tuple[Fault, ...]:
    """The facts of a person for a plan, or everything that is wrong with them."""
    if grouping := compiled.kernel.belonging & person.facts.keys():
        # Which group somebody belongs to is asked before they are paid, with all others.
        others = {name: given for name, given in person.facts.items() if name not in grouping}
        person = replace(person, facts=others)
    faults: list[Fault] = []
    missing: list[Input] = []
    presumed: list[Presumption] = []
    unknown: dict[str, Fault] = {}
    when = understood_period(person.period)
    sort = _attributes(compiled, person, presumed, missing, faults) if compiled.attributes else ()
    # Somebody of no known sort is read against the whole plan, for as many faults as can be told.
    variant = Variant(compiled.kernel) if sort is None else compiled.variant(sort, counts=person.moves.counts)
    absences = _absences(compiled, person, when, faults)
    inputs: list[int | None] = []
    scales: list[int] = []
    for entry, usual in zip(variant.kernel.inputs, variant.usual.inputs, strict=True):
        if (entry.role == "period" and not entry.worktime) or entry.kind == "choice":
            inputs.append(_of_period(person, entry, when))
            scales.append(0)
            continue
        if entry.role == "period":
            number = _worktime(compiled, person, entry, when, unknown)
        else:
            number = _given(compiled, person, entry, when, presumed, missing, faults, told=sort is not None)
        if number is None:
            inputs.append(None)
            scales.append(usual)
        else:
            most = usual if number.places <= usual else scale(variant.kernel, entry, number.places)
            inputs.append(number.digits * 10 ** (most - number.places))
            scales.append(most)
    if missing and when is not None and wholly(absences, when):
        faults.append(_unexpected(person, absences, missing))
    elif missing or not _known(compiled, person):
        faults.extend(_strange(compiled, person, missing))
    faults.extend(_timing(compiled, person, when))
    own = _counting(compiled, variant, person, when)
    faults.extend(own.faults)
    waits = [*own.waits, *_undated(person, variant, unknown)]
    came = _came(compiled, variant, person, presumed)
    if when is not None:
        faults.extend(stale(came, when))
    if when is None or sort is None or (faults and any(fault.severity == "error" for fault in faults)):
        return tuple(fault for fault in faults if fault.severity != "notice")
    shape = variant.shape(Scales(tuple(scales), tuple(own.scales)))
    read = tuple(inputs), tuple(presumed), tuple(faults), sort, tuple(own.rows), tuple(own.beside)
    facts = Facts(shape, person.employee, when, *read, came=came, moves=person.moves, absences=absences)
    return _opened(compiled, facts, waits) if waits else facts


def _given(
    compiled: Compiled,
    person: Person,
    entry: Input,
    when: Period | None,
    presumed: list[Presumption],
    missing: list[Input],
    faults: list[Fault],
    *,
    told: bool,
) -> Decimal | None:
    """What somebody brings for an input, or what is presumed where they bring nothing.

    That it is missing is `told` of whoever is of a known sort.
    """
    raw = _brought(person, entry)
    if entry.kind == "date" and isinstance(raw, str) and no_day(raw):
        raw = MISSING
    if raw is not MISSING and not _taken(person, entry):
        missing.append(entry)
    elif raw is not MISSING:
        number = value(compiled, entry, raw, person.pointer, faults)
        if number is not None and number.digits and entry.begins(when):
            faults.append(_begun(person, entry))
        return number
    elif entry.begins(when):
        presumed.append(Presumption("opening", entry.name))
        return Decimal(0, 0)
    elif entry.default is not None:
        presumed.append(Presumption("default", entry.name))
        return _held(entry.default)
    elif entry.role == "drawn":
        pass
    elif entry.optional:
        presumed.append(Presumption("target", entry.name))
    elif told:
        missing.append(entry)
    return None


def _held(number: Fraction) -> Decimal:
    """A number that the plan or a calendar says, as one that somebody brings is read."""
    needed = places(number) or 0
    return Decimal(int(number * 10**needed), needed)


def _begun(person: Person, entry: Input) -> Fault:
    """That a balance is handed in with something in a period in which the plan opens it with nothing."""
    facts: dict[str, Fact] = {"name": entry.name, "given": shown(person.facts[entry.name])}
    facts["period"] = shown(person.period)
    return Fault("P699", pointer=f"{person.pointer}/facts/{escaped(entry.name)}", facts=facts)


def _absences(
    compiled: Compiled, person: Person, when: Period | None, faults: list[Fault]
) -> tuple[Absence, ...]:
    """When somebody is absent within their period; a fault where that cannot be told."""
    if person.tables is None or when is None:
        return ()
    found = person.tables.absences(compiled).of(person.employee, when)
    if isinstance(found, Fault):
        faults.append(found)
        return ()
    return found


def _unexpected(person: Person, absences: Sequence[Absence], missing: Sequence[Input]) -> Fault:
    """That nothing is expected of somebody who is absent all the time, and nothing can be paid."""
    facts: dict[str, Fact] = {"who": shown(person.employee), "names": listed([one.name for one in missing])}
    facts["why"] = listed([shown(why) for why in dict.fromkeys(one.why for one in absences) if why])
    return Fault("P578", pointer=f"{person.pointer}/facts", facts=facts)


def _undated(person: Person, variant: Variant, unknown: Mapping[str, Fault]) -> Iterator[Wait]:
    """That lines wait for working time, in the period or in a group, where the calendar does not tell it."""
    for at, entry in enumerate(variant.kernel.inputs):
        fault = unknown.get(entry.name)
        if fault is None and entry.role == "period" and entry.name.startswith(WORKDAYS):
            fault = person.moves.fault
        if fault is not None:
            yield Wait("", "", entry.name, (), fault.pointer or "", (DATED, at), fault)


def _opened(compiled: Compiled, facts: Facts, waits: Sequence[Wait]) -> Facts:
    """The facts as far as they are paid by while groups wait for somebody."""
    lacking = frozenset(wait.cell for wait in waits)
    scales, part = facts.shape.scales, compiled.variant(facts.sort, lacking, facts.moves.counts)
    lines = [(one.line, tuple(wait for wait in waits if wait.cell in one.cells)) for one in part.open]
    left = [facts.shape.kernel.inputs.index(entry) for entry in part.kernel.inputs]
    asked = {entry.name for entry in part.kernel.inputs}
    return replace(
        facts,
        shape=part.shape(Scales(tuple(scales.inputs[at] for at in left), scales.tables)),
        inputs=tuple(facts.inputs[at] for at in left),
        presumed=tuple(one for one in facts.presumed if one.name in asked),
        open=tuple(OpenLine(*line) for line in lines),
    )


def _counting(compiled: Compiled, variant: Variant, person: Person, when: Period | None) -> CountingRecords:
    """What counts of the records that came for somebody, and what is wrong with their tables."""
    tables, pointer = person.tables, f"{person.pointer}/tables"
    sent = {} if tables is None else tables.of(compiled, person.employee)
    faults = [*absent(variant.kernel.tables, sent, pointer)]
    if tables is not None:
        faults += tables.about(compiled)
        faults += tables.lacking(compiled, variant.kernel.tables)
        if when is not None and tables.alone is None:
            faults += tables.nobodys(compiled, variant.kernel.tables, when)
            faults += tables.unshared(compiled, variant.kernel.tables, frozenset({when}))
        faults += refused_tables(variant.kernel.sent, tables.origins, sent, tables.pointer)
    faults += alone(compiled, person.members, person.pointer)
    others = [one for text in person.others if (one := understood_period(text)) is not None]
    where = "" if tables is None else tables.pointer
    found = drawn(variant, {**sent, **person.members}, when, person.days, others, where)
    for group, away in found.away.items():
        told: dict[str, Fact] = {"group": group, "who": listed([shown(one) for one in away])}
        found.faults.append(Fault("P579", "notice", pointer=pointer, facts=told))
    found.faults[:0] = faults
    return found


def _brought(person: Person, entry: Input) -> object:
    """What somebody brings for an input, if they do."""
    brought = {"actual": person.facts, "target": person.targets, "drawn": person.drawn}
    return brought[entry.role].get(entry.name, MISSING)


def sort_of(compiled: Compiled, person: Person) -> tuple[int, ...] | None:
    """Which sort of people somebody is of; None where that cannot be told."""
    return _attributes(compiled, person, [], [], []) if compiled.attributes else ()


def _taken(person: Person, entry: Input) -> bool:
    """Whether what somebody brings for an input comes from where the plan takes it from."""
    if not entry.sources or person.origins is None:
        return True
    return accepts(entry.sources, person.origins.of(entry.name))


def _came(
    compiled: Compiled, variant: Variant, person: Person, presumed: Sequence[Presumption]
) -> tuple[Came, ...]:
    """Where the facts and tables that somebody is paid by came from; nothing where nobody says or asks."""
    kernel, own = variant.kernel, person.origins
    sent = None if person.tables is None else person.tables.origins
    said = (own is not None and own.said) or (sent is not None and sent.said)
    if not (said or compiled.kernel.sourced):
        return ()
    without = {one.name for one in presumed if one.what == "default"}
    inputs = [*(compiled.kernel.inputs[index] for index in compiled.attributes), *kernel.actuals.values()]
    names = [one.name for one in inputs if one.name in person.facts and one.name not in without]
    facts = [Came("fact", name, own.of(name)) for name in names] if own is not None else []
    tables = [Came("table", one.name, sent.of(one.name)) for one in kernel.sent] if sent is not None else []
    if sent is not None and any(
        entry.worktime and entry.name not in person.worktime for entry in kernel.inputs
    ):
        calendar = compiled.checked.scope.words.calendar
        tables.append(Came("calendar", calendar, sent.of(calendar)))
    return (*facts, *tables)


def moved_to(plan: Compiled, facts: Facts) -> Facts | None:
    """Facts that were read for another plan, for one that reads the very same."""
    variant = plan.variant(facts.sort)
    other = facts.shape.kernel
    asked = variant.kernel.inputs, variant.kernel.tables, variant.kernel.digits
    if asked != (other.inputs, other.tables, other.digits):
        return None
    return replace(facts, shape=variant.shape(facts.shape.scales))


def _attributes(
    compiled: Compiled, person: Person, presumed: list[Presumption], missing: list[Input], faults: list[Fault]
) -> tuple[int, ...] | None:
    """The values of a person's attributes, by their numbers among the choices; None where one is unknown."""
    values: list[int] = []
    for index in compiled.attributes:
        entry = compiled.kernel.inputs[index]
        raw = person.facts.get(entry.name, MISSING)
        if raw is MISSING and entry.default is not None:
            values.append(int(entry.default))
            presumed.append(Presumption("default", entry.name))
        elif raw is MISSING or not _taken(person, entry):
            missing.append(entry)
        elif isinstance(found := chosen(entry, raw, person.pointer), Fault):
            faults.append(found)
        else:
            values.append(found)
    return tuple(values) if len(values) == len(compiled.attributes) else None


def _of_period(person: Person, entry: Input, when: Period | None) -> int | None:
    """What the plan reads of the period by itself, and of somebody's groups: which member one is."""
    if when is None or entry.role != "period":
        return None
    if entry.name.startswith(PLACE):
        return _place(person, entry)
    own = of_period(entry.name, when)
    return person.moves.numbers.get(entry.name) if own is None else own


def _worktime(
    compiled: Compiled, person: Person, entry: Input, when: Period | None, unknown: dict[str, Fault]
) -> Decimal | None:
    """The working time of the period: as an example says it, or by the calendar; why it is not known."""
    if when is None:
        return None
    found: Fraction | Fault | None = person.worktime.get(entry.name)
    if found is None:
        tables = person.tables or SentTables({}, pointer=f"{person.pointer}/tables")
        found = tables.calendar(compiled).read(entry.name, when)
    if isinstance(found, Fault):
        unknown[entry.name] = found
        return None
    return _held(found)


def _place(person: Person, entry: Input) -> int | None:
    """Which of the members of a group somebody is, by number."""
    members = person.members.get(entry.name.removeprefix(PLACE))
    rows = () if members is None else members.rows
    return next((row[1] for row in rows if row[0] == person.employee and isinstance(row[1], int)), None)


# ── The person as a whole ────────────────────────────────────────────────────────────────────────────────


def _known(compiled: Compiled, person: Person) -> bool:
    """Whether the plan asks for everything that is given."""
    kernel = compiled.kernel
    return person.facts.keys() <= kernel.actuals.keys() and person.targets.keys() <= kernel.targets.keys()


def _strange(compiled: Compiled, person: Person, missing: Sequence[Input]) -> Iterator[Fault]:
    """Facts that are missing, facts that the plan does not know, and those that are the one for the other."""
    kernel = compiled.kernel
    for role, table in (("actual", person.facts), ("target", person.targets)):
        known = kernel.actuals if role == "actual" else kernel.targets
        strays = [name for name in table if name not in known]
        wanted = [entry for entry in missing if entry.role == role]
        meant = _meant(compiled, wanted, strays)
        where = f"{person.pointer}/{'facts' if role == 'actual' else 'targets'}"
        for entry in wanted:
            if person.origins is not None and entry.name in table and not _taken(person, entry):
                origin, at = person.origins.of(entry.name), f"{where}/{escaped(entry.name)}"
                yield refused(entry, origin, person.employee, at)
                continue
            facts: dict[str, Fact] = {"name": entry.name, "kind": (f"phrase:{entry.kind}",)}
            given = meant.get(entry.name)
            if given is None:
                code = "P501" if role == "actual" else "P502"
                yield Fault(code if entry.opens is None else "P698", pointer=where, facts=facts)
            else:
                facts["given"] = shown(given)
                yield Fault("P513", pointer=f"{where}/{escaped(given)}", facts=facts, fix=entry.name)
        taken = set(meant.values())
        for name in strays:
            if name not in taken:
                yield _stray(compiled, name, known, f"{where}/{escaped(name)}", role)


def _meant(compiled: Compiled, missing: Sequence[Input], strays: Sequence[str]) -> dict[str, str]:
    """For missing facts the given names that were meant for them: their labels, or nearly their names."""
    meant: dict[str, str] = {}
    if not strays or len(missing) * len(strays) > COMPARED:
        return meant
    labels = {compiled.checked.scope.label(entry.name).casefold(): entry.name for entry in missing}
    left = {entry.name for entry in missing if len(entry.name) <= SPELT}
    for given in strays:
        name = labels.get(given.casefold())
        if name is None and len(given) <= SPELT:
            name = nearest(given, left)
        if name is not None and name not in meant:
            meant[name] = given
            left.discard(name)
    return meant


def _stray(compiled: Compiled, name: str, known: Mapping[str, Input], pointer: str, role: str) -> Fault:
    """The fault of a name that the plan does not ask for."""
    scope = compiled.checked.scope
    facts: dict[str, Fact] = {"name": shown(name)}
    if role == "actual" and name in scope.figures:
        return Fault("P515", pointer=pointer, facts=facts)
    if role == "target" and name in scope.kpis:
        return Fault("P516", pointer=pointer, facts=facts)
    facts["known"] = listed(sorted(known))
    return Fault("P514" if role == "actual" else "P517", pointer=pointer, facts=facts)


def _timing(compiled: Compiled, person: Person, when: Period | None) -> Iterator[Fault]:
    """The fault of a period that is none, or that the plan is not in effect for; how it was read."""
    pointer = f"{person.pointer}/period"
    if when is None:
        yield Fault("P518", pointer=pointer, facts={"value": shown(person.period)})
        return
    if when.text != person.period:
        facts: dict[str, Fact] = {"name": "period", "value": shown(person.period), "read": (when.text,)}
        yield Fault("P536", "notice", pointer=pointer, facts=facts)
    effect = compiled.kernel.effect
    if effect is not None and when.first < effect:
        early = when.last < effect
        facts = {"period": when.text, "effect": effect.isoformat()}
        yield Fault(
            "P519" if early else "P520", "error" if early else "warning", pointer=pointer, facts=facts
        )
