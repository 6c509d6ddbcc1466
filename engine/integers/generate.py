"""A kernel as Python that runs: its program, written down and read by Python."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from ..kernel import Kernel
from .build import build
from .draft import Value
from .executable import Executable, Slot, Undefined
from .python import source


def generate(kernel: Kernel, scales: Sequence[int], *, traced: bool) -> Executable:
    """The code of a kernel for inputs with so many decimal places each."""
    w = build(kernel, scales, traced=traced)
    text = source(w.routine, traced=traced)
    scope: dict[str, Any] = {"Undefined": Undefined, "bisect_left": bisect_left, "bisect_right": bisect_right}
    exec(compile(text, "<premia>", "exec"), scope)  # our own text: integers and variables only
    slots = {node: _slot(value) for node, value in w.values.items()} if traced else {}
    picks = {node: pick.place for node, pick in w.picks.items() if pick} if traced else {}
    return Executable(scope["run"], slots, picks, tuple(w.quotients), text)


def _slot(value: Value) -> Slot:
    top = None if value.top is None else value.top.place
    return Slot(value.factor, top, tuple([variable.place for variable in value.under]))
