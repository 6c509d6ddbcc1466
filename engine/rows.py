"""A curve as source: a few pieces asked one after another, or the row of a long table looked up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import gcd, lcm

from . import kernel as k
from .algebra import Term, Value, add, compare, multiply
from .draft import Draft
from .fork import FEW, Branches, common, fork, listed, sifted
from .zones import Sign, Zones, zones

Number = Callable[[k.Node], Value]
Test = tuple[Sign | None, Value | None]


def curved(w: Draft, node: k.Curve, measure: Value, pieces: Sequence[k.Piece], number: Number) -> Value:
    """A measure through the pieces of a curve. All bounds and slopes get a value, whichever piece decides."""
    long, dense = len(pieces) > FEW, w.dense
    w.dense = dense or long
    tests: list[Test] = []
    worths: list[tuple[Value, Value]] = []
    for piece in pieces:
        tests.append((piece.sign, None if piece.bound is None else number(piece.bound)))
        worths.append((number(piece.slope), number(piece.constant)))
    w.dense = dense
    if not long and not (dense and _fixed(tests, worths)):
        return fork(w, node, _branches(w, measure, tests, worths))
    index = _row(w, measure, tests)
    if w.traced:
        w.picks[id(node)] = index
    if all(_stated(slope) and _stated(constant) for slope, constant in worths):
        return _tabled(w, index, measure, [(slope.factor, constant.factor) for slope, constant in worths])
    return listed(w, index, [partial(_straight, w, measure, *worth) for worth in worths])


def _stated(value: Value) -> bool:
    """Whether the plan alone says a value."""
    return value.top is None and not value.under


def _fixed(tests: Sequence[Test], worths: Sequence[tuple[Value, Value]]) -> bool:
    """Whether the plan alone says all numbers of a curve."""
    bounds = all(bound is None or _stated(bound) for _, bound in tests)
    return bounds and all(_stated(slope) and _stated(constant) for slope, constant in worths)


def _straight(w: Draft, measure: Value, slope: Value, constant: Value) -> Value:
    return add(w, multiply(w, slope, measure), constant, 1)


def _branches(
    w: Draft, measure: Value, tests: Sequence[Test], worths: Sequence[tuple[Value, Value]]
) -> Branches:
    asked = [
        None if bound is None or sign is None else kept(w, compare(w, measure, bound, sign))
        for sign, bound in tests
    ]
    return [(test, partial(_straight, w, measure, *worth)) for test, worth in zip(asked, worths, strict=True)]


def kept(w: Draft, test: str) -> str:
    """A test that is asked once: in its place, or, for a trace, as a variable that is kept."""
    return test if not w.traced else w.test(test)


# ── Which row ────────────────────────────────────────────────────────────────────────────────────────────


def _row(w: Draft, measure: Value, tests: Sequence[Test]) -> str:
    """The number of the row that decides, as a variable."""
    key = (measure, tuple(tests))
    known = w.recall(key)
    if known is not None:
        return known
    bounds = [None if bound is None else bound.factor for _, bound in tests]
    if all(bound is None or _stated(bound) for _, bound in tests):
        signs = [sign for sign, _ in tests]
        return w.remember(key, _searched(w, measure, zones([*zip(signs, bounds, strict=True)])))
    asked = [
        compare(w, measure, bound, sign) for sign, bound in tests if bound is not None and sign is not None
    ]
    return w.remember(key, sifted(w, asked))


def _searched(w: Draft, measure: Value, areas: Zones) -> str:
    """The row by a search of sorted bounds: held against whole numbers, which is exact both ways."""
    bounds, picks = _needed(areas)
    if not bounds:
        return _picked(w, "0", picks)
    scale = lcm(*(bound.denominator for bound in bounds))
    factor = measure.factor * scale
    top, bottom = w.times(factor.numerator, measure.top), w.times(factor.denominator, *measure.under)
    low = high = w.let(top)
    if bottom.text != "1":
        low = w.let(Term(f"{top.text} // ({bottom.text})", top.bits))
        high = w.let(Term(f"-(-{top.text} // ({bottom.text}))", top.bits + 1))
    table = w.table([int(bound * scale) for bound in bounds])
    before, after = f"bisect_left({table}, {high})", f"bisect_right({table}, {low})"
    below, at, beyond = picks[0:-1:2], picks[1::2], picks[2::2]
    # Where every bound belongs to what lies below it, or above it, one search tells.
    if at == below:
        return _picked(w, before, picks[0::2])
    if at == beyond:
        return _picked(w, after, picks[0::2])
    return _picked(w, f"{before} + {after}", picks)


def _needed(areas: Zones) -> tuple[Sequence[Fraction], Sequence[int]]:
    """The bounds at which something changes, with what decides before, at and after each."""
    bounds: list[Fraction] = []
    picks = [areas.picks[0]]
    for index, bound in enumerate(areas.bounds):
        around = areas.picks[2 * index : 2 * index + 3]
        if len({*around}) > 1:
            bounds.append(bound)
            picks.extend(around[1:])
    return bounds, picks


def _picked(w: Draft, found: str, picks: Sequence[int]) -> str:
    """The row of a zone."""
    bits = max(picks).bit_length()
    if picks == [*range(len(picks))]:
        return w.let(Term(found, bits))
    return w.let(Term(f"{w.table(picks)}[{found}]", bits))


# ── What it is worth ─────────────────────────────────────────────────────────────────────────────────────


def _tabled(w: Draft, index: str, measure: Value, rows: Sequence[tuple[Fraction, Fraction]]) -> Value:
    """Rows of stated numbers: `slope` × measure + `constant`, read from tables."""
    slopes, constants = [slope * measure.factor for slope, _ in rows], [constant for _, constant in rows]
    flat, steep = not any(slopes), not any(constants)
    under = () if flat else measure.under
    scale = common([*slopes, *constants])
    if scale is None:
        # Each row has a denominator of its own.
        own = [lcm(*(number.denominator for number in row)) for row in zip(slopes, constants, strict=True)]
        share = 1
        under = (*under, w.let(_looked_up(w, own, index)))
    else:
        own = [scale] * len(rows)
        share = gcd(*(int(number * scale) for number in (*slopes, *constants))) or 1
    factor = Fraction(share, scale or 1)
    rates = [int(slope * one) // share for slope, one in zip(slopes, own, strict=True)]
    sums = [int(constant * one) // share for constant, one in zip(constants, own, strict=True)]
    terms: list[Term] = []
    if not flat:
        terms.append(_product(w, _looked_up(w, rates, index), [measure.top]))
    if not steep or flat:
        terms.append(_product(w, _looked_up(w, sums, index), [] if flat else measure.under))
    bits = max(term.bits for term in terms) + len(terms) - 1
    return Value(factor, w.let(Term(" + ".join(term.text for term in terms), bits)), under)


def _looked_up(w: Draft, numbers: Sequence[int], index: str) -> Term:
    bits = max(number.bit_length() for number in numbers)
    if len({*numbers}) == 1:
        return Term(str(numbers[0]), bits)
    return Term(f"{w.table(numbers)}[{index}]", bits)


def _product(w: Draft, looked_up: Term, names: Sequence[str | None]) -> Term:
    """What was looked up, times variables (None for 1)."""
    product = w.times(1, *names)
    if product.text == "1":
        return looked_up
    return Term(f"{looked_up.text}*{product.text}", looked_up.bits + product.bits)
