"""A kernel as Python source over integers: the one evaluation there is, exact and fast.

Every value is a constant fraction, folded in ahead, times one integer over a product of integers; nothing is
divided before a line of pay is rounded, and bounds are compared by multiplying across. The source holds integers
and positions of inputs only, never a word of the author's. It is made for the number of decimal places in which
the inputs are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from math import gcd, lcm
from typing import Any, Literal, assert_never

from . import kernel as k
from .kernel import Kernel, Node
from .signs import Sign, signs

Rounding = Literal["nearest", "half_even", "up", "down"]

COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
BOOLEAN = "yes_no"


class Undefined(Exception):  # noqa: N818  # a signal of generated code, caught where it is called
    """A quotient was needed whose divisor is 0; the argument is the place of the quotient in `Program.quotients`."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number: `factor` × `top` / the product of `under`. `top` is a variable, None for 1; `under` are positive variables."""

    factor: Fraction
    top: str | None = None
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a traced evaluation leaves a number: the constant factor, and the places of integers in its answer."""

    factor: Fraction
    top: int | None
    under: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled code for a kernel.

    `run(inputs)` takes integers, None for a target of their own that a person lacks. Amounts-only code answers with
    the lines' amounts in minor units; traced code with these and with a tuple of integers: `slots` tell where in it
    each operation's number is, `picks` where the number of the alternative stands that a choice took (None where
    it was not asked), both by the identity of the operation.
    """

    run: Callable[[Sequence[int | None]], Any]
    slots: dict[int, Slot]
    picks: dict[int, int]
    quotients: tuple[k.Arithmetic, ...]
    source: str


@dataclass(slots=True)
class Writer:
    """Source in the making."""

    kernel: Kernel
    scales: Sequence[int]
    traced: bool
    signs: dict[int, Sign]
    rows: list[str] = field(default_factory=list)
    margin: int = 1
    variables: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    values: dict[int, Value] = field(default_factory=dict)
    picks: dict[int, str] = field(default_factory=dict)
    steps: list[Value | str] = field(default_factory=list)
    called: set[int] = field(default_factory=set)
    quotients: list[k.Arithmetic] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)

    def row(self, text: str) -> None:
        self.rows.append("    " * self.margin + text)

    def variable(self) -> str:
        """A new variable. One that is set under a condition has to exist in any case."""
        name = f"v{len(self.variables)}"
        self.variables.append(name)
        if self.margin > 1:
            self.late.append(name)
        return name

    def let(self, expression: str) -> str:
        """A variable with the value of an expression."""
        if expression.isidentifier():
            return expression
        name = self.variable()
        self.row(f"{name} = {expression}")
        return name

    @contextmanager
    def aside(self) -> Iterator[list[str]]:
        """Rows of a block, kept apart until its head is known."""
        rows, self.rows = self.rows, []
        self.margin += 1
        try:
            yield self.rows
        finally:
            self.margin -= 1
            self.rows = rows


def generate(kernel: Kernel, scales: Sequence[int], *, traced: bool) -> Program:
    """The program of a kernel for inputs with so many decimal places each."""
    w = Writer(kernel, scales, traced, signs(kernel))
    _steps(w)
    for line in kernel.lines:
        w.amounts.append(_amount(w, line))
    amounts = w.amounts
    inputs = [f"f{index}" for index in range(len(kernel.inputs))]
    head = ["def run(f):"]
    if inputs:
        head.append(f"    {', '.join(inputs)}, = f")
    late = w.late if traced else [name for name in w.late if w.called]
    if late:
        head.append(f"    {' = '.join(late)} = None")
    answer = f"({', '.join(amounts)},)"
    kept = [*inputs, *w.variables] if traced else []
    w.row(f"return {answer}, ({', '.join(kept)},)" if traced else f"return {answer}")
    source = "\n".join([*head, *w.rows])
    scope: dict[str, Any] = {"Undefined": Undefined}
    exec(compile(source, "<premia>", "exec"), scope)  # noqa: S102  # our own text: integers and variables only
    at = {name: index for index, name in enumerate(kept)}
    slots = {node: _slot(value, at) for node, value in w.values.items()} if traced else {}
    picks = {node: at[name] for node, name in w.picks.items()} if traced else {}
    return Program(scope["run"], slots, picks, tuple(w.quotients), source)


