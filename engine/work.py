"""How much work is asked for, counted ahead: the same count on every machine and on every day.

It is counted in operations of a plan, as code for amounts does them for one person. What else is done is
counted as so many of these as take as long.
"""

from __future__ import annotations

from dsl.faults import Fault

from .compile import Compiled

READ = 8  # of an operation that hangs on facts, for somebody whose facts are read for it
TOLD = 30  # for somebody who is paid with a trace and told why
MADE = 1_500  # of any operation, for a plan that is written down, read, checked and compiled

MOST = 250_000_000  # of one request
TRIED = MOST // 2  # of these for the plans that lie between two


def recording(records: int, *plans: Compiled) -> int:
    """Records read for each of some plans, and gone through by its figures."""
    return records * READ * sum(plan.kernel.live for plan in plans)


def paying(people: int, *plans: Compiled) -> int:
    """People paid by each of some plans and told why."""
    return people * TOLD * sum(plan.kernel.live for plan in plans)


def reckoning(people: int, compiled: Compiled) -> int:
    """People paid by a plan whose facts are read, and who are not told why."""
    return people * READ * compiled.kernel.live


def trying(people: int, *plans: Compiled) -> int:
    """A plan made that is as long as some together, and people paid by it whose facts are read."""
    return sum(plan.kernel.size * MADE + plan.kernel.live * people for plan in plans)


def comparing(people: int, old: Compiled, new: Compiled, changes: int) -> int:
    """People paid by two plans and by those between, as few of these as tell so many changes apart."""
    return paying(people, old, new) + 2 * changes * trying(people, old, new)


def simulating(people: int, compiled: Compiled, against: Compiled | None, numbers: int) -> int:
    """People paid by a plan, by another, and by a plan for each of so many numbers that are a little more."""
    held = 0 if against is None else reckoning(people, against)
    return paying(people, compiled) + held + numbers * trying(people, compiled)


def excess(work: int, people: int, pointer: str) -> Fault | None:
    """The fault of a request for more work than is done for one."""
    if work <= MOST:
        return None
    facts = {"work": str(work), "most": str(MOST), "people": str(people), "times": str(-(-work // MOST))}
    return Fault("P525", pointer=pointer, facts=facts)
