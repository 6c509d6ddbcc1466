"""What an operation is made of: the operations under it, in this order and that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from .operations import (
    Actual,
    Arithmetic,
    Choice,
    Clamp,
    Column,
    Comparison,
    Constant,
    Denial,
    Earlier,
    Elapsed,
    Extreme,
    Logic,
    Node,
    Own,
    Paid,
    Piecewise,
    Records,
    Rounded,
)


def operands(node: Node) -> Sequence[Node]:
    """The operations directly under one."""
    match node:
        case Constant() | Actual() | Column() | Earlier() | Paid():
            return ()
        case Records(_, _, value, where, order):
            return tuple(part for part in (value, where, order) if part is not None)
        case Own(_, operand) | Denial(operand) | Rounded(operand):
            return (operand,)
        case (
            Arithmetic(_, left, right)
            | Comparison(_, left, right)
            | Logic(_, left, right)
            | Elapsed(_, left, right)
        ):
            return left, right
        case Clamp(operand, floor):
            return operand, floor
        case Choice(condition, chosen, otherwise):
            return condition, chosen, otherwise
        case Extreme(_, several):
            return several
        case Piecewise(measure, pieces):
            parts = (part for piece in pieces for part in (piece.bound, piece.slope, piece.constant))
            return measure, *(part for part in parts if part is not None)
        case _:
            assert_never(node)


def certain(node: Node) -> Sequence[Node]:
    """Those of the operations directly under one that are looked at whatever the facts."""
    match node:
        case Choice(condition):
            return (condition,)
        case Logic(_, left):
            return (left,)
        case Own() | Records():
            return ()
        case _:
            return operands(node)


def conjuncts(node: Node | None) -> Sequence[Node]:
    """The parts of a condition that have all to hold, in the order in which they are looked at."""
    found: list[Node] = []
    waiting = [] if node is None else [node]
    while waiting:
        match waiting.pop():
            case Logic("and", left, right):
                waiting += [right, left]
            case part:
                found.append(part)
    return found


def walk(node: Node) -> Iterator[Node]:
    """An operation and all under it, each before what is under it; earlier steps are not followed."""
    # A stack of our own, since an operation may be nested deeper than Python nests calls.
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(operands(node))


def inward(root: Node) -> list[Node]:
    """An operation and all under it, each once and after what is under it."""
    found: list[Node] = []
    seen: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            found.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend([(operand, False) for operand in operands(node)])
    return found