def _slot(value: Value, at: dict[str, int]) -> Slot:
    return Slot(value.factor, None if value.top is None else at[value.top], tuple(at[name] for name in value.under))


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────


def _steps(w: Writer) -> None:
    """Steps in their order. One that may have no value, and is not needed by everybody, waits to be called."""
    undecided = _partial(w)
    needed = _needed(w.kernel, undecided)
    for index, step in enumerate(w.kernel.steps):
        if index not in undecided or index in needed:
            w.steps.append(_either(w, step.value))
            continue
        before = len(w.variables)
        with w.aside() as rows:
            value = _either(w, step.value)
        own = w.variables[before:]
        w.late.append(f"m{index}")
        w.called.add(index)
        w.row(f"def s{index}():")
        w.row(f"    nonlocal {', '.join([f'm{index}', *own])}")
        w.row(f"    if m{index}: return")
        w.row(f"    m{index} = True")
        w.rows.extend(rows)
        w.steps.append(value)


def _partial(w: Writer) -> set[int]:
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
    roots += [kernel.steps[line.attainment].value for line in kernel.lines if line.attainment is not None]
    roots += [step.value for index, step in enumerate(kernel.steps) if index not in partial]
    while roots:
        for node in _certain(roots.pop()):
            if isinstance(node, k.Earlier) and node.index not in found:
                found.add(node.index)
                roots.append(kernel.steps[node.index].value)
    return found


def _certain(node: Node) -> Iterator[Node]:
    """An operation and those under it that no condition guards."""
    yield node
    match node:
        case k.Choice(condition):
            yield from _certain(condition)
        case k.Logic(_, left):
            yield from _certain(left)
        case k.Own():
            return
        case _:
            for operand in k.operands(node):
                yield from _certain(operand)


# ── Operations ───────────────────────────────────────────────────────────────────────────────────────────


def _either(w: Writer, node: Node) -> Value | str:
    return _truth(w, node) if node.kind == BOOLEAN else _number(w, node)


def _number(w: Writer, node: Node) -> Value:
    value = w.values[id(node)] = _value(w, node)
    return value


def _value(w: Writer, node: Node) -> Value:
    match node:
        case k.Constant(value):
            return Value(value)
        case k.Given(index):
            return Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
        case k.Own(index, otherwise):
            own = Value(Fraction(1, 10 ** w.scales[index]), f"f{index}")
            return _fork(w, node, [(f"f{index} is not None", lambda: own), (None, lambda: _number(w, otherwise))])
        case k.Earlier(index):
            _call(w, index)
            step = w.steps[index]
            assert isinstance(step, Value)
            return step
        case k.Paid(lines):
            return _paid(w, lines)
        case k.Arithmetic("+" | "-" as sign, left, right):
            return _add(w, _number(w, left), _number(w, right), -1 if sign == "-" else 1)
        case k.Arithmetic("*", left, right):
            return _multiply(w, _number(w, left), _number(w, right))
        case k.Arithmetic(_, left, right):
            return _divide(w, node, _number(w, left), _number(w, right), w.signs[id(right)])
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
            whole = _whole(w, _number(w, operand), 1 / unit, direction, w.signs[id(operand)])
            return whole if whole.top is None else Value(unit, whole.top)
        case k.Comparison() | k.Logic() | k.Denial():
            raise TypeError("a condition has no number")
        case _:
            assert_never(node)


def _paid(w: Writer, lines: Sequence[int]) -> Value:
    """The sum of lines as they are printed: whole minor units."""
    several = " + ".join(w.amounts[index] for index in lines)
    return Value(Fraction(1, 10**w.kernel.digits), w.let(several)) if lines else Value(Fraction(0))


