"""A plan as it is for one sort of people, and what is found there that its author should know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from dsl import tree
from dsl.check.scope import COMMISSION
from dsl.faults import Fact, Fault
from dsl.source import Place
from dsl.words import words
from dsl.write import write

from .. import kernel as k
from ..compiled import Compiled
from .follow import Effort, Follow
from .hangs import Hangs, hangs
from .people import MEASURES, Made, told
from .ranges import Ranges, ranges
from .reference import follow, periods, reference
from .sorts import EARNED, Sort

PAIRS = 600  # of a line and a fact that it hangs on: what is looked at of one sort of people


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is worth an advice.

    `advice` is the word that answers it, `names` those that an answer may name; of what is found for several
    sorts of people under one key, the one of the greatest size is told. `proof` writes examples that show it.
    """

    advice: str
    fault: Fault
    names: frozenset[str] = frozenset()
    key: tuple[object, ...] = ()
    size: Fraction = Fraction(0)
    proof: Callable[[], str] | None = None


@dataclass(slots=True)
class View:
    """A plan for one sort of people, with somebody to compare with who is exactly on target everywhere."""

    compiled: Compiled
    sort: Sort
    hangs: Hangs
    made: Made
    several: bool
    ranges: Ranges
    effort: Effort
    facts: dict[int, tuple[int, ...]]
    _within: dict[str, Follow] = field(default_factory=dict)
    _over: dict[tuple[str, int], Follow] = field(default_factory=dict)

    @property
    def kernel(self) -> k.Kernel:
        """The plan for people of this sort."""
        return self.sort.kernel

    def within(self, period: str) -> Follow:
        """The plan followed for the one to compare with, in a period."""
        if period not in self._within:
            self._within[period] = follow(self.made.within(period), self.hangs, self.effort)
        return self._within[period]

    def over(self, period: str, variable: int) -> Follow:
        """The same, over a variable."""
        if (period, variable) not in self._over:
            self._over[period, variable] = self.within(period).over(variable)
        return self._over[period, variable]

    def period(self, line: int) -> str:
        """The period in which a line pays most to the one to compare with."""
        seasonal = [index for index, entry in enumerate(self.kernel.inputs) if entry.role == "period"]
        if not any(self.hangs.lines[line] >> index & 1 for index in seasonal):
            return self.made.period

        def pays(period: str) -> Fraction:
            value = self.within(period).line(line).constant
            return value if isinstance(value, Fraction) else Fraction(0)

        return max(periods(self.kernel), key=pays)

    def variables(self, line: int) -> tuple[int, ...]:
        """The facts that can be a little more or less and that a line hangs on."""
        return self.facts.get(line, ())

    def place(self, line: int) -> Place:
        """Where a line of pay stands; of a KPI, its name."""
        step = self.kernel.lines[line].attainment
        return self.kernel.lines[line].place if step is None else self.kernel.steps[step].value.place

    def roots(self) -> Iterator[k.Node]:
        """The operations of all steps and lines."""
        yield from (step.value for step in self.kernel.steps)
        yield from (line.amount for line in self.kernel.lines)

    def lines_of(self, root: k.Node) -> frozenset[str]:
        """The lines that people earn and that need a step, or the one that something is."""
        return frozenset(
            self.kernel.lines[line].name
            for line in self.earned()
            if any(root is node for node in self.needs(line))
        )

    def needs(self, line: int) -> list[k.Node]:
        """The operations that a line is made of, each with all under it: its amount, the steps it needs."""
        waiting = [self.kernel.lines[line].amount]
        found: list[k.Node] = []
        seen: set[int] = set()
        while waiting:
            found.append(waiting.pop())
            for node in k.walk(found[-1]):
                if isinstance(node, k.Earlier) and node.index not in seen:
                    seen.add(node.index)
                    waiting.append(self.kernel.steps[node.index].value)
        return found

    def moves(self, node: k.Node, variable: int) -> bool:
        """Whether an operation hangs on a fact."""
        for inner in k.walk(node):
            match inner:
                case k.Given(index) if index == variable:
                    return True
                case k.Earlier(step) if self.hangs.steps[step] >> variable & 1:
                    return True
                case _:
                    pass
        return False

    def earned(self) -> Iterator[int]:
        """The lines that people earn."""
        return (index for index, line in enumerate(self.kernel.lines) if line.kind in EARNED)

    def told(self, value: Fraction, variable: int, line: int | None, period: str) -> str:
        """A value of a fact as the plan would write it, with the attainment of a KPI's line."""
        text = told(self.compiled, value, self.kernel.inputs[variable].kind)
        step = None if line is None else self.kernel.lines[line].attainment
        if step is not None and self.hangs.steps[step] >> variable & 1:
            attained = self.over(period, variable).step(step).value(value)
            if isinstance(attained, Fraction):
                return f"{text} ({told(self.compiled, attained, 'percent')})"
        return text

    @property
    def attributes(self) -> Iterator[tuple[str, str]]:
        """The attributes of these people: the author's names and values."""
        inputs = self.compiled.kernel.inputs
        for index, choice in zip(self.compiled.attributes, self.sort.chosen, strict=True):
            yield inputs[index].name, inputs[index].choices[choice]

    @property
    def whose(self) -> str:
        """Which sort of people this is, in the author's words; nothing where there is but one."""
        said = ", ".join(f"`{name}`: `{value}`" for name, value in self.attributes)
        return f" ({said})" if self.several else ""


