"""An explanation in its parts: which sentence each is, and where every number in it comes from.

For this a script is written once more with marks round its templates, round their places and round each
number. What it says is parted at the marks; without them it is what the usual script says, letter by letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dsl.faults.answer import ToldPlace, place_of
from dsl.place import NOWHERE
from dsl.words import KindName, Lang

from .. import kernel as k
from .. import money
from ..evaluate import Result
from .answer import Explained, ExplainedPart
from .marks import BEGIN, END, HEAD, PAID, Marks
from .script import write_script

TOKEN = re.compile(f"{BEGIN}(?P<sort>.)(?P<name>[^{HEAD}]*){HEAD}|(?P<end>{END})|(?P<text>[^{BEGIN}{END}]+)")


def detailed(result: Result, lang: Lang) -> list[tuple[Explained, ...]]:
    """For each line of pay the sentences that lead to its amount, in their parts."""
    marks, kernel = Marks(), result.kernel
    script = write_script(result, lang, marks)
    spoken = zip(kernel.lines, result.amounts, script.explain(result), strict=True)
    return [
        tuple(Parting(result, marks, line, money.Money(minor, kernel.digits)).parted(text) for text in said)
        for line, minor, said in spoken
    ]


@dataclass(frozen=True, slots=True)
class Parting:
    """What the sentences of a line are parted with: the numbers behind the marks, and the line's amount."""

    result: Result
    marks: Marks
    line: k.PayLine
    amount: money.Money

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
            return str(self.amount), "money", None, self.line.name, place_of(source, self.line.place)
        node, exact = self.marks.numbers[int(name)]
        fact = line = None
        place = node.place
        match node:
            case k.Actual(index) | k.Own(index) if kernel.inputs[index].role != "period":
                fact = kernel.inputs[index].name
            case k.Earlier(index):
                step = kernel.steps[index]
                line = next((one.name for one in kernel.lines if one.name == step.name), None)
                place = step.value.place
            case _:
                pass
        clause = None if place == NOWHERE else place_of(source, place)
        return exact(self.result.numbers), node.kind, fact, line, clause