def _call(w: Writer, index: int) -> None:
    if index in w.called:
        w.row(f"s{index}()")


def _truth(w: Writer, node: Node) -> str:
    """A condition, as a variable or a constant."""
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
        case k.Comparison(sign, left, right):
            test = _truth_of(w, left, right, sign)
        case k.Denial(operand):
            test = w.let(f"not {_truth(w, operand)}")
        case k.Logic(word, left, right):
            test = w.let(f"bool({_truth(w, left)})")
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


def _truth_of(w: Writer, left: Node, right: Node, sign: str) -> str:
    if left.kind == BOOLEAN:
        return w.let(f"bool({_truth(w, left)}) {COMPARISONS[sign]} bool({_truth(w, right)})")
    return w.let(_compare(_number(w, left), _number(w, right), sign))


def _fork_truth(w: Writer, test: str, chosen: Node, otherwise: Node) -> str:
    name = w.variable()
    for head, branch in ((f"if {test}:", chosen), ("else:", otherwise)):
        with w.aside() as rows:
            w.row(f"{name} = bool({_truth(w, branch)})")
        w.row(head)
        w.rows.extend(rows)
    return name


def _fork(w: Writer, node: Node, branches: Sequence[tuple[str | None, Callable[[], Value]]]) -> Value:
    """One of several values, the first whose condition holds; brought to one form, so that it can be read on."""
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
            w.row(f"{top} = {_times(int(value.factor * scale) // share, value.top)}")
        else:
            w.row(f"{top} = {_times(value.factor.numerator, value.top)}")
            w.row(f"{under} = {_times(value.factor.denominator, *value.under)}")
        if pick is not None:
            w.row(f"{pick} = {number}")
        w.margin -= 1
    if under is None:
        return Value(Fraction(share, scale), top, values[0].under)
    return Value(Fraction(1), top, (under,))


def _curve(w: Writer, node: Node, measure: Value, pieces: Sequence[k.Piece]) -> Value:
    branches: list[tuple[str | None, Callable[[], Value]]] = []
    for piece in pieces:
        test = None
        if piece.bound is not None and piece.sign is not None:
            test = w.let(_compare(measure, _number(w, piece.bound), piece.sign))
        slope, constant = _number(w, piece.slope), _number(w, piece.constant)
        branches.append((test, partial(_straight, w, slope, measure, constant)))
    return _fork(w, node, branches)


def _straight(w: Writer, slope: Value, measure: Value, constant: Value) -> Value:
    return _add(w, _multiply(w, slope, measure), constant, 1)


def _extreme(w: Writer, node: Node, word: str, values: Sequence[Value]) -> Value:
    """The least or greatest; the earlier of equals."""
    best, sign = values[0], "<=" if word == "min" else ">="
    for value in values[1:]:
        test = w.let(_compare(best, value, sign))
        best = _fork(w, node, [(test, partial(_same, best)), (None, partial(_same, value))])
    return best


def _same(value: Value) -> Value:
    return value


# ── Arithmetic on values ─────────────────────────────────────────────────────────────────────────────────


def _times(number: int, *names: str | None) -> str:
    """A product as source: a constant and variables (None for 1)."""
    present = [name for name in names if name is not None]
    if number == 0:
        return "0"
    if abs(number) != 1 or not present:
        present.insert(0, str(number))
    return ("-" if number == -1 and present[0] != "-1" else "") + "*".join(present)


def _without(under: Sequence[str], common: Counter[str]) -> list[str]:
    return list((Counter(under) - common).elements())


