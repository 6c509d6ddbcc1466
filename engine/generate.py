"""A kernel as Python source over integers: the one evaluation there is, exact and fast.

The source holds integers and positions of inputs only, never a word of the author's. It is made for the
number of decimal places in which the inputs are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from math import gcd, lcm
from typing import Any, assert_never

from . import kernel as k
from .algebra import COMPARISONS, Term, TooBig, Value, Writer, add, compare, divide, multiply, whole
from .kernel import Kernel, Node
from .money import rounded
from .program import Program, Slot, Undefined
from .scales import longest
from .signs import Sign, signs

BOOLEAN = "yes_no"
CHAIN = 100  # steps that call one another, and
NESTED = 200  # operations inside one another, so that no expression outgrows Python's stack


class Unbounded(Exception):  # noqa: N818  # a signal to whoever asks whether a plan can be evaluated
    """An operation could give too long a number, or is nested too deep."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


@dataclass(slots=True)
class Code(Writer):
    """The source of a kernel in the making."""

    kernel: Kernel = field(kw_only=True)
    scales: Sequence[int] = field(kw_only=True)
    traced: bool = field(kw_only=True)
    signs: dict[int, Sign] = field(kw_only=True)
    values: dict[int, Value] = field(default_factory=dict)
    picks: dict[int, str] = field(default_factory=dict)
    steps: list[Value | str] = field(default_factory=list)
    called: dict[int, int] = field(
        default_factory=dict
    )  # steps that wait to be called, how deep they call others
    quotients: list[k.Arithmetic] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    depth: int = 0


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
    kept = [*inputs, *w.variables] if traced else []
    last = f"    return {_row(w.amounts)}" + (f", {_row(kept)}" if traced else "")
    source = "\n".join([*head, *w.rows, last])
    scope: dict[str, Any] = {"Undefined": Undefined}
    exec(compile(source, "<premia>", "exec"), scope)  # our own text: integers and variables only
    at = {name: index for index, name in enumerate(kept)}
    slots = {node: _slot(value, at) for node, value in w.values.items()} if traced else {}
    picks = {node: at[name] for node, name in w.picks.items()} if traced else {}
    return Program(scope["run"], slots, picks, tuple(w.quotients), source)


def write(kernel: Kernel, scales: Sequence[int], *, traced: bool, bounded: bool = False) -> Code:
    """The rows of a kernel's source; with `bounded`, `Unbounded` where it could exhaust a machine."""
    w = Code(bounded, kernel=kernel, scales=scales, traced=traced, signs=signs(kernel))
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


def _steps(w: Code) -> None:
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
        with w.aside() as rows:
            value = _either(w, step.value)
        own = w.variables[before:]
        w.late.append(f"m{index}")
        w.row(f"def s{index}():")
        w.row(f"    nonlocal {', '.join([f'm{index}', *own])}")
        w.row(f"    if m{index}: return")
        w.row(f"    m{index} = True")
        w.rows.extend(rows)
        w.steps.append(value)


def _partial(w: Code) -> set[int]:
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


def _either(w: Code, node: Node) -> Value | str:
    return _truth(w, node) if node.kind == BOOLEAN else _number(w, node)


def _number(w: Code, node: Node) -> Value:
    w.depth += 1
    try:
        if w.bounded and w.depth > NESTED:
            raise TooBig
        value = w.values[id(node)] = _value(w, node)
        w.fits(value)
    except TooBig:
        raise Unbounded(node) from None
    w.depth -= 1
    return value


def _value(w: Code, node: Node) -> Value:  # noqa: PLR0911  # one for each operation
    match node:
        case k.Constant(value):
            return Value(value)
        case k.Given(index):
            return Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
        case k.Own(index, otherwise):
            own = Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
            return _fork(
                w, node, [(f"f{index} is not None", lambda: own), (None, lambda: _number(w, otherwise))]
            )
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
        case k.Choice(condition, chosen, otherwise):
            test = _truth(w, condition)
            return _fork(w, node, [(test, lambda: _number(w, chosen)), (None, lambda: _number(w, otherwise))])
        case k.Extreme(word, operands):
            return _extreme(w, node, word, [_number(w, operand) for operand in operands])
        case k.Clamp(operand, floor):
            return _extreme(w, node, "max", [_number(w, operand), _number(w, floor)])
        case k.Curve(measure, pieces):
            return _curve(w, node, _number(w, measure), pieces)
        case k.Rounded(operand, unit, direction):
            return Value(unit, whole(w, _number(w, operand), 1 / unit, direction, w.signs[id(operand)]))
        case k.Comparison() | k.Logic() | k.Denial():
            raise TypeError("a condition has no number")
        case _:
            assert_never(node)


def _paid(w: Code, lines: Sequence[int]) -> Value:
    """The sum of lines as they are printed: whole minor units."""
    if not lines:
        return Value(Fraction(0))
    names = [w.amounts[index] for index in lines]
    bits = max(w.bits.get(name, len(name) * 4) for name in names) + len(names).bit_length()
    return Value(Fraction(1, 10**w.kernel.digits), w.let(Term(" + ".join(names), bits)))


