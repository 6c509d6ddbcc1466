"""An explanation in its parts: which sentence each is, and where every number in it comes from.

For this a script is written once more with marks round its templates, round their places and round each
number. What it says is parted at the marks; without them it is what the usual script says, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dsl.faults.answer import Place, place_of
from dsl.source import NOWHERE
from dsl.words import KindName, Lang

from .. import kernel as k
from .. import money
from ..evaluate import Result
from ..program import Numbers
from .answer import Explained, ExplainedPart
from .show import Fixed, Say, Saying

if TYPE_CHECKING:
    from .closing import Amount
    from .script import Rounder

# Characters that no text of a plan can have: a mark begins, its head ends, what it is round ends.
BEGIN, HEAD, END = "\x01", "\x02", "\x03"
TOKEN = re.compile(f"{BEGIN}(?P<sort>.)(?P<name>[^{HEAD}]*){HEAD}|(?P<end>{END})|(?P<text>[^{BEGIN}{END}]+)")
PLACE = re.compile(r"\{(\w+)\}")
PAID = "paid"  # the number of a line's own amount

Sort = Literal["k", "p", "n"]  # a template by its key, a place of one by its name, a number by its own


@dataclass(slots=True)
class Marks:
    """The numbers of a script in the making, each with how it is said to a machine."""

    numbers: list[tuple[k.Node, Say]] = field(default_factory=list)

    def words(self, words: Mapping[str, str]) -> dict[str, str]:
        """Templates with marks round them and round their places."""
        return {
            key: text if key == "decimal" else around("k", key, PLACE.sub(_placed, text))
            for key, text in words.items()
        }

    def number(self, node: k.Node, say: Say, exact: Say) -> Say:
        """A number with marks round it."""
        name = str(len(self.numbers))
        self.numbers.append((node, exact))
        if isinstance(say, Fixed):
            return Fixed(around("n", name, say))
        return lambda numbers: around("n", name, say(numbers))

    def saying(self, node: k.Node, said: Saying, exact: Say) -> Saying:
        """The sayings of a number with marks round it; the sign before it stays outside."""
        plain, equals = self.number(node, said.plain, exact), said.equals
        name = str(len(self.numbers) - 1)
        if isinstance(equals, Fixed):
            return Saying(plain, Fixed(_signed(name, equals)), said.cut)
        return Saying(plain, lambda numbers: _signed(name, equals(numbers)), said.cut)


def bare(text: str) -> str:
    """A number without a mark before it."""
    return text.partition(HEAD)[2] if text.startswith(BEGIN) else text


def paid(rounder: Rounder) -> Rounder:
    """What says the amount of a line, with marks round it."""

    def rounded(numbers: Numbers, minor: int) -> Amount:
        amount = rounder(numbers, minor)
        if isinstance(amount, str):
            return around("n", PAID, amount)
        amount.text = around("n", PAID, amount.text)
        return amount

    return rounded


def _signed(name: str, text: str) -> str:
    return text[:2] + around("n", name, text[2:])


def around(sort: Sort, name: str, text: str) -> str:
    """A text with a mark round it."""
    return f"{BEGIN}{sort}{name}{HEAD}{text}{END}"


def _placed(found: re.Match[str]) -> str:
    return around("p", found[1], found[0])


def detailed(result: Result, lang: Lang) -> list[tuple[Explained, ...]]:
    """For each line of pay the sentences that lead to its amount, in their parts."""
    from .script import write_script  # noqa: PLC0415  # it is what writes with the marks of this module

    marks, kernel = Marks(), result.kernel
    script = write_script(result.compiled, kernel, result.program, lang, marks)
    spoken = zip(kernel.lines, result.amounts, script.explain(result), strict=True)
    return [
        tuple(Reading(result, marks, line, money.Amount(minor, kernel.digits)).parted(text) for text in said)
        for line, minor, said in spoken
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sentences of a line are parted with: the numbers behind the marks, and the line's amount."""

    result: Result
    marks: Marks
    line: k.Line
    amount: money.Amount

    def parted(self, marked: str) -> Explained:
        """A sentence parted at its marks; its key is that of the first template that none is round."""
        text = key = ""
        within: list[tuple[str, str, int]] = []
        parts: list[ExplainedPart] = []
        for token in TOKEN.finditer(marked):
            if token["text"]:
                text += token["text"]
            elif token["sort"]:
                key = key or token["name"] * (token["sort"] == "k" and not within)
                within.append((token["sort"], token["name"], len(text)))
            else:
                sort, name, start = within.pop()
                if sort == "n":
                    place = next((name for sort, name, _ in reversed(within) if sort == "p"), "value")
                    parts.append(ExplainedPart(place, start, text[start:], *self._about(name)))
        return Explained(key, tuple(parts), text)

    def _about(self, name: str) -> tuple[str, KindName, str | None, str | None, Place | None]:
        """A number: exactly, its kind, the fact or the line that it is, and the clause that it comes from."""
        kernel, source = self.result.kernel, self.result.compiled.source
        if name == PAID:
            return str(self.amount), "money", None, self.line.name, place_of(source, self.line.place)
        node, exact = self.marks.numbers[int(name)]
        fact = line = None
        place = node.place
        match node:
            case k.Given(index) | k.Own(index) if kernel.inputs[index].role != "period":
                fact = kernel.inputs[index].name
            case k.Earlier(index):
                step = kernel.steps[index]
                line = next((one.name for one in kernel.lines if one.name == step.name), None)
                place = step.value.place
            case _:
                pass
        clause = None if place == NOWHERE else place_of(source, place)
        return exact(self.result.numbers), node.kind, fact, line, clause