def _add(w: Writer, left: Value, right: Value, sign: int) -> Value:
    if left.factor == 0:
        return Value(right.factor * sign, right.top, right.under)
    if right.factor == 0:
        return left
    if left.top is None and right.top is None and not left.under and not right.under:
        return Value(left.factor + sign * right.factor)
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), sign * int(right.factor * scale)
    share = gcd(one, other)
    common = Counter(left.under) & Counter(right.under)
    first = _times(one // share, left.top, *_without(right.under, common))
    second = _times(abs(other) // share, right.top, *_without(left.under, common))
    top = w.let(f"{first} {'-' if other < 0 else '+'} {second}")
    under = tuple((Counter(left.under) | Counter(right.under)).elements())
    return Value(Fraction(share, scale), top, under)


def _multiply(w: Writer, left: Value, right: Value) -> Value:
    factor = left.factor * right.factor
    if factor == 0:
        return Value(factor)
    top = left.top or right.top
    if left.top and right.top:
        top = w.let(_times(1, left.top, right.top))
    return Value(factor, top, left.under + right.under)


def _divide(w: Writer, node: k.Arithmetic, left: Value, right: Value, sign: Sign) -> Value:
    if right.factor == 0:
        w.row(f"raise Undefined({_quotient(w, node)})")
        return Value(Fraction(0))
    divisor = right.top
    if divisor is None:
        factor = left.factor / right.factor
        if factor == 0:
            return Value(factor)
        return _multiply(w, Value(factor, left.top, left.under), Value(Fraction(1), _product(w, right.under)))
    if sign != "positive":
        w.row(f"if not {divisor}: raise Undefined({_quotient(w, node)})")
    factor = left.factor / right.factor
    if factor == 0:
        return Value(factor)
    top = _product(w, [name for name in (left.top, *right.under) if name is not None])
    if sign == "any":
        top = w.let(f"-{top or 1} if {divisor} < 0 else {top or 1}")
        divisor = w.let(f"abs({divisor})")
    return Value(factor, top, (*left.under, divisor))


def _quotient(w: Writer, node: k.Arithmetic) -> int:
    w.quotients.append(node)
    return len(w.quotients) - 1


def _product(w: Writer, names: Sequence[str]) -> str | None:
    return w.let(_times(1, *names)) if names else None


def _compare(left: Value, right: Value, sign: str) -> str:
    """A comparison as source, multiplied across."""
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), int(right.factor * scale)
    share = gcd(one, other) or 1
    common = Counter(left.under) & Counter(right.under)
    first = _times(one // share, left.top, *_without(right.under, common))
    second = _times(other // share, right.top, *_without(left.under, common))
    return f"{first} {COMPARISONS[sign]} {second}"


def _whole(w: Writer, value: Value, per: Fraction, direction: Rounding, sign: Sign) -> Value:
    """A value times `per`, rounded to a whole number."""
    factor = value.factor * per
    bottom = _times(factor.denominator, *value.under)
    if factor == 0 or bottom == "1":
        return Value(Fraction(1), w.let(_times(factor.numerator, value.top)) if factor else w.let("0"))
    top = _times(factor.numerator, value.top)
    if sign == "any":
        top = w.let(top) if not top.isidentifier() else top
        size = w.let(_rounded(f"abs({top})", bottom, direction))
        return Value(Fraction(1), w.let(f"-{size} if {top} < 0 else {size}"))
    return Value(Fraction(1), w.let(_rounded(top, bottom, direction)))


def _rounded(top: str, bottom: str, direction: Rounding) -> str:
    match direction:
        case "nearest":
            return f"(2*{top} + {bottom}) // (2*{bottom})"
        case "half_even":
            # Up at a half, and back down where that made it odd.
            whole, half = f"((2*{top} + {bottom}) // (2*{bottom}))", f"(2*{top} + {bottom}) % (2*{bottom}) == 0"
            return f"{whole} - ({half} and {whole} % 2)"
        case "up":
            return f"-(-{top} // ({bottom}))"
        case "down":
            return f"{top} // ({bottom})"


def _amount(w: Writer, line: k.Line) -> str:
    """A line of pay in minor units, as source."""
    value = _number(w, line.amount)
    whole = _whole(w, value, Fraction(10**w.kernel.digits), "nearest", w.signs[id(line.amount)])
    assert whole.top is not None
    return whole.top
