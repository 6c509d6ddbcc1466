"""Values of which one is taken: blocks that are never deep, however many values there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import gcd, lcm

from .. import kernel as k
from .draft import Draft, Value
from .routine import ONE, ZERO, Body, Compare, Const, Expression, If, Let, Var, bits, times

Number = Callable[[k.Node], Value]
Make = Callable[[], Value]
Branches = Sequence[tuple[Expression | None, Make]]

COMMON = 256  # bits of the longest denominator that many values are brought to
FEW = 8  # alternatives that are asked after one another; of more the one is looked up


def meeting(w: Draft, values: Sequence[Value]) -> tuple[Value, Sequence[Body]]:
    """Several values as one that can be read on, and what lets it be each of them."""
    alike = len({value.under for value in values}) == 1
    scale = common([value.factor for value in values]) if alike else None
    if scale is None:
        top, tops = _either(w, [times(value.factor.numerator, value.top) for value in values])
        under, unders = _either(w, [times(value.factor.denominator, *value.under) for value in values])
        return Value(Fraction(1), top, (under,)), [*zip(tops, unders, strict=True)]
    numbers = [int(value.factor * scale) for value in values]
    share = gcd(*numbers) or 1
    pairs = zip(numbers, values, strict=True)
    top, tops = _either(w, [times(number // share, value.top) for number, value in pairs])
    return Value(Fraction(share, scale), top, values[0].under), [(let,) for let in tops]


def _either(w: Draft, terms: Sequence[Expression]) -> tuple[Var, Sequence[Let]]:
    """A variable for several terms, and what sets it to each."""
    variable = w.variable(max(map(bits, terms)))
    return variable, [Let(variable, term) for term in terms]


def common(numbers: Sequence[Fraction]) -> int | None:
    """The denominator that some numbers have in common, None where it gets out of hand."""
    scale = 1
    for number in numbers:
        scale = lcm(scale, number.denominator)
        if scale.bit_length() > COMMON + number.denominator.bit_length():
            return None
    return scale


def fork(w: Draft, node: k.Node, branches: Branches) -> Value:
    """One of a few values, the first whose condition holds."""
    blocks = [w.block(make) for _, make in branches]
    pick = _pick(w, node, len(branches))
    value, ends = meeting(w, [value for _, value in blocks])
    w.picks[id(node)] = pick or value.top
    pairs = zip(branches, blocks, ends, strict=True)
    w.body.append(
        If([(test, (*body, *end, *_set(pick, at))) for at, ((test, _), (body, _), end) in enumerate(pairs)])
    )
    return value


def _pick(w: Draft, node: k.Node, several: int) -> Var | None:
    """A variable for the alternative that is taken, where there is a trace; of conditions the value tells."""
    return w.variable((several - 1).bit_length()) if w.traced and node.kind != "yes_no" else None


def _set(pick: Var | None, number: int) -> Body:
    return () if pick is None else (Let(pick, Const(number)),)


def same(value: Value) -> Value:
    """A value that needs no statements of its own."""
    return value


# ── Many ─────────────────────────────────────────────────────────────────────────────────────────────────


def listed(w: Draft, index: Var, makes: Sequence[Make]) -> Value:
    """The value of a number among many: halved until one is left."""
    deep = (len(makes) - 1).bit_length() - 1
    w.depth += deep
    blocks = [w.block(make) for make in makes]
    w.depth -= deep
    value, ends = meeting(w, [value for _, value in blocks])

    def halved(low: int, high: int) -> Body:
        """The leaves from one number to before another."""
        if high - low == 1:
            return [*blocks[low][0], *ends[low]]
        middle = (low + high) // 2
        test = Compare("<", index, Const(middle))
        return [If([(test, halved(low, middle)), (None, halved(middle, high))])]

    w.body.extend(halved(0, len(makes)))
    return value


def sifted(w: Draft, tests: Sequence[Expression]) -> Var:
    """The number of the first of many tests that holds; of one more where none does."""
    index = w.variable(len(tests).bit_length())
    open_ = Compare("<", index, ZERO)
    w.body.append(Let(index, Const(-1)))
    for start in range(0, len(tests), FEW):
        some = enumerate(tests[start : start + FEW], start)
        w.body.append(If([(open_, [If([(test, [Let(index, Const(at))]) for at, test in some])])]))
    w.body.append(If([(open_, [Let(index, Const(len(tests)))])]))
    return index


# ── A long row of choices ────────────────────────────────────────────────────────────────────────────────


def long(node: k.Choice) -> bool:
    """Whether a choice leads on to so many others that they must not stand in one another."""
    left: k.Node = node
    for _ in range(FEW):
        if not isinstance(left, k.Choice):
            return False
        left = left.otherwise
    return isinstance(left, k.Choice)


def rowed(w: Draft, node: k.Node, number: Number) -> Value:
    """Choices beside one another, each asked where none before it holds: none stands in that before it."""

    def led(choice: k.Choice) -> tuple[Expression, tuple[Body, Value]]:
        return number(choice.condition).holds, w.block(partial(number, choice.chosen))

    choices: list[k.Choice] = []
    while isinstance(node, k.Choice):
        choices.append(node)
        node = node.otherwise
    asked = [w.block(partial(led, choice)) for choice in choices]
    last, worth = w.block(partial(number, node))
    value, ends = meeting(w, [*(chosen for _, (_, (_, chosen)) in asked), worth])
    done = w.set(ZERO)
    shut = (Let(done, ONE),)
    for choice, (before, (test, (body, _))), end in zip(choices, asked, ends[:-1], strict=True):
        _, pick = w.block(partial(_pick, w, choice, 2))
        w.values[id(choice)], w.picks[id(choice)] = value, pick or value.top
        inner = If([(test, (*body, *end, *shut, *_set(pick, 0)))])
        w.body.append(If([(Compare("=", done, ZERO), (*before, *_set(pick, 1), inner))]))
    w.body.append(If([(Compare("=", done, ZERO), (*last, *ends[-1]))]))
    return value
