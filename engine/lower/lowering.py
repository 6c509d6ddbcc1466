"""A kernel in the making."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Literal

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

    `columns` are where columns stand, by their full names, `quotients` those that are two of them; `rated` is
    where a rate and its units stand, of money that is turned by it;
    `member` is the group of whose members something is asked, `alone` that what is asked of them is asked of
    oneself. `limits` are what lines that are taken off are held to, by their names; `said` are the steps of
    what is drawn from records and has no name, by the author's words.
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
    columns: dict[str, tuple[int, int]] = field(default_factory=dict)
    quotients: set[str] = field(default_factory=set)
    rated: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    member: str = ""
    alone: bool = False

    def step(self, role: k.Role, name: str, value: k.Node, made: k.Made | None = None) -> k.Node:
        """Enter a step; the operation that reads it."""
        self.at[role, name] = len(self.steps)
        self.steps.append(k.Step(role, name, value, made))
        return self.earlier(role, name, value.place)

    def once(self, role: k.Role, name: str, place: Place, value: Callable[[], k.Node]) -> k.Node:
        """The operation that reads a step, which is entered where nobody needed it before."""
        return self.earlier(role, name, place) if (role, name) in self.at else self.step(role, name, value())

    def earlier(self, role: k.Role, name: str, place: Place) -> k.Node:
        """The operation that reads a step."""
        index = self.at[role, name]
        return k.Earlier(index, kind=self.steps[index].value.kind, place=place)

    def of_member(self, name: str) -> str | None:
        """The full name of what is asked of a member, while it is asked of each."""
        full_name = f"{self.member}.{name}"
        return full_name if self.member and full_name in self.columns else None

    def own(self, name: str, place: Place) -> k.Node:
        """Somebody's own fact or figure by its name."""
        if name in self.checked.scope.figures:
            return self.earlier("figure", name, place)
        return k.Actual(
            self.actuals[name.removesuffix(tree.OPENING)], kind=self.checked.kinds[name], place=place
        )

    def drawn(
        self, name: str, value: k.Node, kind: KindName, *, signed: bool, made: k.Made | None = None
    ) -> k.Node:
        """What is drawn from records: an input of its own stands for it where somebody says what it is.

        What has no name is called by its number.
        """
        named = name or f"#{sum(entry.role == 'drawn' for entry in self.inputs) + 1}"
        place = NOWHERE if name else value.place
        self.inputs.append(k.Input(named, "drawn", kind, signed=signed, optional=True, place=place))
        own = k.Own(len(self.inputs) - 1, value, kind=kind, place=value.place)
        return own if name else self.step("drawn", named, own, made)

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


def declared(value: tree.Expr | None, choices: Sequence[str]) -> Fraction | None:
    """A default or a bound, if there is one; of an attribute, the number of its value."""
    if isinstance(value, tree.Name):
        return Fraction(choices.index(value.text))
    return None if value is None else number(value)


# ── Arithmetic that folds constants, so that equal meanings have equal kernels ───────────────────────────


def fixed(value: Fraction, kind: KindName, place: Place = NOWHERE) -> k.Node:
    """The operation of a number that is known while a plan is lowered."""
    return k.Constant(value, kind=kind, place=place)


FOLDED = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}


def _reckoned(
    sign: Literal["+", "-", "*", "/"], left: k.Node, right: k.Node, kind: KindName, place: Place
) -> k.Node:
    """Two operations by a sign: of two constants their value, and times 1 is nothing."""
    match left, right:
        case k.Constant(one), k.Constant(other) if sign != "/" or other:
            return fixed(FOLDED[sign](one, other), kind, place)
        case (k.Constant(value=1), factor) | (factor, k.Constant(value=1)) if sign == "*":
            return factor
        case _:
            return k.Arithmetic(sign, left, right, kind=kind, place=place)


add, subtract, multiply, divide = (
    partial(_reckoned, "+"),
    partial(_reckoned, "-"),
    partial(_reckoned, "*"),
    partial(_reckoned, "/"),
)


def summed(amounts: Sequence[k.Node]) -> k.Node:
    """Amounts of money added up, as even as they can be, since many would nest too deep."""
    if not amounts:
        return fixed(ZERO, "money")
    half = len(amounts) // 2
    return amounts[0] if not half else add(summed(amounts[:half]), summed(amounts[half:]), "money", NOWHERE)


# ── What is nothing ──────────────────────────────────────────────────────────────────────────────────────


def where(condition: k.Node, value: k.Node, kind: KindName, place: Place) -> k.Node:
    """A value where a condition holds, and else nothing."""
    return k.Choice(condition, value, fixed(ZERO, kind, place), kind=kind, place=place)


def natural(value: k.Node, kind: KindName, place: Place) -> k.Node:
    """A value, or nothing where it is less than that."""
    return k.Clamp(value, fixed(ZERO, kind, place), kind=kind, place=place)
