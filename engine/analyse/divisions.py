"""Divisions by what can be 0: whom the plan could not pay at all, and what it can say for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Literal

from dsl import tree
from dsl.check.pay import paid
from dsl.faults import Fault
from dsl.place import Place
from dsl.words import Words, words
from dsl.write.below import clause
from dsl.write.expression import expression

from .. import kernel as k
from ..compile import Compiled
from ..follow import ONE, ZERO, Somebody, View, example, reached, several, told, unpaid
from ..signs import signs
from .advice import Finding, advise

TRIED = 100  # divisions that are looked at
OPEN = tree.Name("…")  # what the author has to say
Share = tree.Prorated | tree.TargetProrated


def divisions(view: View) -> Iterator[Finding]:
    """One for each divisor that is 0 for somebody whom no condition keeps away from it."""
    known, written = signs(view.kernel), guards(view.compiled)
    places: set[Place] = set()
    for root in k.roots(view.kernel):
        for node in k.walk(root):
            if not isinstance(node, k.Arithmetic) or node.sign != "/" or known[id(node.right)] == "positive":
                continue
            if node.place not in places and len(places) < TRIED:
                places.add(node.place)
                yield from _division(view, written, root, node)


def _division(view: View, written: Guards, root: k.Node, node: k.Arithmetic) -> Iterator[Finding]:
    for variable in several(view.hangs.of(node.right) & view.moving):
        graph = view.over(view.made.period, variable).node(node.right)
        for value in reached(graph, ZERO, view.low(variable)):
            made = view.made.having(variable, value)
            if value % view.unit(variable) == 0 and unpaid(view.compiled, made) is node:
                guard = written.guarded(view, node, variable)
                yield _told(view, root, node.place, guard, view.kernel.inputs[variable], value, made)
                return


def _told(
    view: View, root: k.Node, place: Place, guard: str, entry: k.Input, value: Fraction, made: Somebody
) -> Finding:
    text, at = " ".join(view.compiled.source.at(place).split()), told(view.compiled, value, entry.kind)
    lines = [view.kernel.lines[line] for line in view.earned()]
    needing = (line for line in lines if any(node is root for node in k.needed(view.kernel, [line.amount])))
    names = frozenset(line.name for line in needing)
    proof = partial(example, view.compiled, made, f"{entry.name} {at}", [])
    facts = {"text": text, "fact": entry.name, "at": at, "guard": guard}
    fault = Fault("P468", "advice", place, facts=facts)
    name = min(names, default=None)
    return advise(view, "division", fault, name, names=names, key=(place,), proof=proof)


# ── The words that can stand in place of a division, in the language of the plan ─────────────────────────


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
        part = self._literal(share.part, ZERO if isinstance(share, tree.Prorated) else ONE)
        return replace(
            share,
            part=self._asked(share.part, share.whole, part),
            whole=self._asked(share.whole, share.whole, self._literal(share.whole, ONE)),
        )

    def _aimed(self, view: View, step: k.Step, variable: int) -> tree.Clause:
        """A target that is never 0: what is asked for is the part of it that the fact takes there."""
        kpi = self.compiled.checked.scope.kpis[step.name]
        share = tree.first(kpi.clauses, tree.TargetProrated)
        match step.made:
            case k.Proportion(_, part) if share is not None and view.hangs.of(part) >> variable & 1:
                return replace(share, part=self._asked(share.part, share.part, OPEN))
            case _:
                planned = tree.among(kpi.clauses, tree.Target)[0]
                return replace(planned, value=self._asked(planned.value, planned.value, OPEN))

    def _asked(self, value: tree.Expr, divisor: tree.Expr, otherwise: tree.Expr) -> tree.Choice:
        """`value if divisor > 0 otherwise …`; `<> 0` where it can be below 0, so that no more is left out."""
        percent = self.compiled.checked.kinds.of(divisor) == "percent"
        zero = tree.Percent(ZERO) if percent else tree.Number(ZERO)
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
