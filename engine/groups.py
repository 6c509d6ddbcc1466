"""Groups of people: what a plan asks of each member, worked out before anybody of the group is paid.

It is asked of facts and of figures, never of pay, so nobody waits for somebody's pay. A member who lacks a
fact blocks the lines of pay that hang on it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dsl.faults import Fault

from . import kernel as k
from .compile import Compiled
from .facts import Person, read_facts
from .facts.records import Cell, OwnRecords, Row, Wait, natural
from .facts.values import escaped
from .integers.executable import Undefined
from .specialise import reduced
from .waiting import MemberCell

Member = tuple[Person, Compiled]


@dataclass(slots=True)
class Teams:
    """People who are paid together, each with their plan; what is asked of one is worked out once."""

    people: Sequence[Member]
    _parts: dict[tuple[int, str], Compiled | None] = field(default_factory=dict)
    _known: dict[tuple[int, str], Fraction | None] = field(default_factory=dict)
    _teams: dict[str, dict[tuple[str, str], list[int]]] = field(default_factory=dict)
    _rows: dict[tuple[int, str, str, str], OwnRecords] = field(default_factory=dict)

    def members(self, index: int) -> Mapping[str, OwnRecords]:
        """For each group of a person's plan its members, each with what the plan asks of them."""
        person, plan = self.people[index]
        groups = [at for at, table in enumerate(plan.kernel.tables) if table.group]
        return {plan.kernel.tables[at].name: self._of(person, plan, at) for at in groups}

    def _of(self, person: Person, plan: Compiled, at: int) -> OwnRecords:
        """The members of somebody's group: the same for all who are in it by one plan."""
        table = plan.kernel.tables[at]
        value = person.facts.get(table.name)
        if not isinstance(value, str) or not value.strip():
            where = f"{person.pointer}/facts/{escaped(table.name)}"
            return OwnRecords(faults=(Fault("P581", pointer=where, facts={"name": table.name}),))
        key = id(plan), table.name, value.strip(), person.period
        if key not in self._rows:
            self._rows[key] = self._gathered(table, at, value.strip(), person.period)
        return self._rows[key]

    def _gathered(self, table: k.RecordsTable, at: int, value: str, period: str) -> OwnRecords:
        """The members of a group, by their numbers, and who of them is waited for."""
        team = self._team(table.name)[value, period]
        team = sorted(team, key=lambda index: natural(self.people[index][0].employee))
        rows: list[Row] = []
        lacking: dict[int, list[int]] = {}
        for place, index in enumerate(team):
            cells: list[Cell] = [self.people[index][0].employee, place]
            for number, column in enumerate(table.columns[2:], 2):
                known = None if column.positive else self._asked(index, column.name)
                if known is not None:
                    cells.append(known.numerator)
                    cells += [known.denominator] if column.kind == "count" else []
                elif not column.positive:
                    lacking.setdefault(number, []).append(index)
                    cells += [None, None] if column.kind == "count" else [None]
            rows.append(tuple(cells))
        waits = tuple(self._wait(table, value, (at, number), lacking[number]) for number in sorted(lacking))
        return OwnRecords(tuple(rows), (0,) * len(table.columns), waits=waits)

    def _wait(self, table: k.RecordsTable, value: str, cell: MemberCell, several: Sequence[int]) -> Wait:
        """That some members lack what stands in a column."""
        people = [self.people[index][0] for index in several]
        who = tuple(person.employee for person in people)
        return Wait(table.name, value, table.columns[cell[1]].name, who, people[0].pointer, cell)

    def _team(self, group: str) -> Mapping[tuple[str, str], list[int]]:
        """The members of each group of a sort, in each period."""
        if group not in self._teams:
            teams = self._teams[group] = {}
            for index, (person, _) in enumerate(self.people):
                value = person.facts.get(group)
                if isinstance(value, str):
                    teams.setdefault((value.strip(), person.period), []).append(index)
        return self._teams[group]

    def _asked(self, index: int, name: str) -> Fraction | None:
        """A fact or a figure of a member, by the plan that pays them; None where it is not to be had."""
        if (index, name) not in self._known:
            self._known[index, name] = self._worked_out(index, name)
        return self._known[index, name]

    def _worked_out(self, index: int, name: str) -> Fraction | None:
        person, plan = self.people[index]
        part = self._part(plan, name)
        if part is None:
            return None
        kernel = part.kernel
        facts = {one: given for one, given in person.facts.items() if one in kernel.actuals}
        targets = {one: given for one, given in person.targets.items() if one in kernel.targets}
        # Nothing that is asked of a member hangs on a group.
        nobody = {group: OwnRecords() for group in kernel.groups}
        read = read_facts(part, replace(person, facts=facts, targets=targets, drawn={}, members=nobody))
        if isinstance(read, tuple):
            return None
        program = read.shape.traced
        try:
            _, numbers, _ = program.run(read.inputs, read.records)
        except Undefined:
            return None
        return program.slots[id(read.shape.kernel.steps[-1].value)].read(numbers)

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
