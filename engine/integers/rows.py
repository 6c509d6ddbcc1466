"""A curve: a few pieces asked one after another, or the row of a long table looked up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from math import gcd, lcm

from .. import kernel as k
from ..zones import Sign, Zones, zones
from .algebra import add, compare, multiply
from .draft import Draft, Value
from .fork import FEW, Number, common, fork, listed, sifted
from .routine import ONE, Compare, Const, Expression, FloorDiv, Lookup, Search, Sum, Var, bits, times


def curved(w: Draft, node: k.Piecewise, measure: Value, pieces: Sequence[k.Piece], number: Number) -> Value:
    """A measure through the pieces of a curve. All bounds and slopes get a value, whichever piece decides."""
    long, dense = len(pieces) > FEW, w.dense
    w.dense = dense or long
    tests: list[tuple[Sign, Value]] = []
    worths: list[tuple[Value, Value]] = []
    for piece in pieces:
        if piece.sign is not None and piece.bound is not None:
            tests.append((piece.sign, number(piece.bound)))
        worths.append((number(piece.slope), number(piece.constant)))
    w.dense = dense
    straight = [partial(_straight, w, measure, *worth) for worth in worths]
    known = all(bound.stated for _, bound in tests)
    stated = all(number.stated for worth in worths for number in worth)
    if not long and not (dense and known and stated):
        asked = [kept(w, compare(measure, bound, sign)) for sign, bound in tests]
        return fork(w, node, [*zip([*asked, None], straight, strict=True)])
    find = _searched if known else _sifted
    w.picks[id(node)] = index = w.once((measure, tuple(tests)), partial(find, w, measure, tests))
    return _tabled(w, index, measure, worths) if stated else listed(w, index, straight)


def _straight(w: Draft, measure: Value, slope: Value, constant: Value) -> Value:
    return add(w, multiply(w, slope, measure), constant, 1)


def kept(w: Draft, test: Compare) -> Expression:
    """A test that is asked once: in its place, or, for a trace, as a variable that is kept."""
    return w.set(test, 1) if w.traced else test


# ── Which row ────────────────────────────────────────────────────────────────────────────────────────────


def _sifted(w: Draft, measure: Value, tests: Sequence[tuple[Sign, Value]]) -> Var:
    """The row by asking one after another."""
    return sifted(w, [compare(measure, bound, sign) for sign, bound in tests])


def _searched(w: Draft, measure: Value, tests: Sequence[tuple[Sign, Value]]) -> Var:
    """The row by a search of sorted bounds: held against whole numbers, which is exact both ways."""
    bounds, picks = _needed(zones([*((sign, bound.factor) for sign, bound in tests), (None, None)]))
    if not bounds:
        return w.set(Const(picks[0]))
    scale = lcm(*(bound.denominator for bound in bounds))
    factor = measure.factor * scale
    top, bottom = times(factor.numerator, measure.top), times(factor.denominator, *measure.under)
    low = high = w.let(top)
    if bottom != ONE:
        low = w.set(FloorDiv(top, bottom), bits(top))
        high = w.set(times(-1, FloorDiv(times(-1, top), bottom)), bits(top))
    table = w.table([int(bound * scale) for bound in bounds])
    before, after = Search(table, high, at=False), Search(table, low, at=True)
    below, at, beyond = picks[0:-1:2], picks[1::2], picks[2::2]
    # Where every bound belongs to what lies below it, or above it, one search tells.
    if at == below:
        return _picked(w, before, picks[0::2])
    if at == beyond:
        return _picked(w, after, picks[0::2])
    return _picked(w, Sum((before, after)), picks)


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


def _picked(w: Draft, found: Expression, picks: Sequence[int]) -> Var:
    """The row of a zone."""
    plain = picks == [*range(len(picks))]
    return w.set(found if plain else Lookup(w.table(picks), found), max(picks).bit_length())


# ── What it is worth ─────────────────────────────────────────────────────────────────────────────────────


def _tabled(w: Draft, index: Var, measure: Value, worths: Sequence[tuple[Value, Value]]) -> Value:
    """Rows of stated numbers: `slope` × measure + `constant`, read from tables."""
    slopes = [slope.factor * measure.factor for slope, _ in worths]
    constants = [constant.factor for _, constant in worths]
    flat, steep = not any(slopes), not any(constants)
    under = () if flat else measure.under
    scale = common([*slopes, *constants])
    if scale is None:
        # Each row has a denominator of its own.
        own = [lcm(*(number.denominator for number in row)) for row in zip(slopes, constants, strict=True)]
        share = 1
        under = (*under, w.let(_looked_up(w, own, index)))
    else:
        own = [scale] * len(worths)
        share = gcd(*(int(number * scale) for number in (*slopes, *constants))) or 1
    factor = Fraction(share, scale or 1)
    rates = [int(slope * one) // share for slope, one in zip(slopes, own, strict=True)]
    sums = [int(constant * one) // share for constant, one in zip(constants, own, strict=True)]
    terms = [] if flat else [times(1, _looked_up(w, rates, index), measure.top)]
    if not steep or flat:
        terms.append(times(1, _looked_up(w, sums, index), *(() if flat else measure.under)))
    return Value(factor, w.let(terms[0] if len(terms) == 1 else Sum(tuple(terms))), under)


def _looked_up(w: Draft, numbers: Sequence[int], index: Var) -> Expression:
    return Const(numbers[0]) if len({*numbers}) == 1 else Lookup(w.table(numbers), index)
