"""Numbers as source: each a constant fraction times one integer over a product of integers.

Constants are folded in ahead; nothing is divided before a line of pay is rounded, and bounds are compared by
multiplying across. What is known of an integer before it is computed is how many bits it can have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Literal, assert_never

from .signs import Sign

Rounding = Literal["nearest", "half_even", "up", "down"]

LONGEST = 6_000  # bits of a numerator or a denominator; the widest honest plans need a few hundred
CONSTANT = 2 * LONGEST  # bits of a constant in the source: two may meet across a comparison
DEEPEST = 60  # blocks inside one another; Python gives up at a hundred
COMMON = 256  # bits of the longest denominator that many values are brought to
ROW = 8  # operands beside one another; of more, which Python would nest, several are taken together first

COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class TooBig(Exception):  # noqa: N818  # a signal to whoever asked for source
    """An integer could be too long, or blocks are too deep."""


@dataclass(frozen=True, slots=True)
class Term:
    """An integer as source, and how many bits it has at most."""

    text: str
    bits: int


@dataclass(frozen=True, slots=True)
class Value:
    """A number: `factor` × `top` / the product of `under`.

    `top` is a variable, None for 1; `under` are variables above 0.
    """

    factor: Fraction
    top: str | None = None
    under: tuple[str, ...] = ()


@dataclass(slots=True)
class Writer:
    """Source in the making: its rows, and its variables with their bits.

    `late` are variables that are set under a condition, and have to exist in any case. With `bounded`, what
    is too long or too deep is a signal.
    """

    bounded: bool = False
    rows: list[str] = field(default_factory=list)
    margin: int = 1
    variables: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    bits: dict[str, int] = field(default_factory=dict)

    def row(self, text: str) -> None:
        self.rows.append("    " * self.margin + text)

    def variable(self, bits: int = 1) -> str:
        """A new variable."""
        name = f"v{len(self.variables)}"
        self.variables.append(name)
        if self.margin > 1:
            self.late.append(name)
        self.widen(name, bits)
        return name

    def widen(self, name: str, bits: int) -> None:
        """Let a variable have so many bits."""
        if self.bounded and bits > LONGEST:
            raise TooBig
        self.bits[name] = max(bits, self.bits.get(name, 0))

    def let(self, term: Term) -> str:
        """A variable with the value of a term."""
        if term.text.isidentifier():
            return term.text
        name = self.variable(term.bits)
        self.row(f"{name} = {term.text}")
        return name

    def test(self, text: str) -> str:
        """A variable that holds yes or no."""
        return self.let(Term(text, 1))

    @contextmanager
    def aside(self) -> Iterator[list[str]]:
        """Rows of a block, kept apart until its head is known."""
        if self.bounded and self.margin >= DEEPEST:
            raise TooBig
        rows, self.rows = self.rows, []
        self.margin += 1
        try:
            yield self.rows
        finally:
            self.margin -= 1
            self.rows = rows

    def times(self, number: int, *names: str | None) -> Term:
        """A product of a constant and variables (None for 1)."""
        present = [name for name in names if name is not None]
        if number == 0:
            return Term("0", 1)
        if self.bounded and number.bit_length() > CONSTANT:
            raise TooBig
        bits = sum([self.bits[name] for name in present], 0)
        if abs(number) != 1 or not present:
            bits += number.bit_length()
            present.insert(0, str(number))
        sign = "-" if number == -1 and present[0] != "-1" else ""
        return Term(sign + chained(present, "*"), bits)

    def fits(self, value: Value) -> None:
        """Signal where a value is too long, constants and all."""
        if self.bounded:
            top = value.factor.numerator.bit_length() + (0 if value.top is None else self.bits[value.top])
            under = value.factor.denominator.bit_length() + sum([self.bits[name] for name in value.under], 0)
            if max(top, under) > LONGEST:
                raise TooBig


def chained(operands: Sequence[str], sign: Literal["+", "*"]) -> str:
    """A sum or a product of any length, in brackets that are never deep."""
    while len(operands) > ROW:
        groups = [operands[start : start + ROW] for start in range(0, len(operands), ROW)]
        operands = [f"({sign.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return sign.join(operands)


# ── Arithmetic ───────────────────────────────────────────────────────────────────────────────────────────


def add(w: Writer, left: Value, right: Value, sign: Literal[1, -1]) -> Value:
    """A sum or a difference."""
    if left.factor == 0:
        return Value(right.factor * sign, right.top, right.under)
    if right.factor == 0:
        return left
    if left.top is None and right.top is None and not left.under and not right.under:
        return Value(left.factor + sign * right.factor)
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), sign * int(right.factor * scale)
    share = gcd(one, other)
    first, second = _across(w, left, right, one // share, abs(other) // share)
    text = f"{first.text} {'-' if other < 0 else '+'} {second.text}"
    top = w.let(Term(text, max(first.bits, second.bits) + 1))
    under = left.under
    if left.under != right.under:
        under = tuple((Counter(left.under) | Counter(right.under)).elements())
    return Value(Fraction(share, scale), top, under)


def multiply(w: Writer, left: Value, right: Value) -> Value:
    """A product."""
    factor = left.factor * right.factor
    if factor == 0:
        return Value(factor)
    top = left.top or right.top
    if left.top and right.top:
        top = w.let(w.times(1, left.top, right.top))
    return Value(factor, top, left.under + right.under)


def divide(w: Writer, left: Value, right: Value, sign: Sign) -> Value:
    """A quotient; the divisor, whose sign is given, is not 0."""
    factor = left.factor / right.factor
    if factor == 0:
        return Value(factor)
    top = product(w, [name for name in (left.top, *right.under) if name is not None])
    divisor = right.top
    if divisor is None:
        return Value(factor, top, left.under)
    if sign == "any":
        plain, bits = top or "1", 1 if top is None else w.bits[top]
        top = w.let(Term(f"-{plain} if {divisor} < 0 else {plain}", bits))
        divisor = w.let(Term(f"abs({divisor})", w.bits[divisor]))
    return Value(factor, top, (*left.under, divisor))


def product(w: Writer, names: Sequence[str]) -> str | None:
    """A product of variables, None for 1."""
    return w.let(w.times(1, *names)) if names else None


def compare(w: Writer, left: Value, right: Value, sign: str) -> str:
    """A comparison as source."""
    scale = lcm(left.factor.denominator, right.factor.denominator)
    one, other = int(left.factor * scale), int(right.factor * scale)
    share = gcd(one, other) or 1
    first, second = _across(w, left, right, one // share, other // share)
    return f"{first.text} {COMPARISONS[sign]} {second.text}"


def _across(w: Writer, left: Value, right: Value, one: int, other: int) -> tuple[Term, Term]:
    """Two numerators over the denominator that both have in common."""
    if left.under == right.under:
        return w.times(one, left.top), w.times(other, right.top)
    common = Counter(left.under) & Counter(right.under)
    first = w.times(one, left.top, *(Counter(right.under) - common).elements())
    second = w.times(other, right.top, *(Counter(left.under) - common).elements())
    return first, second


def whole(w: Writer, value: Value, per: Fraction, direction: Rounding, sign: Sign) -> str:
    """A value times `per`, rounded to a whole number, as a variable."""
    factor = value.factor * per
    bottom = w.times(factor.denominator, *value.under)
    top = w.times(factor.numerator, value.top)
    if factor == 0 or bottom.text == "1":
        return w.let(top)
    if sign != "any":
        return w.let(_rounded(top, bottom, direction))
    signed = w.let(top)
    size = w.let(_rounded(Term(f"abs({signed})", top.bits), bottom, direction))
    return w.let(Term(f"-{size} if {signed} < 0 else {size}", w.bits[size]))


def _rounded(top: Term, bottom: Term, direction: Rounding) -> Term:
    match direction:
        case "nearest":
            return Term(f"(2*{top.text} + {bottom.text}) // (2*{bottom.text})", top.bits + 1)
        case "half_even":
            # Up at a half, and back down where that made it odd.
            half = f"(2*{top.text} + {bottom.text}) % (2*{bottom.text}) == 0"
            near = f"(2*{top.text} + {bottom.text}) // (2*{bottom.text})"
            return Term(f"({near}) - ({half} and ({near}) % 2)", top.bits + 1)
        case "up":
            return Term(f"-(-{top.text} // ({bottom.text}))", top.bits)
        case "down":
            return Term(f"{top.text} // ({bottom.text})", top.bits)
        case _:
            assert_never(direction)