def _quotient(w: Code, node: k.Arithmetic, left: Value, right: Value) -> Value:
    sign = w.signs[id(node.right)]
    if right.factor == 0 or (right.top is not None and sign != "positive"):
        w.row(f"{'' if right.factor == 0 else f'if not {right.top}: '}raise Undefined({len(w.quotients)})")
        w.quotients.append(node)
    return Value(Fraction(0)) if right.factor == 0 else divide(w, left, right, sign)


def _call(w: Code, index: int) -> None:
    if index in w.called:
        w.row(f"s{index}()")


def _truth(w: Code, node: Node) -> str:
    """A condition, as a variable or a constant."""
    w.depth += 1
    try:
        if w.bounded and w.depth > NESTED:
            raise TooBig
        test = _verdict(w, node)
    except TooBig:
        raise Unbounded(node) from None
    w.depth -= 1
    return test


def _verdict(w: Code, node: Node) -> str:
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
            with w.aside() as rows:
                w.row(f"{test} = bool({_truth(w, right)})")
            w.row(f"if {test}:" if word == "and" else f"if not {test}:")
            w.rows.extend(rows)
        case k.Choice(condition, chosen, otherwise):
            test = _fork_truth(w, _truth(w, condition), chosen, otherwise)
        case _:
            raise TypeError("a number is no condition")
    w.picks[id(node)] = test
    return test


def _fork_truth(w: Code, test: str, chosen: Node, otherwise: Node) -> str:
    name = w.variable()
    for head, branch in ((f"if {test}:", chosen), ("else:", otherwise)):
        with w.aside() as rows:
            w.row(f"{name} = bool({_truth(w, branch)})")
        w.row(head)
        w.rows.extend(rows)
    return name


Branches = Sequence[tuple[str | None, Callable[[], Value]]]


def _fork(w: Code, node: Node, branches: Branches) -> Value:
    """One of several values, the first whose condition holds, brought to one form to be read on."""
    blocks: list[tuple[list[str], Value]] = []
    for _, make in branches:
        with w.aside() as rows:
            value = make()
        blocks.append((rows, value))
    values = [value for _, value in blocks]
    pick = w.variable() if w.traced else None
    if pick is not None:
        w.picks[id(node)] = pick
    alike = len({value.under for value in values}) == 1
    scale = lcm(*(value.factor.denominator for value in values)) if alike else 1
    share = (gcd(*(int(value.factor * scale) for value in values)) or 1) if alike else 1
    top = w.variable()
    under = None if alike else w.variable()
    for number, ((test, _), (rows, value)) in enumerate(zip(branches, blocks, strict=True)):
        w.row("else:" if test is None else f"{'elif' if number else 'if'} {test}:")
        w.rows.extend(rows)
        w.margin += 1
        if under is None:
            _set(w, top, w.times(int(value.factor * scale) // share, value.top))
        else:
            _set(w, top, w.times(value.factor.numerator, value.top))
            _set(w, under, w.times(value.factor.denominator, *value.under))
        if pick is not None:
            _set(w, pick, Term(str(number), number.bit_length()))
        w.margin -= 1
    if under is None:
        return Value(Fraction(share, scale), top, values[0].under)
    return Value(Fraction(1), top, (under,))


def _set(w: Code, name: str, term: Term) -> None:
    w.widen(name, term.bits)
    w.row(f"{name} = {term.text}")


def _curve(w: Code, node: Node, measure: Value, pieces: Sequence[k.Piece]) -> Value:
    branches: list[tuple[str | None, Callable[[], Value]]] = []
    for piece in pieces:
        test = None
        if piece.bound is not None and piece.sign is not None:
            test = _asked(w, compare(w, measure, _number(w, piece.bound), piece.sign))
        slope, constant = _number(w, piece.slope), _number(w, piece.constant)
        branches.append((test, partial(_straight, w, slope, measure, constant)))
    return _fork(w, node, branches)


def _asked(w: Code, test: str) -> str:
    """A test that is asked once: in its place, or, for a trace, as a variable that is kept."""
    return test if not w.traced else w.test(test)


def _straight(w: Code, slope: Value, measure: Value, constant: Value) -> Value:
    return add(w, multiply(w, slope, measure), constant, 1)


def _extreme(w: Code, node: Node, word: str, values: Sequence[Value]) -> Value:
    """The least or greatest; the earlier of equals."""
    best, sign = values[0], "<=" if word == "min" else ">="
    for value in values[1:]:
        test = _asked(w, compare(w, best, value, sign))
        best = _fork(w, node, [(test, partial(_same, best)), (None, partial(_same, value))])
    return best


def _same(value: Value) -> Value:
    return value


def _amount(w: Code, line: k.Line) -> str:
    """A line of pay in minor units: a variable, or the number itself where it is the same for everybody."""
    value, minor = _number(w, line.amount), Fraction(10**w.kernel.digits)
    if value.top is None and not value.under:
        return str(rounded(*(value.factor * minor).as_integer_ratio()))
    try:
        return whole(w, value, minor, "nearest", w.signs[id(line.amount)])
    except TooBig:
        raise Unbounded(line.amount) from None
