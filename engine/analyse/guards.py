"""What a plan can say where a divisor is 0: the words that stand in place of a division, in its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dsl import tree
from dsl.check.pay import paid
from dsl.place import Place
from dsl.words import Words, words
from dsl.write.clause import clause
from dsl.write.expression import expression

from .. import kernel as k
from ..compile import Compiled
from ..follow.view import View
from ..signs import signs

OPEN = tree.Name("…")  # what the author has to say
NOUGHT, WHOLE = Fraction(0), Fraction(1)
Share = tree.Prorated | tree.TargetProrated


@dataclass(frozen=True, slots=True)
class Guards:
    """The divisions of a plan by where they stand, and the places of what can be below 0."""

    compiled: Compiled
    words: Words
    divided: Mapping[Place, tree.Arithmetic]
    shares: Mapping[Place, Share]
    below: frozenset[Place]

    def guarded(self, view: View, node: k.Arithmetic, variable: int) -> str:
        """A division as it can be made for everybody, for a fact that takes its divisor to 0.

        It is the divisor as it stands in the plan that is asked for: no fact of it decides alone.
        """
        if (division := self.divided.get(node.place)) is not None:
            return f"({expression(self._asked(division, division.right, OPEN), self.words)})"
        if (share := self.shares.get(node.place)) is not None:
            return clause(self._prorated(share), self.words, "")
        aim = node.right
        if isinstance(aim, k.Earlier) and view.kernel.steps[aim.index].role == "target":
            return clause(self._aimed(view, view.kernel.steps[aim.index], variable), self.words, "")
        return f"… {self.words['if']} … {self.words['otherwise']} …"

    def _prorated(self, share: Share) -> Share:
        """Who had nothing to work is paid nothing of a line, and held to the whole of a target."""
        part = self._literal(share.part, NOUGHT if isinstance(share, tree.Prorated) else WHOLE)
        return replace(
            share,
            part=self._asked(share.part, share.whole, part),
            whole=self._asked(share.whole, share.whole, self._literal(share.whole, WHOLE)),
        )

    def _aimed(self, view: View, step: k.Step, variable: int) -> tree.Clause:
        """A target that is never 0: what is asked for is the part of it that the fact takes there."""
        kpi = self.compiled.checked.scope.kpis[step.name]
        share = next((one for one in kpi.clauses if isinstance(one, tree.TargetProrated)), None)
        match step.made:
            case k.Proportion(_, part) if share is not None and view.moves(part, variable):
                return replace(share, part=self._asked(share.part, share.part, OPEN))
            case _:
                planned = next(one for one in kpi.clauses if isinstance(one, tree.Target))
                return replace(planned, value=self._asked(planned.value, planned.value, OPEN))

    def _asked(self, value: tree.Expr, divisor: tree.Expr, otherwise: tree.Expr) -> tree.Choice:
        """`value if divisor > 0 otherwise …`; `<> 0` where it can be below 0, so that no more is left out."""
        percent = self.compiled.checked.kinds.of(divisor) == "percent"
        zero = tree.Percent(NOUGHT) if percent else tree.Number(NOUGHT)
        sign: Literal["<>", ">"] = "<>" if divisor.place in self.below else ">"
        return tree.Choice(value, tree.Comparison(sign, divisor, zero), otherwise)

    def _literal(self, like: tree.Expr, value: Fraction) -> tree.Expr:
        """A number of the kind that an expression has."""
        return tree.Days(value) if self.compiled.checked.kinds.of(like) == "days" else tree.Number(value)


def guards(compiled: Compiled) -> Guards:
    """The guards of a plan, for whatever sort of people."""
    scope, known = compiled.checked.scope, signs(compiled.kernel)
    divided = {
        expr.place: expr
        for expr in scope.expressions
        if isinstance(expr, tree.Arithmetic) and expr.sign == "/"
    }
    shares = {
        part.place: part
        for one in paid(scope)
        for part in one.line.clauses
        if isinstance(part, tree.Prorated | tree.TargetProrated)
    }
    below = frozenset(
        node.place for root in k.roots(compiled.kernel) for node in k.walk(root) if known[id(node)] == "any"
    )
    return Guards(compiled, words(compiled.checked.lang), divided, shares, below)