def view(compiled: Compiled, sort: Sort, effort: Effort, *, several: bool) -> View:
    """The plan for people of a sort."""
    on = hangs(sort.kernel)
    made = reference(compiled, sort, on, effort)
    return View(compiled, sort, on, made, several, ranges(sort.kernel), effort, _facts(sort.kernel, on))


def _facts(kernel: k.Kernel, on: Hangs) -> dict[int, tuple[int, ...]]:
    """For each line the facts that can be a little more or less and that it hangs on, while there is room."""
    moving = 0
    for index, entry in enumerate(kernel.inputs):
        if entry.role == "actual" and entry.kind in MEASURES:
            moving |= 1 << index
    found: dict[int, tuple[int, ...]] = {}
    room = PAIRS
    for line, bits in enumerate(on.lines):
        found[line] = tuple(islice(_set(bits & moving), room))
        room -= len(found[line])
    return found


def _set(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def merged(found: Iterable[Found]) -> tuple[Found, ...]:
    """One of each key: the greatest, and of equal ones the first."""
    best: dict[tuple[object, ...], Found] = {}
    for one in found:
        key = (one.fault.code, *one.key)
        if key not in best or one.size > best[key].size:
            best[key] = one
    return tuple(best.values())


def answer(compiled: Compiled, advice: str, name: str | None = None) -> str:
    """The line of a plan that answers an advice, its reason left open."""
    word = words(compiled.checked.lang).advice_words[advice]
    scope = compiled.checked.scope
    known = name in scope.kpis or (name in scope.pays and name != COMMISSION)
    named = tree.Name(name) if name is not None and known else None
    line = tree.Allow(advice, word, named, tree.Text("…"))
    return write(tree.Plan(compiled.checked.lang, (line,))).strip()


def advise(
    view: View, code: str, advice: str, place: Place, facts: Mapping[str, str], *, name: str | None = None
) -> Fault:
    """An advice about people of a sort."""
    said = {**facts, "whose": view.whose, "allow": answer(view.compiled, advice, name)}
    return Fault(code, "advice", place, facts=said)


def doubt(
    compiled: Compiled,
    code: str,
    place: Place,
    said: Mapping[str, Fact],
    name: str,
    *,
    fix: str | None,
    advice: str = "size",
    size: Fraction = Fraction(0),
) -> Found:
    """A warning of what is most likely not meant in a line, with what is; its author may answer it."""
    facts = {"name": name, **said, "allow": answer(compiled, advice, name)}
    fault = Fault(code, "warning", place, facts=facts, fix=fix)
    return Found(advice, fault, frozenset([name]), (place,), size)
