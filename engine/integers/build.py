"""A kernel as a program over integers, exact and fast.

It holds integers and positions of inputs only, never a word of the author's. It is made for the number of
decimal places in which the inputs are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import assert_never

from .. import kernel as k
from ..kernel import Kernel, Node
from ..money import rounded
from ..scales import Scales, longest
from ..signs import signs
from .algebra import add, compare, divide, multiply, whole
from .draft import Draft, Unbounded, Value
from .elapsed import elapsed
from .fork import fork, long, rowed, same
from .loop import gathered
from .routine import ZERO, Call, Compare, Const, Expression, Fail, If, Late, Let, Present, Sum, Var
from .rows import curved, kept

ONE = Fraction(1)
CHAIN = 100  # steps that call one another


def build(kernel: Kernel, scales: Scales, *, traced: bool, bounded: bool = False) -> Draft:
    """The program of a kernel; with `bounded`, `Unbounded` where it could exhaust a machine."""
    pairs = enumerate(zip(kernel.inputs, scales.inputs, strict=True))
    inputs = [Var(index, longest(entry, scale)) for index, (entry, scale) in pairs]
    w = Draft(kernel, scales, inputs, signs(kernel), traced, bounded)
    _steps(w)
    for line in kernel.lines:
        w.amounts.append(_amount(w, line))
    return w


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────


def _steps(w: Draft) -> None:
    """Steps in their order; one that may have no value, and is not needed by all, waits to be called."""
    undecided = _partial(w)
    needed = _needed(w.kernel, undecided)
    for index, step in enumerate(w.kernel.steps):
        if index not in undecided or index in needed:
            w.steps.append(_number(w, step.value))
            continue
        calls = [node.index for node in k.walk(step.value) if isinstance(node, k.Earlier)]
        w.called[index] = 1 + max([w.called.get(call, 0) for call in calls], default=0)
        if w.bounded and w.called[index] > CHAIN:
            raise Unbounded(step.value)
        before = len(w.variables)
        body, value = w.block(partial(_number, w, step.value))
        w.body.append(Late(index, w.variables[before:], body))
        w.steps.append(value)


def _partial(w: Draft) -> set[int]:
    """The steps that may have no value: a divisor in them may be 0."""
    found: set[int] = set()
    for index, step in enumerate(w.kernel.steps):
        for node in k.walk(step.value):
            match node:
                case k.Arithmetic("/", _, divisor) if w.signs[id(divisor)] != "positive":
                    found.add(index)
                case k.Records("least" | "greatest" | "first" | "last"):
                    found.add(index)
                case k.Earlier(other) if other in found:
                    found.add(index)
                case _:
                    pass
    return found


def _needed(kernel: Kernel, partial: set[int]) -> set[int]:
    """The steps that every evaluation needs, whatever the facts."""
    found: set[int] = set()
    roots: list[Node] = [line.amount for line in kernel.lines]
    roots += [kernel.steps[index].value for index in kernel.results]
    found.update(kernel.results)
    roots += [step.value for index, step in enumerate(kernel.steps) if index not in partial]
    while roots:
        node = roots.pop()
        roots += k.certain(node)
        if isinstance(node, k.Earlier) and node.index not in found:
            found.add(node.index)
            roots.append(kernel.steps[node.index].value)
    return found


# ── Operations ───────────────────────────────────────────────────────────────────────────────────────────


def _number(w: Draft, node: Node) -> Value:
    """The value of an operation; of a condition 1 or 0.

    Two calls for each operation that lies in another, and no more: Python nests a thousand.
    """
    try:
        match node:
            case k.Piecewise():  # the rows of a matrix of points are each the end of two stretches
                value = w.once(id(node), partial(_value, w, node))
            case k.Comparison() | k.Denial() | k.Logic():
                w.picks[id(node)] = holds = _condition(w, node)
                value = Value(Fraction(1), holds)
            case _:
                value = _value(w, node)
        w.values[id(node)] = w.fits(value)
    except Unbounded as signal:
        signal.node = signal.node or node
        raise
    return value


def _value(w: Draft, node: Node) -> Value:  # noqa: PLR0911, PLR0912  # one for each operation
    match node:
        case k.Constant(value):
            return Value(value)
        case k.Actual(index):
            return _given(w, index)
        case k.Own(index, otherwise):
            own, planned = partial(_given, w, index), partial(_number, w, otherwise)
            return fork(w, node, [(Present(w.inputs[index]), own), (None, planned)])
        case k.Column(table, index):
            return Value(Fraction(1, 10 ** w.scales.tables[table][index]), w.columns[table, index])
        case k.Records():
            return gathered(w, node, partial(_number, w))
        case k.Earlier(index):
            if index in w.called:
                w.body.append(Call(index))
            return w.steps[index]
        case k.Paid(lines):
            return _paid(w, lines)
        case k.Arithmetic("+" | "-" as sign, left, right):
            return add(w, _number(w, left), _number(w, right), -1 if sign == "-" else 1)
        case k.Arithmetic("*", left, right):
            return multiply(w, _number(w, left), _number(w, right))
        case k.Arithmetic(_, left, right):
            return _quotient(w, node, _number(w, left), _number(w, right))
        case k.Choice() if long(node):
            return rowed(w, node, partial(_number, w))
        case k.Choice(condition, chosen, otherwise):
            branch, test = partial(partial, _number, w), _number(w, condition).holds
            return fork(w, node, [(test, branch(chosen)), (None, branch(otherwise))])
        case k.Extreme(word, operands):
            return _extreme(w, node, word, [_number(w, operand) for operand in operands])
        case k.Clamp(operand, floor):
            return _extreme(w, node, "max", [_number(w, operand), _number(w, floor)])
        case k.Piecewise(measure, pieces):
            return curved(w, node, _number(w, measure), pieces, partial(_number, w))
        case k.Rounded(operand, unit, direction):
            return Value(unit, whole(w, _number(w, operand), 1 / unit, direction, w.signs[id(operand)]))
        case k.Elapsed(unit, since, until):
            days = [whole(w, _number(w, one), ONE, "down", "any") for one in (since, until)]
            return elapsed(w, days[0], days[1], 12 if unit == "years" else 1)
        case k.Comparison() | k.Denial() | k.Logic():
            raise TypeError("a condition is no number")
        case _:
            assert_never(node)


def _condition(w: Draft, node: k.Comparison | k.Denial | k.Logic) -> Var:
    match node:
        case k.Comparison(sign, left, right):
            return w.set(compare(_number(w, left), _number(w, right), sign), 1)
        case k.Denial(operand):
            return w.set(Compare("=", _number(w, operand).holds, ZERO), 1)
        case k.Logic(word, left, right):
            test = w.set(_number(w, left).holds, 1)
            body, other = w.block(partial(_number, w, right))
            ask = test if word == "and" else Compare("=", test, ZERO)
            w.body.append(If([(ask, (*body, Let(test, other.holds)))]))
            return test


def _given(w: Draft, index: int) -> Value:
    return Value(Fraction(1, 10 ** w.scales.inputs[index]), w.inputs[index])


def _paid(w: Draft, lines: Sequence[int]) -> Value:
    """The sum of lines as they are printed: whole minor units."""
    if not lines:
        return Value(Fraction(0))
    amounts = tuple([w.amounts[index] for index in lines])
    total = w.let(amounts[0] if len(amounts) == 1 else Sum(amounts))
    return Value(Fraction(1, 10**w.kernel.digits), total)


def _quotient(w: Draft, node: k.Arithmetic, left: Value, right: Value) -> Value:
    sign = w.signs[id(node.right)]
    if right.factor == 0 or (right.top is not None and sign != "positive"):
        w.body.append(If([(Compare("=", right.holds, ZERO), [Fail(len(w.quotients))])]))
        w.quotients.append(node)
    return Value(Fraction(0)) if right.factor == 0 else divide(w, left, right, sign)


def _extreme(w: Draft, node: Node, word: str, values: Sequence[Value]) -> Value:
    """The least or greatest; the earlier of equals."""
    best = values[0]
    for value in values[1:]:
        test = kept(w, compare(best, value, "<=" if word == "min" else ">="))
        best = fork(w, node, [(test, partial(same, best)), (None, partial(same, value))])
    return best


def _amount(w: Draft, line: k.PayLine) -> Expression:
    """A line of pay in minor units: a variable, or the number itself where it is the same for everybody."""
    value, minor = _number(w, line.amount), Fraction(10**w.kernel.digits)
    if value.stated:
        return Const(rounded(*(value.factor * minor).as_integer_ratio()))
    try:
        return whole(w, value, minor, "nearest", w.signs[id(line.amount)])
    except Unbounded as signal:
        signal.node = signal.node or line.amount
        raise
