"""A kernel as Python source over integers: the one evaluation there is, exact and fast.

The source holds integers and positions of inputs only, never a word of the author's. It is made for the
number of decimal places in which the inputs are given.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, assert_never

from . import kernel as k
from .algebra import COMPARISONS, Term, TooBig, Value, add, chained, compare, divide, multiply, whole
from .draft import Draft, Unbounded
from .fork import FEW, asked, fork, meeting, rowed, same
from .kernel import Kernel, Node
from .money import rounded
from .program import Program, Slot, Undefined
from .rows import curved, kept
from .scales import longest
from .signs import signs

BOOLEAN = "yes_no"
CHAIN = 100  # steps that call one another


def generate(kernel: Kernel, scales: Sequence[int], *, traced: bool) -> Program:
    """The program of a kernel for inputs with so many decimal places each."""
    w = write(kernel, scales, traced=traced)
    inputs = [f"f{index}" for index in range(len(kernel.inputs))]
    head = ["def run(f):"]
    if inputs:
        head.append(f"    {', '.join(inputs)}, = f")
    late = w.late if traced else [name for name in w.late if w.called]
    if late:
        head.append(f"    {' = '.join(late)} = None")
    trace = [*inputs, *w.variables] if traced else []
    last = f"    return {_row(w.amounts)}" + (f", {_row(trace)}" if traced else "")
    tables = [f"{name} = {_row([*map(str, numbers)])}" for numbers, name in w.tables.items()]
    source = "\n".join([*tables, *head, *w.rows, last])
    scope: dict[str, Any] = {"Undefined": Undefined, "bisect_left": bisect_left, "bisect_right": bisect_right}
    exec(compile(source, "<premia>", "exec"), scope)  # our own text: integers and variables only
    at = {name: index for index, name in enumerate(trace)}
    slots = {node: _slot(value, at) for node, value in w.values.items()} if traced else {}
    picks = {node: at[name] for node, name in w.picks.items()} if traced else {}
    return Program(scope["run"], slots, picks, tuple(w.quotients), source)


def write(kernel: Kernel, scales: Sequence[int], *, traced: bool, bounded: bool = False) -> Draft:
    """The rows of a kernel's source; with `bounded`, `Unbounded` where it could exhaust a machine."""
    w = Draft(bounded, kernel=kernel, scales=scales, traced=traced, signs=signs(kernel))
    for index, (entry, scale) in enumerate(zip(kernel.inputs, scales, strict=True)):
        w.bits[f"f{index}"] = longest(entry, scale)
    _steps(w)
    for line in kernel.lines:
        w.amounts.append(_amount(w, line))
    return w


def _row(names: Sequence[str]) -> str:
    """A tuple as source."""
    return f"({', '.join(names)},)" if names else "()"


def _slot(value: Value, at: dict[str, int]) -> Slot:
    return Slot(
        value.factor, None if value.top is None else at[value.top], tuple(at[name] for name in value.under)
    )


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────


def _steps(w: Draft) -> None:
    """Steps in their order; one that may have no value, and is not needed by all, waits to be called."""
    undecided = _partial(w)
    needed = _needed(w.kernel, undecided)
    for index, step in enumerate(w.kernel.steps):
        if index not in undecided or index in needed:
            w.steps.append(_either(w, step.value))
            continue
        calls = [node.index for node in k.walk(step.value) if isinstance(node, k.Earlier)]
        w.called[index] = 1 + max([w.called.get(call, 0) for call in calls], default=0)
        if w.bounded and w.called[index] > CHAIN:
            raise Unbounded(step.value)
        before = len(w.variables)
        with w.block() as rows:
            value = _either(w, step.value)
        own = w.variables[before:]
        w.late.append(f"m{index}")
        w.row(f"def s{index}():")
        w.row(f"    nonlocal {', '.join([f'm{index}', *own])}")
        w.row(f"    if m{index}: return")
        w.row(f"    m{index} = True")
        w.rows.extend(rows)
        w.steps.append(value)


