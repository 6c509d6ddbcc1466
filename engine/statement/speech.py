"""What sentences are made of: sayings of numbers, and templates that they are filled into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dsl.words import Lang

from .. import kernel as k
from ..compiled import Compiled
from ..program import Numbers, Program
from .show import Fixed, Say, shower, vocabulary

Sentences = Callable[[Numbers, list[str]], None]  # adds what it has to say


@dataclass(slots=True)
class Speaker:
    """What sentences are written from: a plan, the code whose numbers they read, and the reader's language."""

    compiled: Compiled
    kernel: k.Kernel
    program: Program
    lang: Lang
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = dict(vocabulary(self.lang))

    def text(self, node: k.Node) -> str:
        """The author's words that an operation came from."""
        return " ".join(self.compiled.source.at(node.place).split())

    def label(self, name: str) -> str:
        """What people call a fact, a figure or a line."""
        return self.compiled.checked.scope.label(name)

    def value(self, node: k.Node) -> Say:
        """The saying of an operation's value."""
        return self.both(node)[0]

    def both(self, node: k.Node) -> tuple[Say, Say]:
        """The sayings of an operation's value, alone and after its sign of equality."""
        if node.kind != "yes_no":
            return shower(self.program.slots[id(node)], node.kind, self.lang)
        say = self._truth(node)
        return say, lambda numbers: f"= {say(numbers)}"

    def _truth(self, node: k.Node) -> Say:
        yes, no = self.words["yes"], self.words["no"]
        match node:
            case k.Constant(value):
                return Fixed(yes if value else no)
            case k.Given(index):
                return lambda numbers: yes if numbers[index] else no
            case k.Earlier(index):
                return self._truth(self.kernel.steps[index].value)
            case _:
                place, unknown = self.program.picks[id(node)], self.words["unknown"]
                return lambda numbers: unknown if numbers[place] is None else yes if numbers[place] else no


@dataclass(slots=True)
class Filled:
    """A sentence with sayings in it: the texts around them, and what each person's numbers say between."""

    texts: list[str]
    says: list[Say]
    form: str = field(init=False)
    several: tuple[Say, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.form = "%s".join(text.replace("%", "%%") for text in self.texts)
        self.several = tuple(self.says)

    def __call__(self, numbers: Numbers) -> str:
        return self.form % tuple([say(numbers) for say in self.several])


def fill(template: str, **parts: Say | str) -> Say:
    """A sentence with sayings in it; what is the same for everybody, and sentences inside it, are filled in at once."""
    pieces = template.split("{")
    texts: list[str] = [pieces[0]]
    says: list[Say] = []
    for piece in pieces[1:]:
        name, rest = piece.split("}", 1)
        part = parts[name]
        match part:
            case str():
                texts[-1] += part + rest
            case Filled():
                texts[-1] += part.texts[0]
                texts += part.texts[1:]
                texts[-1] += rest
                says += part.says
            case _:
                says.append(part)
                texts.append(rest)
    if not says:
        return Fixed(texts[0])
    return says[0] if texts == ["", ""] else Filled(texts, says)


def joined(parts: Sequence[Say | str]) -> Say:
    """Parts one after another."""
    return fill("".join(f"{{{index}}}" for index in range(len(parts))), **{str(i): part for i, part in enumerate(parts)})


def just(say: Say) -> Sentences:
    """One sentence that is always said."""
    return lambda numbers, out: out.append(say(numbers))
