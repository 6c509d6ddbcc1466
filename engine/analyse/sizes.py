"""Sizes that are most likely not meant: a number is doubted for how it is written, so the plan is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from operator import gt, lt

from dsl import tree
from dsl.check.constant import constant
from dsl.check.pay import NamedLine, paid
from dsl.check.people import leaves
from dsl.check.scope import TAKEN_OFF, Scope
from dsl.faults import Fact
from dsl.words import words
from dsl.write.expression import expression
from dsl.write.value import value as written

from ..compile import Compiled
from .advice import Finding, doubt

ONE, HALF = Fraction(1), Fraction(1, 2)
MOST = 100  # a rate in percent is no greater
RATE = 30  # nor, beside rates that have their sign, than this
SMALL = 1000  # an amount for so many times as much money is hardly worth a row
NEAR = 3  # times less or more than others, an amount is about as much
ORDERED = 4  # rows that show an order: one of fewer is as likely meant
EASY = 2  # less than so many times the whole is meant as a multiple, or as the whole itself


def sizes(compiled: Compiled) -> Iterator[Finding]:
    """One for each number of another size than its place in the plan lets expect."""
    scope = compiled.checked.scope
    for line in scope.pays.values():
        if line.word == "commission":
            yield from _multiples(compiled, scope.line_name(line), line.amount)
    for name, value in _values(scope):
        if isinstance(value, tree.Table) and value.mode in {"bands", "whole"}:
            yield from _rows(compiled, name, value)
            yield from _units(compiled, name, value)
        if isinstance(value, tree.Table) and value.mode != "matrix":
            yield from _slipped(compiled, name, value.rows)
    for line in scope.pays.values():
        if line.word in TAKEN_OFF:
            yield from _added(compiled, scope.line_name(line), line.amount)
    for kpi in scope.kpis.values():
        yield from _cutoffs(compiled, kpi)
        for curve in tree.among(kpi.clauses, tree.Curve):
            yield from _slipped(compiled, kpi.name.text, curve.rows)
    for one in paid(scope):
        yield from _factors(compiled, one)


# ── Rates without their sign ─────────────────────────────────────────────────────────────────────────────


def _values(scope: Scope) -> Iterator[tuple[str, tree.Expr]]:
    """What lines of pay and figures come to, each with its name."""
    yield from ((scope.line_name(line), line.amount) for line in scope.pays.values())
    yield from ((name, figure.value) for name, figure in scope.figures.items())


def _rows(compiled: Compiled, name: str, table: tree.Table) -> Iterator[Finding]:
    """Rows that pay a few roubles for millions: `0.5` is an amount of money, `0.5%` a rate."""
    if not _monetary(compiled, table.measure):
        return
    rows = [row for row in table.rows if isinstance(row, tree.Row)]
    found = [
        (leaf, _reach(rows, index))
        for index, row in enumerate(rows)
        for cell in row.cells
        if not cell.per_unit
        for leaf in leaves(cell.value)
    ]
    rates = [leaf.value for leaf, _ in found if isinstance(leaf, tree.Percent) and leaf.value]
    amounts = [(leaf, reach) for leaf, reach in found if isinstance(leaf, tree.Number) and leaf.value > 0]
    if not rates and any(leaf.value > MOST for leaf, _ in amounts):
        return  # amounts of money, the least of them too
    vocabulary = words(compiled.checked.lang)
    for leaf, reach in amounts:
        beside = bool(rates) and leaf.value <= RATE
        little = leaf.value <= MOST and reach is not None and leaf.value * SMALL <= reach
        if leaf.value < 1 or beside or little:
            meant = [expression(tree.Percent(share), vocabulary) for share in _shares(leaf.value, rates)]
            facts: dict[str, Fact] = {"value": compiled.source.at(leaf.place), "meant": tuple(meant)}
            yield doubt(compiled, "P481", leaf.place, facts, name, fix=meant[0])


def _shares(value: Fraction, rates: Sequence[Fraction]) -> list[Fraction]:
    """What a rate without its sign may be: `3` is 3%, `0.5` is 0.5% or 50%, and `0.04` in a spreadsheet 4%.

    Beside rates that have their sign it is the one that is nearest to them.
    """
    if value >= 1:
        return [value / 100]
    both = sorted((value / 100, value), reverse=100 * value <= RATE)
    return [min(both, key=lambda one: min(max(one / rate, rate / one) for rate in rates))] if rates else both


def _units(compiled: Compiled, name: str, table: tree.Table) -> Iterator[Finding]:
    """One row that pays once about as much as the others pay for each unit."""
    cells = [cell for row in table.rows if isinstance(row, tree.Row) for cell in row.cells]
    each = [value for cell in cells if cell.per_unit and (value := constant(cell.value))]
    once = [cell for cell in cells if not cell.per_unit]
    if len(once) != 1 or not each or isinstance(once[0].value, tree.Percent):
        return
    value, place = constant(once[0].value), once[0].value.place
    if value and min(each) / NEAR <= value <= max(each) * NEAR:
        text = compiled.source.at(place)
        meant = f"{text} {words(compiled.checked.lang)['per_unit']}"
        facts = {"value": text, "meant": meant}
        yield doubt(compiled, "P488", place, facts, name, fix=meant)


def _slipped(compiled: Compiled, name: str, rows: Sequence[tree.TableRow]) -> Iterator[Finding]:
    """One row out of the order of all others, which a decimal place would put between those beside it."""
    cells = [row.cells[0] for row in rows if isinstance(row, tree.Row) and len(row.cells) == 1]
    leaves_ = [cell.value for cell in cells]
    known = [constant(leaf) for leaf in leaves_]
    values = [value for value in known if value is not None]
    if len(values) < len(rows) or len(values) < ORDERED:
        return
    # After which rows the order is another, for tables that rise and for those that fall.
    rising, falling = (
        {at for at, (one, other) in enumerate(pairwise(values)) if not follows(one, other)}
        for follows in (lt, gt)
    )
    for index in range(1, len(values) - 1):
        before, after, leaf = values[index - 1], values[index + 1], leaves_[index]
        rises = rising <= {index - 1, index} and before < after
        falls = falling <= {index - 1, index} and before > after
        low, high = min(before, after), max(before, after)
        meant = [one for one in (values[index] / 10, values[index] * 10) if low < one < high]
        inside = low <= values[index] <= high
        literal = isinstance(leaf, tree.Number | tree.Percent | tree.Amount)
        if not literal or inside or not meant or not (rises or falls):
            continue
        assert isinstance(leaf, tree.Number | tree.Percent | tree.Amount)
        likely = written(replace(leaf, value=meant[0]), words(compiled.checked.lang))
        facts = {"value": compiled.source.at(leaf.place), "meant": likely}
        yield doubt(compiled, "P493", leaf.place, facts, name, fix=likely)
        return


def _added(compiled: Compiled, name: str, amount: tree.Expr) -> Iterator[Finding]:
    """What is taken off with a minus of its own: nothing would be."""
    match amount:
        case tree.Negative(inner):
            taken = inner
        case tree.Arithmetic("-", left, inner) if constant(left) == 0:
            taken = inner
        case tree.Arithmetic("*", tree.Negative(inner), other):
            taken = replace(amount, left=inner, right=other)
        case tree.Arithmetic("*", other, tree.Negative(inner)):
            taken = other if constant(inner) == 1 else replace(amount, left=other, right=inner)
        case _:
            return
    meant = expression(taken, words(compiled.checked.lang))
    facts = {"value": compiled.source.at(amount.place), "meant": meant}
    yield doubt(compiled, "P489", amount.place, facts, name, fix=meant)


def _reach(rows: Sequence[tree.Row], index: int) -> Fraction | None:
    """How much a row is for: where it ends; of the last, where it begins."""
    bound = rows[index].bound
    if bound is not None and bound.side in {"from", "above"} and index + 1 < len(rows):
        bound = rows[index + 1].bound or bound
    if bound is None and index:
        bound = rows[index - 1].bound
    return None if bound is None else constant(bound.value)


def _monetary(compiled: Compiled, measure: tree.Expr) -> bool:
    """Whether money is measured, as far as the plan tells; most of what nobody declares is money."""
    kind = compiled.checked.kinds.of(measure)
    undeclared = isinstance(measure, tree.Name) and measure.text not in compiled.checked.scope.facts
    return kind == "money" or (kind == "number" and undeclared)


def _multiples(compiled: Compiled, name: str, amount: tree.Expr) -> Iterator[Finding]:
    """A commission of several times what is sold: `3 * revenue` for `3% * revenue`."""
    waiting = [*leaves(amount)]
    while waiting:
        expr = waiting.pop()
        if isinstance(expr, tree.Arithmetic) and expr.sign in {"*", "of"}:
            yield from _multiple(compiled, name, expr.left, expr.right)
            yield from _multiple(compiled, name, expr.right, expr.left)
            waiting += [expr.left, expr.right]


def _multiple(compiled: Compiled, name: str, rate: tree.Expr, sold: tree.Expr) -> Iterator[Finding]:
    measure = sold.measure if isinstance(sold, tree.Excess) else sold
    scope, kinds = compiled.checked.scope, compiled.checked.kinds
    if not isinstance(measure, tree.Name) or kinds.of(measure) != "money" or measure.text not in scope.needs:
        return
    parts = [part for part in _written(scope, rate) if part.value]
    values = [part.value for part in parts]
    if parts and min(values) > 1 and EASY <= max(values) <= MOST:
        for part in parts:
            meant = expression(tree.Percent(part.value / 100), words(compiled.checked.lang))
            facts = {"value": compiled.source.at(part.place), "measure": measure.text, "meant": meant}
            yield doubt(compiled, "P482", part.place, facts, name, fix=meant)


def _written(scope: Scope, rate: tree.Expr) -> list[tree.Number]:
    """The bare numbers that a rate may come to; none where it may come to something else."""
    if isinstance(rate, tree.Name) and rate.text in scope.figures:
        rate = scope.figures[rate.text].value
    several = [rate]
    if isinstance(rate, tree.Table):
        several = [cell.value for row in rate.rows if isinstance(row, tree.Row) for cell in row.cells]
    parts = [leaf for one in several for leaf in leaves(one)]
    numbers = [part for part in parts if isinstance(part, tree.Number)]
    return numbers if len(numbers) == len(parts) else []


# ── Percentages of another size ──────────────────────────────────────────────────────────────────────────


def _cutoffs(compiled: Compiled, kpi: tree.Kpi) -> Iterator[Finding]:
    """Cutoffs that somebody on target does not reach."""
    vocabulary = words(compiled.checked.lang)
    for part in (part for cutoff in tree.among(kpi.clauses, tree.Cutoff) for part in leaves(cutoff.bound)):
        value = constant(part)
        if value is None or value <= 1:
            continue
        likely = ONE if value < EASY else value
        while likely > 1:
            likely /= 10
        meant = expression(tree.Percent(likely), vocabulary)
        facts = {"value": compiled.source.at(part.place), "meant": meant}
        yield doubt(compiled, "P483", part.place, facts, kpi.name.text, fix=meant)


def _factors(compiled: Compiled, one: NamedLine) -> Iterator[Finding]:
    """Multipliers that leave a small part of the pay: `10%` for `110%`."""
    vocabulary = words(compiled.checked.lang)
    for clause in tree.among(one.line.clauses, tree.Multiplied):
        parts = [*leaves(clause.factor)]
        values = [part.value for part in parts if isinstance(part, tree.Percent | tree.Number)]
        if len(values) == len(parts) and 0 < max(values) < HALF:
            meant = expression(_more(clause.factor), vocabulary)
            most = expression(tree.Percent(max(values)), vocabulary)
            facts = {"value": compiled.source.at(clause.factor.place), "most": most, "meant": meant}
            yield doubt(compiled, "P485", clause.factor.place, facts, one.name, fix=meant)


def _more(factor: tree.Expr) -> tree.Expr:
    """What a multiplier is that adds what is written, where it leaves only that."""
    match factor:
        case tree.Choice(chosen, _, otherwise):
            return replace(factor, chosen=_more(chosen), otherwise=_more(otherwise))
        case tree.By(_, cases):
            return replace(factor, cases=tuple(replace(case, result=_more(case.result)) for case in cases))
        case _:
            assert isinstance(factor, tree.Percent | tree.Number)
            return replace(factor, value=factor.value + 1)
