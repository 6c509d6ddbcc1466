"""A plan for one sort of people: what is left of a kernel when the attributes of a person are known.

A junior and a senior read one file, and each needs only the facts of their own lines. So the attributes are
put in first; conditions on them fall away, and with them the lines, steps and inputs that only others need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from typing import TypeVar, assert_never

from . import kernel as k

Change = Callable[[k.Node], k.Node]
M = TypeVar("M", bound=k.Made)

HOLDS = {
    "=": Fraction.__eq__,
    "<>": Fraction.__ne__,
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}


def specialise(kernel: k.Kernel, chosen: Mapping[int, int]) -> k.Kernel:
    """The kernel for people whose attributes (by input) have these values (by number among the choices)."""
    steps: list[k.Step] = []
    folded: dict[int, k.Node] = {}

    def fold(node: k.Node) -> k.Node:
        return _rebuilt(node, lambda one: _fold(one, chosen, steps), folded)

    for step in kernel.steps:
        value = fold(step.value)
        steps.append(replace(step, value=value, made=_decided(step.made, value, fold)))
    lines: list[k.PayLine] = []
    numbers: dict[int, int] = {}
    for index, line in enumerate(kernel.lines):
        applies = None if line.applies is None else fold(line.applies)
        if isinstance(applies, k.Constant):
            if applies.value == 0:
                continue
            applies = None
        numbers[index] = len(lines)
        after = None if line.after is None else fold(line.after)
        made = None if after is None else _decided(line.made, after, fold)
        lines.append(replace(_line(line, fold), applies=applies, made=made))
    return _trimmed(kernel, steps, lines, numbers)


def _line(line: k.PayLine, change: Change) -> k.PayLine:
    """A line of pay with each operation changed."""
    return replace(
        line,
        amount=change(line.amount),
        applies=None if line.applies is None else change(line.applies),
        reckoned=change(line.reckoned),
        after=None if line.after is None else change(line.after),
        made=None if line.made is None else _parts(line.made, change),
        limits=tuple(_parts(limit, change) for limit in line.limits),
    )


def _decided(made: k.Made | None, value: k.Node, fold: Change) -> k.Made | None:
    """What a clause makes such people's value from, or that they decide it."""
    match made:
        case None:
            return None
        case k.Gate(_, condition) if isinstance(fold(condition), k.Constant):
            return k.Decided(value)
        case k.Limit(unless=condition) if condition is not None and isinstance(
            test := fold(condition), k.Constant
        ):
            return k.Decided(value) if test.value else _parts(replace(made, unless=None), fold)
        case _:
            return _parts(made, fold)


def _parts(made: M, change: Change) -> M:
    """What a clause makes a value from, with each part changed."""
    parts = {entry.name: getattr(made, entry.name) for entry in fields(made)}
    return replace(made, **{name: change(part) for name, part in parts.items() if part is not None})


def _fold(node: k.Node, chosen: Mapping[int, int], steps: list[k.Step]) -> k.Node:
    """An operation whose operands are folded already."""
    match node:
        case k.Actual(index) if index in chosen:
            return _constant(node, Fraction(chosen[index]))
        case k.Earlier(index) if isinstance(steps[index].value, k.Constant) and node.kind == "yes_no":
            return replace(steps[index].value, place=node.place)
        case k.Earlier(index) if isinstance(steps[index].made, k.Decided) and isinstance(
            steps[index].value, k.Earlier
        ):
            return replace(steps[index].value, place=node.place)  # the clause does nothing to it
        case k.Comparison(sign, k.Constant(left), k.Constant(right)):
            return _constant(node, Fraction(HOLDS[sign](left, right)))
        case k.Denial(k.Constant(value)):
            return _constant(node, Fraction(value == 0))
        case k.Logic(word, k.Constant(value), other) | k.Logic(word, other, k.Constant(value)):
            decided = (value == 0) == (word == "and")
            return _constant(node, Fraction(value != 0)) if decided else other
        case k.Arithmetic("+", k.Constant(left), k.Constant(right)) if node.kind == "count":
            return _constant(node, left + right)  # of conditions that hold
        case k.Choice(k.Constant(value), chosen_, otherwise):
            return chosen_ if value else otherwise
        case _:
            return node


