"""What sentences are made of: sayings of numbers, and templates that they are filled into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any, Protocol

from dsl.check import Checked
from dsl.place import Place
from dsl.words import KindName, Lang

from .. import kernel as k
from ..integers.executable import Executable, Numbers, Slot
from ..scales import exact, held, places, quotient
from ..signs import Sign, signs
from .marks import Marks, around, bare
from .show import Fixed, Say, Saying, Test, day, entitled, quantity, shower, vocabulary

# Sentences that have no words of their own.
FORMS = {"reckoned": "{lead}{formula} {equals}", "stated": "{lead}{paid}", "answered": "{label}: {answer}"}
FEW = 8  # sayings of a sentence; nearly none has more
Part = Say | str
Sentences = Callable[[Numbers, list[str]], None]  # adds what it has to say
# What is paid, in the currency's digits, with what it was before it was rounded; and whether that is exact.
Amount = tuple[str, bool]


class Telling(Protocol):
    """Says all of a reckoning; with an amount, its last sentence ends in that."""

    def __call__(self, numbers: Numbers, out: list[str], amount: Amount | None = None, /) -> None:
        """Add what there is to say."""


@dataclass(slots=True)
class Speaker:
    """What sentences are written from: a plan, the code whose numbers they read, the reader's language."""

    checked: Checked
    kernel: k.Kernel
    program: Executable
    lang: Lang
    marks: Marks | None = None
    words: dict[str, str] = field(init=False)
    signs: dict[int, Sign] = field(init=False)
    rivals: dict[Slot, dict[Slot, None]] = field(default_factory=dict)
    known: dict[int, Saying] = field(default_factory=dict)
    alike: dict[tuple[Slot, str], Saying] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = {**FORMS, **vocabulary(self.lang)}
        if self.marks is not None:
            self.words = self.marks.words(self.words)
        self.signs = signs(self.kernel)
        slots = self.program.slots
        for several in _compared(self.kernel):
            for one, other in combinations([slots[id(node)] for node in several if id(node) in slots], 2):
                self.rivals.setdefault(one, {})[other] = None
                self.rivals.setdefault(other, {})[one] = None

    def quoted(self, place: Place) -> str:
        """The author's words at a place, without brackets round all of them."""
        return self.checked.source.bare(place)

    def label(self, name: str) -> str:
        """What people call a fact, a figure or a line."""
        return self.checked.scope.label(name)

    def title(self, line: k.PayLine) -> str:
        """What people call a line of pay."""
        return entitled(self.checked.scope, line, self.lang)

    def saying(self, node: k.Node) -> Saying:
        """The sayings of an operation's number; operations of one number share them, so it is made once."""
        found = self.known.get(id(node))
        if found is None:
            slot = self.program.slots[id(node)]
            key = slot, node.kind
            if key not in self.alike:
                self.alike[key] = shower(slot, node.kind, self.lang, [*self.rivals.get(slot, ())])
            found = self.alike[key]
            if self.marks is not None:
                found = self.marks.saying(node, found, self.exact(node))
            self.known[id(node)] = found
        return found

    def number(self, node: k.Node) -> Say:
        """The saying of an operation's number."""
        if not isinstance(node, k.Constant):
            return self.saying(node).plain
        text = Fixed(quantity(node.value, node.kind, self.lang)[0])
        return text if self.marks is None else self.marks.number(node, text, self.exact(node))

    def said(self, key: str, text: str) -> str:
        """A sentence that is put together from others."""
        return text if self.marks is None else around("k", key, text)

    def exact(self, node: k.Node) -> Say:
        """The saying of a number to a machine, without loss: a decimal or a fraction, a date, yes or no."""
        if node.kind == "yes_no":
            holds = self.truth(node)
            return lambda numbers: "yes" if holds(numbers) else "no"
        if isinstance(node, k.Constant):
            return Fixed(day(node.value, self.lang) if node.kind == "date" else exact(node.value))
        slot = self.program.slots[id(node)]
        if node.kind == "date":
            return lambda numbers: day(slot.read(numbers) or Fraction(0), self.lang)
        scale, top = places(slot.factor), slot.top
        if top is not None and not slot.under and scale is not None:
            times = int(slot.factor * 10**scale)
            return lambda numbers: held((numbers[top] or 0) * times, scale)
        numerator, denominator = slot.factor.as_integer_ratio()

        def say(numbers: Numbers) -> str:
            below = denominator
            for place in slot.under:
                below *= numbers[place] or 1
            return quotient(numerator if top is None else numerator * (numbers[top] or 0), below)

        return say

    def reckoned(self, nodes: Sequence[k.Node], kind: KindName, work: Callable[..., Fraction]) -> Saying:
        """The saying of a number of a kind that no operation holds, worked out from some that do."""
        slots = [self.program.slots[id(node)] for node in nodes]

        def shown(numbers: Numbers) -> tuple[str, bool]:
            return quantity(work(*(slot.read(numbers) or Fraction(0) for slot in slots)), kind, self.lang)

        if all(isinstance(node, k.Constant) for node in nodes):
            text, exact = shown(())
            return Saying(Fixed(text), None if exact else lambda _: True)
        return Saying(lambda numbers: shown(numbers)[0], lambda numbers: not shown(numbers)[1])

    def operand(self, node: k.Node) -> Say:
        """The saying of a number in a formula: in brackets where it is less than nothing."""
        number = self.number(node)
        return number if self.signs[id(node)] != "any" else bracketed(number)

    def cuts(self, *nodes: k.Node | None) -> list[Test]:
        """For each of some numbers that may be cut, whether it was."""
        sayings = [self.saying(node) for node in nodes if node is not None]
        return [said.cut for said in sayings if said.cut is not None]

    def about(self, node: k.Node) -> Part:
        """The sign that a number is cut, before one that is."""
        cut = self.saying(node).cut
        return "" if cut is None else lambda numbers: "≈ " if cut(numbers) else ""

    def truth(self, node: k.Node) -> Test:
        """Whether a condition holds; None where nobody asked."""
        while isinstance(node, k.Earlier):
            node = self.kernel.steps[node.index].value
        match node:
            case k.Constant(value):
                return lambda _: value != 0
            case k.Actual(index):
                return lambda numbers: numbers[index]
            case _:
                place = self.program.picks[id(node)]
                return lambda numbers: numbers[place]

    def picked(self, node: k.Node) -> Callable[[Numbers], int]:
        """Which alternative a choice took, from 0."""
        place = self.program.picks[id(node)]
        return lambda numbers: numbers[place] or 0

    def answer(self, node: k.Node) -> Say:
        """The saying of whether a condition holds: yes or no in the reader's language."""
        yes, no, holds = self.words["yes"], self.words["no"], self.truth(node)
        answer: Say = lambda numbers: yes if holds(numbers) else no  # noqa: E731  # one of two
        return answer if self.marks is None else self.marks.number(node, answer, self.exact(node))


