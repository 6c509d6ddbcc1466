"""A kernel as Python that runs: its program, written down and read by Python, and how to read its numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any, Self

from .. import kernel as k
from ..scales import Scales
from .build import build
from .draft import RecordsTally, Value
from .python import source
from .routine import Loop

Numbers = Sequence[int | None]
SHARED = 1_024  # loops over shared records that are kept


class Undefined(Exception):  # noqa: N818  # a signal of generated code, caught where it is called
    """A quotient was needed whose divisor is 0; the argument is its place in `Executable.quotients`."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a traced evaluation leaves a number: its constant factor, and the places of its integers."""

    factor: Fraction
    top: int | None
    under: tuple[int, ...]

    @classmethod
    def of(cls, value: Value) -> Self:
        """Where the number of a program in the making will be."""
        top = None if value.top is None else value.top.place
        return cls(value.factor, top, tuple([variable.place for variable in value.under]))

    def read(self, numbers: Numbers) -> Fraction | None:
        """The exact value; None where it was not computed, or where there is none."""
        top = 1 if self.top is None else numbers[self.top]
        if top is None:
            return None
        below = 1
        for place in self.under:
            below *= numbers[place] or 0
        return self.factor * top / below if below else None

    def reaches(self, numbers: Numbers, bound: int) -> bool:
        """Whether the value was computed and is a bound or more."""
        top = 1 if self.top is None else numbers[self.top]
        below = self.factor.denominator
        for place in self.under:
            below *= numbers[place] or 0
        return top is not None and below > 0 and self.factor.numerator * top >= bound * below


@dataclass(frozen=True, slots=True)
class Executable:
    """Compiled code for a kernel.

    `run(inputs, records)` takes integers, None for a target of their own that a person lacks, and the records
    of each table as tuples of their cells. Amounts-only code answers with the lines' amounts in minor units;
    traced code with these, with a tuple of integers, and for each of its `loops` (by the operation that goes
    over records) with what was kept of each record. `tallies` say where records are counted. After the
    integers of the trace, at `beside`, stand for each table how many of its records count in another period,
    and how many have no day. Otherwise, `slots` tell where in the trace each operation's number is, `picks`
    where the number of the alternative stands that a choice took (None where it was not asked), both by the
    identity of the operation.
    """

    run: Callable[[Numbers, Sequence[Sequence[Any]]], Any]
    slots: dict[int, Slot]
    picks: dict[int, int]
    quotients: tuple[k.Node, ...]
    loops: Mapping[int, Loop]
    tallies: Mapping[int, RecordsTally]
    beside: int
    source: str


def _shared() -> tuple[Callable[..., Any], Callable[..., None]]:
    """What loops over records that many share came to: to be asked, and to be kept for the others."""
    found: dict[
        tuple[int, int], tuple[Any, ...]
    ] = {}  # with the records, so that their identity stays theirs

    def known(rows: object, loop: int) -> tuple[Any, ...] | None:
        entry = found.get((id(rows), loop))
        return None if entry is None else entry[1:]

    def keep(rows: object, loop: int, numbers: Numbers, each: Sequence[Any]) -> None:
        if len(found) >= SHARED:
            found.clear()
        found[id(rows), loop] = rows, numbers, each

    return known, keep


def generate(kernel: k.Kernel, scales: Scales, *, traced: bool) -> Executable:
    """The code of a kernel for inputs with so many decimal places each."""
    w = build(kernel, scales, traced=traced)
    text = source(w.routine, traced=traced)
    known, keep = _shared()
    scope: dict[str, Any] = {
        "keep": keep,
        "known": known,
        "Undefined": Undefined,
        "bisect_left": bisect_left,
        "bisect_right": bisect_right,
        "gcd": gcd,
    }
    exec(compile(text, "<premia>", "exec"), scope)  # our own text: integers and variables only
    slots = {node: Slot.of(value) for node, value in w.values.items()} if traced else {}
    picks = {node: pick.place for node, pick in w.picks.items() if pick} if traced else {}
    beside = len(w.inputs) + len(w.variables)
    return Executable(scope["run"], slots, picks, tuple(w.quotients), w.loops, w.tallies, beside, text)
