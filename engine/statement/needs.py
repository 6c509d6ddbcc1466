"""Which steps an operation hangs on, worked out once for all lines of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import kernel as k


@dataclass(frozen=True, slots=True)
class Need:
    """The steps that an operation reads, each with whether only an alternative does.

    `height` is how many alternatives are inside one another in what it hangs on; `guarded` is whether there
    is any, so that nobody can know ahead which steps are looked at.
    """

    reads: tuple[tuple[int, bool], ...]
    height: int
    guarded: bool


TOLD = Need((), 0, guarded=False)


@dataclass(slots=True)
class Needs:
    """What the operations of a kernel hang on."""

    kernel: k.Kernel
    steps: list[Need] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for step in self.kernel.steps:
            # What is printed is told of in its own line, and so is what was left for one.
            self.steps.append(TOLD if step.role in {"printed", "left"} else self.of(step.value))

    def of(self, node: k.Node) -> Need:
        """What an operation hangs on; the steps that it reads are known already."""
        reads = tuple(_reads(node))
        height = max([self.steps[index].height + only for index, only in reads], default=0)
        guarded = any(only or self.steps[index].guarded for index, only in reads)
        alternatives = guarded or any(isinstance(part, k.Choice | k.Logic) for part in k.walk(node))
        return Need(reads, height, alternatives)


def _reads(root: k.Node) -> Iterator[tuple[int, bool]]:
    waiting = [(root, False)]
    while waiting:
        node, only = waiting.pop()
        match node:
            case k.Earlier(index):
                yield index, only
            case k.Choice(test, chosen, otherwise):
                waiting += [(test, only), (chosen, True), (otherwise, True)]
            case k.Logic(_, left, right):
                waiting += [(left, only), (right, True)]
            case k.Own(_, otherwise):
                waiting.append((otherwise, True))
            case k.Piecewise(measure, pieces):
                waiting.append((measure, only))
                for piece in pieces:
                    bounds = [] if piece.bound is None else [piece.bound]
                    waiting += [(part, True) for part in (*bounds, piece.slope, piece.constant)]
            case _:
                waiting += [(operand, only) for operand in k.operands(node)]
