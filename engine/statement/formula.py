"""A formula of the author's in numbers, with a sentence for each part that a calculator has no key for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from .. import kernel as k
from .curve import spoken
from ..program import Numbers
from .show import Say, quantity
from .speech import Sentences, Speaker, fill, joined

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}
COMPARISONS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@dataclass(slots=True)
class Spelling:
    """A formula in the making: its parts in numbers, and the sentences to be said before it."""

    speaker: Speaker
    before: list[Sentences] = field(default_factory=list)

    def spell(self, node: k.Node, tight: int = 0) -> list[Say | str]:
        """The parts of a formula; brackets where it stands in one that binds tighter."""
        speaker = self.speaker
        match node:
            case k.Constant(value):
                return [quantity(value, node.kind, speaker.lang)[0]]
            case k.Given() | k.Earlier():
                return [speaker.value(node)]
            case k.Arithmetic(sign, left, right):
                own = TIGHT[sign]
                inner = [*self.spell(left, own), SIGNS[sign], *self.spell(right, own + (sign in "-/"))]
                return ["(", *inner, ")"] if own < tight else inner
            case k.Comparison(sign, left, right):
                return [*self.spell(left, 1), f" {COMPARISONS[sign]} ", *self.spell(right, 1)]
            case k.Logic(word, left, right):
                inner = [*self.spell(left, 1), f" {speaker.words[f'logic_{word}']} ", *self.spell(right, 1)]
                return ["(", *inner, ")"] if tight else inner
            case k.Denial(operand):
                return [speaker.words["not"], " (", *self.spell(operand), ")"]
            case k.Clamp():
                self.before.append(self._clamp(node))
            case k.Extreme():
                self.before.append(self._extreme(node))
            case k.Choice():
                self.before.append(self._choice(node))
            case k.Rounded():
                self.before.append(self._rounded(node))
            case k.Curve():
                self.before.append(self._curve(node))
            case k.Paid() | k.Own():
                pass
            case _:
                assert_never(node)
        return [speaker.value(node)]

    def _curve(self, node: k.Curve) -> Sentences:
        speaker = self.speaker
        inner = Spelling(speaker)
        formula = inner.spell(node.measure)
        measured = fill(
            speaker.words["measured"], formula=joined(formula), equals=speaker.both(node.measure)[1]
        )
        reached = spoken(speaker, node)

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in inner.before:
                sentences(numbers, out)
            if len(formula) > 1:
                out.append(measured(numbers))
            reached(numbers, out)

        return say

    def _clamp(self, node: k.Clamp) -> Sentences:
        speaker = self.speaker
        inner = Spelling(speaker)
        formula = joined(inner.spell(node.operand))
        pick, text = speaker.program.picks[id(node)], speaker.text(node)
        kept = fill(speaker.words["formula"], text=text, formula=formula, equals=speaker.both(node)[1])
        floored = fill(speaker.words["floored"], text=text, formula=formula)

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in inner.before:
                sentences(numbers, out)
            out.append((floored if numbers[pick] else kept)(numbers))

        return say

    def _extreme(self, node: k.Extreme) -> Sentences:
        speaker = self.speaker
        inner = Spelling(speaker)
        several: list[Say | str] = []
        for operand in node.operands:
            several += ["; " if several else "", *inner.spell(operand)]
        sentence = fill(
            speaker.words[node.word], text=speaker.text(node), several=joined(several), value=speaker.value(node)
        )

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in inner.before:
                sentences(numbers, out)
            out.append(sentence(numbers))

        return say

    def _choice(self, node: k.Choice) -> Sentences:
        speaker = self.speaker
        test = Spelling(speaker)
        condition = joined(test.spell(node.condition))
        branches = []
        for branch, verdict in ((node.chosen, "holds"), (node.otherwise, "fails")):
            inner = Spelling(speaker)
            formula = inner.spell(branch)
            value = joined(formula)
            if len(formula) > 1:
                value = joined([*formula, " ", speaker.both(branch)[1]])
            verdict_ = fill(speaker.words[verdict], condition=condition)
            said = fill(speaker.words["chosen"], text=speaker.text(node), condition=verdict_, value=value)
            branches.append((inner.before, said))
        place = speaker.program.picks[id(node)]

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in test.before:
                sentences(numbers, out)
            before, said = branches[numbers[place] or 0]
            for sentences in before:
                sentences(numbers, out)
            out.append(said(numbers))

        return say

    def _rounded(self, node: k.Rounded) -> Sentences:
        speaker = self.speaker
        inner = Spelling(speaker)
        formula = inner.spell(node.operand)
        operand = joined(formula)
        if len(formula) > 1:
            operand = joined([*formula, " ", speaker.both(node.operand)[1]])
        unit = quantity(node.unit, node.kind, speaker.lang)[0]
        sentence = fill(
            speaker.words[node.direction], text=speaker.text(node), operand=operand, unit=unit, value=speaker.value(node)
        )

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in inner.before:
                sentences(numbers, out)
            out.append(sentence(numbers))

        return say
