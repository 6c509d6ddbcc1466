"""A plan for one sort of people: what is left of a kernel when the attributes of a person are known.

A junior and a senior read one file, and each needs only the facts of their own lines. So the attributes are
put in first; conditions on them fall away, and with them the lines, steps and inputs that only others need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, TypeVar

from . import kernel as k

Change = Callable[[k.Node], k.Node]
T = TypeVar("T", bound=k.Operation | k.Piece | k.Step | k.PayLine | k.Made)

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
        return rebuilt(node, lambda one: _fold(one, chosen, steps), folded)

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
        lines.append(replace(changed(line, fold), applies=applies, made=made))
    return trimmed(replace(kernel, steps=tuple(steps), lines=tuple(lines)), numbers)


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
            return k.Decided(value) if test.value else changed(replace(made, unless=None), fold)
        case k.Reserved(late=k.Choice(condition)) if fold(condition) == k.Constant(
            Fraction(0), kind="yes_no"
        ):
            return changed(replace(made, behind=None, others=None), fold)
        case _:
            return changed(made, fold)


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


def trimmed(kernel: k.Kernel, numbers: Mapping[int, int]) -> k.Kernel:
    """The kernel without the steps and inputs that no line needs; `numbers` are the new ones of its lines."""
    lines = kernel.lines
    roots = [
        *(line.amount for line in lines),
        *(line.applies for line in lines if line.applies is not None),
        *(k.Earlier(line.attainment, kind="percent") for line in lines if line.attainment is not None),
        *(k.Earlier(index, kind=kernel.steps[index].value.kind) for index in kernel.results),
    ]
    step_at, input_at, move = _moving(kernel, roots, numbers)
    return replace(
        kernel,
        inputs=tuple(kernel.inputs[index] for index in input_at),
        steps=tuple(changed(kernel.steps[index], move) for index in step_at),
        lines=tuple(
            replace(
                changed(line, move),
                attainment=None if line.attainment is None else step_at[line.attainment],
            )
            for line in lines
        ),
        results=tuple(step_at[index] for index in kernel.results),
    )


def reduced(kernel: k.Kernel, root: k.Node) -> k.Kernel:
    """The kernel that works out one value alone, its result and last step, and pays nothing."""
    step_at, input_at, move = _moving(kernel, [root], {})
    steps = [changed(kernel.steps[index], move) for index in step_at]
    return replace(
        kernel,
        inputs=tuple(kernel.inputs[index] for index in input_at),
        steps=(*steps, k.Step("figure", "", move(root))),
        lines=(),
        results=(len(steps),),
    )


def _moving(
    kernel: k.Kernel, roots: Sequence[k.Node], numbers: Mapping[int, int]
) -> tuple[Mapping[int, int], Mapping[int, int], Change]:
    """The new numbers of the steps and inputs that some operations need, and what writes these down."""
    nodes = [*k.needed(kernel, roots)]
    step_at = numbered(node.index for node in nodes if isinstance(node, k.Earlier))
    input_at = numbered(node.index for node in nodes if isinstance(node, k.Actual | k.Own))

    def moved(node: k.Node) -> k.Node:
        match node:
            case k.Earlier(index):
                return replace(node, index=step_at[index])
            case k.Actual(index) | k.Own(index, _):
                return replace(node, index=input_at[index])
            case k.Paid(several):
                return replace(node, lines=tuple(numbers[index] for index in several if index in numbers))
            case _:
                return node

    at: dict[int, k.Node] = {}

    def move(node: k.Node) -> k.Node:
        return rebuilt(node, moved, at)

    return step_at, input_at, move


def numbered(kept: Iterable[int]) -> dict[int, int]:
    """The new number of each of those that are kept, in their order."""
    return {index: number for number, index in enumerate(sorted({*kept}))}


def rebuilt(root: k.Node, change: Change, done: dict[int, k.Node]) -> k.Node:
    """An operation changed from its innermost operands on, however deep they are; once, whoever names it."""
    for node in k.inward(root):
        if id(node) not in done:
            inside = changed(node, lambda operand: done[id(operand)]) if k.operands(node) else node
            done[id(node)] = change(inside)
    return done[id(root)]


def changed(whole: T, change: Change) -> T:
    """An operation, a step, a line or what a clause made, with each operation that stands in it changed."""
    parts = {entry.name: getattr(whole, entry.name) for entry in fields(whole)}
    return replace(whole, **{name: _part(part, change) for name, part in parts.items()})


def _part(part: Any, change: Change) -> Any:
    if isinstance(part, k.Node):
        return change(part)
    if isinstance(part, k.Piece | k.Made):
        return changed(part, change)
    return tuple([_part(one, change) for one in part]) if type(part) is tuple else part
