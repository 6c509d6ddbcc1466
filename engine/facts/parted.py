"""Records that are held elsewhere than here, parted by whose they are."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence

from dsl.node import node

from ..kernel import Kernel
from .columns import Raw


@node
class PartedBy:
    """The column that says whose a record is, and the one that tells records apart, if there is one."""

    owner: str
    id: str | None = None


class Parted(Collection[Raw]):
    """Records of a table, of which those of one person can be had without the others; no two have one id."""

    by: PartedBy

    @property
    @abstractmethod
    def counts(self) -> Mapping[str | None, int]:
        """How many records are whose; None stands for nobody."""

    @property
    @abstractmethod
    def names(self) -> Collection[str]:
        """The columns that any of the records has."""

    @abstractmethod
    def of(self, who: str | None) -> Sequence[tuple[int, Raw]]:
        """The records of somebody, each with its number in the table."""


def partings(kernel: Kernel) -> Mapping[str, PartedBy]:
    """The tables of which a plan reads one person's records at a time, and how they are parted for that.

    It does not where pay hangs on others: on groups, on records that others lead to, on shares, on rates.
    """
    found: dict[str, PartedBy] = {}
    led = {cells.leads for table in kernel.tables for cells in table.columns}
    for at, table in enumerate(kernel.tables):
        linked = at in led or any(cells.leads is not None for cells in table.columns)
        if kernel.groups or linked or table.shares or table.exchanged or table.owner is None:
            continue
        owner = table.columns[table.owner]
        if owner.kind == "text" and owner.default is None:
            found[table.name] = PartedBy(
                owner.name, None if table.id is None else table.columns[table.id].name
            )
    return found
