"""Values over the records of a table: a loop, with what each record makes of what those before it came to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from .. import kernel as k
from ..scales import breadth
from .algebra import compare
from .draft import Draft, RecordsTally, Value
from .fork import Number
from .routine import (
    ONE,
    ROWS,
    ZERO,
    Compare,
    Const,
    Fail,
    FloorDiv,
    Gcd,
    If,
    Let,
    Loop,
    Put,
    SetSize,
    Statement,
    Sum,
    Var,
    bits,
    times,
)

SHARED = 1_024  # bits of what the values of all records can have in common below the line

# What the records come to, what stands before the loop for it, and what after.
Gathered = tuple[Value, Sequence[Statement], Sequence[Statement]]


def gathered(w: Draft, node: k.Records, number: Number) -> Value:
    """What a value comes to over the records of a table."""
    table, scales, outer = w.kernel.tables[node.table], w.scales.tables[node.table], w.columns
    columns = table.columns
    parts = [part for part in (node.value, node.where, node.order) if part is not None]
    read = sorted({one.index for part in parts for one in k.walk(part) if isinstance(one, k.Column)})
    before = len(w.variables)
    # For the trace: how many records there are, for how many of them the condition holds, and how many each
    # part of it leaves out.
    tests = k.conjuncts(node.where) if w.traced else ()
    tally = [w.variable(ROWS) for _ in range(2 + len(tests))] if w.traced else []

    def counted() -> Gathered:
        found = _added(w, node, number)
        w.body.extend(Let(one, Sum((one, ONE))) for one in tally[1:2])
        return found

    def body() -> Gathered:
        cells = {index: w.variable(breadth(columns[index], scales[index])) for index in read}
        w.columns = {(node.table, index): cell for index, cell in cells.items()}
        holds = None if node.where is None else number(node.where).holds
        w.body.extend(Let(one, Sum((one, ONE))) for one in tally[:1])
        fails = [Compare("=", w.values[id(test)].holds, ZERO) for test in tests]
        left = [(test, [Let(one, Sum((one, ONE)))]) for test, one in zip(fails, tally[2:], strict=True)]
        w.body.extend([If(left)] if left else ())
        inner, found = w.block(counted)
        w.body.extend(inner if holds is None else [If([(holds, inner)])])
        return found

    block, (value, start, end) = w.block(body)
    listed = [w.columns.get((node.table, index)) for index in range(len(columns))]
    w.columns = outer
    kept = w.variables[before:] if w.traced else None
    shared = table.group or (table.owner is None and table.counts is None)
    w.loops[id(node)] = loop = Loop(len(w.loops), node.table, listed, block, kept, shared)
    w.body.extend([*(Let(one, ZERO) for one in tally), *start, loop, *end])
    if tally:
        each = None if node.value is None else w.values[id(node.value)]
        seen, held, *left_out = (one.place for one in tally)
        w.tallies[id(node)] = RecordsTally(seen, held, left_out, each)
    return value


def _added(w: Draft, node: k.Records, number: Number) -> Gathered:
    """What one record makes of what those before it came to."""
    match node.word:
        case "count":
            count = w.variable(ROWS)
            w.body.append(Let(count, Sum((count, ONE))))
            return Value(Fraction(1), count), [Let(count, ZERO)], []
        case "sum":
            return _summed(w, node, _valued(node, number))
        case "distinct":
            value = _valued(node, number)
            w.sets += 1
            w.body.append(Put(w.sets - 1, w.let(value.top or ONE)))
            size = w.variable(ROWS)
            return Value(Fraction(1), size), [], [Let(size, SetSize(w.sets - 1))]
        case "least" | "greatest":
            value = _valued(node, number)
            best = _like(w, value)
            nearer = compare(value, best, "<" if node.word == "least" else ">")
            return _chosen(w, node, value, best, [], nearer)
        case "first" | "last":
            assert node.order is not None
            value, day = _valued(node, number), number(node.order)
            key = _like(w, day)
            # Records come by their ids: of one day the first stays the first, and the last comes last.
            nearer = compare(day, key, "<" if node.word == "first" else ">=")
            return _chosen(w, node, value, _like(w, value), _set(key, day), nearer)
        case _:
            assert_never(node.word)


def _valued(node: k.Records, number: Number) -> Value:
    assert node.value is not None
    return number(node.value)


def _summed(w: Draft, node: k.Records, value: Value) -> Gathered:
    """A sum: of integers where all values have one denominator, else of fractions in their least terms."""
    wide = bits(value.top or ONE) + ROWS
    if not value.under:
        top = w.variable(wide)
        w.body.append(Let(top, Sum((top, value.top or ONE))))
        return Value(value.factor, top if value.factor else None), [Let(top, ZERO)], []
    below = times(1, *value.under)
    top, under = w.variable(wide + SHARED + bits(below)), w.variable(SHARED + bits(below))
    w.body.append(Let(top, Sum((times(1, top, below), times(1, value.top, under)))))
    w.body.append(Let(under, times(1, under, below)))
    share = w.set(Gcd(top, under))
    w.body.append(Let(top, FloorDiv(top, share)))
    w.body.append(Let(under, FloorDiv(under, share)))
    w.body.append(_failing(w, node, Compare(">", under, Const(1 << SHARED))))
    return Value(value.factor, top, (under,)), [Let(top, ZERO), Let(under, ONE)], []


def _chosen(
    w: Draft, node: k.Records, value: Value, best: Value, key: Sequence[Let], nearer: Compare
) -> Gathered:
    """The value of one of the records; of none it has none."""
    some = w.variable(1)
    take = [*_set(best, value), *key, Let(some, ONE)]
    w.body.append(If([(Compare("=", some, ZERO), take), (nearer, take)]))
    return best, [Let(some, ZERO)], [_failing(w, node, Compare("=", some, ZERO))]


def _like(w: Draft, value: Value) -> Value:
    """A place for values that are made as one is."""
    return Value(
        value.factor,
        None if value.top is None else w.variable(value.top.bits),
        tuple(w.variable(one.bits) for one in value.under),
    )


def _set(place: Value, value: Value) -> list[Let]:
    """What puts a value there."""
    tops: list[tuple[Var, Var]] = []
    if place.top is not None and value.top is not None:
        tops.append((place.top, value.top))
    return [Let(one, other) for one, other in (*tops, *zip(place.under, value.under, strict=True))]


def _failing(w: Draft, node: k.Records, test: Compare) -> Statement:
    w.quotients.append(node)
    return If([(test, [Fail(len(w.quotients) - 1)])])
