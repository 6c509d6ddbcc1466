"""What everything in a kernel hangs on: which facts move which steps and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import kernel as k

Bits = int  # a set of variables: a bit for each input, and above them one for each attainment


@dataclass(frozen=True, slots=True)
class Hangs:
    """What every step and every line of a kernel hangs on, as sets of variables."""

    steps: list[Bits]
    lines: list[Bits]

    def of(self, root: k.Node) -> Bits:
        """What an operation hangs on."""
        found = 0
        for node in k.walk(root):
            match node:
                case k.Actual(index) | k.Own(index, _):
                    found |= 1 << index
                case k.Earlier(index):
                    found |= self.steps[index]
                case k.Paid(several):
                    for line in several:
                        found |= self.lines[line]
        return found


def hangs(kernel: k.Kernel) -> Hangs:
    """What each step and line hangs on; a step that is an attainment is a variable of its own as well."""
    found = Hangs([], [])
    for index, step in enumerate(kernel.steps):
        own = 1 << len(kernel.inputs) + index if step.role == "attainment" else 0
        found.steps.append(found.of(step.value) | own)
    for line in kernel.lines:
        found.lines.append(found.of(line.amount))
    return found


def several(bits: Bits) -> Iterator[int]:
    """The variables of a set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
