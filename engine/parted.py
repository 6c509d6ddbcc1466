"""A plan for whoever moves between groups: what is paid by the days in each of them, reckoned for each.

A clause says it for one group. Of somebody who is in several within the period, each step that hangs on the
members of a group is there once for each stay, over the members of the group that they are in meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from . import kernel as k
from .specialise import changed, rebuilt, trimmed


@dataclass(slots=True)
class _Copy:
    """The steps, tables and inputs of one stay, by the numbers of those that they stand for."""

    steps: dict[int, int] = field(default_factory=dict)
    tables: dict[int, int] = field(default_factory=dict)
    inputs: dict[int, int] = field(default_factory=dict)
    done: dict[int, k.Node] = field(default_factory=dict)

    def of(self, node: k.Node) -> k.Node:
        """An operation with all in it, of the stay."""
        return rebuilt(node, self._moved, self.done)

    def _moved(self, node: k.Node) -> k.Node:
        match node:
            case k.Earlier(index):
                return replace(node, index=self.steps[index])
            case k.Actual(index):
                return replace(node, index=self.inputs.get(index, index))
            case k.Records(table=table) | k.Column(table):
                return replace(node, table=self.tables.get(table, table))
            case _:
                return node


def parted(kernel: k.Kernel, counts: Mapping[str, int]) -> k.Kernel:
    """The kernel of somebody who is in so many groups of each sort for a part of the period.

    Of a sort that is not among them they are in one for all of it, and the clause does nothing.
    """
    return _Parting(kernel, counts).made() if kernel.stays else kernel


class _Parting:
    """A kernel on its way to that of somebody who moves."""

    def __init__(self, kernel: k.Kernel, counts: Mapping[str, int]) -> None:
        self.kernel, self.counts = kernel, counts
        self.inputs, self.tables, self.steps = [*kernel.inputs], [*kernel.tables], list[k.Step]()
        # Whom somebody leads hangs on no group that they are in.
        self.groups = [at for at, table in enumerate(kernel.tables) if table.group and not table.led]
        self.hanging: set[int] = set()
        self.plain = _Copy()
        stays = [(group, number) for group, count in counts.items() for number in range(1, count + 1)]
        self.copies = {stay: self._copy(stay) for stay in stays}

    def _copy(self, stay: tuple[str, int]) -> _Copy:
        """The groups of a stay, and which of their members somebody is."""
        made, places = _Copy(), dict[str, str]()
        for at in self.groups:
            table = replace(self.kernel.tables[at], stay=stay)
            made.tables[at] = len(self.tables)
            self.tables.append(table)
            places[k.PLACE + table.name] = k.PLACE + table.key
        for at, entry in enumerate(self.kernel.inputs):
            if entry.role == "period" and entry.name in places:
                made.inputs[at] = self._input(replace(entry, name=places[entry.name]))
        return made

    def _input(self, entry: k.Input) -> int:
        self.inputs.append(entry)
        return len(self.inputs) - 1

    def made(self) -> k.Kernel:
        """The kernel, without what nobody of the sort needs."""
        for at, step in enumerate(self.kernel.steps):
            if isinstance(step.made, k.Stayed):
                self._stayed(at, step, step.made)
                continue
            self._add(at, step, self.plain)
            hangs = any(map(self._hangs, k.walk(step.value)))
            if hangs:
                self.hanging.add(at)
            for copy in self.copies.values():
                if hangs:
                    self._add(at, step, copy)
                else:
                    copy.steps[at] = self.plain.steps[at]
        kernel, plain = self.kernel, self.plain
        lines = [replace(changed(line, plain.of), attainment=self._attained(line)) for line in kernel.lines]
        moved = replace(
            kernel,
            inputs=tuple(self.inputs),
            tables=tuple(self.tables),
            steps=tuple(self.steps),
            lines=tuple(lines),
            results=tuple(plain.steps[at] for at in kernel.results),
        )
        return trimmed(moved, {at: at for at in range(len(lines))})

    def _add(self, at: int, step: k.Step, copy: _Copy) -> None:
        copy.steps[at] = len(self.steps)
        self.steps.append(changed(step, copy.of))

    def _hangs(self, node: k.Node) -> bool:
        """Whether an operation is another in another group."""
        match node:
            case k.Earlier(index):
                return index in self.hanging
            case k.Records(table=table):
                return table in self.groups
            case _:
                return False

    def _stayed(self, at: int, step: k.Step, made: k.Stayed) -> None:
        """The step of a clause: what it is of, or what the stays come to, each by its days."""
        place, whole = step.value.place, self.plain.of(made.whole)
        numbers = range(1, self.counts.get(made.group, 0) + 1)
        stays = tuple(self._stay(made.group, made.stays[0], number) for number in numbers)
        if stays:
            parts = [k.Arithmetic("*", one.base, one.days, kind="money", place=place) for one in stays]
            sum_ = reduce(lambda one, other: k.Arithmetic("+", one, other, kind="money", place=place), parts)
            value = k.Arithmetic("/", sum_, whole, kind="money", place=place)
            self.plain.steps[at] = len(self.steps)
            self.steps.append(
                replace(step, value=value, made=k.Stayed(stays[0].base, made.group, stays, whole))
            )
        else:
            assert isinstance(made.base, k.Earlier)
            self.plain.steps[at] = self.plain.steps[made.base.index]
        for copy in self.copies.values():
            copy.steps[at] = self.plain.steps[at]

    def _stay(self, group: str, stay: k.StayPay, number: int) -> k.StayPay:
        assert isinstance(stay.days, k.Actual)
        entry = self.kernel.inputs[stay.days.index]
        index = self._input(replace(entry, name=k.stayed(entry.name, group, number)))
        return k.StayPay(self.copies[group, number].of(stay.base), replace(stay.days, index=index))

    def _attained(self, line: k.PayLine) -> int | None:
        """The attainment of a KPI; none where it is another in each of several groups."""
        at, node = line.attainment, line.reckoned
        if at is None or at not in self.hanging:
            return None if at is None else self.plain.steps[at]
        while isinstance(node, k.Earlier) and (made := self.kernel.steps[node.index].made) is not None:
            if isinstance(made, k.Stayed) and (count := self.counts.get(made.group, 0)):
                return self.copies[made.group, 1].steps[at] if count == 1 else None
            node = made.base
        return self.plain.steps[at]
