"""Changes of single lines of a plan, of which an outline is made anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dsl import tree
from dsl.place import Place
from engine.money import Money, rounded

DIGITS = 3  # of a fact of an example that moves with a target, in front of its zeros


def clausal(kpi: tree.Kpi, kind: type[tree.Clause], **changed: Any) -> tree.Kpi:
    """A KPI with a clause changed."""
    clauses = (replace(one, **changed) if isinstance(one, kind) else one for one in kpi.clauses)
    return replace(kpi, clauses=tuple(clauses))


def shared(weights: Collection[Fraction]) -> list[Fraction]:
    """Weights in the same proportion, in whole per cent that make 100 (by the largest remainders)."""
    parts = [weight * 100 / sum(weights) for weight in weights]
    whole = [part // 1 for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda index: whole[index] - parts[index])
    for index in by_rest[: 100 - sum(whole)]:
        whole[index] += 1
    return [Fraction(part, 100) for part in whole]


def step(kind: str) -> Fraction:
    """The least by which facts of examples differ: counts and amounts are whole, the rest has tenths."""
    return {"count": Fraction(1), "money": Fraction(1), "percent": Fraction(1, 1000)}.get(
        kind, Fraction(1, 10)
    )


def tidy(value: Fraction, step: Fraction) -> Fraction:
    """A number with few digits before its zeros."""
    size = step
    while abs(value) >= size * 10**DIGITS:
        size *= 10
    return size * rounded((value / size).numerator, (value / size).denominator)


def without(line: tree.Statement, places: Collection[Place]) -> tree.Statement | None:
    """A line, of an example what is left of it; None where it is the line that a place is in."""
    if isinstance(line, tree.Example):
        rows = (_items(row, places) for row in line.rows)
        return replace(line, rows=tuple(row for row in rows if row is not None))
    return line if isinstance(line, tree.Kpi) or not _hit(line, places) else None


def closed(
    lines: Iterable[tree.Statement], left: Iterable[tree.Statement | None]
) -> Iterator[tree.Statement]:
    """What is left of some lines; blank space above one that is gone stands above the next."""
    apart = False
    for line, one in zip(lines, left, strict=True):
        apart = apart or line.notes.apart
        if one is not None:
            yield replace(one, notes=replace(one.notes, apart=apart))
            apart = False


def _items(row: tree.ExampleRow, places: Collection[Place]) -> tree.ExampleRow | None:
    """A row without the items in which some places are; None where nothing is left."""
    match row:
        case tree.Given(listed):
            entries = tuple(one for one in listed if not _hit(one, places))
            return replace(row, entries=entries) if entries else None
        case tree.Pays(listed):
            outcomes = tuple(one for one in listed if not _hit(one, places))
            return replace(row, outcomes=outcomes) if outcomes else None
        case _:
            return row


def _hit(node: tree.Placed, places: Iterable[Place]) -> bool:
    return any(node.place.start <= place.start < node.place.end for place in places)


def paid(row: tree.ExampleRow, paid: Iterator[Money]) -> tree.ExampleRow:
    """A row of an example with what is paid as what is expected: in whole units, or with each coin."""
    if not isinstance(row, tree.Pays):
        return row
    outcomes = (replace(outcome, value=_amount(next(paid))) for outcome in row.outcomes)
    return replace(row, outcomes=tuple(outcomes))


def _amount(paid: Money) -> tree.Number:
    return tree.Number(paid.exact, places=paid.digits if paid.exact.denominator != 1 else 0)


def numbers(several: tuple[tree.Placed, ...]) -> Iterator[tree.Number]:
    """The numbers in pieces of a plan, in its order."""
    return (one for one in tree.within(several) if isinstance(one, tree.Number))


def renumbered(node: Any, found: Iterator[tree.Number]) -> Any:
    """A piece of a plan with other numbers, in the same order."""
    match node:
        case tree.Number():
            return next(found)
        case tuple():
            return tuple(renumbered(one, found) for one in node)
        case tree.Placed():
            return replace(node, **{name: renumbered(part, found) for name, part in tree.entries(node)})
        case _:
            return node
