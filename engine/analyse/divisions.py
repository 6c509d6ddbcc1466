"""Divisions by what can be 0: whom the plan could not pay at all, and what it can say for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dsl import tree
from dsl.check.called import called
from dsl.check.pay import paid
from dsl.faults import Fact, Fault
from dsl.place import Place
from dsl.words import Words, words
from dsl.write.below import clause
from dsl.write.expression import expression

from .. import kernel as k
from ..compile import Compiled
from ..follow import ZERO, Somebody, View, reached, several, told, unpaid
from ..signs import signs
from .advice import Finding, advise
from .ranges import Ranges

TRIED = 100  # divisions that are looked at
Share = tree.Prorated | tree.TargetProrated
Advised = tuple[str, str]  # the name of the phrase that says what to do, and the words of the plan that do it


def divisions(view: View, known: Ranges) -> Iterator[Finding]:
    """One for each divisor that is 0 for somebody whom no condition keeps away from it."""
    sign, written = signs(view.kernel), guards(view.compiled)
    places: set[Place] = set()
    for root in k.roots(view.kernel):
        for node in k.walk(root):
            if not isinstance(node, k.Arithmetic) or node.sign != "/" or sign[id(node.right)] == "positive":
                continue
            low = known.of(node.right).low
            if node.place not in places and len(places) < TRIED and (low is None or low <= 0):
                places.add(node.place)
                yield from _division(view, written, root, node)


def _division(view: View, written: Guards, root: k.Node, node: k.Arithmetic) -> Iterator[Finding]:
    for zero in _zeros(view, node):
        if unpaid(view.compiled, _having(view, zero)) is node:
            yield _told(view, written, root, node, {**zero, **dict(_beside(view, node, zero))})
            return


def _beside(view: View, node: k.Arithmetic, zero: Mapping[int, Fraction]) -> Iterator[tuple[int, Fraction]]:
    """The facts beside those that take a divisor to 0 without which they do not, each with its value."""
    for variable in several(view.hangs.of(node.right) & view.moving):
        usual = view.made.values[variable]
        if variable not in zero and usual is not None:
            other = usual + view.unit(variable)
            if unpaid(view.compiled, _having(view, {**zero, variable: other})) is not node:
                yield variable, usual


def _zeros(view: View, node: k.Arithmetic) -> Iterator[Mapping[int, Fraction]]:
    """Values of one fact that could take a divisor to 0, and last the least of all its facts together."""
    facts = [*several(view.hangs.of(node.right) & view.moving)]
    for variable in facts:
        graph = view.over(view.made.period, variable).node(node.right)
        for value in reached(graph, ZERO, view.low(variable)):
            if value % view.unit(variable) == 0 and view.possible(variable, value):
                yield {variable: value}
    if len(facts) > 1:
        yield {variable: view.low(variable) or ZERO for variable in facts}


def _having(view: View, values: Mapping[int, Fraction]) -> Somebody:
    made = view.made
    for variable, value in values.items():
        made = made.having(variable, value)
    return made


def _told(
    view: View, written: Guards, root: k.Node, node: k.Arithmetic, zero: Mapping[int, Fraction]
) -> Finding:
    kernel, place = view.kernel, node.place
    lines = [kernel.lines[line] for line in view.earned()]
    needing = (line for line in lines if any(one is root for one in k.needed(kernel, [line.amount])))
    names = frozenset(line.name for line in needing)
    entries = [(kernel.inputs[variable], value) for variable, value in zero.items()]
    at = ", ".join(f"`{entry.name}` = {told(view.compiled, value, entry.kind)}" for entry, value in entries)
    phrase, guard = written.guarded(view, node, next(iter(zero)), names)
    text = " ".join(view.compiled.source.at(place).split())
    facts: dict[str, Fact] = {
        "text": text,
        "at": at,
        "guard": guard and f" `{guard}`",
        "how": (f"phrase:{phrase}",),
    }
    fault, name = Fault("P468", "advice", place, facts=facts), min(names, default=None)
    found = advise(view, "division", fault, name, names=names, key=(place,))
    return replace(found, quiet=written.presumed(node))


# ── What the plan can say in place of a division, in its language ────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Guards:
    """The divisions of a plan by where they stand, and the places of what can be below 0."""

    compiled: Compiled
    words: Words
    divided: Mapping[Place, tree.Arithmetic]
    shares: Mapping[Place, tuple[tree.Clausal, Share]]
    below: frozenset[Place]

    def presumed(self, node: k.Arithmetic) -> bool:
        """Whether a divisor is a fact that is the whole of something, as a norm of days is.

        A norm of 0 is a mistake in the facts, and no month that a plan could say anything about.
        """
        if not isinstance(node.right, k.Actual):
            return False
        entry = self.compiled.kernel.inputs[node.right.index]
        worked = entry.kind == "days" and node.place in self.shares
        return worked or called(self.compiled.checked.scope, entry.name, "whole")

    def guarded(self, view: View, node: k.Arithmetic, variable: int, names: frozenset[str]) -> Advised:
        """What the plan can say, for a fact that takes a divisor to 0 and the lines that need it.

        It is the divisor as it stands in the plan that is asked for: no fact of it decides alone.
        """
        kernel = view.kernel
        aim = node.right
        if isinstance(aim, k.Earlier) and kernel.steps[aim.index].role == "target":
            return self._aimed(view, kernel.steps[aim.index], variable, names)
        if (found := self.shares.get(node.place)) is not None:
            return self._prorated(*found)
        division = self.divided.get(node.place)
        if division is None:
            return "divided_open", ""
        targets = [step.value for step in kernel.steps if step.role == "target"]
        if any(one is node for one in k.needed(kernel, targets)):
            return self._gated(division.right) if len(names) == 1 else ("divided_open", "")
        zero = self._literal(division, ZERO)
        guard = tree.Choice(division, self._asked(division.right), zero)
        return "divided_value", f"({expression(guard, self.words)})"

    def _gated(self, divisor: tree.Expr) -> Advised:
        return "divided_gate", clause(tree.OnlyIf(self._asked(divisor)), self.words, "").strip()

    def _prorated(self, line: tree.Clausal, share: Share) -> Advised:
        """A proration acts after every gate; before caps and floors a multiplier would not pay the same."""
        if isinstance(share, tree.TargetProrated):
            return self._gated(share.whole)
        if any(tree.among(line.clauses, sort) for sort in (tree.Cap, tree.Floor)):
            return "divided_open", ""
        part = tree.Arithmetic("/", share.part, share.whole)
        factor = tree.Choice(part, self._asked(share.whole), tree.Number(ZERO))
        return "divided_clause", clause(tree.Multiplied(factor), self.words, "").strip()

    def _aimed(self, view: View, step: k.Step, variable: int, names: frozenset[str]) -> Advised:
        """A target that can be 0: what is asked for is the part of it that the fact takes there."""
        scope = self.compiled.checked.scope
        kpi = scope.kpis[step.name]
        share = tree.first(kpi.clauses, tree.TargetProrated)
        planned = tree.first(kpi.clauses, tree.Target)
        parted = isinstance(step.made, k.Proportion) and view.hangs.of(step.made.part) >> variable & 1
        if share is not None and parted:
            if names == {step.name}:
                return self._gated(share.part)
            kind = self.compiled.checked.kinds.of
            whole = share.whole
            if kind(whole) != kind(share.part) and isinstance(whole, tree.Number):
                whole = tree.Days(whole.value)
            part = tree.Choice(share.part, self._asked(share.part), whole)
            return "divided_clause", clause(replace(share, part=part), self.words, "").strip()
        # A target that people bring is nobody's to ask for in the plan.
        if planned is None or names != {step.name}:
            return "divided_open", ""
        return self._gated(planned.value)

    def _asked(self, divisor: tree.Expr) -> tree.Comparison:
        """`divisor > 0`; `<> 0` where it can be below 0, so that no more is left out."""
        percent = self.compiled.checked.kinds.of(divisor) == "percent"
        zero = tree.Percent(ZERO) if percent else tree.Number(ZERO)
        sign: Literal["<>", ">"] = "<>" if divisor.place in self.below else ">"
        return tree.Comparison(sign, divisor, zero)

    def _literal(self, like: tree.Expr, value: Fraction) -> tree.Expr:
        """A number of the kind that an expression has."""
        match self.compiled.checked.kinds.of(like):
            case "days":
                return tree.Days(value)
            case "percent":
                return tree.Percent(value)
            case _:
                return tree.Number(value)


def guards(compiled: Compiled) -> Guards:
    """The guards of a plan, for whatever sort of people."""
    scope, known = compiled.checked.scope, signs(compiled.kernel)
    divided = {
        expr.place: expr
        for expr in scope.expressions
        if isinstance(expr, tree.Arithmetic) and expr.sign == "/"
    }
    shares = {
        part.place: (one.line, part)
        for one in paid(scope)
        for part in one.line.clauses
        if isinstance(part, tree.Prorated | tree.TargetProrated)
    }
    below = frozenset(
        node.place for root in k.roots(compiled.kernel) for node in k.walk(root) if known[id(node)] == "any"
    )
    return Guards(compiled, words(compiled.checked.lang), divided, shares, below)
