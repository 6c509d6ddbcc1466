"""A formula of the author's in numbers, with a sentence for each part that a calculator has no key for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from .. import kernel as k
from ..program import Numbers
from .show import precise
from .speaker import Part, Parts, Sentences, Speaker, compose, fill, when

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}
COMPARISONS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@dataclass(slots=True)
class Spelling:
    """A formula in the making, and the sentences to be said before it."""

    speaker: Speaker
    before: list[Sentences] = field(default_factory=list)

    def spell(self, node: k.Node, tight: int = 0) -> list[Part]:
        """The parts of a formula; brackets where it stands in one that binds tighter."""
        speaker = self.speaker
        if node.kind == "yes_no":
            return self._condition(node, tight)
        match node:
            case k.Constant() | k.Given() | k.Earlier():
                return [speaker.bracketed(node) if tight else speaker.saying(node).exact]
            case k.Arithmetic("-", k.Constant(value) as zero, operand) if (
                not value and zero.place == node.place
            ):
                inner: list[Part] = ["−", *self.spell(operand, 2)]
                return ["(", *inner, ")"] if tight else inner
            case k.Arithmetic(sign, left, right):
                own = TIGHT[sign]
                inner = [*self.spell(left, own), SIGNS[sign], *self.spell(right, own + (sign in "-/"))]
                return ["(", *inner, ")"] if own < tight else inner
            case k.Clamp():
                self.before.append(self._clamp(node))
            case k.Extreme():
                self._extreme(node)
            case k.Choice():
                self.before.append(self._choice(node))
            case k.Rounded():
                self._rounded(node)
            case k.Own() | k.Curve() | k.Comparison() | k.Logic() | k.Denial():
                pass
            case _:
                assert_never(node)
        return [speaker.bracketed(node) if tight else speaker.saying(node).exact]

    def valued(self, node: k.Node) -> list[Part]:
        """A formula and, unless it is a single number, what it comes to."""
        formula = self.spell(node)
        return [*formula, " ", self.speaker.saying(node).equals] if len(formula) > 1 else formula

    # ── Conditions ───────────────────────────────────────────────────────────────────────────────────────

    def _condition(self, node: k.Node, tight: int) -> list[Part]:
        speaker = self.speaker
        match node:
            case k.Given() | k.Earlier():
                return [speaker.name(node), " (", speaker.saying(node).plain, ")"]
            case k.Comparison(sign, left, right):
                inner = [*self.spell(left, 1), f" {COMPARISONS[sign]} ", *self.spell(right, 1)]
                return ["(", *inner, ")"] if tight and left.kind == "yes_no" else inner
            case k.Denial(operand):
                named = isinstance(operand, k.Given | k.Earlier)
                inner = self.spell(operand)
                return [speaker.words["not"], " ", *(inner if named else ["(", *inner, ")"])]
            case k.Logic():
                inner = [self._logic(node)]
                return ["(", *inner, ")"] if tight else inner
            case k.Choice():
                self.before.append(self._choice(node))
            case _:
                pass
        return [speaker.saying(node).plain]

    def _logic(self, node: k.Logic) -> Part:
        """Both sides, or the left one alone where it decides."""
        speaker = self.speaker
        holds, needed = speaker.truth(node.left), node.word == "and"
        left, right = self.spell(node.left, 1), Spelling(speaker)
        both = compose([*left, f" {speaker.words[f'logic_{node.word}']} ", *right.spell(node.right, 1)])
        alone = compose(left)

        def asked(numbers: Numbers) -> bool:
            return bool(holds(numbers)) == needed

        if right.before:
            self.before.append(when(asked, right.before))
        return lambda numbers: (both if asked(numbers) else alone)(numbers)

    def verdict(self, condition: k.Node) -> tuple[Parts, Parts]:
        """What is said of a condition that is met, and of one that is not."""
        words = self.speaker.words
        spelled = self.spell(condition)
        if isinstance(condition, k.Given | k.Earlier):
            named = [self.speaker.name(condition), ": "]
            return [*named, words["yes"]], [*named, words["no"]]
        if isinstance(condition, k.Constant):
            return [words["yes"]], [words["no"]]
        return [fill(words["met"], condition=spelled)], [fill(words["unmet"], condition=spelled)]

    # ── Sentences ────────────────────────────────────────────────────────────────────────────────────────

    def _clamp(self, node: k.Clamp) -> Sentences:
        speaker = self.speaker
        inner = Spelling(speaker)
        formula = inner.spell(node.operand)
        pick, text = speaker.program.picks[id(node)], speaker.text(node)
        kept = fill(speaker.words["formula"], text=text, formula=formula, equals=speaker.saying(node).equals)
        floored = fill(speaker.words["floored"], text=text, formula=formula)

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in inner.before:
                sentences(numbers, out)
            out.append((floored if numbers[pick] else kept)(numbers))

        return say

    def _extreme(self, node: k.Extreme) -> None:
        speaker = self.speaker
        several: list[Part] = []
        for operand in node.operands:
            several += ["; " if several else "", *self.spell(operand)]
        value = speaker.saying(node).exact
        said = fill(speaker.words[node.word], text=speaker.text(node), several=several, value=value)
        self.before.append(lambda numbers, out: out.append(said(numbers)))

    def _choice(self, node: k.Choice) -> Sentences:
        speaker = self.speaker
        test = Spelling(speaker)
        verdicts = test.verdict(node.condition)
        branches = []
        for branch, verdict in zip((node.chosen, node.otherwise), verdicts, strict=True):
            inner = Spelling(speaker)
            value = inner.valued(branch)
            said = fill(speaker.words["chosen"], text=speaker.text(node), condition=verdict, value=value)
            branches.append((inner.before, said))
        if node.kind == "yes_no":
            holds = speaker.truth(node.condition)
        else:
            taken = speaker.picked(node, 0)
            holds = taken

        def say(numbers: Numbers, out: list[str]) -> None:
            for sentences in test.before:
                sentences(numbers, out)
            before, said = branches[0 if holds(numbers) else 1]
            for sentences in before:
                sentences(numbers, out)
            out.append(said(numbers))

        return say

    def _rounded(self, node: k.Rounded) -> None:
        speaker = self.speaker
        operand = self.valued(node.operand)
        unit = precise(node.unit, node.kind, speaker.lang)
        value, text = speaker.saying(node).exact, speaker.text(node)
        said = fill(speaker.words[node.direction], text=text, operand=operand, unit=unit, value=value)
        self.before.append(lambda numbers, out: out.append(said(numbers)))
