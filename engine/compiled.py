"""A plan that is ready to pay: its text, its kernel and the code made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dsl.check import Checked, check
from dsl.faults import Fault, in_order
from dsl.parse import parse
from dsl.source import Source
from dsl.words import Lang

from .generate import Unbounded, generate, write
from .kernel import Kernel, Node
from .lower import lower, number
from .program import Program
from .scales import places, widest
from .width import safe

if TYPE_CHECKING:
    from .statement.script import Script

KEPT = 64  # programs of one plan; facts come in a few shapes, and a hostile shape must not pile up code


@dataclass(slots=True)
class Compiled:
    """A checked plan with its kernel, and with the programs and scripts that were needed so far."""

    checked: Checked
    kernel: Kernel
    _programs: dict[tuple[tuple[int, ...], bool], Program] = field(default_factory=dict, repr=False)
    _scripts: dict[tuple[tuple[int, ...], Lang], Script] = field(default_factory=dict, repr=False)

    @property
    def source(self) -> Source:
        """The text."""
        return self.checked.source

    def program(self, scales: tuple[int, ...], *, traced: bool) -> Program:
        """The code for inputs with so many decimal places each."""
        key = (scales, traced)
        program = self._programs.get(key)
        return program or _keep(self._programs, key, generate(self.kernel, scales, traced=traced))

    def script(self, scales: tuple[int, ...], lang: Lang, write: Callable[[], Script]) -> Script:
        """The sentences for inputs with so many decimal places each, written once."""
        script = self._scripts.get((scales, lang))
        return script or _keep(self._scripts, (scales, lang), write())


def compile_plan(checked: Checked) -> Compiled | tuple[Fault, ...]:
    """The compiled plan of a checked one, or all the faults for which there is none."""
    if checked.broken:
        return checked.faults
    if endless := tuple(_endless(checked)):
        return in_order((*checked.faults, *endless))
    kernel = lower(checked)
    if not safe(kernel) and (node := _too_big(kernel)) is not None:
        fault = Fault("P500", place=node.place, facts={"text": checked.source.at(node.place)})
        return in_order((*checked.faults, fault))
    return Compiled(checked, kernel)


def _too_big(kernel: Kernel) -> Node | None:
    """The operation whose number could be too long, or that is nested too deep, if there is one."""
    try:
        write(kernel, widest(kernel), traced=True, bounded=True)
    except Unbounded as signal:
        return signal.node
    return None


def _endless(checked: Checked) -> Iterator[Fault]:
    """Defaults that nobody could have given: of more decimal places than a fact can have, such as a third."""
    for entry in checked.inputs.values():
        if entry.default is not None and places(number(entry.default)) is None:
            yield Fault("P217", place=entry.default.place, facts={"name": entry.name})


def read_plan(source: Source) -> Compiled | tuple[Fault, ...]:
    """A text to a compiled plan, or to its faults: parse, check, lower."""
    return compile_plan(check(parse(source)))


S = TypeVar("S")
Key = TypeVar("Key")


def _keep(store: dict[Key, S], key: Key, made: S) -> S:
    """Enter something in a store that drops its oldest entry when it is full."""
    if len(store) >= KEPT:
        store.pop(next(iter(store)), None)
    store[key] = made
    return made
