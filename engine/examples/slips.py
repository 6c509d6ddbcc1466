"""Slips of the pen in a worked example, where its own numbers leave no doubt about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from dsl import tree

from ..compile import Compiled
from ..evaluate import Result
from ..money import rounded
from .run import ExampleItem, Tried, tried

Slip = Literal[
    "exchanged", "net", "omitted", "rounded", "salary", "signed", "swapped", "tenfold", "thousands"
]

AFTER_TAX = Fraction(87, 100)  # what is left of pay in Russia after the income tax that most people pay
UNITS = (1000, 1_000_000)  # amounts are also written in thousands and in millions, which no plan reads
TENFOLD = (10, Fraction(1, 10))  # of a number with a zero too few, or too many
ALIKE = 20  # examples of a plan whose facts are tried in other units
ENTRIES = 12  # facts of an example that are


def slip(outcome: Tried, items: Sequence[ExampleItem], currency: str) -> Slip | None:
    """What happened to the amounts that differ; a total that only follows another amount is left out."""
    single = [item for item in items if len(item.lines) == 1] or list(items)
    if len(single) == 2 and [single[0].expected, single[1].expected] == [single[1].got, single[0].got]:
        return "exchanged"
    return _single(outcome, single[0], currency) if len(single) == 1 else None


def _single(outcome: Tried, item: ExampleItem, currency: str) -> Slip | None:
    expected, got = item.expected.exact, item.got.exact
    if not expected or not got:
        return None
    minor = 10**item.got.digits
    tests: dict[Slip, bool] = {
        "signed": expected == -got,
        "salary": len(item.lines) > 1 and expected == got - _salary(outcome),
        "omitted": len(item.lines) > 1 and any(expected == got - one for one in _unnamed(outcome, item)),
        "swapped": _swapped(f"{expected * minor}", f"{got * minor}"),
        "rounded": expected.denominator == 1 and abs(expected - got) < 1,
        "thousands": any(_rounded(got / unit, expected) for unit in UNITS),
        "tenfold": expected in {got * 10, got / 10},
        "net": currency == "RUB" and _rounded(got * AFTER_TAX, expected),
    }
    return next((name for name, fits in tests.items() if fits), None)


def _unnamed(outcome: Tried, item: ExampleItem) -> Iterator[Fraction]:
    """What is paid in the lines of a sum that its example does not name."""
    assert isinstance(outcome.result, Result)
    named = {at for one in outcome.items if len(one.lines) == 1 for at in one.lines}
    amounts = ((at, outcome.result.amounts[at]) for at in item.lines if at not in named)
    yield from (Fraction(minor, 10**item.got.digits) for _, minor in amounts if minor)


def _salary(outcome: Tried) -> Fraction:
    """What an example is paid as salary."""
    assert isinstance(outcome.result, Result)
    lines, amounts = outcome.result.kernel.lines, outcome.result.amounts
    paid = sum(minor for line, minor in zip(lines, amounts, strict=True) if line.kind == "salary")
    return Fraction(paid, 10**outcome.result.kernel.digits)


def _rounded(exact: Fraction, written: Fraction) -> bool:
    """Whether a number is another as it is rounded to its last digit."""
    unit = tree.Number(written).unit
    size = exact / unit
    return written == rounded(size.numerator, size.denominator) * unit


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbouring digits stand the other way round."""
    differing = [at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1]
    if len(one) != len(other) or len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    at = differing[0]
    return one[at : at + 2] == other[at : at + 2][::-1]


def meant(compiled: Compiled, outcome: Tried) -> tuple[tree.Entry, tree.Entry] | None:
    """The one fact of an example with which, in another unit, all of it comes out, and what is meant."""
    found = list(_fitting(compiled, outcome.example)) if _telling(outcome) else []
    return found[0] if len({id(entry) for entry, _ in found}) == 1 else None


def tenfold(compiled: Compiled, outcome: Tried) -> tuple[tree.Entry, tree.Entry] | None:
    """The one fact of an example with which, by one zero more or less, all of it comes out."""
    found = list(_fitting(compiled, outcome.example, TENFOLD)) if _telling(outcome) else []
    return found[0] if len(found) == 1 else None


def crossed(compiled: Compiled, example: tree.Example) -> tuple[tree.Entry, tree.Entry] | None:
    """The only two facts of an example with the values of each other with which all of it comes out."""
    if len(example.entries) > ENTRIES or tried(compiled, example).passed:
        return None
    found = []
    for one, other in combinations(example.entries, 2):
        if type(one.value) is type(other.value) and not (one.target or other.target):
            turned = replace(one, value=other.value), replace(other, value=one.value)
            rows = tuple(_given(_given(row, one, turned[0]), other, turned[1]) for row in example.rows)
            if tried(compiled, replace(example, rows=rows)).passed:
                found.append((one, other))
    return found[0] if len(found) == 1 else None


def _telling(outcome: Tried) -> bool:
    """Whether what an example expects tells one fact from another: more than nothing and a salary."""
    if not isinstance(outcome.result, Result) or len(outcome.example.entries) > ENTRIES:
        return False
    return any(not item.passed and item.expected.minor for item in outcome.items)


def _fitting(
    compiled: Compiled, example: tree.Example, units: Sequence[Fraction | int] = UNITS
) -> Iterator[tuple[tree.Entry, tree.Entry]]:
    for entry in example.entries:
        value = entry.value
        if not isinstance(value, tree.Number | tree.Amount) or not value.value:
            continue
        # Ten times or a hundred times too little may as well be a rate of the plan that is too small.
        for unit in units:
            better = replace(entry, value=replace(value, value=value.value * unit, places=0))
            rows = tuple(_given(row, entry, better) for row in example.rows)
            if tried(compiled, replace(example, rows=rows)).passed:
                yield entry, better
                break


def _given(row: tree.ExampleRow, entry: tree.Entry, better: tree.Entry) -> tree.ExampleRow:
    """A row of an example with another value of one of its facts."""
    if not isinstance(row, tree.Given):
        return row
    return replace(row, entries=tuple(better if one is entry else one for one in row.entries))
