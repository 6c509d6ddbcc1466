"""Tables of records as they came, of one person or of a company, read once for each plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from dsl.faults import Fact, Fault

from ..compile import Compiled
from ..kernel import RecordsTable
from .records import OwnRecords, Raw, Tables, read_tables
from .values import escaped, listed, shown

TOLD = 5  # people who are named where many are meant


class SentTables:
    """The tables that came for a company, or for one person alone, by the names that the plans have for them.

    `pointer` is where they stand in the document that they came in.
    """

    def __init__(
        self, raw: Mapping[str, Sequence[Raw]], *, alone: str | None = None, pointer: str = "/tables"
    ) -> None:
        self.raw, self.alone, self.pointer = raw, alone, pointer
        self._read: dict[
            int, tuple[Compiled, Tables]
        ] = {}  # with the plan, so that its identity stays its own

    def read(self, compiled: Compiled) -> Tables:
        """The tables as a plan reads them."""
        if id(compiled) not in self._read:
            self._read[id(compiled)] = compiled, read_tables(compiled, self.raw, self.pointer)
        return self._read[id(compiled)][1]

    def of(self, compiled: Compiled, employee: str) -> Mapping[str, OwnRecords]:
        """The records of a person, of each table that came."""
        return {name: own for name, own in self.read(compiled).of(employee).items() if name in self.raw}

    def about(self, compiled: Compiled) -> Iterator[Fault]:
        """What is to be said of tables that are of one person alone."""
        if self.alone is not None:
            read = self.read(compiled)
            yield from read.faults
            for table in compiled.kernel.tables:
                yield from self._strange(table, read, self.alone)

    def _strange(self, table: RecordsTable, read: Tables, alone: str) -> Iterator[Fault]:
        """The fault of records of somebody else; of those who stand in many the first is told."""
        told: set[str] = set()
        for at, whose in enumerate(read.whose.get(table.name, ())):
            if whose is not None and whose not in {alone, *told} and len(told) < TOLD:
                told.add(whose)
                facts: dict[str, Fact] = {
                    "table": table.name,
                    "other": shown(whose),
                    "employee": shown(alone),
                }
                yield Fault("P555", pointer=f"{self.pointer}/{escaped(table.name)}/{at}", facts=facts)

    def elsewhere(self, compiled: Compiled, employees: Collection[str]) -> Iterator[Fault]:
        """What is to be said of tables of a company as a whole, of which these people are paid."""
        read = self.read(compiled)
        yield from read.faults
        for table in compiled.kernel.tables:
            others = Counter(
                whose
                for whose in read.whose.get(table.name, ())
                if whose is not None and whose not in employees
            )
            if others:
                facts: dict[str, Fact] = {
                    "table": table.name,
                    "rows": str(others.total()),
                    "people": str(len(others)),
                    "names": listed([shown(whose) for whose, _ in others.most_common(TOLD)]),
                }
                yield Fault("P556", "notice", pointer=f"{self.pointer}/{escaped(table.name)}", facts=facts)


def absent(tables: Sequence[RecordsTable], sent: Collection[str], pointer: str) -> Iterator[Fault]:
    """A fault for each table that a plan reads and nobody sent."""
    for table in tables:
        if table.name not in sent:
            facts: dict[str, Fact] = {
                "table": table.name,
                "columns": listed([cells.name for cells in table.columns if cells.via is None]),
            }
            yield Fault("P553", pointer=pointer, facts=facts)
