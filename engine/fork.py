"""Values of which one is taken, as source: blocks that are never deep, however many values there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Generic, TypeVar

from . import kernel as k
from .algebra import COMMON, Term, Value
from .draft import Draft

Make = Callable[[], Value]
Branches = Sequence[tuple[str | None, Make]]

What = TypeVar("What", Value, str)  # numbers, and tests

FEW = 8  # alternatives that are asked after one another; of more the one is looked up


@dataclass(frozen=True, slots=True)
class Meeting:
    """The one form that several values are brought to, so that they can be read on as one.

    `under` is None where they have a denominator in common, and then `scale` brings them to whole numbers.
    """

    top: str
    under: str | None
    scale: int
    share: int
    value: Value

    def take(self, w: Draft, value: Value) -> None:
        """Let it be one of the values."""
        if self.under is None:
            put(w, self.top, w.times(int(value.factor * self.scale) // self.share, value.top))
        else:
            put(w, self.top, w.times(value.factor.numerator, value.top))
            put(w, self.under, w.times(value.factor.denominator, *value.under))


def meeting(w: Draft, values: Sequence[Value]) -> Meeting:
    """The form for some values."""
    alike = len({value.under for value in values}) == 1
    scale = common([value.factor for value in values]) if alike else None
    if scale is None:
        top, under = w.variable(), w.variable()
        return Meeting(top, under, 1, 1, Value(Fraction(1), top, (under,)))
    share = gcd(*(int(value.factor * scale) for value in values)) or 1
    top = w.variable()
    return Meeting(top, None, scale, share, Value(Fraction(share, scale), top, values[0].under))


def common(numbers: Sequence[Fraction]) -> int | None:
    """The denominator that some numbers have in common, None where it gets out of hand."""
    scale = 1
    for number in numbers:
        scale = lcm(scale, number.denominator)
        if scale.bit_length() > COMMON + number.denominator.bit_length():
            return None
    return scale


def put(w: Draft, name: str, term: Term) -> None:
    """Let a variable be a term."""
    w.widen(name, term.bits)
    w.row(f"{name} = {term.text}")


def fork(w: Draft, node: k.Node, branches: Branches) -> Value:
    """One of a few values, the first whose condition holds."""
    blocks: list[tuple[list[str], Value]] = []
    for _, make in branches:
        with w.block() as rows:
            value = make()
        blocks.append((rows, value))
    pick = _pick(w, node)
    met = meeting(w, [value for _, value in blocks])
    for number, ((test, _), (rows, value)) in enumerate(zip(branches, blocks, strict=True)):
        w.row("else:" if test is None else f"{'elif' if number else 'if'} {test}:")
        w.rows.extend(rows)
        w.margin += 1
        met.take(w, value)
        if pick is not None:
            put(w, pick, Term(str(number), number.bit_length()))
        w.margin -= 1
    return met.value


def _pick(w: Draft, node: k.Node) -> str | None:
    """A variable for the alternative that is taken, where there is a trace."""
    if not w.traced:
        return None
    w.picks[id(node)] = pick = w.variable()
    return pick


def same(value: Value) -> Value:
    """A value that needs no rows of its own."""
    return value


# ── Many ─────────────────────────────────────────────────────────────────────────────────────────────────


def listed(w: Draft, index: str, makes: Sequence[Make]) -> Value:
    """The value of a number among many: halved until one is left."""
    deep = (len(makes) - 1).bit_length()
    blocks: list[tuple[list[str], Value]] = []
    w.margin += deep - 1
    for make in makes:
        with w.block() as rows:
            value = make()
        blocks.append((rows, value))
    w.margin -= deep - 1
    met = meeting(w, [value for _, value in blocks])

    def leaf(at: int) -> None:
        rows, value = blocks[at]
        w.rows.extend(rows)
        met.take(w, value)

    _halved(w, index, 0, len(makes), w.margin + deep, leaf)
    return met.value


def _halved(w: Draft, index: str, low: int, high: int, margin: int, leaf: Callable[[int], None]) -> None:
    """The leaves from one number to before another, all with one margin."""
    own = w.margin
    if high - low == 1:
        w.margin = margin
        leaf(low)
    else:
        middle = (low + high) // 2
        for head, start, end in ((f"if {index} < {middle}:", low, middle), ("else:", middle, high)):
            w.margin = own
            w.row(head)
            w.margin += 1
            _halved(w, index, start, end, margin, leaf)
    w.margin = own


def sifted(w: Draft, tests: Sequence[str]) -> str:
    """The number of the first of many tests that holds, as a variable; of one more where none does."""
    index = w.variable(len(tests).bit_length())
    w.row(f"{index} = -1")
    for start in range(0, len(tests), FEW):
        w.row(f"if {index} < 0:")
        w.margin += 1
        for at, test in enumerate(tests[start : start + FEW], start):
            w.row(f"{'elif' if at > start else 'if'} {test}: {index} = {at}")
        w.margin -= 1
    w.row(f"if {index} < 0: {index} = {len(tests)}")
    return index


# ── A long row of choices ────────────────────────────────────────────────────────────────────────────────


def chain(node: k.Choice) -> tuple[list[k.Choice], k.Node]:
    """The choices that a choice leads through where each before it does not hold, and what is left then."""
    choices = [node]
    while isinstance(choices[-1].otherwise, k.Choice):
        choices.append(choices[-1].otherwise)
    return choices, choices[-1].otherwise


@dataclass(frozen=True, slots=True)
class Block(Generic[What]):
    """A choice of a long row: the rows that lead to its test, and those that lead to its value."""

    node: k.Node
    before: list[str]
    test: str
    rows: list[str]
    value: What


def asked(
    w: Draft, node: k.Choice, truth: Callable[[k.Node], str], make: Callable[[k.Node], What]
) -> list[Block[What]]:
    """The blocks of a long row of choices, the last of which has no test."""
    choices, last = chain(node)
    blocks: list[Block[What]] = []
    for choice in choices:
        with w.block() as before:
            test = truth(choice.condition)
            with w.block() as rows:
                value = make(choice.chosen)
        blocks.append(Block(choice, before, test, rows, value))
    with w.block() as rows:
        value = make(last)
    blocks.append(Block(last, [], "", rows, value))
    return blocks


def rowed(w: Draft, blocks: Sequence[Block[What]], take: Callable[[What], None]) -> None:
    """Choices beside one another, each asked where none before it holds: none stands in that before it."""
    done = w.variable()
    w.row(f"{done} = 0")
    for block in blocks:
        w.row(f"if not {done}:")
        w.margin += 1
        pick = _pick(w, block.node) if block.test and block.node.kind != "yes_no" else None
        w.rows.extend(block.before)
        if pick is not None:
            put(w, pick, Term("1", 1))
        if block.test:
            w.row(f"if {block.test}:")
        w.margin += bool(block.test)
        w.rows.extend(block.rows)
        take(block.value)
        put(w, done, Term("1", 1))
        if pick is not None:
            put(w, pick, Term("0", 1))
        w.margin -= 1 + bool(block.test)
