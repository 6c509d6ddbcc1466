"""A plan for people whose groups wait for somebody: what is left of it, and the lines that stay open.

A line hangs on facts of others, never on their pay: a colleague who lacks calls leaves open what is paid for
the calls of a team, and nothing that is paid for its revenue.
"""

from __future__ import annotations

from dataclasses import replace

from dsl.node import node

from . import kernel as k
from .specialise import numbered, trimmed

MemberCell = tuple[int, int]  # a group among the tables of a kernel, and a column of what is asked of members
DATED = -1  # in the place of a group: an input that tells of days, by its number, which nobody can tell
WHOLE = 0  # the column of who the members are, on which all that is said of a group hangs


@node
class Open:
    """A line of pay, or the step of a result, that cannot be reckoned yet, and the cells it waits for."""

    line: k.PayLine | k.Step
    cells: frozenset[MemberCell]


def without(kernel: k.Kernel, lacking: frozenset[MemberCell]) -> tuple[k.Kernel, tuple[Open, ...]]:
    """The kernel without the lines and results that hang on cells which are lacking, and these.

    A cap of several lines holds what is paid of them already, so that what follows never makes it too much;
    where the cap itself waits they wait with it. A floor and a rounding wait for all that they are of.
    """
    steps: list[frozenset[MemberCell]] = []
    lines = [frozenset[MemberCell]()] * len(kernel.lines)

    def asked(root: k.Node, *, paid: bool) -> frozenset[MemberCell]:
        found: set[MemberCell] = set()
        for one in k.inward(root):
            match one:
                case k.Column(table, index) if (table, index) in lacking:
                    found.add((table, index))
                case k.Records(_, table) if (table, WHOLE) in lacking:
                    found.add((table, WHOLE))
                case k.Actual(index) if (DATED, index) in lacking:
                    found.add((DATED, index))
                case k.Earlier(index):
                    found |= steps[index]
                case k.Paid(several) if paid:
                    found.update(*(lines[index] for index in several))
                case _:
                    pass
        return frozenset(found)

    for step in kernel.steps:
        steps.append(asked(step.value, paid=True))
    for at, line in enumerate(kernel.lines):
        # What is attained is told of a line, even where a gate that is shut leaves nothing to pay by it.
        lines[at] |= frozenset() if line.attainment is None else steps[line.attainment]
        lines[at] |= frozenset() if line.applies is None else asked(line.applies, paid=True)
    before = None
    while before != lines:
        before = [*lines]
        for at, line in enumerate(kernel.lines):
            capping = line.kind == "cap"
            lines[at] |= asked(line.amount, paid=not capping)
            for one in k.inward(line.amount) if capping else ():
                for index in one.lines if isinstance(one, k.Paid) else ():
                    lines[index] |= lines[at]
    kept = numbered(at for at, cells in enumerate(lines) if not cells)
    left = replace(
        kernel,
        lines=tuple(kernel.lines[at] for at in kept),
        results=tuple(at for at in kernel.results if not steps[at]),
    )
    waiting = [Open(line, cells) for line, cells in zip(kernel.lines, lines, strict=True) if cells]
    waiting += [Open(kernel.steps[at], steps[at]) for at in kernel.results if steps[at]]
    return trimmed(left, kept), tuple(waiting)
