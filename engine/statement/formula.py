"""A formula of the author's in numbers, with a sentence for each part that a calculator has no key for."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import kernel as k
from .closing import Closing, any_cut
from .show import Say, Test
from .speech import Part, Sentences, joined
from .teller import Teller

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(slots=True)
class Formula:
    """A formula: its parts in numbers, what is said before it, and the operands that may have been cut."""

    teller: Teller
    parts: list[Part] = field(default_factory=list)
    before: list[Sentences] = field(default_factory=list)
    cuts: list[Test] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """Whether it is one number, and nothing is reckoned."""
        return len(self.parts) == 1

    def say(self) -> Say:
        """The formula alone."""
        return joined(self.parts)

    def valued(self, node: k.Node) -> Say:
        """The formula and, unless it is a single number, what it comes to."""
        if self.single:
            return self.say()
        said = self.teller.speaker.saying(node)
        return Closing(joined([*self.parts, " "]), said, any_cut(self.cuts)).whole

    def spell(self, node: k.Node, tight: int = 0, *, inside: bool = False) -> list[Part]:
        """The parts of a formula; brackets where it stands in one that binds tighter, or after a sign."""
        match node:
            case k.Arithmetic("-", k.Constant(value) as zero, operand) if (
                not value and zero.place == node.place
            ):
                inner: list[Part] = ["−", *self.spell(operand, 2, inside=True)]
                return ["(", *inner, ")"] if inside else inner
            case k.Arithmetic(sign, left, right):
                own = TIGHT[sign]
                bare = own >= tight
                inner = [
                    *self.spell(left, own, inside=inside and bare),
                    SIGNS[sign],
                    *self.spell(right, own + (sign in "-/"), inside=True),
                ]
                return inner if bare else ["(", *inner, ")"]
            case k.Earlier(index):
                self.before += self.teller.mention(index)
            case k.Constant() | k.Actual() | k.Paid():
                pass
            case _:
                self.before.append(self.teller.told(node))
        speaker = self.teller.speaker
        self.cuts += speaker.cuts(node)
        return [speaker.operand(node) if inside else speaker.number(node)]


def spelt(teller: Teller, node: k.Node) -> Formula:
    """An operation spelt as a formula, with what has to be told before it."""
    formula = Formula(teller)
    formula.parts = formula.spell(node)
    return formula