def _partial(w: Draft) -> set[int]:
    """The steps that may have no value: a divisor in them may be 0."""
    found: set[int] = set()
    for index, step in enumerate(w.kernel.steps):
        for node in k.walk(step.value):
            match node:
                case k.Arithmetic("/", _, divisor) if w.signs[id(divisor)] != "positive":
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
    roots += [step.value for index, step in enumerate(kernel.steps) if index not in partial]
    while roots:
        for node in _certain(roots.pop()):
            if isinstance(node, k.Earlier) and node.index not in found:
                found.add(node.index)
                roots.append(kernel.steps[node.index].value)
    return found


def _certain(node: Node) -> Iterator[Node]:
    """An operation and those under it that no condition guards."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case k.Choice(condition):
                waiting.append(condition)
            case k.Logic(_, left):
                waiting.append(left)
            case k.Own():
                pass
            case _:
                waiting.extend(k.operands(node))


# ── Operations ───────────────────────────────────────────────────────────────────────────────────────────


def _either(w: Draft, node: Node) -> Value | str:
    return _truth(w, node) if node.kind == BOOLEAN else _number(w, node)


def _number(w: Draft, node: Node) -> Value:
    if isinstance(node, k.Curve) and w.recall(id(node)) is not None:
        return w.values[id(node)]  # the rows of a matrix of points are each the end of two stretches
    try:
        value = w.values[id(node)] = _value(w, node)
        w.fits(value)
    except TooBig:
        raise Unbounded(node) from None
    if isinstance(node, k.Curve):
        w.remember(id(node), value.top or "")
    return value


def _value(w: Draft, node: Node) -> Value:  # noqa: PLR0911  # one for each operation
    match node:
        case k.Constant(value):
            return Value(value)
        case k.Given(index):
            return Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
        case k.Own(index, otherwise):
            own = Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
            planned = partial(_number, w, otherwise)
            return fork(w, node, [(f"f{index} is not None", partial(same, own)), (None, planned)])
        case k.Earlier(index):
            _call(w, index)
            step = w.steps[index]
            assert isinstance(step, Value)
            return step
        case k.Paid(lines):
            return _paid(w, lines)
        case k.Arithmetic("+" | "-" as sign, left, right):
            return add(w, _number(w, left), _number(w, right), -1 if sign == "-" else 1)
        case k.Arithmetic("*", left, right):
            return multiply(w, _number(w, left), _number(w, right))
        case k.Arithmetic(_, left, right):
            return _quotient(w, node, _number(w, left), _number(w, right))
        case k.Choice():
            return _choice(w, node)
        case k.Extreme(word, operands):
            return _extreme(w, node, word, [_number(w, operand) for operand in operands])
        case k.Clamp(operand, floor):
            return _extreme(w, node, "max", [_number(w, operand), _number(w, floor)])
        case k.Curve(measure, pieces):
            return curved(w, node, _number(w, measure), pieces, partial(_number, w))
        case k.Rounded(operand, unit, direction):
            return Value(unit, whole(w, _number(w, operand), 1 / unit, direction, w.signs[id(operand)]))
        case k.Comparison() | k.Logic() | k.Denial():
            raise TypeError("a condition has no number")
        case _:
            assert_never(node)


def _paid(w: Draft, lines: Sequence[int]) -> Value:
    """The sum of lines as they are printed: whole minor units."""
    if not lines:
        return Value(Fraction(0))
    names = [w.amounts[index] for index in lines]
    bits = max(w.bits.get(name, len(name) * 4) for name in names) + len(names).bit_length()
    return Value(Fraction(1, 10**w.kernel.digits), w.let(Term(chained(names, "+"), bits)))


def _quotient(w: Draft, node: k.Arithmetic, left: Value, right: Value) -> Value:
    sign = w.signs[id(node.right)]
    if right.factor == 0 or (right.top is not None and sign != "positive"):
        w.row(f"{'' if right.factor == 0 else f'if not {right.top}: '}raise Undefined({len(w.quotients)})")
        w.quotients.append(node)
    return Value(Fraction(0)) if right.factor == 0 else divide(w, left, right, sign)


def _call(w: Draft, index: int) -> None:
    if index in w.called:
        w.row(f"s{index}()")


def _truth(w: Draft, node: Node) -> str:
    """A condition, as a variable or a constant."""
    try:
        return _verdict(w, node)
    except TooBig:
        raise Unbounded(node) from None


def _verdict(w: Draft, node: Node) -> str:
    match node:
        case k.Constant(value):
            return str(value != 0)
        case k.Given(index):
            return f"f{index}"
        case k.Earlier(index):
            _call(w, index)
            step = w.steps[index]
            assert isinstance(step, str)
            return step
        case k.Comparison(sign, left, right) if left.kind == BOOLEAN:
            test = w.test(f"bool({_truth(w, left)}) {COMPARISONS[sign]} bool({_truth(w, right)})")
        case k.Comparison(sign, left, right):
            test = w.test(compare(w, _number(w, left), _number(w, right), sign))
        case k.Denial(operand):
            test = w.test(f"not {_truth(w, operand)}")
        case k.Logic(word, left, right):
            test = w.test(f"bool({_truth(w, left)})")
            with w.block() as rows:
                w.row(f"{test} = bool({_truth(w, right)})")
            w.row(f"if {test}:" if word == "and" else f"if not {test}:")
            w.rows.extend(rows)
        case k.Choice():
            test = _fork_truth(w, node)
        case _:
            raise TypeError("a number is no condition")
    w.picks[id(node)] = test
    return test


def _fork_truth(w: Draft, node: k.Choice) -> str:
    """One of several conditions."""
    if _long(node):
        blocks = asked(w, node, partial(_truth, w), partial(_truth, w))
        name = w.variable()
        rowed(w, blocks, lambda test: w.row(f"{name} = bool({test})"))
        w.picks.update({id(block.node): name for block in blocks if block.test})
        return name
    test = _truth(w, node.condition)
    name = w.variable()
    for head, branch in ((f"if {test}:", node.chosen), ("else:", node.otherwise)):
        with w.block() as rows:
            w.row(f"{name} = bool({_truth(w, branch)})")
        w.row(head)
        w.rows.extend(rows)
    return name


def _long(node: k.Choice) -> bool:
    """Whether a choice leads on to so many others that they must not stand in one another."""
    left: Node = node
    for _ in range(FEW):
        if not isinstance(left, k.Choice):
            return False
        left = left.otherwise
    return isinstance(left, k.Choice)


def _choice(w: Draft, node: k.Choice) -> Value:
    if _long(node):
        blocks = asked(w, node, partial(_truth, w), partial(_number, w))
        met = meeting(w, [block.value for block in blocks])
        rowed(w, blocks, partial(met.take, w))
        w.values.update({id(block.node): met.value for block in blocks if block.test})
        return met.value
    test = _truth(w, node.condition)
    chosen, otherwise = partial(_number, w, node.chosen), partial(_number, w, node.otherwise)
    return fork(w, node, [(test, chosen), (None, otherwise)])


def _extreme(w: Draft, node: Node, word: str, values: Sequence[Value]) -> Value:
    """The least or greatest; the earlier of equals."""
    best, sign = values[0], "<=" if word == "min" else ">="
    for value in values[1:]:
        test = kept(w, compare(w, best, value, sign))
        best = fork(w, node, [(test, partial(same, best)), (None, partial(same, value))])
    return best


def _amount(w: Draft, line: k.Line) -> str:
    """A line of pay in minor units: a variable, or the number itself where it is the same for everybody."""
    value, minor = _number(w, line.amount), Fraction(10**w.kernel.digits)
    if value.top is None and not value.under:
        return str(rounded(*(value.factor * minor).as_integer_ratio()))
    try:
        return whole(w, value, minor, "nearest", w.signs[id(line.amount)])
    except TooBig:
        raise Unbounded(line.amount) from None
