"""Which steps a line of pay really hangs on: an alternative that was not taken needs none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .. import kernel as k
from ..program import Numbers
from .speaker import Speaker, Test

Guards = tuple[Test, ...]
LINE = -1  # what reads, where it is the line of pay itself


@dataclass(frozen=True, slots=True)
class Needs:
    """The steps that an operation hangs on, in the kernel's order, and which of them everybody needs.

    `some` tells for certain numbers which they are.
    """

    steps: tuple[int, ...]
    certain: frozenset[int]
    some: Callable[[Numbers], set[int]]


def needs(speaker: Speaker, root: k.Node) -> Needs:
    """What an operation hangs on."""
    kernel = speaker.kernel
    readers: dict[int, list[tuple[int, Guards]]] = {}
    waiting: list[tuple[int, k.Node]] = [(LINE, root)]
    while waiting:
        reader, value = waiting.pop()
        for index, guards in _reads(speaker, value):
            if index not in readers:
                readers[index] = []
                waiting.append((index, kernel.steps[index].value))
            readers[index].append((reader, guards))
    certain = {LINE}
    guarded: list[tuple[int, list[tuple[int, Guards]]]] = []
    # What reads a step stands after it in the kernel.
    for index in sorted(readers, reverse=True):
        if any(reader in certain and not guards for reader, guards in readers[index]):
            certain.add(index)
        else:
            guarded.append((index, readers[index]))

    def some(numbers: Numbers) -> set[int]:
        found = set(certain)
        for index, ways in guarded:
            if any(reader in found and all(guard(numbers) for guard in guards) for reader, guards in ways):
                found.add(index)
        return found

    return Needs(tuple(sorted(readers)), frozenset(certain), some)


def _reads(speaker: Speaker, root: k.Node) -> Iterator[tuple[int, Guards]]:
    """The steps that an operation reads, each with what has to hold so that it is read."""
    waiting: list[tuple[k.Node, Guards]] = [(root, ())]
    while waiting:
        node, guards = waiting.pop()
        match node:
            case k.Earlier(index):
                yield index, guards
            case k.Own(_, otherwise):
                waiting.append((otherwise, (*guards, speaker.picked(node, 1))))
            case k.Choice(condition, chosen, otherwise):
                holds = speaker.truth(condition)
                waiting.append((condition, guards))
                waiting.append((chosen, (*guards, holds)))
                waiting.append((otherwise, (*guards, _not(holds))))
            case k.Logic(word, left, right):
                holds = speaker.truth(left)
                waiting.append((left, guards))
                waiting.append((right, (*guards, holds if word == "and" else _not(holds))))
            case _:
                waiting.extend((operand, guards) for operand in k.operands(node))


def _not(test: Test) -> Test:
    return lambda numbers: not test(numbers)
