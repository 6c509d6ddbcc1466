"""An explanation in its parts: which sentence each is, and where every number in it comes from.

For this a script is written once more with marks round its templates, round their places and round each
number. What it says is parted at the marks; without them it is what the usual script says, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dsl.faults.answer import ToldPlace, place_of
from dsl.node import node
from dsl.place import NOWHERE, Place
from dsl.words import KindName, Lang

from .. import kernel as k
from ..evaluate import Result
from ..money import Money
from .marks import BEGIN, END, HEAD, PAID, Marks
from .reasons import Explained, ExplainedPart
from .script import write_script

TOKEN = re.compile(f"{BEGIN}(?P<sort>.)(?P<name>[^{HEAD}]*){HEAD}|(?P<end>{END})|(?P<text>[^{BEGIN}{END}]+)")


@node
class Detail:
    """The sentences that lead to each line of pay, and to each result, in their parts."""

    lines: tuple[tuple[Explained, ...], ...]
    results: tuple[tuple[Explained, ...], ...]


def detailed(result: Result, lang: Lang) -> Detail:
    """The explanations of an answer in their parts."""
    marks, kernel = Marks(), result.kernel
    script = write_script(result, lang, marks)
    paid = zip(kernel.lines, result.amounts, script.explain(result), strict=True)
    lines = [
        _parted(Parting(result, marks, line.name, line.place, Money(minor, kernel.digits)), said)
        for line, minor, said in paid
    ]
    results: list[tuple[Explained, ...]] = []
    for one in script.results:
        value = result.value(one.node) or Fraction(0)
        amount = Money(int(value * 10**kernel.digits), kernel.digits)
        parting = Parting(result, marks, one.name, one.node.place, amount)
        results.append(_parted(parting, one.explain(result.numbers, amount.minor)))
    return Detail(tuple(lines), tuple(results))


def _parted(parting: Parting, said: Sequence[str]) -> tuple[Explained, ...]:
    return tuple(parting.parted(text) for text in said)


@dataclass(frozen=True, slots=True)
class Parting:
    """What the sentences of a line or of a result are parted with: numbers behind marks, and its amount."""

    result: Result
    marks: Marks
    name: str
    place: Place
    amount: Money

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

    def _about(self, name: str) -> tuple[str, KindName, str | None, str | None, ToldPlace | None]:
        """A number: exactly, its kind, the fact or the line that it is, and the clause that it comes from."""
        kernel, source = self.result.kernel, self.result.compiled.source
        if name == PAID:
            return str(self.amount), "money", None, self.name, place_of(source, self.place)
        node, exact = self.marks.numbers[int(name)]
        fact = line = None
        place = node.place
        match node:
            case k.Actual(index) | k.Own(index) if kernel.inputs[index].role != "period":
                fact = kernel.inputs[index].name
            case k.Earlier(index):
                step = kernel.steps[index]
                lines = [one.name for one in kernel.lines if one.name == step.name]
                line = step.name if lines or index in kernel.results else None
                place = step.value.place
            case _:
                pass
        clause = None if place == NOWHERE else place_of(source, place)
        return exact(self.result.numbers), node.kind, fact, line, clause
