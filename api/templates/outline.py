"""A plan in the making: a template with what was answered so far. It is a whole plan all the time.

What can be asked is what stands in it: a title, a currency, KPIs with their weights, amounts and targets
that are written as numbers. So a template has no marks in it, and an answer is right if the plan is with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from dsl import tree
from dsl.check import Checked, check
from dsl.check.constant import constant
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.words import words
from dsl.write import write
from engine import examples
from engine.compile import Compiled, compile_plan

from .lines import clausal, closed, numbers, paid, renumbered, shared, step, tidy, without

Sort = Literal["salary", "bonus", "target", "price", "commission"]


@dataclass(frozen=True, slots=True)
class Blank:
    """A number of a plan that its author may choose: the salary, the bonus, a target, a price, a commission.

    `index` is its line, `name` what the plan calls it: for the salary and the bonus, their words; for a
    commission, what it is a part of.
    """

    index: int
    sort: Sort
    name: str
    label: str
    value: tree.Number | tree.Percent


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan in the making, checked."""

    checked: Checked

    @classmethod
    def of(cls, source: Source) -> Outline:
        """The outline that a text is."""
        return cls(check(parse(source)))

    @property
    def text(self) -> str:
        """The plan as it stands, in its tidy form."""
        return self.checked.source.typed

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it, or with what its examples give."""
        compiled = compile_plan(self.checked)
        if not isinstance(compiled, Compiled):
            return compiled
        refused = (one.result for one in examples.run(compiled) if isinstance(one.result, tuple))
        return self.checked.faults or tuple(fault for several in refused for fault in several)

    @property
    def compiled(self) -> Compiled:
        """The plan ready to pay, as it is where nothing is wrong with it."""
        compiled = compile_plan(self.checked)
        if not isinstance(compiled, Compiled):
            raise TypeError([fault.code for fault in compiled])
        return compiled

    @property
    def statements(self) -> tuple[tree.Statement, ...]:
        """Its lines."""
        return self.checked.parsed.tree.statements

    @property
    def title(self) -> str:
        """What it is called."""
        return next(line.text.text for line in self.statements if isinstance(line, tree.Title))

    @property
    def about(self) -> str:
        """What it says of itself: who sells what to whom."""
        return next(line.text.text for line in self.statements if isinstance(line, tree.Prose))

    @property
    def currency(self) -> str:
        """The code of its currency."""
        return next(line.code.text for line in self.statements if isinstance(line, tree.Currency))

    @property
    def kpis(self) -> Mapping[str, Fraction]:
        """Its KPIs by their names, with their weights."""
        kpis = (line for line in self.statements if isinstance(line, tree.Kpi))
        return {kpi.name.text: constant(clause.share) or Fraction(0) for kpi, clause in _weights(kpis)}

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The numbers that its author may choose, in the order of its lines."""
        return tuple(self._blanks())

    def _blanks(self) -> Iterator[Blank]:
        vocabulary, label = words(self.checked.lang), self.checked.scope.label
        for index, line in enumerate(self.statements):
            match line:
                case tree.Salary(tree.Number() as value):
                    yield Blank(index, "salary", vocabulary["salary"], "", value)
                case tree.Bonus(tree.Number() as value):
                    yield Blank(index, "bonus", vocabulary["bonus"], "", value)
                case tree.Pay("piece" | "milestone", tree.Name(name), _, tree.Number() as value):
                    yield Blank(index, "price", name, label(name), value)
                case tree.Pay("commission", _, _, tree.Arithmetic("of", tree.Percent() as value, base)):
                    yield Blank(index, "commission", self._written(base), "", value)
                case tree.Kpi(tree.Name(name), _, clauses):
                    aims = [one.value for one in clauses if isinstance(one, tree.Target)]
                    for aim in aims:
                        if isinstance(aim, tree.Number | tree.Percent):
                            yield Blank(index, "target", name, label(name), aim)
                case _:
                    pass

    # ── Answers ──────────────────────────────────────────────────────────────────────────────────────────

    def titled(self, title: str) -> Outline:
        """With another title."""
        return self._each(tree.Title, text=tree.Text(title))

    def told(self, about: str) -> Outline:
        """With another sentence on who sells what to whom."""
        return self._each(tree.Prose, text=tree.Text(about))

    def paid_in(self, currency: str) -> Outline:
        """In another currency."""
        return self._each(tree.Currency, code=tree.Name(currency))

    def numbered(self, other: Outline) -> Outline:
        """With the numbers of another outline of the same lines, but for its percentages."""
        return self._with(renumbered(self.statements, iter([*numbers(other.statements)])))

    def measured_by(self, chosen: Collection[str]) -> Outline:
        """With some of its KPIs, in the same proportion; what only the others needed goes with them."""
        left = {name: weight for name, weight in self.kpis.items() if name in chosen}
        kept = [
            None if isinstance(line, tree.Kpi) and line.name.text not in left else line
            for line in self.statements
        ]
        return self._with(closed(self.statements, kept)).weighed(shared(left.values())).pruned()

    def weighed(self, weights: Sequence[Fraction]) -> Outline:
        """With other weights of its KPIs, in their order."""
        found = iter(weights)
        return self._with(
            clausal(line, tree.Weight, share=tree.Percent(next(found)))
            if isinstance(line, tree.Kpi)
            else line
            for line in self.statements
        )

    def filled(self, blank: Blank, value: Fraction) -> Outline:
        """With another number in a place; the facts of the examples move with a target."""
        number = type(blank.value)(value)
        lines = list(self.statements)
        match lines[blank.index]:
            case tree.Pay("commission", _, _, tree.Arithmetic() as amount) as line:
                lines[blank.index] = replace(line, amount=replace(amount, left=number))
            case tree.Salary() | tree.Pay() as line:
                lines[blank.index] = replace(line, amount=number)
            case tree.Bonus() as line:
                lines[blank.index] = replace(line, pool=number)
            case tree.Kpi() as line:
                lines[blank.index] = clausal(line, tree.Target, value=number)
                if blank.value.value:
                    lines = [self._moved(one, blank, value) for one in lines]
            case _:
                pass
        return self._with(lines)

    def refused(self, blank: Blank) -> Outline:
        """Without the line of a number, and without what only that line needed."""
        kept = [None if index == blank.index else line for index, line in enumerate(self.statements)]
        return self._with(closed(self.statements, kept)).pruned()

    def pruned(self) -> Outline:
        """Without the lines, and the items of examples, that are not right without what was taken out."""
        found = self
        while places := [fault.place for fault in found.checked.faults if fault.place is not None]:
            kept = (without(line, places) for line in found.statements)
            left = found._with(closed(found.statements, kept))
            if left.text == found.text:
                break
            found = left
        return found

    def settled(self) -> Outline:
        """With the examples paying what the plan pays."""
        amounts = iter([item.got for outcome in examples.run(self.compiled) for item in outcome.items])
        return self._with(
            replace(line, rows=tuple(paid(row, amounts) for row in line.rows))
            if isinstance(line, tree.Example)
            else line
            for line in self.statements
        )

    def _each(self, kind: type[tree.Line], **changed: Any) -> Outline:
        """The same with its lines of a kind changed."""
        return self._with(
            replace(line, **changed) if isinstance(line, kind) else line for line in self.statements
        )

    def _written(self, formula: tree.Expr) -> str:
        """A formula as the plan has it."""
        return self.text[formula.place.start : formula.place.end]

    def _with(self, lines: Iterable[tree.Statement]) -> Outline:
        """The same with other lines."""
        text = write(replace(self.checked.parsed.tree, statements=tuple(lines)))
        return Outline.of(Source(self.checked.source.name, text))

    def _moved(self, line: tree.Statement, blank: Blank, target: Fraction) -> tree.Statement:
        """An example whose fact stands to the new target as it stood to the old one."""
        if not isinstance(line, tree.Example):
            return line
        ratio = target / blank.value.value
        rows = (
            replace(row, entries=tuple(self._scaled(entry, blank, ratio) for entry in row.entries))
            if isinstance(row, tree.Given)
            else row
            for row in line.rows
        )
        return replace(line, rows=tuple(rows))

    def _scaled(self, entry: tree.Entry, blank: Blank, ratio: Fraction) -> tree.Entry:
        if entry.name.text != blank.name or not isinstance(entry.value, tree.Number | tree.Percent):
            return entry
        value = entry.value.value * ratio
        if entry.value.value != blank.value.value:
            # Who is exactly on target stays there; of others a tidy number is enough, and one that can be.
            value = self._within(blank.name, tidy(value, step(self.checked.kinds[blank.name])))
        return replace(entry, value=type(entry.value)(value))

    def _within(self, name: str, value: Fraction) -> Fraction:
        bounds = self.checked.inputs[name].bounds
        if bounds is not None and bounds.low is not None:
            value = max(value, constant(bounds.low) or Fraction(0))
        if bounds is not None and bounds.high is not None:
            value = min(value, constant(bounds.high) or value)
        return value


def _weights(kpis: Iterable[tree.Kpi]) -> Iterator[tuple[tree.Kpi, tree.Weight]]:
    return ((kpi, clause) for kpi in kpis for clause in kpi.clauses if isinstance(clause, tree.Weight))
