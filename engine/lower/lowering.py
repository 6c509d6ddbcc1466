"""A kernel in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.place import NOWHERE, Place
from dsl.words import KindName, Law

from .. import kernel as k

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(slots=True)
class Lowering:
    """The inputs, steps and lines so far, and where each name's value is to be found.

    `limits` are what lines that are taken off are held to, by their names.
    """

    checked: Checked
    digits: int
    law: Law | None
    inputs: list[k.Input] = field(default_factory=list)
    steps: list[k.Step] = field(default_factory=list)
    lines: list[k.PayLine] = field(default_factory=list)
    actuals: dict[str, int] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    at: dict[tuple[k.Role, str], int] = field(default_factory=dict)
    limits: dict[str, tuple[k.Limit, ...]] = field(default_factory=dict)

    def step(self, role: k.Role, name: str, value: k.Node, made: k.Made | None = None) -> k.Node:
        """Enter a step; the operation that reads it."""
        self.at[role, name] = len(self.steps)
        self.steps.append(k.Step(role, name, value, made))
        return self.earlier(role, name, value.place)

    def earlier(self, role: k.Role, name: str, place: Place) -> k.Node:
        """The operation that reads a step."""
        index = self.at[role, name]
        return k.Earlier(index, kind=self.steps[index].value.kind, place=place)

    def period(self, name: str, kind: KindName, place: Place) -> k.Node:
        """The operation that reads something of the period; the first such reading makes an input for it."""
        for index, entry in enumerate(self.inputs):
            if entry.role == "period" and entry.name == name:
                return k.Actual(index, kind=kind, place=place)
        self.inputs.append(k.Input(name, "period", kind))
        return k.Actual(len(self.inputs) - 1, kind=kind, place=place)


def number(value: tree.Expr) -> Fraction:
    """A constant of a plan as the kernel holds it: a date is its ordinal day, yes is 1."""
    match value:
        case tree.Date():
            return Fraction(value.value.toordinal() if value.value else 0)
        case tree.YesNo(yes):
            return Fraction(yes)
        case _:
            return constant(value) or ZERO


# ── Arithmetic that folds constants, so that equal meanings have equal kernels ───────────────────────────


def fixed(value: Fraction, kind: KindName, place: Place = NOWHERE) -> k.Node:
    """A constant."""
    return k.Constant(value, kind=kind, place=place)


def add(left: k.Node, right: k.Node, kind: KindName, place: Place) -> k.Node:
    """A sum."""
    if isinstance(left, k.Constant) and isinstance(right, k.Constant):
        return fixed(left.value + right.value, kind, place)
    return k.Arithmetic("+", left, right, kind=kind, place=place)


def subtract(left: k.Node, right: k.Node, kind: KindName, place: Place) -> k.Node:
    """A difference."""
    if isinstance(left, k.Constant) and isinstance(right, k.Constant):
        return fixed(left.value - right.value, kind, place)
    return k.Arithmetic("-", left, right, kind=kind, place=place)


def multiply(left: k.Node, right: k.Node, kind: KindName, place: Place) -> k.Node:
    """A product."""
    if isinstance(left, k.Constant) and isinstance(right, k.Constant):
        return fixed(left.value * right.value, kind, place)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, k.Constant) and one.value == 1:
            return other
    return k.Arithmetic("*", left, right, kind=kind, place=place)


def divide(left: k.Node, right: k.Node, kind: KindName, place: Place) -> k.Node:
    """A quotient."""
    if isinstance(left, k.Constant) and isinstance(right, k.Constant) and right.value:
        return fixed(left.value / right.value, kind, place)
    return k.Arithmetic("/", left, right, kind=kind, place=place)
