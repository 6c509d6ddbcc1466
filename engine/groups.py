"""Groups of people: what a plan asks of each member, worked out before anybody of the group is paid.

It is asked of facts and of figures, never of pay, so nobody waits for somebody's pay. A member who lacks a
fact blocks the lines of pay that hang on it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dsl.check.scope import listed
from dsl.faults import Fact, Fault
from dsl.node import node
from dsl.words import KindName

from . import kernel as k
from .belonging import Belonging, Member, Payee
from .compile import Compiled
from .facts import Illegible, Person, SentTables, read_facts, sort_of
from .facts.columns import Cell
from .facts.counting import fall
from .facts.days import Days, Moves, Whereabouts, wholly
from .facts.records import OwnRecords, Row, Wait, natural
from .facts.understood import understood_period
from .facts.values import escaped, shown
from .integers.executable import Undefined
from .moving import moves
from .specialise import reduced
from .waiting import WHOLE, MemberCell

DEEPEST = 50  # how often what is asked of somebody may be asked of those whom they lead, and so on
# What is as it is on whichever days one asks; other facts are of the whole period.
LASTING: frozenset[KindName] = frozenset({"choice", "date", "percent", "yes_no"})
Known = Fraction | Fault | None  # or why it is not to be had, if it is not merely missing


OWN = 2  # the first column of a group that is asked of its members


@node
class Stranger:
    """Whose records come and who does not, or a record of nobody, and the fault that says so."""

    employee: str
    tables: SentTables
    fault: Fault


@dataclass(slots=True)
class Teams:
    """People who are paid together, each with their plan; what is asked of one is worked out once.

    Who cannot be read, by number, is a member whose facts are missing. `tables` are those of all of them. Who
    is asked at the moment for what they ask of others stands in `asked`.
    """

    people: Sequence[Payee]
    unread: Mapping[int, Illegible] = field(default_factory=dict)
    tables: Sequence[SentTables] = ()
    belonging: Belonging = field(init=False)
    asked: list[tuple[int, str]] = field(default_factory=list)
    _parts: dict[tuple[int, str], Compiled | None] = field(default_factory=dict)
    _known: dict[tuple[int, str, tuple[Days, ...] | None], Known] = field(default_factory=dict)
    _rows: dict[tuple[int, int, str, str, frozenset[int]], OwnRecords] = field(default_factory=dict)
    _here: set[str] = field(init=False)
    _strangers: dict[tuple[int, str, str], Sequence[Stranger]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.belonging = Belonging(self.people, self.unread)
        self._here = {person.employee for person, _ in self.people}

    def together(self, index: int) -> Person:
        """Somebody with what their plan asks of those whom they are reckoned with."""
        person, plan = self.people[index]
        own = moves(self.belonging, index)
        return replace(person, members=self._asking(index, plan, own), moves=own)

    def _asking(self, index: int, plan: Compiled, own: Moves) -> Mapping[str, OwnRecords]:
        """The members of somebody's groups, with what a plan, or a part of theirs, asks for such people."""
        sort = sort_of(plan, self.people[index][0])
        kernel = plan.kernel if sort is None else plan.variant(sort, counts=own.counts).kernel
        found: dict[str, OwnRecords] = {}
        for at, table in enumerate(kernel.tables):
            if table.group:
                stay = None if table.stay is None else own.stays[table.stay[0]][table.stay[1] - 1]
                asked = kernel.read_of.get(at)
                found[table.key] = (
                    OwnRecords() if asked is None else self._of(index, (at, table), asked, stay)
                )
        return found

    def _of(
        self, index: int, asked: tuple[int, k.RecordsTable], columns: frozenset[int], stay: Whereabouts | None
    ) -> OwnRecords:
        """The members of somebody's group, or of that of a stay: the same for all of it by one plan."""
        person, plan = self.people[index]
        at, table = asked
        value = self.belonging.value(index, table, None if stay is None else stay.days)
        if isinstance(value, Fault):
            wait = _unclear(table, "", value, (at, WHOLE))
            return OwnRecords(faults=(value,)) if value.code == "P581" else OwnRecords(waits=(wait,))
        key = id(plan), at, value, person.period, columns
        if key not in self._rows:
            self._rows[key] = self._gathered(plan, asked, value, person.period, columns)
        return self._rows[key]

    def _gathered(
        self,
        plan: Compiled,
        asked: tuple[int, k.RecordsTable],
        value: str,
        period: str,
        columns: frozenset[int],
    ) -> OwnRecords:
        """The members of a group, by their numbers, and who of them is waited for."""
        at, table = asked
        members = self.belonging.members(table, plan, value, period)
        if isinstance(members, Fault):
            return OwnRecords(waits=(_unclear(table, value, members, (at, WHOLE)),))
        rows: list[Row] = []
        lacking: dict[int, list[int]] = {}
        waits: list[Wait] = []
        away: list[str] = []
        for member in sorted(members, key=lambda one: natural(self.people[one.index][0].employee)):
            if member.absent:
                away.append(self.people[member.index][0].employee)
                continue
            cells: list[Cell] = [self.people[member.index][0].employee, len(rows)]
            for number, column in enumerate(table.columns[2:], 2):
                if column.positive:
                    continue
                known = self._asked(member, column.name) if number in columns else Fraction(0)
                if isinstance(known, Fraction):
                    cells.append(known.numerator)
                    cells += [known.denominator] if column.kind == "count" else []
                    continue
                cells += [None, None] if column.kind == "count" else [None]
                if known is None:
                    lacking.setdefault(number, []).append(member.index)
                else:
                    waits.append(_unclear(table, value, known, (at, number)))
            rows.append(tuple(cells))
        waits += [self._wait(table, value, (at, number), lacking[number]) for number in sorted(lacking)]
        waits += self._others(plan, asked, value, period, columns)
        others = self.belonging.alike(table, plan, value, period)
        told: dict[str, Fact] = {
            "group": table.name,
            "value": shown(value),
            "others": listed([*map(shown, others)]),
        }
        doubts = (Fault("P527", "warning", facts=told),) if others else ()
        return OwnRecords(tuple(rows), (0,) * len(table.columns), doubts, tuple(waits), tuple(away))

    def _wait(self, table: k.RecordsTable, value: str, cell: MemberCell, several: Sequence[int]) -> Wait:
        """That some members lack what stands in a column."""
        people = [self.people[index][0] for index in several]
        who = tuple(person.employee for person in people)
        return Wait(table.name, value, table.columns[cell[1]].name, who, people[0].pointer, cell)

    def _asked(self, member: Member, name: str) -> Known:
        """A fact or a figure of a member, by the plan that pays them, of the days when they are one."""
        key = member.index, name, member.days
        if key not in self._known:
            if key[:2] in self.asked or len(self.asked) == DEEPEST:
                person = self.people[member.index][0]
                facts: dict[str, Fact] = {"who": shown(person.employee), "name": name}
                return Fault("P585", pointer=person.pointer, facts=facts)
            self.asked.append(key[:2])
            self._known[key] = self._worked_out(member, name)
            self.asked.pop()
        return self._known[key]

    def _worked_out(self, member: Member, name: str) -> Known:
        person, plan = self.people[member.index]
        part = None if member.index in self.unread else self._part(plan, name)
        if part is None:
            return None
        kernel = part.kernel
        if member.moved and (undated := _undated(kernel)) is not None:
            told: dict[str, Fact] = {"who": shown(person.employee), "name": undated}
            return Fault("P586", pointer=person.pointer, facts=told)
        members = self._asking(member.index, part, Moves())
        for wait in (wait for own in members.values() for wait in own.waits):
            return wait.fault
        facts = {one: given for one, given in person.facts.items() if one in kernel.actuals}
        targets = {one: given for one, given in person.targets.items() if one in kernel.targets}
        asking = replace(person, facts=facts, targets=targets, members=members, days=member.days)
        read = read_facts(part, asking)
        if isinstance(read, tuple):
            return None
        program = read.shape.traced
        try:
            _, numbers, _ = program.run(read.inputs, read.records)
        except Undefined:
            return None
        return program.slots[id(read.shape.kernel.steps[-1].value)].read(numbers)

    def _others(
        self,
        plan: Compiled,
        asked: tuple[int, k.RecordsTable],
        value: str,
        period: str,
        columns: frozenset[int],
    ) -> Iterator[Wait]:
        """That a group waits for whose records come and who does not: they may be of it."""
        at, table = asked
        for number in sorted(columns):
            name = table.columns[number].name
            part = self._part(plan, name) if number >= OWN else None
            for source in () if part is None else _gone_over(part.kernel):
                for stranger in self._strange(plan, source, period):
                    given = stranger.employee, stranger.tables, plan, table, period
                    if value in self.belonging.places(*given):
                        fault = replace(stranger.fault, facts={**stranger.fault.facts, "group": table.name})
                        who, pointer = (stranger.employee,), str(fault.pointer)
                        yield Wait(table.name, value, name, who, pointer, (at, number), fault)

    def _strange(self, plan: Compiled, name: str, period: str) -> Sequence[Stranger]:
        """Those who have records of a period in a table, and are not there; and records of nobody."""
        key = id(plan), name, period
        when = understood_period(period)
        if key not in self._strangers and when is not None:
            table = next(one for one in plan.kernel.tables if one.name == name)
            found: list[Stranger] = []
            for tables in self.tables:
                read, pointer = tables.read(plan), f"{tables.pointer}/{escaped(name)}"
                absences = tables.absences(plan)
                for employee, own in read.owned.get(name, {}).items():
                    away = absences.of(employee, when)
                    if not isinstance(away, Fault) and wholly(away, when):
                        continue
                    if employee not in self._here and (own.faults or fall(table, own.rows, when)):
                        facts: dict[str, Fact] = {"who": shown(employee), "table": name}
                        found.append(Stranger(employee, tables, Fault("P592", pointer=pointer, facts=facts)))
                for number, row in read.stray.get(name, ()):
                    if fall(table, [row], when, unknown=True):
                        facts = {"table": name, "row": str(number + 1)}
                        fault = Fault("P591", pointer=f"{pointer}/{number}", facts=facts)
                        found.append(Stranger("", tables, fault))
            self._strangers[key] = found
        return self._strangers.get(key, ())

    def _part(self, plan: Compiled, name: str) -> Compiled | None:
        """A plan that works out a fact or a figure alone, if it has one of that name."""
        key = id(plan), name
        if key not in self._parts:
            kernel = plan.kernel
            root: k.Node | None = None
            for at, step in enumerate(kernel.steps):
                if (step.role, step.name) == ("figure", name):
                    root = k.Earlier(at, kind=step.value.kind)
            for at, entry in enumerate(kernel.inputs):
                if (entry.role, entry.name) == ("actual", name):
                    root = k.Actual(at, kind=entry.kind)
            self._parts[key] = None if root is None else Compiled(plan.checked, reduced(kernel, root))
        return self._parts[key]


def _gone_over(kernel: k.Kernel) -> list[str]:
    """The tables of people's own records that a kernel goes over."""
    nodes = (node for step in kernel.steps for node in k.walk(step.value) if isinstance(node, k.Records))
    found = dict.fromkeys(node.table for node in nodes)
    tables = [kernel.tables[at] for at in found]
    return [table.name for table in tables if not table.group and table.owner is not None]


def _unclear(table: k.RecordsTable, value: str, fault: Fault, cell: MemberCell) -> Wait:
    """That a group waits for what somebody has to make clear."""
    who, name = (str(fault.facts.get(key, "")) for key in ("who", "name"))
    return Wait(table.name, value, name, (who,), fault.pointer or "", cell, fault)


def _undated(kernel: k.Kernel) -> str | None:
    """What a value rests on that is of the whole period, and says nothing of a part of it."""
    given = (entry for entry in kernel.inputs if entry.role in {"actual", "target"})
    found = [entry.name for entry in given if entry.kind not in LASTING]
    nodes = [node for step in kernel.steps for node in k.walk(step.value)]
    tables = [kernel.tables[node.table] for node in nodes if isinstance(node, k.Records)]
    found += [table.name for table in tables if table.counts is None]
    return next(iter(found), None)