def bracketed(number: Say) -> Say:
    """A number in brackets where it is less than nothing."""
    if isinstance(number, Fixed):
        return Fixed(f"({number})") if bare(number).startswith("−") else number

    def say(numbers: Numbers) -> str:
        text = number(numbers)
        return f"({text})" if bare(text).startswith("−") else text

    return say


def _compared(kernel: k.Kernel) -> Iterator[Sequence[k.Node]]:
    """Operations that are held against one another."""
    for root in k.roots(kernel):
        for node in k.walk(root):
            match node:
                case k.Comparison(_, left, right):
                    yield left, right
                case k.Clamp(k.Arithmetic("-", left, right) as difference, floor):
                    yield left, right
                    yield difference, floor
                case k.Extreme(_, several):
                    yield several
                case k.Piecewise(measure, pieces):
                    yield from ((measure, piece.bound) for piece in pieces if piece.bound is not None)
                case _:
                    pass


# ── Templates ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Filled:
    """A sentence with sayings in it: the texts around them, and what each person's numbers say between."""

    texts: list[str]
    says: list[Say]
    spoken: Say = field(init=False)

    def __post_init__(self) -> None:
        if len(self.says) <= FEW:
            self.spoken = _filler(len(self.says), adds=False)(*self.texts, *self.says)
        else:
            form, several = "%s".join(text.replace("%", "%%") for text in self.texts), tuple(self.says)
            self.spoken = lambda numbers: form % tuple([say(numbers) for say in several])

    def __call__(self, numbers: Numbers) -> str:
        return self.spoken(numbers)


@cache
def _filler(count: int, *, adds: bool) -> Callable[..., Any]:
    """What makes one saying of so many, with texts around them; or what adds that to those before."""
    texts, says = (
        [f"text{number}" for number in range(count + 1)],
        [f"say{number}" for number in range(count)],
    )
    spoken = "".join(f"{{{text}}}{{{say}(numbers)}}" for text, say in zip(texts, says, strict=False))
    # Our own text: numbered names only.
    spoken = f"f'{spoken}{{{texts[-1]}}}'"
    said = f"numbers, out, _amount=None: out.append({spoken})" if adds else f"numbers: {spoken}"
    made: Callable[..., Any] = eval(f"lambda {', '.join([*texts, *says])}: lambda {said}")
    return made


def fill(template: str, **parts: Part) -> Say:
    """A sentence with sayings in the places of their names."""
    first, *pieces = template.split("{")
    found: list[Part] = [first]
    for piece in pieces:
        name, rest = piece.split("}", 1)
        found += [parts[name], rest]
    return joined(found)


def joined(parts: Sequence[Part]) -> Say:
    """Parts one after another; what is the same for everybody and sentences inside are filled in at once."""
    texts = [""]
    says: list[Say] = []
    for part in parts:
        match part:
            case str():
                texts[-1] += part
            case Filled():
                texts[-1] += part.texts[0]
                texts += part.texts[1:]
                says += part.says
            case _:
                says.append(part)
                texts.append("")
    if not says:
        return Fixed(texts[0])
    return says[0] if texts == ["", ""] else Filled(texts, says)


def just(say: Say) -> Telling:
    """One sentence that is always said, whatever the amount."""
    if isinstance(say, Fixed):
        text = str(say)
        return lambda _, out, _amount=None: out.append(text)
    if isinstance(say, Filled) and len(say.says) <= FEW:
        sentences: Telling = _filler(len(say.says), adds=True)(*say.texts, *say.says)
        return sentences
    return lambda numbers, out, _amount=None: out.append(say(numbers))


def spoken(say: Say) -> Say:
    """A saying that is not filled into others any more."""
    return say.spoken if isinstance(say, Filled) else say


def when(test: Test, sentences: Sequence[Sentences]) -> Sentences:
    """Sentences that are said only where a test holds."""
    several = tuple(sentences)

    def say(numbers: Numbers, out: list[str]) -> None:
        if test(numbers):
            for one in several:
                one(numbers, out)

    return say
