"""Somebody who explains one line of pay: what was told already, and what has to be told before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import kernel as k
from ..program import Numbers
from . import condition, formula, steps
from .closing import Amount, Reasons, Telling, Told, tells
from .show import Test
from .speech import Part, Sentences, Speaker

DEEP = 20  # alternatives inside alternatives, each in a step of its own, that are told one by one


@dataclass(slots=True)
class Teller:
    """What is said of one line, in the making.

    A step is told once, before what is first computed from it, and only where it was looked at: where nobody
    can know ahead (`guarded`), each telling asks whether another was faster. `nothing` says that there is no
    amount.
    """

    speaker: Speaker
    name: str
    nothing: str
    guarded: bool
    seen: set[int] = field(default_factory=set)
    contents: dict[int, list[Sentences]] = field(default_factory=dict)
    heights: list[int] = field(default_factory=list)

    def formula(self, node: k.Node) -> formula.Formula:
        """A formula of the author's in numbers."""
        return formula.spelt(self, node)

    def explained(self, node: k.Node, lead: Part) -> Telling:
        """How a number comes about, after some words about what it is."""
        return formula.explained(self, node, lead)

    def told(self, node: k.Node) -> Sentences:
        """How a part of a formula comes about, in a sentence of its own."""
        return tells(self.explained(node, self.quoted(node)))

    def quoted(self, node: k.Node) -> str:
        """The author's words before what is said of them."""
        return f"`{self.speaker.quoted(node.place)}`: "

    def reasons(self, node: k.Node) -> Reasons:
        """Why a condition holds, or does not."""
        return condition.reasons(self, node)

    def aim(self, name: str) -> str:
        """What to call a KPI's target: by the KPI's name where it is not the one that is paid for."""
        words = self.speaker.words
        return words["aim"] if name == self.name else words["aim_of"].format(label=self.speaker.label(name))

    def mention(self, index: int) -> list[Sentences]:
        """What has to be told of a step before its value is used."""
        found: list[Sentences] = []
        for needed in self._needed(index):
            if self.guarded:
                found.append(self._once(needed))
            elif needed not in self.seen:
                self.seen.add(needed)
                found += steps.told(self, needed)
        return found

    def tell(self, index: int, telling: Telling) -> Telling:
        """A reckoning that tells of a step in words of its own, so that it is not told again."""
        self.seen.add(index)
        before = [sentences for one in self._needed(index) if one != index for sentences in self.mention(one)]

        def tell(numbers: Numbers, out: list[str], amount: Amount | None) -> None:
            assert isinstance(out, Told)
            for sentences in before:
                sentences(numbers, out)
            out.steps |= {index}
            telling(numbers, out, amount)

        return tell

    def _once(self, index: int) -> Sentences:
        # Too deep inside alternatives, steps are told that may not have been looked at.
        computed = self._computed(index) if self._height(index) > DEEP else None

        def tell(numbers: Numbers, out: list[str]) -> None:
            assert isinstance(out, Told)
            if index in out.steps or (computed is not None and not computed(numbers)):
                return
            out.steps |= {index}
            if index not in self.contents:
                self.contents[index] = steps.told(self, index)
            for sentences in self.contents[index]:
                sentences(numbers, out)

        return tell

    def _computed(self, index: int) -> Test:
        value = self.speaker.kernel.steps[index].value
        if value.kind == "yes_no":
            truth = self.speaker.truth(value)
            return lambda numbers: truth(numbers) is not None
        slot = self.speaker.program.slots[id(value)]
        return lambda numbers: slot.read(numbers) is not None

    def _needed(self, index: int) -> list[int]:
        """A step and those that it always hangs on, each after what it hangs on.

        They are told one after another and not from within one another, since a plan may chain more of them
        than Python nests calls; where too many alternatives are inside one another, so are all of these.
        """
        kernel = self.speaker.kernel
        found: set[int] = {index}
        waiting = [index]
        while waiting:
            step = waiting.pop()
            deep = self._height(step) > DEEP
            for read, guarded_ in _reads(kernel.steps[step].value):
                if read not in found and (deep or not guarded_):
                    found.add(read)
                    waiting.append(read)
        return sorted(found)

    def _height(self, index: int) -> int:
        """How many alternatives are inside one another in what a step hangs on."""
        kernel = self.speaker.kernel
        for step in range(len(self.heights), index + 1):
            reads = [self.heights[read] + guarded_ for read, guarded_ in _reads(kernel.steps[step].value)]
            self.heights.append(max(reads, default=0))
        return self.heights[index]


def guarded(kernel: k.Kernel, line: k.Line) -> bool:
    """Whether some steps of a line are looked at only where some alternative is taken."""
    seen: set[int] = set()
    waiting: list[k.Node] = [line.amount]
    while waiting:
        node = waiting.pop()
        if any(isinstance(part, k.Choice | k.Logic) for part in k.walk(node)):
            return True
        for index, only in _reads(node):
            if only:
                return True
            if index not in seen:
                seen.add(index)
                waiting.append(kernel.steps[index].value)
    return False


def _reads(root: k.Node) -> Iterator[tuple[int, bool]]:
    """The steps that an operation reads, each with whether only an alternative does."""
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
            case k.Curve(measure, pieces):
                waiting.append((measure, only))
                for piece in pieces:
                    bounds = [] if piece.bound is None else [piece.bound]
                    waiting += [(part, True) for part in (*bounds, piece.slope, piece.constant)]
            case _:
                waiting += [(operand, only) for operand in k.operands(node)]
