"""Somebody who explains one line of pay: what was told already, and what has to be told before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dsl.place import Place

from .. import kernel as k
from ..integers.executable import Numbers
from .closing import Reasons, Told
from .show import Test
from .speech import Amount, Part, Sentences, Speaker, Telling

DEEP = 20  # alternatives inside alternatives, each in a step of its own, that are told one by one


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
        for index, step in enumerate(self.kernel.steps):
            # What is printed is told of in its own line, and so are results and what was left for one.
            apart = step.role in {"printed", "left", "section", "together"} or index in self.kernel.results
            self.steps.append(TOLD if apart else self.of(step.value))

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
        if isinstance(node, k.Earlier):
            yield node.index, only
        # Of a curve only the piece that was reached is told.
        looked = {
            id(part) for part in ((node.measure,) if isinstance(node, k.Piecewise) else k.certain(node))
        }
        waiting += [(part, only or id(part) not in looked) for part in k.operands(node)]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a number comes about, why a condition holds, what is said of a step.

    Each tells of its parts by the teller that it is handed.
    """

    number: Callable[[Teller, k.Node, Part], Telling]
    condition: Callable[[Teller, k.Node], Reasons]
    step: Callable[[Teller, int], list[Sentences]]


@dataclass(slots=True)
class Teller:
    """What is said of one line, in the making.

    A step is told once, before what is first computed from it, and only where it was looked at: where nobody
    can know ahead (`guarded`), each telling asks whether another was faster. `nothing` says that there is no
    amount.
    """

    speaker: Speaker
    ways: Ways
    needs: Needs
    name: str
    nothing: str
    guarded: bool
    seen: set[int] = field(default_factory=set)
    contents: dict[int, list[Sentences]] = field(default_factory=dict)
    computed: dict[int, Test] = field(default_factory=dict)

    def explained(self, node: k.Node, lead: Part) -> Telling:
        """How a number comes about, after some words about what it is."""
        return self.ways.number(self, node, lead)

    def told(self, node: k.Node) -> Sentences:
        """How a part of a formula comes about, in a sentence of its own."""
        return self.explained(node, self.quoted(node))

    def quoted(self, node: k.Node) -> str:
        """The author's words before what is said of them."""
        return f"`{self.speaker.quoted(node.place)}`: "

    def reasons(self, node: k.Node) -> Reasons:
        """Why a condition holds, or does not."""
        return self.ways.condition(self, node)

    def lifting(self, condition: k.Node, place: Place) -> tuple[Test, Sentences, Sentences]:
        """Whether a condition lifts a cap; what is said where it does, and where it does not."""
        reasons, text = self.reasons(condition), self.speaker.quoted(place)

        def saying(words: str) -> Sentences:
            lead, tail = words.split("{reasons}")
            lead = lead.replace("{text}", text)
            return lambda numbers, out: out.append(f"{lead}{reasons(numbers, out)}{tail}")

        lifted, stays = (saying(self.speaker.words[key]) for key in ("cap_lifted", "cap_stays"))
        return self.speaker.truth(condition), lifted, stays

    def aim(self, name: str) -> str:
        """What to call a KPI's target: by the KPI's name where it is not the one that is paid for."""
        words = self.speaker.words
        return words["aim"] if name == self.name else words["aim_of"].format(label=self.speaker.label(name))

    def mention(self, index: int) -> list[Sentences]:
        """What has to be told of a step before its value is used."""
        if self.guarded:
            return [self._once(index)]
        found: list[Sentences] = []
        for needed in self._untold(index, self.seen):
            self.seen.add(needed)
            found += self.ways.step(self, needed)
        return found

    def tell(self, index: int, telling: Telling) -> Telling:
        """A reckoning that tells of a step in words of its own, so that it is not told again."""
        self.seen.add(index)
        if not self.guarded:
            return telling

        def tell(numbers: Numbers, out: list[str], amount: Amount | None = None) -> None:
            assert isinstance(out, Told)
            out.steps.add(index)
            telling(numbers, out, amount)

        return tell

    def _once(self, index: int) -> Sentences:
        def tell(numbers: Numbers, out: list[str]) -> None:
            assert isinstance(out, Told)
            if index in out.steps:
                return
            untold = self._untold(index, out.steps, numbers)
            out.steps.update(untold)
            for step in untold:
                if step not in self.contents:
                    self.contents[step] = self.ways.step(self, step)
                for sentences in self.contents[step]:
                    sentences(numbers, out)

        return tell

    def _untold(self, index: int, told: set[int], numbers: Numbers | None = None) -> list[int]:
        """A step and those that it always hangs on and that are not told, each after what it hangs on.

        They are told one after another and not from within one another, since a plan may chain more of them
        than Python nests calls; where too many alternatives are inside one another, so are all of these that
        were looked at.
        """
        needs = self.needs.steps
        found: set[int] = set()
        waiting = [(index, False)]
        while waiting:
            step, guarded = waiting.pop()
            if step in told or step in found:
                continue
            deep = needs[step].height > DEEP
            if (deep or guarded) and numbers is not None and not self._computed(step)(numbers):
                continue
            found.add(step)
            waiting += [read for read in needs[step].reads if deep or not read[1]]
        return sorted(found)

    def _computed(self, index: int) -> Test:
        if index not in self.computed:
            value = self.speaker.kernel.steps[index].value
            slots = self.speaker.program.slots
            read = self.speaker.truth(value) if value.kind == "yes_no" else slots[id(value)].read
            self.computed[index] = lambda numbers: read(numbers) is not None
        return self.computed[index]
