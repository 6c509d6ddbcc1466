"""Groups of people: what a plan asks of each member, worked out before anybody of the group is paid.

It is asked of facts and of figures, never of pay, so nobody waits for somebody's pay. A member who lacks a
fact blocks what is asked of it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dsl.faults import Fact, Fault

from . import kernel as k
from .compile import Compiled
from .facts import Person, read_facts
from .facts.records import OwnRecords, Row, natural
from .facts.values import escaped, shown
from .integers.executable import Undefined
from .specialise import reduced

TOLD = 3  # members who are named where several are waited for
Member = tuple[Person, Compiled]
Known = Fraction | tuple[Fault, ...]  # or what stands in its way


@dataclass(slots=True)
class Teams:
    """People who are paid together, each with their plan; what is asked of one is worked out once."""

    people: Sequence[Member]
    _parts: dict[tuple[int, str], Compiled | None] = field(default_factory=dict)
    _known: dict[tuple[int, str], Known] = field(default_factory=dict)
    _teams: dict[str, dict[tuple[str, str], list[int]]] = field(default_factory=dict)
    _rows: dict[tuple[int, str, str, str], OwnRecords] = field(default_factory=dict)

    def members(self, index: int) -> Mapping[str, OwnRecords]:
        """For each group of a person's plan its members, each with what the plan asks of them."""
        person, plan = self.people[index]
        groups = [table for table in plan.kernel.tables if table.group]
        return {table.name: self._of(person, plan, table) for table in groups}

    def _of(self, person: Person, plan: Compiled, table: k.RecordsTable) -> OwnRecords:
        """The members of somebody's group: the same for all who are in it by one plan."""
        value = person.facts.get(table.name)
        if not isinstance(value, str) or not value.strip():
            where = f"{person.pointer}/facts/{escaped(table.name)}"
            return OwnRecords(faults=(Fault("P581", pointer=where, facts={"name": table.name}),))
        key = id(plan), table.name, value.strip(), person.period
        if key not in self._rows:
            self._rows[key] = self._gathered(table, value.strip(), person.period)
        return self._rows[key]

    def _gathered(self, table: k.RecordsTable, value: str, period: str) -> OwnRecords:
        """The members of a group, by their numbers, and who of them is waited for."""
        rows: list[Row] = []
        faults: list[Fault] = []
        team = self._team(table.name)[value, period]
        for index in sorted(team, key=lambda index: natural(self.people[index][0].employee)):
            row = self._row(index, table, faults, value)
            if row is not None:
                rows.append((self.people[index][0].employee, len(rows), *row))
        return OwnRecords(tuple(rows), (0,) * len(table.columns), tuple(faults[:TOLD]))

    def _team(self, group: str) -> Mapping[tuple[str, str], list[int]]:
        """The members of each group of a sort, in each period."""
        if group not in self._teams:
            teams = self._teams[group] = {}
            for index, (person, _) in enumerate(self.people):
                value = person.facts.get(group)
                if isinstance(value, str):
                    teams.setdefault((value.strip(), person.period), []).append(index)
        return self._teams[group]

    def _row(self, index: int, table: k.RecordsTable, faults: list[Fault], value: str) -> Row | None:
        """What is asked of a member; nothing where something is missing."""
        person = self.people[index][0]
        cells: list[int | str | None] = []
        for column in table.columns[2:]:
            if column.positive:
                continue
            known = self._asked(index, column.name)
            if isinstance(known, tuple):
                facts: dict[str, Fact] = {
                    "group": table.name,
                    "value": shown(value),
                    "who": shown(person.employee),
                    "name": column.name,
                }
                faults.append(Fault("P582", pointer=person.pointer, facts=facts))
                return None
            cells.append(known.numerator)
            if column.kind == "count":
                cells.append(known.denominator)
        return tuple(cells)

    def _asked(self, index: int, name: str) -> Known:
        """A fact or a figure of a member, by the plan that they are paid by."""
        if (index, name) not in self._known:
            self._known[index, name] = self._worked_out(index, name)
        return self._known[index, name]

    def _worked_out(self, index: int, name: str) -> Known:
        person, plan = self.people[index]
        part = self._part(plan, name)
        if part is None:
            return ()
        kernel = part.kernel
        facts = {one: given for one, given in person.facts.items() if one in kernel.actuals}
        targets = {one: given for one, given in person.targets.items() if one in kernel.targets}
        # Nothing that is asked of a member hangs on a group.
        nobody = {group: OwnRecords() for group in kernel.groups}
        read = read_facts(part, replace(person, facts=facts, targets=targets, drawn={}, members=nobody))
        if isinstance(read, tuple):
            return read
        program = read.shape.traced
        try:
            _, numbers, _ = program.run(read.inputs, read.records)
        except Undefined:
            return ()
        value = program.slots[id(read.shape.kernel.steps[-1].value)].read(numbers)
        return () if value is None else value

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