def _constant(node: k.Node, value: Fraction) -> k.Node:
    return k.Constant(value, kind=node.kind, place=node.place)


def _trimmed(
    kernel: k.Kernel, steps: list[k.Step], lines: list[k.PayLine], numbers: Mapping[int, int]
) -> k.Kernel:
    """The kernel without the steps and inputs that no line needs."""
    needed: set[int] = set()
    given: set[int] = set()
    waiting = [line.amount for line in lines] + [line.applies for line in lines if line.applies is not None]
    waiting += [k.Earlier(line.attainment, kind="percent") for line in lines if line.attainment is not None]
    while waiting:
        for node in k.walk(waiting.pop()):
            match node:
                case k.Earlier(index) if index not in needed:
                    needed.add(index)
                    waiting.append(steps[index].value)
                case k.Actual(index) | k.Own(index, _):
                    given.add(index)
                case _:
                    pass
    step_at = {index: number for number, index in enumerate(sorted(needed))}
    input_at = {index: number for number, index in enumerate(sorted(given))}

    def moved(node: k.Node) -> k.Node:
        match node:
            case k.Earlier(index):
                return replace(node, index=step_at[index])
            case k.Actual(index):
                return replace(node, index=input_at[index])
            case k.Own(index, _):
                return replace(node, index=input_at[index])
            case k.Paid(several):
                return replace(node, lines=tuple(numbers[index] for index in several if index in numbers))
            case _:
                return node

    at: dict[int, k.Node] = {}

    def move(node: k.Node) -> k.Node:
        return _rebuilt(node, moved, at)

    return replace(
        kernel,
        inputs=tuple(kernel.inputs[index] for index in sorted(given)),
        steps=tuple(
            replace(step, value=move(step.value), made=None if step.made is None else _parts(step.made, move))
            for step in (steps[index] for index in sorted(needed))
        ),
        lines=tuple(
            replace(
                _line(line, move),
                attainment=None if line.attainment is None else step_at[line.attainment],
            )
            for line in lines
        ),
    )


def _rebuilt(root: k.Node, change: Change, done: dict[int, k.Node]) -> k.Node:
    """An operation changed from its innermost operands on, however deep they are; once, whoever names it."""
    for node in k.inward(root):
        if id(node) not in done:
            done[id(node)] = change(_inside(node, lambda operand: done[id(operand)]))
    return done[id(root)]


def _inside(  # noqa: PLR0911  # one for each operation
    node: k.Node, change: Change
) -> k.Node:
    """An operation with each operand changed."""
    match node:
        case k.Constant() | k.Actual() | k.Earlier() | k.Paid():
            return node
        case k.Own(_, otherwise):
            return replace(node, otherwise=change(otherwise))
        case k.Arithmetic(_, left, right):
            return replace(node, left=change(left), right=change(right))
        case k.Comparison(_, left, right):
            return replace(node, left=change(left), right=change(right))
        case k.Logic(_, left, right):
            return replace(node, left=change(left), right=change(right))
        case k.Denial(operand):
            return replace(node, operand=change(operand))
        case k.Rounded(operand):
            return replace(node, operand=change(operand))
        case k.Choice(condition, chosen, otherwise):
            return replace(
                node, condition=change(condition), chosen=change(chosen), otherwise=change(otherwise)
            )
        case k.Extreme(_, several):
            return replace(node, operands=tuple(map(change, several)))
        case k.Clamp(operand, floor):
            return replace(node, operand=change(operand), floor=change(floor))
        case k.Piecewise(measure, pieces):
            changed = tuple(
                replace(
                    piece,
                    bound=None if piece.bound is None else change(piece.bound),
                    slope=change(piece.slope),
                    constant=change(piece.constant),
                )
                for piece in pieces
            )
            return replace(node, measure=change(measure), pieces=changed)
        case _:
            assert_never(node)
