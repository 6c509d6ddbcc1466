"""The meaning of a whole plan, with its digest."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dsl.words import Law

from .form import form, of_input, of_table
from .inputs import Input, RecordsTable
from .made import Proportion, Stayed
from .operations import Actual, Column, Constant, Earlier, Node, Own, Records
from .steps import PayLine, Role, Step
from .within import inward, walk

FORMAT = 1  # of the canonical form: changes when the same meaning would be written down differently


@dataclass(frozen=True)
class Kernel:
    """The meaning of a plan. Texts of the same meaning have the same digest, whatever their language.

    `results` are the figures that go out with the pay and are paid to nobody, by the indices of their steps.
    """

    version: str
    currency: str
    digits: int
    effect: datetime.date | None
    law: Law | None
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    lines: tuple[PayLine, ...]
    tables: tuple[RecordsTable, ...] = ()
    results: tuple[int, ...] = ()

    @cached_property
    def actuals(self) -> Mapping[str, Input]:
        """The facts that it reads, by name."""
        return {entry.name: entry for entry in self.inputs if entry.role == "actual"}

    @cached_property
    def balances(self) -> frozenset[str]:
        """The names of what one period leaves to the next."""
        return frozenset(entry.name for entry in self.inputs if entry.opens is not None)

    @cached_property
    def targets(self) -> Mapping[str, Input]:
        """The targets of people's own that it reads, by name."""
        return {entry.name: entry for entry in self.inputs if entry.role == "target"}

    @cached_property
    def groups(self) -> frozenset[str]:
        """The names of the groups that it reckons with."""
        return frozenset(table.name for table in self.tables if table.group)

    @cached_property
    def belonging(self) -> frozenset[str]:
        """The names of the facts that tell who belongs to which group."""
        return frozenset(table.told for table in self.tables if table.group)

    @cached_property
    def brought(self) -> frozenset[str]:
        """The names of the tables that can come with the facts: of records, and of who belongs to what."""
        return self.belonging.union(table.name for table in self.sent)

    @cached_property
    def read_of(self) -> Mapping[int, frozenset[int]]:
        """The tables that are gone over, each with its columns that are read."""
        found: dict[int, set[int]] = {}
        for root in roots(self):
            for one in inward(root):
                if isinstance(one, Records):
                    found.setdefault(one.table, set())
                elif isinstance(one, Column):
                    found.setdefault(one.table, set()).add(one.index)
        return {table: frozenset(columns) for table, columns in found.items()}

    @cached_property
    def sent(self) -> tuple[RecordsTable, ...]:
        """The tables that come with the facts; those of groups are made of people."""
        return tuple(table for table in self.tables if not table.group)

    @cached_property
    def stays(self) -> Mapping[str, frozenset[str]]:
        """The groups by whose days it pays, each with what these are counted by: `days`, `workdays`."""
        found: dict[str, set[str]] = {}
        for step in self.steps:
            if isinstance(step.made, Stayed) and isinstance(step.made.whole, Actual):
                found.setdefault(step.made.group, set()).add(self.inputs[step.made.whole.index].name)
        return {group: frozenset(units) for group, units in found.items()}

    @property
    def crossing(self) -> bool:
        """Whether pay hangs on who else is paid in the same call, or for which other periods."""
        return bool(self.groups) or any(table.late == "on_arrival" for table in self.tables)

    @cached_property
    def sourced(self) -> bool:
        """Whether it says of anything from which sources it may come."""
        asked = (*(entry.sources for entry in self.inputs), *(table.sources for table in self.tables))
        return any(asked)

    @cached_property
    def size(self) -> int:
        """How many operations there are."""
        return sum(len(inward(root)) for root in roots(self))

    @cached_property
    def live(self) -> int:
        """How many facts it reads, and operations there are that hang on them: the rows of a table do not."""
        found = (not isinstance(node, Constant) for root in roots(self) for node in inward(root))
        return len(self.inputs) + sum(found)

    @cached_property
    def doubtful(self) -> Sequence[Step]:
        """The steps that may come to what nobody means: attainments, and parts of a whole."""
        return [step for step in self.steps if step.role == "attainment" or isinstance(step.made, Proportion)]

    @cached_property
    def canonical(self) -> str:
        """The canonical JSON: no places, no labels, no words of any human language but the author's names."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def roots(kernel: Kernel) -> Iterator[Node]:
    """The value of each step, and then the amount of each line."""
    yield from (step.value for step in kernel.steps)
    yield from (line.amount for line in kernel.lines)


def behind(kernel: Kernel, node: Node) -> Node:
    """What a value is worked out from behind the steps that only hand it on, where nobody says what it is."""
    while isinstance(node, Earlier | Own):
        node = kernel.steps[node.index].value if isinstance(node, Earlier) else node.otherwise
    return node


def needed(
    kernel: Kernel, roots: Iterable[Node], beside: Collection[Role] = (), seen: set[int] | None = None
) -> Iterator[Node]:
    """Operations with all under them, and then those of the steps that they need, each step once.

    Steps of the roles `beside` are not gone into, nor those that are `seen`.
    """
    waiting = [*roots]
    seen = set() if seen is None else seen
    while waiting:
        for one in walk(waiting.pop()):
            yield one
            if isinstance(one, Earlier) and one.index not in seen:
                seen.add(one.index)
                if kernel.steps[one.index].role not in beside:
                    waiting.append(kernel.steps[one.index].value)


def _plain(kernel: Kernel) -> Mapping[str, object]:
    return {
        "format": FORMAT,
        "version": kernel.version,
        "currency": kernel.currency,
        "digits": kernel.digits,
        "effect": kernel.effect.isoformat() if kernel.effect else None,
        **({} if kernel.law is None else {"law": kernel.law}),
        "inputs": [of_input(entry) for entry in kernel.inputs],
        **({"tables": [of_table(table) for table in kernel.tables]} if kernel.tables else {}),
        "steps": [{"role": step.role, "name": step.name, "value": form(step.value)} for step in kernel.steps],
        # Only where there are any, so that a plan without keeps the digest that it has.
        **({"results": kernel.results} if kernel.results else {}),
        "lines": [
            {
                "name": line.name,
                "kind": line.kind,
                "of": line.of,
                "amount": form(line.amount),
                "attainment": line.attainment,
                "applies": None if line.applies is None else form(line.applies),
            }
            for line in kernel.lines
        ],
    }
